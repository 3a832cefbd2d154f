"""Pauses are found wherever the sound is cut on its way, as a look at each sample finds them."""

from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st

from ess_access.backends.audio.pauses import Pauses

RATE_HZ = 100  # a pause is ten samples or more

RUNS = st.lists(st.tuples(st.booleans(), st.integers(1, 25)), max_size=12)


def looked_for(samples: bytes) -> list[tuple[float, float]]:
    found = []
    at = 0
    for value, run in groupby(samples):
        length = len(list(run))
        if value == 0x80 and length >= 10:
            found.append((at / RATE_HZ, (at + length) / RATE_HZ))
        at += length
    return found


@given(RUNS, st.lists(st.integers(0, 300), max_size=6))
def test_pauses_are_those_that_a_look_at_each_sample_finds(
    runs: list[tuple[bool, int]], cuts: list[int]
) -> None:
    samples = b"".join((b"\x80" if quiet else b"\x7f") * length for quiet, length in runs)
    edges = sorted({0, len(samples), *(min(cut, len(samples)) for cut in cuts)})
    pauses = Pauses(RATE_HZ)
    for start, end in pairwise(edges):
        pauses.put(samples[start:end])
    assert list(pauses.found()) == looked_for(samples)


def test_a_sound_of_hours_that_is_all_quiet_is_one_pause() -> None:
    pauses = Pauses(22_050)
    for _ in range(60):
        pauses.put(bytes([0x80]) * 22_050 * 60)
    assert pauses.found() == ((0.0, 3600.0),)
