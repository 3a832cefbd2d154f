"""The plan says what is to be made and why, from contents alone."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ess_access.pipeline.outcome import FileRecord
from ess_access.pipeline.planner import Reason, SourceSeen, Wanted, plan
from ess_access.pipeline.state import EditionRecord, SourceRecord, Stamp

WANTED = Wanted("braille", "settings", "0.1/1", "table")
SEEN = SourceSeen("a.md", "a", "digest", {"plan.png": "p"}, (WANTED,))
RECORD = EditionRecord(
    "a.md",
    "../a.md",
    "braille",
    "key",
    "settings",
    "0.1/1",
    "table",
    SourceRecord("digest", {"plan.png": "p"}),
    (FileRecord("a/a.brf", "", 1, "one"), FileRecord("a/a.pef", "", 1, "two")),
    (Stamp(1, 1), Stamp(1, 1)),
)
RECORDS = {("a.md", "braille"): RECORD}
STANDING = {"a/a.brf": "one", "a/a.pef": "two"}


def reason(
    seen: SourceSeen = SEEN,
    records: Mapping[tuple[str, str], EditionRecord] = RECORDS,
    standing: Mapping[str, str] = STANDING,
    *,
    force: bool = False,
) -> Reason:
    (job,) = plan([seen], records, standing, force=force).jobs
    assert (job.source, job.wanted) == (seen.name, seen.wanted[0])
    return job.reason


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (SEEN, Reason.UP_TO_DATE),
        (replace(SEEN, digest="other"), Reason.SOURCE_CHANGED),
        (replace(SEEN, digest=""), Reason.SOURCE_CHANGED),
        (replace(SEEN, resources={"plan.png": "q"}), Reason.SOURCE_CHANGED),
        (replace(SEEN, resources={}), Reason.SOURCE_CHANGED),
        (replace(SEEN, resources={"plan.png": "p", "new.png": "n"}), Reason.UP_TO_DATE),
        (replace(SEEN, wanted=(replace(WANTED, settings="x"),)), Reason.OPTION_CHANGED),
        (replace(SEEN, wanted=(replace(WANTED, fingerprint="x"),)), Reason.VOICE_CHANGED),
        (replace(SEEN, wanted=(replace(WANTED, version="0.2/1"),)), Reason.VERSION_CHANGED),
        (replace(SEEN, wanted=(replace(WANTED, format="audio"),)), Reason.NEW),
        (replace(SEEN, name="b.md"), Reason.NEW),
        (replace(SEEN, folder="a.md"), Reason.EDITION_MISSING),
    ],
)
def test_each_change_has_its_reason(seen: SourceSeen, expected: Reason) -> None:
    assert reason(seen) is expected


def test_a_file_that_is_gone_or_altered_is_made_again() -> None:
    assert reason(standing={"a/a.brf": "one"}) is Reason.EDITION_MISSING
    assert reason(standing={**STANDING, "a/a.pef": "x"}) is Reason.EDITION_ALTERED


def test_a_resource_that_appears_where_none_was_changes_the_source() -> None:
    record = replace(RECORD, made_from=SourceRecord("digest", {"plan.png": ""}))
    records = {("a.md", "braille"): record}
    assert reason(replace(SEEN, resources={"plan.png": ""}), records) is Reason.UP_TO_DATE
    assert reason(replace(SEEN, resources={"plan.png": "p"}), records) is Reason.SOURCE_CHANGED


def test_force_makes_again_what_is_up_to_date_but_new_stays_new() -> None:
    assert reason(force=True) is Reason.FORCED
    assert reason(records={}, force=True) is Reason.NEW


def test_times_of_files_play_no_part() -> None:
    record = replace(RECORD, stamps=(Stamp(9, 9), Stamp(0, 0)))
    assert reason(records={("a.md", "braille"): record}) is Reason.UP_TO_DATE


def test_jobs_come_in_the_order_of_sources_and_formats() -> None:
    audio = replace(WANTED, format="audio")
    sources = [replace(SEEN, name=name, wanted=(WANTED, audio)) for name in ("b", "a")]
    made = [(job.source, job.wanted.format) for job in plan(sources, {}, {}).jobs]
    assert made == [("b", "braille"), ("b", "audio"), ("a", "braille"), ("a", "audio")]


def test_editions_whose_source_is_gone_are_orphans_while_they_stand() -> None:
    gone = frozenset({"../a.md"})
    assert plan([], RECORDS, STANDING, gone=gone).orphans == (RECORD,)
    assert plan([], RECORDS, {"a/a.pef": "two"}, gone=gone).orphans == (RECORD,)
    assert plan([], RECORDS, {}, gone=gone).orphans == ()
    assert plan([], RECORDS, STANDING).orphans == ()


def test_a_source_that_came_from_elsewhere_this_time_is_not_gone() -> None:
    """What came through standard input lay in a folder that is no more."""
    made = plan([SEEN], RECORDS, STANDING, gone=frozenset({"../a.md"}))
    assert made.orphans == ()


def test_an_edition_that_nobody_asked_for_is_outdated_once_its_source_has_changed() -> None:
    audio = replace(SEEN, wanted=(replace(WANTED, format="audio"),))
    changed = replace(audio, digest="other")
    assert plan([audio], RECORDS, STANDING).outdated == ()
    made = plan([changed], RECORDS, STANDING)
    assert (made.outdated, made.orphans) == ((RECORD,), ())
    assert plan([changed], RECORDS, {}).outdated == ()
    assert plan([replace(SEEN, digest="other")], RECORDS, STANDING).outdated == ()
    assert plan([], RECORDS, STANDING, gone=frozenset({"../a.md"})).outdated == ()


TEXTS = st.sampled_from(["", "one", "two"])


@given(st.tuples(*[TEXTS] * 5), st.tuples(*[TEXTS] * 5))
def test_an_edition_is_up_to_date_when_all_that_shapes_it_is_the_same(
    now: tuple[str, ...], then: tuple[str, ...]
) -> None:
    seen = SourceSeen("a", "a", now[0], {"r": now[1]}, (Wanted("f", now[2], now[3], now[4]),))
    made_from = SourceRecord(then[0], {"r": then[1]})
    files = (FileRecord("a/x", "", 1, "d"),)
    record = EditionRecord("a", "o", "f", "k", then[2], then[3], then[4], made_from, files, ())
    made = reason(seen, {("a", "f"): record}, {"a/x": "d"})
    assert (made is Reason.UP_TO_DATE) == (now == then)
