"""What Word and OpenDocument texts have in common: paragraphs with styles, in a row."""
