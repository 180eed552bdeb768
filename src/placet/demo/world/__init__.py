"""The demo world as plain values: who exists, what is sold, what is open.

Nothing here writes to a database or imports the framework. The loader reads these modules and
plays them in; every person, company, address and part number is invented. Keys are short strings
that other modules refer to; times are relative to the day on which the world is loaded.
"""
