"""Orders and requisitions as sheets: all of them, what filters leave, or the ticked ones."""
