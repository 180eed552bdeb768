"""The purchases of the past: who buys what, how often, and the deterministic play of it."""
