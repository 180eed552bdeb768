"""The demo's mailbox: a real SMTP server that keeps what it receives."""
