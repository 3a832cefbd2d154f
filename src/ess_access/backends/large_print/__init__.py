"""Large print: one DOCX that someone with low vision can read, on paper and in Word."""

from ess_access.backends.large_print.backend import LargePrintBackend
from ess_access.backends.large_print.options import LargePrintOptions

__all__ = ["LargePrintBackend", "LargePrintOptions"]
