"""Runs as people see them: how far one is, stopping it, and what came of it."""
