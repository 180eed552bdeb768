"""Quick order: rows of SKU and quantity, judged before anything is added, and added as one."""
