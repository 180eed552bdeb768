"""What `make bench` runs: speed, printed as ratios of one run on one machine."""
