"""Quick order: paste or send rows, see what each would do, add the good ones, take it back."""
