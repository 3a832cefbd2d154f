"""Word lists of French, each with its source."""
