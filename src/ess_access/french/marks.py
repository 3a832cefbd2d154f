"""The marks of inclusive writing, and what patterns for it have in common."""

__all__ = ["DOTS", "ELISION", "HYPHENS", "INNER", "LETTERS"]

# Middle dots of every make, then the marks that also have another use.
DOTS = "·•⋅‧∙・･_\u0387\u1427"
HYPHENS = r"\-\u2010\u2011"
# What may stand inside a word and its marks, for finding where it begins.
INNER = "'’-\u2010\u2011._·•⋅‧∙・･\u0387\u1427"
LETTERS = r"[^\W\d_]++"
ELISION = r"(?:(?i:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’])"
