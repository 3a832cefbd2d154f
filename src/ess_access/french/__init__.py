"""Pure functions on French text: typography, numbers, abbreviations, inclusive writing."""
