"""What is said of the structure: « liste de 4 éléments », in the document's language."""

import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["Announcements", "announcements"]


class Announcements:
    """The announcements of one language."""

    def __init__(self, lang: str, sentences: dict[str, str]) -> None:
        self.lang = lang
        self._sentences = sentences
        self.names_of_parts = frozenset(sentences["names_of_parts"].split())

    def say(self, key: str, **details: str | int) -> str:
        """Fill the braces of an announcement."""
        return self._sentences[key].format_map(details)

    def count(self, key: str, count: int) -> str:
        """Announce a number of things: ``list_one`` or ``list_many``."""
        return self.say(f"{key}_one" if count == 1 else f"{key}_many", count=count)


@cache
def announcements(lang: str) -> Announcements:
    """Give the announcements for a BCP 47 tag; French for a language that has none yet."""
    primary = lang.lower().partition("-")[0]
    folder = files("ess_access.backends.audio") / "data"
    path = folder / f"announcements.{primary}.toml"
    if not path.is_file():
        return announcements("fr")
    return Announcements(primary, tomllib.loads(path.read_text(encoding="utf-8")))
