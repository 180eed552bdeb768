"""What those who run an installation look at: is it alive, is it ready, what waits."""
