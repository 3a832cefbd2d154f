"""Drawings of Windows (EMF, WMF): LibreOffice draws them, where it is installed."""

import io
import json
import tempfile
from functools import lru_cache
from pathlib import Path

from ess_access.backends.large_print.writer.rasters import LONGEST_SIDE, Raster, RasterError
from ess_access.errors import EditionError, MissingError

__all__ = ["drawn", "is_metafile"]

# LibreOffice draws the sheet that the drawing lies on: A4 at some 290 dots an inch.
_WIDTH, _HEIGHT = 2400, 3393
_DOTS_AN_INCH = 2400 / (21 / 2.54)
_CSS = 96  # pixels an inch
_FILTER = "png:draw_png_Export:" + json.dumps(
    {
        "PixelWidth": {"type": "long", "value": str(_WIDTH)},
        "PixelHeight": {"type": "long", "value": str(_HEIGHT)},
    }
)


def is_metafile(data: bytes) -> bool:
    """Say whether these are the bytes of an EMF (MS-EMF 2.3.4.2) or a WMF (MS-WMF 2.3.2)."""
    is_emf = data[:4] == b"\x01\0\0\0" and data[40:44] == b" EMF"
    return is_emf or data[:4] in (b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0")


@lru_cache(maxsize=8)
def drawn(data: bytes) -> Raster:
    """Have a drawing drawn on white. Raises RasterError.

    An edition is written again once its pages are counted: its drawings need not be drawn again.
    """
    from ess_access.backends.large_print.kept_office import kept_office

    with tempfile.TemporaryDirectory(prefix="ess-access-drawing-") as folder:
        path = Path(folder, "drawing.emf" if data[40:44] == b" EMF" else "drawing.wmf")
        path.write_bytes(data)
        try:
            made = kept_office().converted(path, _FILTER, Path(folder))
        except (EditionError, MissingError) as error:
            raise RasterError(str(error.params.get("reason", error.key))) from error
        return _cut_out(made.read_bytes())


def _cut_out(png: bytes) -> Raster:
    """Cut the sheet down to what is drawn on it."""
    from PIL import Image, ImageChops

    with Image.open(io.BytesIO(png)) as sheet:
        drawing = sheet.convert("RGBA")
    flat = Image.new("RGBA", drawing.size, "white")
    flat.alpha_composite(drawing)
    whole = flat.convert("RGB")
    box = ImageChops.difference(whole, Image.new("RGB", whole.size, "white")).getbbox()
    if box is None:
        raise RasterError("blank")
    part = whole.crop(box)
    width, height = part.size
    part.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    part.save(stream, "PNG", dpi=(_CSS, _CSS))
    scale = _CSS / _DOTS_AN_INCH
    return Raster(stream.getvalue(), width * scale, height * scale)
