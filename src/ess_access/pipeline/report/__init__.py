"""The reports of a build: for people, for programs, for test tables and for code hosts.

Pure functions of a :class:`~ess_access.pipeline.outcome.BuildOutcome`: they read no file, no clock
and no environment, so the same build gives the same bytes.
"""

from ess_access.pipeline.report.annotations import as_annotations
from ess_access.pipeline.report.data import SCHEMA, as_json
from ess_access.pipeline.report.junit import as_junit
from ess_access.pipeline.report.page import as_html

__all__ = ["SCHEMA", "as_annotations", "as_html", "as_json", "as_junit"]
