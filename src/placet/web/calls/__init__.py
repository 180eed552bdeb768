"""What the company's programs asked through the API, for whoever looks after them."""
