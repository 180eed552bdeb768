"""Stories about negotiated prices."""
