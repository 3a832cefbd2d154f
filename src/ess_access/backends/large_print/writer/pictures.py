"""Pictures: fitted to the page, described for who cannot see them and for who sees them badly."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ess_access.api.findings import Severity
from ess_access.backends.large_print.office import has_office, uses_office
from ess_access.backends.large_print.writer.edition import Edition, Story
from ess_access.backends.large_print.writer.markup import NAMESPACES, Element, child
from ess_access.backends.large_print.writer.metafiles import drawn, is_metafile
from ess_access.backends.large_print.writer.rasters import Raster, RasterError, raster_of
from ess_access.document.nodes import Asset, Image

__all__ = ["CaptionLine", "add_figure_picture", "add_inline_picture", "add_logo", "captions"]

_EMU_PER_TWIP = 635
_EMU_PER_PIXEL = 9525  # at 96 pixels an inch
# A picture of few pixels turns to blocks when it is enlarged further.
_MOST_ENLARGED = 3.0
# What it explains must fit on the same page: the picture leaves room for its caption.
_HIGHEST = 0.6
_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_DECORATIVE_SPACE = "http://schemas.microsoft.com/office/drawing/2017/decorative"


def add_figure_picture(parent: Element, image: Image, edition: Edition, story: Story) -> bool:
    """Append a picture as wide as the text; say whether there was one to append."""
    return _add(parent, image, edition, story, enlarged=True)


def add_inline_picture(parent: Element, image: Image, edition: Edition, story: Story) -> bool:
    """Append a picture that stands in a line: its own size, within the width of the text."""
    return _add(parent, image, edition, story, enlarged=False)


def add_logo(parent: Element, asset: Asset, image: Image, edition: Edition, story: Story) -> None:
    """Append the picture of a header, two lines high at most; one that cannot be read is left."""
    try:
        raster = raster_of(asset)
    except RasterError as error:
        edition.report(
            "LP-101",
            Severity.WARNING,
            description=image.alt or "",
            media_type=asset.media_type,
            reason=str(error),
        )
        return
    height = round(2 * edition.rhythm.blank_line * _EMU_PER_TWIP)
    width = round(height * raster.natural_width / raster.natural_height)
    run = child(parent, "r")
    relation = story.picture(raster.data)
    child(run, "drawing").append(_inline(image, relation, width, height, edition.drawing()))


@dataclass(frozen=True, slots=True)
class CaptionLine:
    """A line below a picture: its paragraph style, a label of the edition's own, its words."""

    style: str
    label: str
    words: str = ""


def captions(image: Image, edition: Edition, *, shown: bool = True) -> Iterator[CaptionLine]:
    """Give what is printed below a picture: its description, then its long description."""
    words = edition.words
    label = words.picture if shown else words.absent_picture
    style = "PictureDescription" if shown else "AbsentPicture"
    if image.alt is None:
        yield CaptionLine(style, words.undescribed_picture if shown else f"{label}.")
    elif image.alt.strip():
        yield CaptionLine(style, f"{label}{words.colon}", image.alt.strip())
    if image.description.strip() and image.description.strip() != (image.alt or "").strip():
        label = f"{words.description}{words.colon}"
        yield CaptionLine("LongDescription", label, image.description.strip())


def _add(parent: Element, image: Image, edition: Edition, story: Story, *, enlarged: bool) -> bool:
    raster = _raster(image, edition)
    if raster is None:
        return False
    width, height = _extent(raster, edition, enlarged=enlarged)
    relation = story.picture(raster.data)
    run = child(parent, "r")
    child(run, "drawing").append(_inline(image, relation, width, height, edition.drawing()))
    return True


def _raster(image: Image, edition: Edition) -> Raster | None:
    asset = edition.document.assets.get(image.asset) if image.asset is not None else None
    name = (image.alt or "").strip() or edition.words.undescribed_picture.rstrip(".")
    # What a person needs is lost only where no description stands in for the picture.
    severity = Severity.ERROR if image.alt is None else Severity.WARNING
    if asset is None:
        if image.alt != "":
            edition.report("LP-100", severity, description=name)
        return None
    try:
        if is_metafile(asset.data) and has_office() and uses_office(edition.options):
            return drawn(asset.data)
        return raster_of(asset)
    except RasterError as error:
        edition.report(
            "LP-101",
            severity,
            description=name,
            media_type=asset.media_type,
            reason=str(error),
        )
        return None


def _extent(raster: Raster, edition: Edition, *, enlarged: bool) -> tuple[int, int]:
    """Give the width and the height of a picture on the page, in EMU."""
    most_wide = edition.page.text_width * _EMU_PER_TWIP
    most_high = edition.page.text_height * _EMU_PER_TWIP * _HIGHEST
    natural = raster.natural_width * _EMU_PER_PIXEL
    scale = min(
        most_wide / natural,
        most_high / (raster.natural_height * _EMU_PER_PIXEL),
        _MOST_ENLARGED if enlarged else 1.0,
    )
    return (
        max(1, round(natural * scale)),
        max(1, round(raster.natural_height * _EMU_PER_PIXEL * scale)),
    )


def _inline(image: Image, relation: str, width: int, height: int, identity: int) -> Any:
    from lxml import etree

    def add(parent: Any, prefix: str, name: str, /, **attributes: str | int) -> Any:
        return etree.SubElement(
            parent,
            f"{{{NAMESPACES[prefix]}}}{name}",
            {key: str(value) for key, value in attributes.items()},
        )

    inline = etree.Element(
        f"{{{NAMESPACES['wp']}}}inline",
        {"distT": "0", "distB": "0", "distL": "0", "distR": "0"},
        nsmap=NAMESPACES,
    )
    add(inline, "wp", "extent", cx=width, cy=height)
    properties = add(inline, "wp", "docPr", id=identity, name=f"Image {identity}")
    alt = (image.alt or "").strip()
    if alt:
        properties.set("descr", alt)
    elif image.alt is not None:
        _mark_decorative(properties, add)
    frame = add(inline, "wp", "cNvGraphicFramePr")
    add(frame, "a", "graphicFrameLocks", noChangeAspect=1)
    uri = NAMESPACES["pic"]
    data = add(add(inline, "a", "graphic"), "a", "graphicData", uri=uri)
    picture = add(data, "pic", "pic")
    named = add(picture, "pic", "nvPicPr")
    add(named, "pic", "cNvPr", id=identity, name=f"Image {identity}")
    add(named, "pic", "cNvPicPr")
    fill = add(picture, "pic", "blipFill")
    add(fill, "a", "blip").set(f"{{{NAMESPACES['r']}}}embed", relation)
    add(add(fill, "a", "stretch"), "a", "fillRect")
    shape = add(picture, "pic", "spPr")
    transform = add(shape, "a", "xfrm")
    add(transform, "a", "off", x=0, y=0)
    add(transform, "a", "ext", cx=width, cy=height)
    add(add(shape, "a", "prstGeom", prst="rect"), "a", "avLst")
    return inline


def _mark_decorative(properties: Any, add: Any) -> None:
    """Say that the picture means nothing, as Word 2019 and later write it."""
    from lxml import etree

    extension = add(add(properties, "a", "extLst"), "a", "ext", uri=_DECORATIVE)
    etree.SubElement(
        extension,
        f"{{{_DECORATIVE_SPACE}}}decorative",
        {"val": "1"},
        nsmap={"adec": _DECORATIVE_SPACE},
    )
