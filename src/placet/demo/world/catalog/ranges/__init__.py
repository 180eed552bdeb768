"""Products that come in many sizes, written as rows of sizes: the full assortment beside the core.

The small demo world of the tests leaves them out.
"""
