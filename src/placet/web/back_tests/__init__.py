"""Back-tests: starting one, reading what it found, and those of a rulebook before it."""
