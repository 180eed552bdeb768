"""Negotiated prices: the buyer's requests, and the desk that answers them."""
