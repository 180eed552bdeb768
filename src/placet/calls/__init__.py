"""Calls of programs: which key asked what, when, and what became of it; kept thirty days."""
