"""What a configuration says of a document itself: its title, its language, its authors."""

import dataclasses
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ess_access.document.nodes import Meta
from ess_access.pipeline.options import Refused, make_options
from ess_access.pipeline.settings import Fault, Setting

__all__ = ["META", "checked_meta"]

META = tuple(entry.name for entry in dataclasses.fields(Meta))
# The form of a language (BCP 47, RFC 5646 §2.1), and examples of it.
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_TAGS = "fr | en | fr-CA…"


def checked_meta(settings: Mapping[str, Setting], faults: list[Fault]) -> Mapping[str, Any]:
    """Give what was written, checked; add what is wrong with it to the faults."""
    try:
        made = make_options(Meta, "meta", settings)
    except Refused as refused:
        faults += refused.faults
        return MappingProxyType({})
    lang = settings.get("lang")
    if lang is not None and not _TAG.fullmatch(made.lang):
        params: dict[str, str | int] = {"key": "meta.lang", "value": made.lang, "expected": _TAGS}
        faults.append(Fault("option-invalid", params, lang.where))
    return MappingProxyType({name: getattr(made, name) for name in settings})
