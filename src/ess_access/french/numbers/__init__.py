"""Numbers, dates, times, amounts and all that is written with digits, in French words."""
