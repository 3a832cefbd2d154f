"""Styles: written whole, so that nothing of a template's theme or italics is left."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from ess_access.backends.large_print.themes import MINIMUM_CONTRAST, contrast
from ess_access.backends.large_print.writer.edition import Edition
from ess_access.backends.large_print.writer.markup import declarations
from ess_access.backends.large_print.writer.runs import language_tag

__all__ = ["styles_xml"]

_TWIPS = 20  # in a point
_BOLD = "<w:b/><w:bCs/>"
_KEEP = "<w:keepNext/><w:keepLines/>"
# The four styles that every document starts from, as ECMA-376 part 1 §17.7.4.17 asks.
_BASES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>'
    "<w:unhideWhenUsed/></w:style>"
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
    '<w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
)


@dataclass(frozen=True, slots=True)
class _Style:
    """A style. ``name`` is Word's own, in English, unless ``own``; the rest is XML."""

    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    own: bool = False
    following: str = ""
    is_character: bool = False

    @property
    def xml(self) -> str:
        """Write it."""
        kind = "character" if self.is_character else "paragraph"
        base = "DefaultParagraphFont" if self.is_character else "Normal"
        own = ' w:customStyle="1"' if self.own else ""
        following = f'<w:next w:val="{self.following}"/>' if self.following else ""
        paragraph = f"<w:pPr>{self.paragraph}</w:pPr>" if self.paragraph else ""
        run = f"<w:rPr>{self.run}</w:rPr>" if self.run else ""
        return (
            f'<w:style w:type="{kind}"{own} w:styleId="{self.id}"><w:name w:val="{self.name}"/>'
            f'<w:basedOn w:val="{base}"/>{following}<w:qFormat/>{paragraph}{run}</w:style>'
        )


def styles_xml(edition: Edition, heading_colour: str) -> str:
    """Give styles.xml: document defaults, then each style that the writer names."""
    styles = (*_headings(edition, heading_colour), *_paragraphs(edition), *_characters(edition))
    return (
        f"<w:styles {declarations()}>{_defaults(edition)}{_BASES}"
        f"{''.join(style.xml for style in styles)}{_grid(edition)}</w:styles>"
    )


