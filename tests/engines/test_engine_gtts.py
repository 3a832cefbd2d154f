import base64
import contextlib
import functools
import io
import json
import ssl
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ess_access.api.engine import Voice
from ess_access.engines.decode import NoSoundError
from ess_access.engines.gtts import GttsEngine, checked_domain
from ess_access.engines.gtts_sound import refuse_cut
from ess_access.errors import ConfigurationError, EditionError, MissingError

CERTIFICATE = str(Path(__file__).with_name("loopback.pem"))
FRAME = 96  # bytes, at 32 kbit/s and 24 kHz
FRENCH = Voice("fr", "fr")


@functools.cache
def mp3(seconds: float) -> Any:
    """A tone as the service would send it: MP3 at 24 kHz."""
    import av

    out = io.BytesIO()
    with av.open(out, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=24_000)
        stream.layout, stream.format = "mono", "s16p"
        for start in range(0, round(24_000 * seconds), 576):
            frame = av.AudioFrame(format="s16p", layout="mono", samples=576)
            frame.planes[0].update((b"\x00\x10" * 24 + b"\x00\xf0" * 24) * 12)
            frame.rate, frame.pts = 24_000, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


class Service(ThreadingHTTPServer):
    """Google over real TLS; ``script`` says how each request is met, the last for ever."""

    daemon_threads = True

    def __init__(self, *script: Any) -> None:
        super().__init__(("127.0.0.1", 0), Meeting)
        self.script = list(script)
        self.said: list[str] = []
        self.pause = "7"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the play."""

    def domain(self) -> Any:
        return f"com@127.0.0.1:{self.server_address[1]}"


class Meeting(BaseHTTPRequestHandler):
    server: Service

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        request = json.loads(urllib.parse.unquote(form.removeprefix("f.req=").rstrip("&")))
        words = json.loads(request[0][0][1])[0]
        script = self.server.script
        act = script.pop(0) if len(script) > 1 else script[0]
        if act == "hang":
            time.sleep(3)
            return
        if act in {"drip", "drip head"}:
            self.drip(b"HTTP/1.0 200 OK\r\n" + b"Content-Length: 9000\r\n\r\n" * (act == "drip"))
            return
        if act == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b"[[")
            self.connection.close()
            return
        if isinstance(act, int):
            self.send_response(act)
            self.send_header("Retry-After", self.server.pause)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        sounds = {
            "empty": b"",
            "page": b"<html>Sorry</html>",
            "broken": mp3(0.5)[:90],
            "shortened": mp3(0.5)[:-500],
            "lacking": mp3(0.5)[: -2 * FRAME],  # whole frames, but fewer than it says
        }
        sound = sounds.get(act, mp3(0.5))
        inner = base64.b64encode(sound).decode()
        body = f')]}}\'\n\n[["wrb.fr","jQ1olc","[\\"{inner}\\"]",null]]\n'.encode()
        if act == "say":
            self.server.said.append(words)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self, head: bytes) -> None:
        """Send a byte now and then, until nobody listens any more."""
        self.wfile.write(head)
        end = time.monotonic() + 5
        with contextlib.suppress(OSError):
            while time.monotonic() < end:
                self.wfile.write(b"x")
                time.sleep(0.05)


@pytest.fixture
def serve() -> Any:
    services = []

    def start(*script: Any, **extra: Any) -> Any:
        service = Service(*script)
        services.append(service)
        waits: list[float] = []
        settings = {"authority": CERTIFICATE, "timeout_s": 0.6, "wait": waits.append, **extra}
        return GttsEngine(domain=service.domain(), **settings), service, waits

    yield start
    for service in services:
        service.shutdown()
        service.server_close()


def test_words_come_back_as_sound_over_verified_tls(serve: Any) -> None:
    engine, service, waits = serve("say")
    speech = engine.synthesize("Bonjour à tous.", FRENCH, 1.0)
    assert service.said == ["Bonjour à tous."]
    assert speech.rate_hz == 24_000
    assert speech.seconds == pytest.approx(0.55, abs=0.1)
    assert waits == []


def test_a_certificate_that_nobody_vouches_for_is_refused_at_once(serve: Any) -> None:
    engine, service, waits = serve("say", authority=None)
    with pytest.raises(EditionError) as caught:
        engine.synthesize("Secret.", FRENCH, 1.0)
    assert caught.value.key == "gtts-failed"
    assert "TLS" in str(caught.value.params["reason"])
    assert service.said == []
    assert waits == []


@pytest.mark.parametrize(
    "trouble",
    [
        204,
        429,
        500,
        503,
        "hang",
        "empty",
        "cut",
        "page",
        "broken",
        "drip",
        "drip head",
        "shortened",
        "lacking",
    ],
)
def test_a_passing_trouble_is_waited_out(serve: Any, trouble: Any) -> None:
    engine, service, waits = serve(trouble, trouble, "say")
    engine.synthesize("Bonjour.", FRENCH, 1.0)
    assert service.said == ["Bonjour."]
    assert len(waits) == 2
    assert waits[1] >= waits[0] or isinstance(trouble, int)


@pytest.mark.parametrize("head", [b"", b"ID3\x04\x00\x00\x00\x00\x01\x00" + bytes(128)])
def test_a_sound_that_lacks_its_end_is_refused_wherever_it_was_cut(head: bytes) -> None:
    # As Google sends it: no head that counts the frames.
    bare = mp3(0.5)[mp3(0.5).index(b"Info") :]
    bare = bare[bare.index(b"\xff\xf3") :]
    refuse_cut(head + bare, "Bonjour.", 0.5)
    for cut in range(1, 2 * FRAME):
        if 0 < cut % FRAME < FRAME - 3:  # a head of which so little is left says nothing
            with pytest.raises(NoSoundError):
                refuse_cut(head + bare[:-cut], "Bonjour.", 0.5)


def test_a_scrap_is_refused_and_signs_or_other_scripts_may_be_short() -> None:
    refuse_cut(b"RIFF", "La mutuelle rembourse les soins de ses adhérents.", 0.5)
    refuse_cut(b"RIFF", "您好您好您好您好您好您好您好您好您好您好您好您好您好", 0.05)
    with pytest.raises(NoSoundError):
        refuse_cut(b"RIFF", "La mutuelle rembourse les soins de ses adhérents.", 0.1)


def test_the_pause_that_the_server_asks_for_is_kept(serve: Any) -> None:
    engine, _, waits = serve(429, "say")
    engine.synthesize("Bonjour.", FRENCH, 1.0)
    assert waits == [7.0]


def test_the_pause_may_be_a_date(serve: Any) -> None:
    engine, service, waits = serve(429, 503, "say")
    service.pause = "Wed, 21 Oct 2099 07:28:00 GMT"
    engine.synthesize("Bonjour.", FRENCH, 1.0)
    # No longer than is reasonable.
    assert waits == [30.0, 30.0]


@pytest.mark.parametrize("pause", ["-5", "soon", "", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_a_pause_that_means_nothing_is_the_usual_one(serve: Any, pause: str) -> None:
    engine, service, waits = serve(429, "say")
    service.pause = pause
    engine.synthesize("Bonjour.", FRENCH, 1.0)
    assert waits == [1.0]


def test_a_redirection_is_not_followed(serve: Any) -> None:
    engine, _, waits = serve(302)
    with pytest.raises(EditionError) as caught:
        engine.synthesize("Bonjour.", FRENCH, 1.0)
    assert "302" in str(caught.value.params["reason"])
    assert waits == []


@pytest.mark.parametrize(("trouble", "tries"), [(429, 5), ("empty", 5), (403, 1)])
def test_a_lasting_trouble_is_told_after_a_few_attempts(
    serve: Any, trouble: Any, tries: int
) -> None:
    engine, _, waits = serve(trouble)
    with pytest.raises(EditionError) as caught:
        engine.synthesize("Bonjour.", FRENCH, 1.0)
    assert caught.value.key == "gtts-failed"
    assert caught.value.params["words"] == "Bonjour."
    assert len(waits) == tries - 1


def test_a_long_sentence_is_sent_in_parts_each_once(serve: Any) -> None:
    engine, service, _ = serve("say", 429, "say", "hang", "say")
    text = "Les mutuelles remboursent, " * 10 + "et voilà."
    engine.synthesize(text, FRENCH, 1.0)
    assert " ".join(service.said).split() == text.split()
    assert all(len(part) <= 100 for part in service.said)


def test_a_faster_pace_is_made_here(serve: Any) -> None:
    engine, _, _ = serve("say")
    usual = engine.synthesize("Bonjour.", FRENCH, 1.0).seconds
    assert engine.synthesize("Bonjour.", FRENCH, 2.0).seconds == pytest.approx(usual / 2, rel=0.2)


def test_signs_alone_are_not_sent(serve: Any) -> None:
    engine, service, _ = serve("say")
    assert engine.synthesize("… !", FRENCH, 1.0).pcm == b""
    assert service.said == []


@pytest.mark.parametrize(
    "domain", ["com@evil.example", "com:8000", "com.evil.org", "", "COM", "c/m"]
)
def test_a_domain_that_is_not_google_s_is_refused(domain: str) -> None:
    with pytest.raises(ConfigurationError):
        checked_domain(domain)
    if domain:
        with pytest.raises(ConfigurationError):
            GttsEngine().synthesize("Bonjour.", Voice(f"fr@{domain}", "fr"), 1.0)


@pytest.mark.parametrize("domain", ["com", "fr", "ca", "co.uk", "com.br"])
def test_a_domain_of_google_is_accepted(domain: str) -> None:
    assert checked_domain(domain) == domain


def test_an_unknown_language_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(MissingError):
        GttsEngine().synthesize("Bonjour.", Voice("klingon", "tlh"), 1.0)


def test_it_says_that_the_text_goes_to_google() -> None:
    (told,) = GttsEngine().missing()
    assert (told.key, told.required) == ("gtts-sends-text", False)
    assert not GttsEngine.capabilities.offline
