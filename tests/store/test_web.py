"""Pages are fetched from the addresses that were asked for, within bounds, from no private network unless allowed."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from documents_made import ATOM, PAGE, PAGE_TEXT, pdf

from store.documents import web
from store.documents.values import Options, Refused
from store.project import Draft
from store.reading_in import look_through

PRIVATE = "an address of this machine or a private network (--allow-private)"

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """A server on loopback whose answers the tests write, and which remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:  # noqa: N802 (the name that http.server calls)
                server.asked.append((self.headers["Host"], self.path))
                server.answers[self.path](self)

            def log_message(self, *_: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.port = self.http.server_address[1]
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@pytest.fixture(scope="module")
def serving() -> Iterator[Server]:
    server = Server()
    yield server
    server.http.shutdown()
    server.http.server_close()


@pytest.fixture
def server(serving: Server) -> Server:
    serving.answers.clear()
    serving.asked.clear()
    return serving


def page(data: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in ({"Content-Type": kind, "Content-Length": str(len(data))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def moved(url: str) -> Answer:
    return page(b"", status=302, Location=url)


def fetch(url: str, **options: Any) -> Any:
    found = list(look_through([], Options(**{"allow_private": True, **options}), [url]))
    return found[0] if len(found) == 1 else found


def refusal(url: str, **options: Any) -> str:
    found = fetch(url, **options)
    assert isinstance(found, Refused)
    return str(found).removeprefix(f"{url}: ")


def test_a_page_is_read_as_what_its_server_says_that_it_is(server: Server) -> None:
    old = PAGE.replace("utf-8", "x").replace("Qamar", "Пётр")
    server.answers = {
        "/talks": page(PAGE.encode()),
        "/old?a=b": page(old.encode("cp1251", "xmlcharrefreplace"), "text/html; charset=windows-1251"),
        "/feed": page(ATOM.encode(), "application/xml"),
        "/paper": page(pdf(["Talks in Lima"]), "application/octet-stream"),
        "/notes.md": page(b"# Head\n\n*Text*", "text/plain"),
        "/plain": page("Text 中".encode(), "text/plain"),
        "/two%20words.txt": page(b"A text", "text/plain"),
    }
    talks = fetch(server.url("/talks"))
    assert isinstance(talks, Draft)
    assert (talks.stem, talks.text, talks.metadata["fetched"]) == ("talks", PAGE_TEXT, server.url("/talks"))
    assert "Пётр" in fetch(server.url("/old?a=b")).text
    assert fetch(server.url("/feed")).kind == "feed"
    assert fetch(server.url("/paper")).text == "Talks in Lima"
    assert fetch(server.url("/notes.md")).text == "Head\n\nText"
    assert fetch(server.url("/plain")).text == "Text 中"
    assert fetch(server.url("/two words.txt")).stem == "two words"


def test_redirects_are_followed_and_the_page_remembers_where_it_was(server: Server) -> None:
    server.answers = {"/a": moved("/b"), "/b": moved(server.url("/c")), "/c": page(b"There", "text/plain")}
    found = fetch(server.url("/a"))
    assert (found.text, found.metadata["fetched"]) == ("There", server.url("/c"))
    server.answers["/c"] = moved("/a")
    assert refusal(server.url("/a")) == "leads on and on: more than 5 redirects"


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("file:///etc/passwd", "only http and https addresses are fetched"),
        ("ftp://example.org/x", "only http and https addresses are fetched"),
        ("/etc/passwd", "only http and https addresses are fetched"),
        ("http://", "names no host"),
        ("http://[::1", "no address of a page (Invalid IPv6 URL)"),
        ("http://example.org:99999/", "no address of a page (Port out of range 0-65535)"),
        ("http://a:b@example.org/", "a name or a password in the address, which articles would remember"),
        ("http://127.0.0.1/", f"127.0.0.1 is 127.0.0.1, {PRIVATE}"),
        ("http://[::1]/", f"::1 is ::1, {PRIVATE}"),
        ("http://169.254.169.254/latest/meta-data/", f"169.254.169.254 is 169.254.169.254, {PRIVATE}"),
        ("http://2130706433/", f"2130706433 is 127.0.0.1, {PRIVATE}"),
        ("http://0x7f.1/", f"0x7f.1 is 127.0.0.1, {PRIVATE}"),
    ],
)
def test_an_address_that_must_not_be_fetched_from_is_named(url: str, line: str) -> None:
    assert refusal(url, allow_private=False) == line


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 127.9.9.9 0.0.0.0 10.0.0.1 172.16.0.1 192.168.1.1 169.254.0.1 100.64.0.1 192.0.0.1 198.18.0.1 224.0.0.1 "
    "240.0.0.1 255.255.255.255 ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd00::1 fec0::1 ff02::1 ::ffff:127.0.0.1 "
    "::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 2002:7f00:1:: 2002:a00:1:: 2001:db8::1".split(),
)
def test_addresses_of_machines_and_private_networks_are_not_open(address: str) -> None:
    assert not web.is_open(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07::1", "64:ff9b::808:808"])
def test_addresses_of_the_public_internet_are_open(address: str) -> None:
    assert web.is_open(address)


def test_a_public_page_cannot_lead_to_a_private_address(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "is_open", lambda address: address == "127.0.0.1")
    server.answers = {
        "/private": moved(server.url("/secret", host="127.0.0.2")),
        "/file": moved("file:///etc/passwd"),
        "/name": moved("http://u:p@127.0.0.1/"),
    }
    secret = server.url("/secret", host="127.0.0.2")
    assert refusal(server.url("/private"), allow_private=False) == (
        f"leads to {secret}: 127.0.0.2 is 127.0.0.2, {PRIVATE}"
    )
    assert refusal(server.url("/file"), allow_private=False) == (
        "leads to file:///etc/passwd: only http and https addresses are fetched"
    )
    assert [path for _, path in server.asked] == ["/private", "/file"]


def test_a_name_is_looked_up_once_so_that_it_cannot_change_its_mind(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    lookups: list[str] = []

    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        lookups.append(host)
        address = "127.0.0.1" if len(lookups) == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(web, "is_open", lambda address: address == "127.0.0.1")
    server.answers = {"/": page(b"Text", "text/plain")}
    found = fetch(server.url("/", host="wire.example"), allow_private=False)
    assert (found.text, lookups) == ("Text", ["wire.example"])
    assert server.asked == [(f"wire.example:{server.port}", "/")]


def test_a_host_that_nobody_knows_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert refusal("http://nowhere.example/") == "nowhere.example: Name or service not known"


def test_what_a_server_does_wrong_is_one_line(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        page(b"", "text/plain", **{"Content-Length": "100"})(handler)
        handler.wfile.write(b"ten bytes.")
        handler.close_connection = True

    def silent(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    monkeypatch.setattr(web, "LARGEST_PAGE", 2**20)
    server.answers = {
        "/gone": page(b"no", status=404),
        "/none": page(b"", "text/plain"),
        "/packed": page(b"\x1f\x8b", Content_Encoding="gzip"),
        "/large": page(b"x" * (2**20 + 1), "text/plain"),
        "/odd": page(b"\x89PNG\r\n", "image/png"),
        "/cut": cut,
        "/silent": silent,
    }
    assert refusal(server.url("/gone")) == "the server answers 404 Not Found"
    assert refusal(server.url("/none")) == "the text is empty"
    assert refusal(server.url("/packed")) == "the server sends it compressed, though that was not asked for"
    assert refusal(server.url("/large")) == "larger than 1 MB"
    assert refusal(server.url("/odd")) == "of no kind that can be read; --as KIND says what it is"
    assert refusal(server.url("/cut")) == "cut short: 10 of 100 bytes came"
    assert refusal(server.url("/silent")) == "cannot be fetched (Remote end closed connection without response)"
    assert refusal(server.url("/gone").replace("http:", "https:")).startswith("cannot be fetched ([SSL: ")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        refused = refusal(f"http://127.0.0.1:{unused.getsockname()[1]}/")
    assert refused == "cannot be fetched (Connection refused)"


@pytest.mark.parametrize("where", ["head", "body", "look-up"])
def test_a_server_that_keeps_talking_is_left_when_the_time_is_up(
    server: Server, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    left = threading.Event()

    def slow(handler: BaseHTTPRequestHandler) -> None:
        if where == "body":
            handler.send_response(200)
            handler.end_headers()
        try:
            while not left.wait(0.02):
                handler.wfile.write(b"x")
        except OSError:
            left.set()
        handler.close_connection = True

    monkeypatch.setattr(web, "SECONDS", 0.3)
    if where == "look-up":
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: left.wait(5) or [])
    server.answers = {"/slow": slow}
    line = refusal(server.url("/slow"))
    left.set()
    assert line in ("took longer than 0.3 s", "127.0.0.1: its address was not found within 0.3 s")
