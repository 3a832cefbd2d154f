"""Builds from and to S3, with a server on loopback."""

import json
import os
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from s3_server import S3Server, running
from tests_cli_types import Run

S3FileSystem = pytest.importorskip("s3fs", reason="the extra `remote` is absent").S3FileSystem
SILENT = ("--to", "large-print", "--to", "braille", "--jobs", "1")
GUIDE = "# Guide\n\nBonjour à tous.\n\n![Le plan](img/plan.svg)\n"
LAW = "# Loi\n\nArticle premier.\n"
PLAN = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="9"/></svg>'
EDITIONS = {
    f"editions/{folder}/{stem}.{suffix}"
    for folder, stem in (("guide", "guide"), ("statuts/loi", "loi"))
    for suffix in ("large-print.docx", "brf", "pef", "braille.txt")
}

# What a browser must be told to show them right.
SHOWN = {
    "report.html": "text/html; charset=utf-8",
    "guide/guide.braille.txt": "text/plain; charset=utf-8",
}


@pytest.fixture(scope="module")
def server() -> Iterator[S3Server]:
    """Serve for the whole module."""
    with running() as server:
        yield server


@pytest.fixture
def bucket(
    server: S3Server, here: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Give a bucket with two guides and a picture."""
    S3FileSystem.clear_instance_cache()
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    name = f"bucket-{zlib.crc32(request.node.nodeid.encode())}"
    server.put(name)
    server.put(f"{name}/guides/guide.md", GUIDE)
    server.put(f"{name}/guides/img/plan.svg", PLAN)
    server.put(f"{name}/guides/statuts/loi.md", LAW)
    server.asked()
    yield name
    server.relent()


def _visible(server: S3Server, bucket: str) -> set[str]:
    return {
        key for key in server.keys(bucket) if "/.ess-access/" not in key and "guides/" not in key
    }


def test_editions_go_from_bucket_to_bucket(run: Run, server: S3Server, bucket: str) -> None:
    result = run("build", f"s3://{bucket}/guides", "-o", f"s3://{bucket}/editions", *SILENT)
    assert result.exit_code == 0, result.stderr
    assert "4 éditions sont prêtes" in result.stdout
    reports = {"editions/report.html", "editions/report.json"}
    assert _visible(server, bucket) == EDITIONS | reports
    left = {key for key in server.keys(bucket) if "/.ess-access/" in key}
    assert left == {"editions/.ess-access/state.jsonl", "editions/.ess-access/report"}
    types = {key: server.type_of(f"{bucket}/editions/{key}") for key in SHOWN}
    assert types == SHOWN


def test_pictures_beside_the_source_are_found(run: Run, server: S3Server, bucket: str) -> None:
    run("build", f"s3://{bucket}/guides", "-o", f"s3://{bucket}/editions", *SILENT)
    edition = server.get(f"{bucket}/editions/guide/guide.large-print.docx")
    with ZipFile(BytesIO(edition)) as parts:
        assert [name for name in parts.namelist() if name.startswith("word/media/")]


def test_the_bytes_are_those_of_a_build_on_this_machine(
    here: Path, run: Run, server: S3Server, bucket: str
) -> None:
    for name, text in (("guide.md", GUIDE), ("img/plan.svg", PLAN), ("statuts/loi.md", LAW)):
        path = here / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    run("build", "-o", "output", "--no-cache", *SILENT)
    run("build", f"s3://{bucket}/guides", "-o", f"s3://{bucket}/editions", "--no-cache", *SILENT)
    run("build", "-o", f"s3://{bucket}/mixed", "--no-cache", *SILENT)
    run("build", f"s3://{bucket}/guides", "-o", "back", "--no-cache", *SILENT)
    for key in EDITIONS:
        name = key.removeprefix("editions/")
        wanted = (here / "output" / name).read_bytes()
        assert server.get(f"{bucket}/{key}") == wanted, key
        assert server.get(f"{bucket}/mixed/{name}") == wanted, key
        assert (here / "back" / name).read_bytes() == wanted, key


def test_a_second_build_downloads_neither_editions_nor_sources(
    run: Run, server: S3Server, bucket: str
) -> None:
    places = (f"s3://{bucket}/guides", "-o", f"s3://{bucket}/editions")
    run("build", *places, *SILENT)
    server.asked()
    again = run("build", *places, *SILENT)
    assert again.exit_code == 0
    assert "4 éditions sont déjà à jour" in again.stdout
    asked = server.asked()
    read = {line for line in asked if line.startswith("GET /") and line.count("/") > 1}
    hidden = f"GET /{bucket}/editions/.ess-access/"
    assert read == {hidden + "state.jsonl", hidden + "report", hidden + "lock"}
    assert {line for line in asked if line.startswith("PUT")} == {
        f"PUT /{bucket}/editions/.ess-access/lock"
    }


def test_only_what_changed_is_made_again(run: Run, server: S3Server, bucket: str) -> None:
    places = (f"s3://{bucket}/guides", "-o", f"s3://{bucket}/editions")
    run("build", *places, *SILENT)
    server.put(f"{bucket}/guides/img/plan.svg", PLAN.replace("9", "8"))
    server.asked()
    plan = run("plan", *places, "--to", "large-print", "--json")
    reasons = {job["source"]: job["reason"] for job in json.loads(plan.stdout)["jobs"]}
    assert reasons == {"guide.md": "source changed", "statuts/loi.md": "up to date"}
    assert {line for line in server.asked() if line.startswith(("PUT", "POST", "DELETE"))} == set()
    assert "2 éditions à fabriquer" in run("build", *places, *SILENT).stdout


def test_an_edition_that_was_altered_or_removed_is_made_again(
    run: Run, server: S3Server, bucket: str
) -> None:
    places = (f"s3://{bucket}/guides", "-o", f"s3://{bucket}/editions")
    run("build", *places, *SILENT)
    brf, text = (f"{bucket}/editions/guide/guide.{suffix}" for suffix in ("brf", "braille.txt"))
    whole = server.get(brf)
    server.put(brf, whole[::-1])  # as long as it was
    server.delete(f"{bucket}/editions/statuts/loi/loi.pef")
    plan = json.loads(run("plan", *places, "--to", "braille", "--json").stdout)
    assert {job["source"]: job["reason"] for job in plan["jobs"]} == {
        "guide.md": "edition altered",
        "statuts/loi.md": "edition missing",
    }
    assert run("build", *places, *SILENT).exit_code == 0
    assert server.get(brf) == whole
    assert server.get(text)
    assert _visible(server, bucket) >= EDITIONS


def test_editions_whose_source_left_the_bucket_are_removed_when_asked(
    run: Run, server: S3Server, bucket: str
) -> None:
    places = (f"s3://{bucket}/guides", "-o", f"s3://{bucket}/editions")
    run("build", *places, *SILENT)
    server.delete(f"{bucket}/guides/statuts/loi.md")
    told = run("plan", *places, "--to", "braille").stdout
    assert "statuts/loi/loi.brf" in told
    elsewhere = run("plan", f"s3://{bucket}/guides/guide.md", *places[1:], "--to", "braille")
    assert "loi.brf" not in elsewhere.stdout  # of what was not looked at, nothing is known
    assert run("build", *places, *SILENT, "--prune").exit_code == 0
    kept = {key for key in EDITIONS if "loi" not in key}
    assert _visible(server, bucket) == kept | {"editions/report.html", "editions/report.json"}
    assert "loi" not in server.get(f"{bucket}/editions/report.json").decode()


def test_sources_that_cannot_be_listed_are_not_taken_for_gone(
    run: Run, server: S3Server, bucket: str
) -> None:
    places = (f"s3://{bucket}/guides", "-o", f"s3://{bucket}/editions")
    run("build", *places, *SILENT)
    server.refuse(f"GET /{bucket}", 403)
    refused = run("build", *places, *SILENT, "--prune")
    server.relent()
    assert refused.exit_code in (4, 6)
    assert "est refusé" in refused.stderr
    assert _visible(server, bucket) >= EDITIONS


def test_an_upload_that_is_refused_leaves_the_old_edition_and_the_others(
    run: Run, server: S3Server, bucket: str
) -> None:
    places = (f"s3://{bucket}/guides", "-o", f"s3://{bucket}/editions")
    run("build", *places, *SILENT)
    old = {key: server.get(f"{bucket}/{key}") for key in EDITIONS}
    server.put(f"{bucket}/guides/guide.md", GUIDE.replace("Bonjour", "Bonsoir"))
    server.put(f"{bucket}/guides/statuts/loi.md", LAW.replace("premier", "deux"))
    server.refuse(rf"PUT /{bucket}/editions/guide/guide\.brf \(copy\)", 403)
    refused = run("build", *places, *SILENT)
    assert refused.exit_code == 6
    assert len([line for line in refused.stderr.splitlines() if line]) == 1
    assert "est refusé" in refused.stderr
    for key in EDITIONS:
        changed = server.get(f"{bucket}/{key}") != old[key]
        assert changed == ("loi" in key or key.endswith("large-print.docx")), key
    server.relent()
    assert run("build", *places, *SILENT).exit_code == 0
    assert all(server.get(f"{bucket}/{key}") != old[key] for key in EDITIONS)


def test_odd_keys_are_built_or_refused_one_by_one(run: Run, server: S3Server, bucket: str) -> None:
    good = ("été/guide n°1.md", "q ? # & + 50 %.md", "[x] {y} *.md", "%41.md", "a\\b.md", "🙂.md")
    for key in (*good, "a//b.md"):
        server.put(f"{bucket}/odd/{key}", "# Titre\n\nTexte.\n")
    places = (f"s3://{bucket}/odd", "-o", f"s3://{bucket}/[ed] é", "--to", "large-print")
    result = run("build", *places, "--jobs", "1")
    assert result.exit_code == 4
    (sentence,) = [line for line in result.stderr.splitlines() if line]
    assert sentence.startswith("a/%2F/b.md")
    made = {key for key in server.keys(bucket) if key.endswith(".docx")}
    stems = [key.removesuffix(".md").replace("\\", "%5C") for key in good]
    assert made == {f"[ed] é/{stem}/{stem.rpartition('/')[2]}.large-print.docx" for stem in stems}
    assert "6 éditions sont déjà à jour" in run("build", *places).stdout


def test_a_whole_bucket_is_read_but_for_the_editions_in_it(
    run: Run, server: S3Server, bucket: str
) -> None:
    places = (f"s3://{bucket}", "-o", f"s3://{bucket}/editions", "--to", "large-print")
    assert "2 éditions à fabriquer" in run("build", *places).stdout
    assert "2 éditions sont déjà à jour" in run("build", *places).stdout
    assert "editions/guides/guide/guide.large-print.docx" in server.keys(bucket)


@pytest.mark.parametrize(
    ("source", "output", "code", "told"),
    [
        ("s3://nowhere-at-all/guides", "s3://{bucket}/editions", 4, "n’existe pas"),
        ("s3://{bucket}/nothing", "s3://{bucket}/editions", 4, "n’existe pas"),
        ("s3://{bucket}/guides", "s3://nowhere-at-all/editions", 6, "n’existe pas"),
        ("s3://", "output", 3, "ne peut pas être comprise"),
        ("nosuchstore://x/y", "output", 3, "ne peut pas être comprise"),
    ],
)
def test_what_is_not_there_is_said_before_anything_is_made(
    run: Run, server: S3Server, bucket: str, source: str, output: str, code: int, told: str
) -> None:
    result = run("build", source.format(bucket=bucket), "-o", output.format(bucket=bucket), *SILENT)
    assert result.exit_code == code
    assert len([line for line in result.stderr.splitlines() if line]) == 1
    assert told in result.stderr
    assert not [key for key in server.keys(bucket) if not key.startswith("guides/")]


def test_keys_of_the_store_that_are_missing_are_said(
    run: Run, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    S3FileSystem.clear_instance_cache()
    result = run("build", f"s3://{bucket}/guides", *SILENT)
    assert result.exit_code == 4
    assert "AWS_ACCESS_KEY_ID" in result.stderr


def test_a_server_that_does_not_answer_is_said(
    run: Run, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    S3FileSystem.clear_instance_cache()
    result = run("build", f"s3://{bucket}/guides", *SILENT)
    assert result.exit_code == 4
    assert "ne répond pas" in result.stderr


def _start(bucket: str, output: str, *more: str) -> "subprocess.Popen[str]":
    """Build as a user does, with processes."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "ess_access", "build", f"s3://{bucket}/guides"),
            *("-o", f"s3://{bucket}/{output}", "--no-cache", "--jobs", "2"),
            *("--to", "large-print", "--to", "braille", *more),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.e2e
@pytest.mark.skipif(
    sys.platform == "win32", reason="groups of processes are killed otherwise there"
)
def test_a_build_killed_at_any_request_leaves_whole_editions(server: S3Server, bucket: str) -> None:
    with _start(bucket, "editions") as clean:
        _, told = clean.communicate(timeout=300)
    assert (clean.returncode, told) == (0, "")
    wanted = {key: server.get(f"{bucket}/{key}") for key in EDITIONS}
    count = len(server.asked())
    assert count > 40
    for number, after in enumerate(range(1, count, count // 10)):
        output = f"killed{number}"
        server.hold(after)
        with _start(bucket, output) as process:
            while not server.is_holding() and process.poll() is None:
                time.sleep(0.02)
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
        server.relent()
        seen = {key for key in server.keys(bucket) if key.startswith(f"{output}/")}
        for key in EDITIONS:
            mine = key.replace("editions", output, 1)
            assert mine not in seen or server.get(f"{bucket}/{mine}") == wanted[key], (after, key)
        with _start(bucket, output) as last:
            _, told = last.communicate(timeout=300)
        assert (last.returncode, told) == (0, ""), after
        for key in EDITIONS:
            mine = key.replace("editions", output, 1)
            assert server.get(f"{bucket}/{mine}") == wanted[key], (after, key)
        left = {key for key in server.keys(bucket) if key.startswith(f"{output}/.ess-access/")}
        assert {key.rpartition("/")[2] for key in left} == {"state.jsonl", "report"}, after


@pytest.mark.e2e
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise there")
def test_an_interrupted_build_leaves_nothing_of_its_own(server: S3Server, bucket: str) -> None:
    server.hold(after=30)
    with _start(bucket, "editions") as process:
        while not server.is_holding() and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        server.relent()
        _, told = process.communicate(timeout=300)
    assert process.returncode == 130
    assert len(told.splitlines()) == 1, told
    left = {key for key in server.keys(bucket) if key.startswith("editions/.ess-access/")}
    assert not {key for key in left if "stage" in key or key.endswith("lock")}


@pytest.mark.e2e
def test_two_builds_started_together_wait_for_each_other(server: S3Server, bucket: str) -> None:
    with _start(bucket, "editions") as one, _start(bucket, "editions") as other:
        told = [process.communicate(timeout=300) for process in (one, other)]
    assert (one.returncode, other.returncode) == (0, 0), told
    # One made them all, the other found them made.
    assert sorted(out.splitlines()[0] for out, _ in told) == [
        "4 éditions sont déjà à jour.",
        "4 éditions à fabriquer.",
    ]
    assert _visible(server, bucket) >= EDITIONS
