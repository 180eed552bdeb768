"""Pages of the approval rules, one file for each thing that people do there."""
