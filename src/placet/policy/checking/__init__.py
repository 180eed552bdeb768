"""Checking a rulebook before it is published: for every purchase, not for the ones so far.

Pure like the rest of the engine. `check.check_rulebook(book, ground)` gives findings; `examples`
runs the purchases that a rulebook's authors wrote beside their rules; `sketches` is the short form
in which a purchase is written, shown and simulated.
"""
