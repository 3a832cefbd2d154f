"""The options of large print: sizes, colours, spacing, contents, files."""

from dataclasses import dataclass
from typing import Literal

from ess_access.api.options import option

__all__ = ["LargePrintOptions"]


@dataclass(frozen=True, slots=True)
class LargePrintOptions:
    """How the edition looks. Every size of the page derives from ``size_pt``.

    A preset wins over ``size_pt``, which then says the same.
    """

    # UKAAF G003: 16 pt at least, 18 ideally; 24 and above is giant print.
    preset: Literal["custom", 16, 18, 20, 24, 28] = option(
        "custom", doc="option.large-print.preset"
    )
    size_pt: int = option(18, ge=16, le=48, doc="option.large-print.size_pt")
    theme: Literal["black-on-white", "black-on-cream", "white-on-black", "yellow-on-black"] = (
        option("black-on-white", doc="option.large-print.theme")
    )
    line_gap_ratio: float = option(1.4, ge=1.3, le=1.5, doc="option.large-print.line_gap_ratio")
    letter_spacing_pt: float = option(0.0, ge=0, le=5, doc="option.large-print.letter_spacing_pt")
    word_spacing_pt: float = option(0.0, ge=0, le=20, doc="option.large-print.word_spacing_pt")
    margin_cm: float = option(2.5, ge=2.5, le=5, doc="option.large-print.margin_cm")
    contents: Literal["auto", "always", "never"] = option("auto", doc="option.large-print.contents")
    contents_pages: Literal["auto", "always", "never"] = option(
        "auto", doc="option.large-print.contents_pages"
    )
    header: bool = option(default=False, doc="option.large-print.header")
    page_marks: bool = option(default=False, doc="option.large-print.page_marks")
    link_addresses: bool = option(default=True, doc="option.large-print.link_addresses")
    landscape_tables: bool = option(default=False, doc="option.large-print.landscape_tables")
    font_dir: str = option("", doc="option.large-print.font_dir", is_path=True)
    font_family: str = option("Atkinson Hyperlegible", doc="option.large-print.font_family")
    template: str = option("", doc="option.large-print.template", is_path=True)
    formats: tuple[str, ...] = option(("docx",), doc="option.large-print.formats")
    render_check: bool = option(default=False, doc="option.large-print.render_check")

    def __post_init__(self) -> None:
        """Let the preset say the size."""
        if self.preset != "custom":
            object.__setattr__(self, "size_pt", self.preset)
