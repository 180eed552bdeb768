"""`python -m bench.growth`."""

from bench.growth import main

main()
