"""Three months of purchases: who buys what, how often, and the deterministic play of it."""
