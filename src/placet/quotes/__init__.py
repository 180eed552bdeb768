"""Negotiated prices: requests, offers of both sides, acceptance."""