def _defaults(edition: Edition) -> str:
    name = escape(edition.face.name, {'"': "&quot;"})
    lang = language_tag(edition.document.meta.lang)
    size = 2 * edition.sizes.body
    rhythm = edition.rhythm
    letters = round(edition.options.letter_spacing_pt * _TWIPS)
    spacing = f'<w:spacing w:val="{letters}"/>' if letters else ""
    return (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{name}" w:eastAsia="{name}" w:hAnsi="{name}" w:cs="{name}"/>'
        f'<w:color w:val="{edition.theme.text}"/>{spacing}'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f'<w:lang w:val="{lang}" w:eastAsia="{lang}" w:bidi="ar-SA"/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/>{_ground(edition)}"
        "<w:suppressAutoHyphens/>"
        f'<w:spacing w:before="0" w:after="{rhythm.blank_line}" w:line="{rhythm.multiple}" '
        'w:lineRule="auto"/><w:jc w:val="left"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )


def _ground(edition: Edition) -> str:
    """Give light letters their dark ground in the paragraphs themselves.

    Word prints no background of pages, and LibreOffice draws none where it sets endnotes: letters
    would be white on white.
    """
    theme = edition.theme
    if contrast(theme.text, "FFFFFF") >= MINIMUM_CONTRAST:
        return ""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{theme.background}"/>'


def _headings(edition: Edition, colour: str) -> Iterator[_Style]:
    line = edition.rhythm.blank_line
    sizes = edition.sizes
    around = f'{_KEEP}<w:spacing w:before="{line}" w:after="{line // 2}"/>'
    title = _KEEP + _after(line // 2)
    yield _Style("Title", "Title", title, _sized(sizes.title, colour), following="Normal")
    yield _Style("Subtitle", "Subtitle", _after(line // 2), following="Normal")
    yield _Style("TOCHeading", "TOC Heading", around, _sized(sizes.headings[0], colour))
    for level, size in enumerate(sizes.headings, 1):
        outline = f'<w:outlineLvl w:val="{level - 1}"/>'
        yield _Style(
            f"Heading{level}",
            f"heading {level}",
            around + outline,
            _sized(size, colour),
            following="Normal",
        )


def _paragraphs(edition: Edition) -> Iterator[_Style]:
    rhythm = edition.rhythm
    half, step = rhythm.blank_line // 2, rhythm.list_step
    colour = edition.theme.text
    bar = f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="12" w:color="{colour}"/></w:pBdr>'
    under = f'<w:pBdr><w:bottom w:val="single" w:sz="24" w:space="1" w:color="{colour}"/></w:pBdr>'
    indent = f'<w:ind w:left="{step}"/>'
    label = _KEEP + _after(half)
    width = edition.page.text_width
    for level in range(1, 4):
        yield _Style(
            f"TOC{level}",
            f"toc {level}",
            f'<w:keepLines/><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
            f'{_after(half)}<w:ind w:left="{step * (level - 1)}"/>',
        )
    yield _Style("ListBullet", "List Bullet", _after(half))
    yield _Style("ListNumber", "List Number", _after(half))
    yield _Style("ListContinue", "List Continue", _after(half))
    yield _Style("Caption", "caption", "<w:keepLines/>")
    yield _Style("Picture", "Picture", f"<w:keepNext/>{_after(half)}", own=True)
    yield _Style("PictureDescription", "Picture Description", "<w:keepLines/>", own=True)
    yield _Style("LongDescription", "Long Description", "<w:keepLines/>", own=True)
    yield _Style("AbsentPicture", "Absent Picture", "<w:keepLines/>", own=True)
    yield _Style("TableSummary", "Table Summary", "<w:keepLines/>", own=True)
    yield _Style("Quote", "Quote", bar + indent)
    yield _Style("CodeBlock", "Code Block", bar + indent, "<w:noProof/>", own=True)
    yield _Style("BoxTitle", "Box Title", label, _BOLD, own=True)
    yield _Style("Term", "Definition Term", label, _BOLD, own=True)
    yield _Style("Definition", "Definition", indent, own=True)
    yield _Style("RowTitle", "Row Title", label, _BOLD, own=True)
    yield _Style("RowEntry", "Row Entry", _after(half), own=True)
    yield _Style("TableText", "Table Text", _after(0), own=True)
    yield _Style("TableHeading", "Table Heading", _after(0), _BOLD, own=True)
    yield _Style("Separator", "Separator", under, own=True)
    yield _Style("Header", "header", _after(half))
    yield _Style("Footer", "footer", _after(0))
    yield _Style("EndnoteText", "endnote text", _after(half))


def _characters(edition: Edition) -> Iterator[_Style]:
    link = f'<w:color w:val="{edition.theme.link}"/><w:u w:val="single"/>'
    for style in (
        _Style("Strong", "Strong", run=_BOLD),
        # No italics (UKAAF, RNIB): emphasis is bold, and keeps its name.
        _Style("Emphasis", "Emphasis", run=_BOLD),
        _Style("Hyperlink", "Hyperlink", run=link),
        _Style("IntenseEmphasis", "Intense Emphasis", run=_BOLD),
        # Full size on the line: LibreOffice raises and shrinks it without this.
        _Style(
            "EndnoteReference", "endnote reference", run=f'{link}<w:vertAlign w:val="baseline"/>'
        ),
        # « (note 1) » and all that the source does not say: who reads it again leaves it out.
        _Style("NoteCall", "Note Call", run=link, own=True),
        _Style("AddedWords", "Added Words", own=True),
        _Style("CodeText", "Code Text", run="<w:noProof/>", own=True),
        # LibreOffice shrinks characters that a style raises: the runs say it themselves.
        *_raised("Raised"),
        *_raised("Lowered"),
    ):
        yield replace(style, is_character=True)


def _raised(name: str) -> Iterator[_Style]:
    yield _Style(name, name, own=True)
    yield _Style(f"{name}CodeText", f"{name} Code Text", run="<w:noProof/>", own=True)
    for stress in ("Strong", "Emphasis"):
        yield _Style(f"{name}{stress}", f"{name} {stress}", run=_BOLD, own=True)
    yield _Style(f"{name}IntenseEmphasis", f"{name} Intense Emphasis", run=_BOLD, own=True)


def _grid(edition: Edition) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="12" w:space="0" w:color="{edition.theme.text}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{sides}</w:tblBorders>'
        '<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="115" w:type="dxa"/>'
        '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="115" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>"
    )


def _after(twips: int) -> str:
    return f'<w:spacing w:after="{twips}"/>'


def _sized(size: int, colour: str) -> str:
    return (
        f'{_BOLD}<w:color w:val="{colour}"/><w:sz w:val="{2 * size}"/><w:szCs w:val="{2 * size}"/>'
    )
