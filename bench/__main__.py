"""`python -m bench`, or `python -m bench engine` for one section; --words are its own."""

import sys

from bench import back_test, budgets, catalog, engine, growth, imports, inbox

SECTIONS = {
    "engine": engine.main,
    "back_test": back_test.main,
    "budgets": budgets.main,
    "inbox": inbox.main,
    "catalog": catalog.main,
    "imports": imports.main,
    "growth": growth.main,
}

if __name__ == "__main__":
    for name in [part for part in sys.argv[1:] if not part.startswith("--")] or SECTIONS:
        SECTIONS[name]()
        print()
