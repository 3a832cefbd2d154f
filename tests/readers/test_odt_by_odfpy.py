"""An OpenDocument text that odfpy writes gives the model of the same Markdown."""

import io
import warnings
from typing import Any

from ess_access.readers.markdown import MarkdownReader
from office_files import png, read_odt, source

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from odf import dc, draw, style, svg, table, text
    from odf.opendocument import OpenDocumentText

PICTURE = png(40, 40)
MARKDOWN = """\
---
title: Guide
lang: fr
---

# Accueil

Bonjour *à tous* et **bienvenue**, voir [le site](https://exemple.fr/).[^1]

[^1]: Une note **grasse**.

## Listes

- Un
- Deux

    1. Deux a
    2. Deux b

- Trois

## Tableau

| Lieu | Prix |
|------|------|
| Lyon | 10   |

![Un plan](x.png)

Fin.
"""


def item(*children: Any) -> Any:
    made = text.ListItem()
    for child in children:
        made.addElement(text.P(text=child) if isinstance(child, str) else child)
    return made


def listed(name: str, *items: Any) -> Any:
    made = text.List(stylename=name)
    for one in items:
        made.addElement(one)
    return made


def row(*words: str) -> Any:
    made = table.TableRow()
    for word in words:
        cell = table.TableCell()
        cell.addElement(text.P(text=word))
        made.addElement(cell)
    return made


def looks(document: Any, name: str, **properties: str) -> Any:
    made = style.Style(name=name, family="text")
    made.addElement(style.TextProperties(**properties))
    document.automaticstyles.addElement(made)
    return made


def list_styles(document: Any) -> None:
    bullets = text.ListStyle(name="Puces")
    bullets.addElement(text.ListLevelStyleBullet(level=1, bulletchar="•"))
    bullets.addElement(text.ListLevelStyleNumber(level=2, numformat="1", numsuffix="."))
    document.automaticstyles.addElement(bullets)


def written() -> bytes:
    document = OpenDocumentText()
    document.meta.addElement(dc.Title(text="Guide"))
    document.meta.addElement(dc.Language(text="fr"))
    slanted = looks(document, "E", fontstyle="italic")
    bold = looks(document, "S", fontweight="bold")
    list_styles(document)
    body = document.text
    body.addElement(text.H(outlinelevel=1, text="Accueil"))
    first = text.P(text="Bonjour ")
    first.addElement(text.Span(stylename=slanted, text="à tous"))
    first.addText(" et ")
    first.addElement(text.Span(stylename=bold, text="bienvenue"))
    first.addText(", voir ")
    first.addElement(text.A(href="https://exemple.fr/", type="simple", text="le site"))
    first.addText(".")
    note = text.Note(noteclass="footnote", id="n1")
    note.addElement(text.NoteCitation(text="1"))
    inner = text.NoteBody()
    words = text.P(text="Une note ")
    words.addElement(text.Span(stylename=bold, text="grasse"))
    words.addText(".")
    inner.addElement(words)
    note.addElement(inner)
    first.addElement(note)
    body.addElement(first)
    body.addElement(text.H(outlinelevel=2, text="Listes"))
    under = text.List()
    for word in ("Deux a", "Deux b"):
        under.addElement(item(word))
    body.addElement(listed("Puces", item("Un"), item("Deux", under), item("Trois")))
    body.addElement(text.H(outlinelevel=2, text="Tableau"))
    data = table.Table(name="Prix")
    data.addElement(table.TableColumn(numbercolumnsrepeated=2))
    head = table.TableHeaderRows()
    head.addElement(row("Lieu", "Prix"))
    data.addElement(head)
    data.addElement(row("Lyon", "10"))
    body.addElement(data)
    frame = draw.Frame(width="4cm", height="4cm", anchortype="as-char")
    href = document.addPicture("x.png", "image/png", PICTURE)
    frame.addElement(draw.Image(href=href, type="simple", show="embed", actuate="onLoad"))
    frame.addElement(svg.Desc(text="Un plan"))
    holder = text.P()
    holder.addElement(frame)
    body.addElement(holder)
    body.addElement(text.P(text="Fin."))
    buffer = io.BytesIO()
    document.write(buffer)
    return buffer.getvalue()


def test_what_odfpy_writes_gives_the_model_of_markdown() -> None:
    made = source(MARKDOWN.encode(), ".md", files={"x.png": PICTURE})
    assert read_odt(written()).document == MarkdownReader().read(made).document
