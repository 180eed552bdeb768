"""What a line of a cart says beside its quantity: the company's own fields, and a note."""
