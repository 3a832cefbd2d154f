"""Turn any picture into one that Word and paper take: upright RGB PNG or JPEG, not too large."""

import io
from dataclasses import dataclass
from typing import Any

from ess_access.backends.large_print.fonts import DEFAULT_FAMILY, packaged
from ess_access.document.nodes import Asset

__all__ = ["LONGEST_SIDE", "Raster", "RasterError", "raster_of"]

_MOST_PIXELS = 100_000_000
LONGEST_SIDE = 1800
_SVG_WIDTH = 1600
_QUALITY = 88
# EXIF tag 0x0112: how the camera was held; 1 is upright.
_ORIENTATION = 0x0112
# python-docx knows a JPEG by these; Adobe's own are written anew.
_KNOWN_JPEG = frozenset({b"JFIF", b"Exif"})
_UPRIGHT_MODES = frozenset({"RGB", "L", "1", "P"})


class RasterError(ValueError):
    """A picture that cannot be read; its text says why, for the finding."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture ready for the page. The natural size is in CSS pixels, 96 to an inch."""

    data: bytes
    natural_width: float
    natural_height: float


def raster_of(asset: Asset) -> Raster:
    """Make a picture ready. Raises RasterError."""
    if _is_svg(asset):
        return _of_svg(asset.data)
    return _of_bitmap(asset.data)


def _of_bitmap(data: bytes) -> Raster:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
            if width * height > _MOST_PIXELS:
                raise RasterError(f"{width} x {height} pixels")
            turned = image.getexif().get(_ORIENTATION, 1) != 1
            if (
                image.format in {"PNG", "JPEG"}
                and image.mode in _UPRIGHT_MODES
                and not turned
                and max(width, height) <= LONGEST_SIDE
                and "transparency" not in image.info
                and not getattr(image, "is_animated", False)
                and (image.format == "PNG" or data[6:10] in _KNOWN_JPEG)
            ):
                image.load()  # a file cut short is found here, not by the reader
                return Raster(data, width, height)
            upright = ImageOps.exif_transpose(image)
            width, height = upright.size
            flat = _flattened(upright)
            is_photo = image.format in {"JPEG", "WEBP", "AVIF", "MPO"} and flat.mode == "RGB"
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        # Pillow raises SyntaxError for a PNG whose chunks are broken.
        raise RasterError(str(error)) from error
    if max(flat.size) > LONGEST_SIDE:
        flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return Raster(_encoded(flat, is_photo=is_photo), width, height)


def _flattened(image: Any) -> Any:
    """Lay a picture on white: a transparent one would vanish on a dark page."""
    from PIL import Image

    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layered = image.convert("RGBA")
        white = Image.new("RGBA", layered.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, layered).convert("RGB")
    if image.mode in {"I;16", "I;16B", "I", "F"}:
        return image.point(lambda value: value / 256).convert("L")
    return image.convert("L" if image.mode in {"L", "1"} else "RGB")


def _encoded(image: Any, *, is_photo: bool) -> bytes:
    stream = io.BytesIO()
    if is_photo:
        image.save(stream, "JPEG", quality=_QUALITY, dpi=(96, 96))
    else:
        image.save(stream, "PNG", dpi=(96, 96))
    return stream.getvalue()


def _is_svg(asset: Asset) -> bool:
    head = asset.data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "svg" in asset.media_type or (
        head.startswith((b"<?xml", b"<svg", b"<!--")) and (b"<svg" in asset.data[:4096].lower())
    )


def _of_svg(data: bytes) -> Raster:
    import resvg_py
    from lxml import etree

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        tree = etree.fromstring(data, parser)
        _without_files(tree)
        png = bytes(
            resvg_py.svg_to_bytes(
                svg_string=etree.tostring(tree, encoding="unicode"),
                width=_SVG_WIDTH,
                background="#ffffff",
                # The same picture on every machine: our own font, none of the system's.
                skip_system_fonts=True,
                font_files=[str(path) for path in packaged()],
                font_family=DEFAULT_FAMILY,
                sans_serif_family=DEFAULT_FAMILY,
                serif_family=DEFAULT_FAMILY,
                monospace_family=DEFAULT_FAMILY,
            )
        )
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RasterError(str(error)) from error
    return _of_bitmap(png)


def _without_files(tree: Any) -> None:
    """Drop addresses that lead out of the drawing: a picture opens no file of the machine."""
    for element in tree.iter():
        for name, value in list(element.attrib.items()):
            if name.rpartition("}")[2] == "href" and not value.startswith(("#", "data:")):
                del element.attrib[name]
