"""Lists as a member wants to find them again: kept, renamed and forgotten beside the list."""
