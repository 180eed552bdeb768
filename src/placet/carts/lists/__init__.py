"""Purchase lists: what is bought again and again, wishlists included, shared like carts."""
