import time
from pathlib import Path
from typing import Any

import pytest

from ess_access.engines.spoken_by import ask_in_parts, ask_voice
from ess_access.engines.worker import Worker, WorkerCrashError, WorkerHangError, patience_s
from ess_access.errors import EditionError, MissingError

HERE = str(Path(__file__).parent)


@pytest.fixture
def worker() -> Any:
    with Worker("voices_that_fail:answer", {"PYTHONPATH": HERE}) as made:
        yield made


def test_an_answer_comes_back_whole_whatever_the_library_prints(worker: Worker) -> None:
    header, payload = worker.ask({"do": "echo", "text": "é" * 100_000}, limit_s=30)
    assert payload.decode() == "é" * 100_000
    assert header["pid"] > 0


def test_one_process_serves_many_requests(worker: Worker) -> None:
    pids = {worker.ask({"do": "echo", "text": ""}, limit_s=30)[0]["pid"] for _ in range(3)}
    assert len(pids) == 1


def test_a_voice_that_hangs_is_killed_in_time_and_started_again(worker: Worker) -> None:
    first = worker.ask({"do": "echo", "text": "a"}, limit_s=30)[0]["pid"]
    start = time.monotonic()
    with pytest.raises(WorkerHangError):
        worker.ask({"do": "hang"}, limit_s=0.3)
    assert time.monotonic() - start < 5
    assert worker.ask({"do": "echo", "text": "a"}, limit_s=30)[0]["pid"] != first


def test_a_voice_that_dies_leaves_its_last_words(worker: Worker) -> None:
    with pytest.raises(WorkerCrashError, match="the voice is gone"):
        worker.ask({"do": "die"}, limit_s=30)
    assert worker.ask({"do": "echo", "text": "b"}, limit_s=30)[1] == b"b"


@pytest.mark.parametrize(
    "line", ["\x00\x01", "7", "[]", "{}", '{"bytes": "x"}', '{"bytes": -1}', '{"bytes": null}']
)
def test_a_voice_that_answers_nonsense_is_told_at_once(
    worker: Worker, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ess_access.engines.worker._PARTING_S", 0.1)
    with pytest.raises(WorkerCrashError):
        worker.ask({"do": "garble", "line": line}, limit_s=60)
    assert worker.ask({"do": "echo", "text": "b"}, limit_s=30)[1] == b"b"


def test_words_that_crash_a_voice_together_are_said_apart(worker: Worker) -> None:
    text = "un deux trois quatre cinq"
    found = list(ask_in_parts(worker, "x", {"do": "say few", "text": text}))
    assert [payload.decode() for _, payload in found] == ["un deux", "trois", "quatre cinq"]
    with pytest.raises(EditionError) as caught:
        list(ask_in_parts(worker, "x", {"do": "raise", "text": text}))
    assert caught.value.params["words"] == "un"


def test_an_exception_of_the_library_is_told(worker: Worker) -> None:
    with pytest.raises(WorkerCrashError, match="ValueError: no such sound"):
        worker.ask({"do": "raise"}, limit_s=30)


def test_an_error_of_ours_crosses_the_pipe(worker: Worker) -> None:
    with pytest.raises(MissingError) as caught:
        worker.ask({"do": "missing"}, limit_s=30)
    assert caught.value.params == {"engine": "x", "voice": "y", "known": "z"}


@pytest.mark.parametrize(
    ("request_", "key"),
    [({"do": "hang", "text": "le mot"}, "speech-hung"), ({"do": "die"}, "speech-crashed")],
)
def test_a_fault_of_the_voice_becomes_an_error_with_its_words(
    worker: Worker, request_: Any, key: str
) -> None:
    with pytest.raises(EditionError) as caught:
        ask_voice(worker, "x", request_, 0.5 if key == "speech-hung" else 30)
    assert caught.value.key == key
    assert caught.value.params["words"] == request_.get("text", "")


def test_patience_grows_with_the_text() -> None:
    assert patience_s("a" * 1000) > patience_s("a") >= 20


def test_a_module_that_does_not_exist_is_a_crash() -> None:
    with (
        Worker("no_such_module:answer") as worker,
        pytest.raises(WorkerCrashError, match="no_such"),
    ):
        worker.ask({}, limit_s=30)
