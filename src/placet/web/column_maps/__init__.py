"""Column maps: which columns the exports of a list have, as the company's own systems read them."""
