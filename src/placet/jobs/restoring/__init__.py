"""After a restore nothing that left before the crash leaves again by itself (ADR 35)."""
