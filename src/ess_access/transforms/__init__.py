"""Document → Document: outline repair, table linearisation, languages."""
