"""Loads the demo world: plain values become rows, by the actions that people use."""
