"""Import and export: a file, its columns, a trial, the import, and taking it back."""
