"""One module per speech engine."""
