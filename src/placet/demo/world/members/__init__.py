"""Memberships: who belongs to which company, in which unit, under whom, with which roles."""
