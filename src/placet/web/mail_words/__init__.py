"""The words of mails: the merchant's own subject and introduction of each letter."""
