"""When a list is bought again: reminders and standing requisitions."""
