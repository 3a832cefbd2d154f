"""A server that speaks as S3 does, on loopback, in a process of its own.

It tells what it was asked, and refuses what it is told to refuse. Run as a program, it prints its
port and serves until its standard input ends.
"""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen
from xml.etree import ElementTree

import pytest

_CONTROL = "/-control"
_BACK_DOOR = "X-Back-Door"


@dataclass(frozen=True)
class S3Server:
    """The server as a test sees it."""

    url: str

    def environment(self) -> dict[str, str]:
        """Give the variables with which any client reaches this server and no other."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def asked(self) -> list[str]:
        """Give what was asked since the last time, as ``GET /bucket/key``."""
        told: list[str] = json.loads(self._control("asked"))
        return told

    def refuse(self, pattern: str, status: int, *, after: int = 0) -> None:
        """Answer what matches (``PUT /bucket/x``) with an error, after that many good answers."""
        self._control("refuse", json.dumps([pattern, status, after]).encode())

    def hold(self, after: int) -> None:
        """Leave whoever asks without an answer, after that many answers; do nothing of it."""
        self._control("hold", json.dumps(after).encode())

    def is_holding(self) -> bool:
        """Say whether somebody waits for an answer."""
        return self._control("holding") == b"true"

    def relent(self) -> None:
        """Refuse nothing more, but whoever still waits."""
        self._control("relent", b"")

    def put(self, path: str, data: bytes | str = b"") -> None:
        """Write an object (``bucket/key``), or make a bucket."""
        self._store("PUT", path, data.encode() if isinstance(data, str) else data)

    def get(self, path: str) -> bytes:
        """Read an object."""
        return self._store("GET", path)

    def type_of(self, path: str) -> str:
        """Give the type that an object was written with."""
        with self._open("GET", path) as answer:
            return str(answer.headers["Content-Type"])

    def delete(self, path: str) -> None:
        """Remove an object."""
        self._store("DELETE", path)

    def keys(self, bucket: str) -> set[str]:
        """List the keys of a bucket."""
        listed = ElementTree.fromstring(self._store("GET", bucket, query="?list-type=2"))
        return {found.text or "" for found in listed.iter() if found.tag.endswith("}Key")}

    def _store(self, method: str, path: str, data: bytes | None = None, query: str = "") -> bytes:
        with self._open(method, path, data, query) as answer:
            told: bytes = answer.read()
        return told

    def _open(self, method: str, path: str, data: bytes | None = None, query: str = "") -> Any:
        """Come in by the back door: neither counted nor refused."""
        headers = {
            _BACK_DOOR: "yes",
            "Content-Type": "application/octet-stream",
            # Not anonymous; moto does not look at the signature.
            "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request",
        }
        address = f"{self.url}/{quote(path)}{query}"
        return urlopen(Request(address, data, headers, method=method), timeout=120)

    def _control(self, what: str, data: bytes | None = None) -> bytes:
        with urlopen(f"{self.url}{_CONTROL}/{what}", data, timeout=120) as answer:
            told: bytes = answer.read()
        return told


@contextmanager
def running() -> Iterator[S3Server]:
    """Start the server; skip where its packages are not installed."""
    for package in ("moto", "flask", "flask_cors", "py_partiql_parser", "s3fs"):
        if find_spec(package) is None:
            pytest.skip(f"{package} is not installed: pip install -e '.[dev]'")
    command = [sys.executable, "-W", "ignore", __file__]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            yield S3Server(f"http://127.0.0.1:{int(process.stdout.readline())}")
        finally:
            process.stdin.close()


# --- the program ---------------------------------------------------------------------------


_Start = Callable[..., Any]


class _Door:
    """Stand before moto: count, refuse, and let the test in by the back."""

    def __init__(self) -> None:
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

        self._moto = DomainDispatcherApplication(create_backend_app)
        self._asked: list[str] = []
        self._refused: list[list[Any]] = []
        self._hold_after: int | None = None
        self._holding = False
        self._go_on = threading.Event()
        self._turn = threading.Lock()

    def __call__(self, environ: dict[str, Any], start: _Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode()
        if path.startswith(_CONTROL):
            return self._control(path.removeprefix(_CONTROL + "/"), environ, start)
        if environ.pop("HTTP_" + _BACK_DOOR.upper().replace("-", "_"), None):
            entered: Iterable[bytes] = self._moto(environ, start)
            return entered
        copied = " (copy)" if "HTTP_X_AMZ_COPY_SOURCE" in environ else ""
        asked = f"{environ['REQUEST_METHOD']} {path}{copied}"
        with self._turn:
            self._asked.append(asked)
            status = self._refusal(asked)
            held = self._hold_after is not None and len(self._asked) > self._hold_after
            self._holding = self._holding or held
        if held:
            self._go_on.wait()
            status = 503
        if status:
            environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            code = {403: "AccessDenied", 404: "NoSuchKey", 503: "ServiceUnavailable"}[status]
            body = f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()
            start(
                f"{status} No", [("Content-Type", "text/xml"), ("Content-Length", f"{len(body)}")]
            )
            return [body] if environ["REQUEST_METHOD"] != "HEAD" else []
        answer: Iterable[bytes] = self._moto(environ, start)
        return answer

    def _refusal(self, asked: str) -> int:
        for rule in self._refused:
            if re.fullmatch(rule[0], asked):
                if rule[2] <= 0:
                    return int(rule[1])
                rule[2] -= 1
        return 0

    def _control(self, what: str, environ: dict[str, Any], start: _Start) -> Iterable[bytes]:
        data = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        told = b""
        with self._turn:
            match what:
                case "asked":
                    told = json.dumps(self._asked).encode()
                    self._asked.clear()
                case "refuse":
                    self._refused.append(json.loads(data))
                case "hold":
                    self._hold_after, self._holding = json.loads(data), False
                    self._asked.clear()
                    self._go_on.clear()
                case "holding":
                    told = json.dumps(self._holding).encode()
                case "relent":
                    self._refused.clear()
                    self._hold_after = None
                    self._go_on.set()
                case _:
                    raise ValueError(what)
        start("200 OK", [("Content-Length", f"{len(told)}")])
        return [told]


def _serve() -> None:
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def log(self, type: str, message: str, *args: object) -> None:
            """Say nothing."""

    server = make_server("127.0.0.1", 0, _Door(), threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.port, flush=True)  # noqa: T201 - what the test waits for
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    _serve()
