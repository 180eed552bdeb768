"""The rulebooks of the demo: in words, and as the documents that the engine reads.

Texts that begin with ``address:`` or ``member:`` are keys of this world; the loader puts the ids in
their place. Roles are named by their keys, cost centres by their codes, categories by their paths.
"""
