"""Documents and files that the tests of large print share."""

import io
import zipfile
from pathlib import Path

from lxml import etree
from PIL import Image as Pillow
from PIL import ImageDraw

from ess_access.api.backend import Artifact, Workspace
from ess_access.api.findings import Finding
from ess_access.backends.large_print import LargePrintBackend, LargePrintOptions
from ess_access.document.build import asset, doc, figure, h, ol, p, table, ul
from ess_access.document.nodes import Document, Image
from ess_access.transforms.outline import prepare

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
LOREM = (
    "La mutuelle accueille chaque adhérent avec la même attention, qu’il s’agisse d’un premier "
    "rendez-vous, d’une réclamation ou d’une simple question posée au guichet."
)


def picture(kind: str = "PNG", size: tuple[int, int] = (120, 60), mode: str = "RGB") -> bytes:
    image = Pillow.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((5, 5, size[0] - 6, size[1] - 6), outline="black", width=3)
    stream = io.BytesIO()
    image.convert(mode).save(stream, kind)
    return stream.getvalue()


def sound() -> Document:
    drawing = asset(picture())
    return doc(
        h(1, "Guide", id="guide"),
        p(LOREM),
        h(2, "Démarches"),
        ul("Un premier point.", "Un second point."),
        ol("D’abord.", "Ensuite."),
        table(("Garantie", "Taux"), ("Optique", "80 %")),
        figure(Image(drawing.digest, "Un cadre noir sur fond blanc.")),
        p("Une dernière phrase."),
        title="Guide",
        assets=(drawing,),
    )


class Edition:
    """A DOCX made by the backend, opened as XML."""

    def __init__(self, artifacts: tuple[Artifact, ...], document: Document) -> None:
        self.path: Path = artifacts[0].path
        self.findings: tuple[Finding, ...] = artifacts[0].findings
        self.artifacts = artifacts
        self.document = document
        with zipfile.ZipFile(self.path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}

    def xml(self, part: str = "word/document.xml") -> etree._Element:
        return etree.fromstring(self.parts[part])

    def find(self, path: str, part: str = "word/document.xml") -> list[etree._Element]:
        found = self.xml(part).xpath(path, namespaces=NAMES)
        assert isinstance(found, list)
        return [node for node in found if isinstance(node, etree._Element)]

    def strings(self, path: str, part: str = "word/document.xml") -> list[str]:
        found = self.xml(part).xpath(path, namespaces=NAMES)
        assert isinstance(found, list)
        return [str(node) for node in found]

    def lines(self, style: str | None = None) -> list[str]:
        """Give the text of each paragraph, or of those of one style."""
        return [
            "".join(str(text) for text in node.itertext(f"{W}t"))
            for node in self.find("//w:p")
            if style is None or _style(node) == style
        ]

    @property
    def codes(self) -> list[str]:
        return [finding.code for finding in self.findings]

    def check(self) -> list[Finding]:
        return list(LargePrintBackend().check(self.artifacts, self.document, LargePrintOptions()))


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return found.get(f"{W}val", "") if found is not None else ""


def edition(folder: Path, document: Document, options: LargePrintOptions | None = None) -> Edition:
    """Prepare and render a document."""
    folder.mkdir(parents=True, exist_ok=True)
    prepared, _ = prepare(document)
    chosen = options or LargePrintOptions()
    artifacts = LargePrintBackend().render(prepared, chosen, Workspace(folder, "guide"))
    return Edition(artifacts, prepared)
