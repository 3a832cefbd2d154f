"""Who speaks: the engine, and a voice for each language of the document."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

from ess_access.api import plugins
from ess_access.api.engine import SpeechEngine, Voice
from ess_access.backends.audio.encoding import encoder_name
from ess_access.backends.audio.options import AudioOptions
from ess_access.backends.audio.wording import primary
from ess_access.errors import ConfigurationError, MissingError

__all__ = ["Casting", "cast", "engine_for", "engine_name", "fingerprint"]

# Tried in this order when the engine is "auto"; gtts never is: it sends the text away.
_USUAL = ("pico", "pyttsx3")


def engine_for(options: AudioOptions) -> SpeechEngine:
    """Make the engine that the options name. Raises ConfigurationError for an unknown one."""
    engine: SpeechEngine = plugins.load(plugins.ENGINES, engine_name(options))
    return engine


def engine_name(options: AudioOptions) -> str:
    """Give the name of the engine: for ``auto``, the first usual one that lacks nothing here."""
    if options.engine != "auto":
        return options.engine
    for name in _USUAL:
        engine: SpeechEngine = plugins.load(plugins.ENGINES, name)
        try:
            if not any(absent.required for absent in engine.missing()):
                return name
        finally:
            engine.close()
    return _USUAL[0]


@dataclass(frozen=True, slots=True)
class Casting:
    """The engine's name and the voices by language; ``main`` speaks where there is no other."""

    engine: str
    main: Voice
    voices: Mapping[str, Voice]
    prints: Mapping[str, str]

    def speaks(self, lang: str) -> bool:
        """Say whether there is a voice for a language."""
        return primary(lang) in self.voices

    def voice(self, lang: str) -> Voice:
        """Give the voice for a language, or the main one."""
        return self.voices.get(primary(lang), self.main)


def cast(options: AudioOptions, lang: str) -> Casting:
    """Choose the voices for a document in ``lang``.

    Raises MissingError where the engine is not there, where the voice that the options name is
    unknown, and where no voice speaks the document's language: English never speaks French.
    Raises ConfigurationError where the voice named speaks another language, and one of its own is
    there.
    """
    name = engine_name(options)
    engine: SpeechEngine = plugins.load(plugins.ENGINES, name)
    try:
        for absent in engine.missing():
            if absent.required:
                raise MissingError(absent.key, **absent.params)
        known = tuple(engine.voices())
        main = _main(name, known, options.voice, lang)
        _require_language(main, known, lang)
        voices: dict[str, Voice] = {}
        for voice in sorted(known, key=lambda voice: _closeness(voice, lang)):
            voices.setdefault(primary(voice.lang), voice)
        voices[primary(lang)] = main
        prints = {voice.name: engine.fingerprint(voice) for voice in voices.values()}
    finally:
        engine.close()
    return Casting(name, main, MappingProxyType(voices), MappingProxyType(prints))


def _main(engine: str, known: tuple[Voice, ...], wanted: str, lang: str) -> Voice:
    listed = ", ".join(voice.name for voice in known[:12]) or "\u2013"
    if wanted:
        found = [
            v for v in known if wanted.casefold() in {v.name.casefold(), v.description.casefold()}
        ]
        found = found or [v for v in known if v.lang.casefold() == wanted.casefold()]
        found = found or [v for v in known if primary(v.lang) == wanted.casefold()]
        if found:
            return found[0]
        stem = wanted.partition("@")[0]
        base = [v for v in known if "@" in wanted and v.name.casefold() == stem.casefold()]
        if base:
            # A voice with a place of its own ("fr@ca"): the engine knows what it means.
            return Voice(wanted, base[0].lang, base[0].description)
        if Path(wanted).suffix and Path(wanted).is_file():
            # A model of the user's own: the engine knows whether it can speak with it.
            return Voice(wanted, lang)
        raise MissingError("voice-missing", engine=engine, voice=wanted, known=listed)
    found = [v for v in known if v.lang.casefold() == lang.casefold()]
    found = found or [v for v in known if primary(v.lang) == primary(lang)]
    if not found:
        raise MissingError("voice-language", engine=engine, lang=lang, known=listed)
    return found[0]


def _require_language(main: Voice, known: tuple[Voice, ...], lang: str) -> None:
    own = [voice.name for voice in known if primary(voice.lang) == primary(lang)]
    if own and primary(main.lang) not in {primary(lang), "und", ""}:
        raise ConfigurationError(
            "voice-of-another-language",
            voice=main.name,
            spoken=main.lang,
            lang=lang,
            known=", ".join(own[:12]),
        )


def _closeness(voice: Voice, lang: str) -> int:
    """Prefer the voices of the document's own region, then the engine's order."""
    region = lang.lower().partition("-")[2]
    return 0 if region and voice.lang.lower().endswith(f"-{region}") else 1


def fingerprint(options: AudioOptions) -> str:
    """Name what shapes the bytes besides the words: engine, voices and encoder."""
    name = engine_name(options)
    engine: SpeechEngine = plugins.load(plugins.ENGINES, name)
    try:
        known = tuple(engine.voices())
        voice = options.voice or (known[0].name if known else "")
        said = engine.fingerprint(Voice(voice, ""))
    finally:
        engine.close()
    encoder = encoder_name()
    return f"{name} {said} {encoder} {version(encoder)}"
