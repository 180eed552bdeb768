"""The bell, what stands below it, and where a member wants to hear of what."""
