"""Reports as pages: a chooser in the address, a chart, a table, files."""
