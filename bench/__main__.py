"""`python -m bench`, or `python -m bench engine` for one of its sections."""

import sys

from bench import back_test, budgets, catalog, engine, imports, inbox

SECTIONS = {
    "engine": engine.main,
    "back_test": back_test.main,
    "budgets": budgets.main,
    "inbox": inbox.main,
    "catalog": catalog.main,
    "imports": imports.main,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or SECTIONS:
        SECTIONS[name]()
        print()
