"""The views of carts: lists, lines, conversations, people and details, submitting."""
