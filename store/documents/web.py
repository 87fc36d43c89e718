"""Pages that somebody asked for by their address: over http and https, bounded, and from no private network."""

from __future__ import annotations

import http.client
import os
import queue
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from email.message import Message
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from time import monotonic
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from annotate.errors import TextError
from store.documents.scratch import Kept
from store.documents.values import Options, Source, in_megabytes

LARGEST_PAGE = 64 * 2**20
"""Most bytes that are fetched from an address."""

SECONDS = 30.0
"""How long fetching from an address may take, redirects included."""

_REDIRECTS = 5
_MOVED = (301, 302, 303, 307, 308)
_PORTS = {"http": 80, "https": 443}
_EMBEDDING = IPv6Network("64:ff9b::/96")
_SAFE = "/?%:@!$&'()*+,;=~-._"
_CHUNK = 2**16
_HEADERS = {"User-Agent": "manicule", "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}


@dataclass(frozen=True, slots=True)
class _Target:
    """Where to ask for what."""

    scheme: str
    host: str
    port: int
    path: str


@dataclass(frozen=True, slots=True)
class _Asking:
    """What bounds a fetch."""

    deadline: float
    allow_private: bool

    def left(self) -> float:
        """Seconds that are left.

        Raises:
            TextError: none.
        """
        left = self.deadline - monotonic()
        if left <= 0:
            raise TextError(f"took longer than {SECONDS:g} s")
        return left


def fetched(url: str, options: Options) -> Source:
    """What is at an address, fetched into a file without a name.

    Raises:
        TextError: it cannot be fetched, is too large or takes too long, or lies where it must not be fetched from.
    """
    asking = _Asking(monotonic() + SECONDS, options.allow_private)
    at = url
    for _ in range(_REDIRECTS + 1):
        try:
            found = _ask(at, options, asking)
        except TextError as error:
            raise error if at == url else TextError(f"leads to {at}: {error.message}") from error
        if isinstance(found, Source):
            return replace(found, shown=url)
        at = found
    raise TextError(f"leads on and on: more than {_REDIRECTS} redirects")


def _ask(url: str, options: Options, asking: _Asking) -> Source | str:
    """What is at an address, or the address that it leads to."""
    target = _target(url)
    try:
        with _answer(target, asking) as answer:
            if answer.status in _MOVED:
                return urljoin(url, answer.getheader("Location", ""))
            return _source(url, answer, options, asking)
    except socket.gaierror as error:
        raise TextError(f"{target.host}: {error.strerror}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        asking.left()
        why = getattr(error, "strerror", None) or str(error)
        raise TextError(f"cannot be fetched ({why or type(error).__name__})") from error


def is_open(address: str) -> bool:
    """Whether an IP address is one of the public Internet, not of this machine or a private network."""
    ip = ip_address(address.partition("%")[0])
    if not ip.is_global or ip.is_multicast:
        return False
    return not isinstance(ip, IPv6Address) or (
        not ip.is_site_local and all(is_open(str(inner)) for inner in _embedded(ip))
    )


def _embedded(ip: IPv6Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses that gateways would pass on to."""
    if ip in _EMBEDDING:
        yield IPv4Address(int(ip) & 0xFFFFFFFF)
    yield from (one for one in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())) if one is not None)


def _target(url: str) -> _Target:
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError as error:
        raise TextError(f"no address of a page ({error})") from error
    if parts.scheme not in _PORTS:
        raise TextError("only http and https addresses are fetched")
    if not host:
        raise TextError("names no host")
    if parts.username is not None or parts.password is not None:
        raise TextError("a name or a password in the address, which articles would remember")
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return _Target(parts.scheme, host, port, quote(parts.path or "/", safe=_SAFE) + query)


@contextmanager
def _answer(target: _Target, asking: _Asking) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.auto_open = 0  # it must never look the host up itself: only the checked address counts
    plain = _connected(target, asking)
    connection.default_port = _PORTS[target.scheme]
    try:
        with _hung_up_in_time(plain, asking):
            connection.sock = _secured(plain, target) if target.scheme == "https" else plain
            connection.request("GET", target.path, headers=_HEADERS)
            with connection.getresponse() as answer:
                yield answer
    finally:
        connection.close()
        plain.close()


@contextmanager
def _hung_up_in_time(plain: socket.socket, asking: _Asking) -> Iterator[None]:
    """Cut a connection at the deadline, however slowly, a byte at a time, its other end talks."""
    with socket.socket(fileno=os.dup(plain.fileno())) as same:  # what secures a connection takes its socket over

        def hang_up() -> None:
            with suppress(OSError):
                same.shutdown(socket.SHUT_RDWR)

        watch = threading.Timer(asking.left(), hang_up)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()


def _secured(plain: socket.socket, target: _Target) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)


def _connected(target: _Target, asking: _Asking) -> socket.socket:
    """A connection to an address that was checked, not to a name that could be looked up anew."""
    problem: OSError | None = None
    closed = ""
    for family, kind, protocol, _, address in _looked_up(target, asking):
        if not asking.allow_private and not is_open(str(address[0])):
            closed = str(address[0])
            continue
        plain = socket.socket(family, kind, protocol)
        try:
            plain.settimeout(asking.left())
            plain.connect(address)
        except OSError as error:
            plain.close()
            problem = error
            continue
        return plain
    if problem is not None:
        raise problem
    raise TextError(f"{target.host} is {closed}, an address of this machine or a private network (--allow-private)")


def _looked_up(target: _Target, asking: _Asking) -> list[Any]:
    """The addresses of a host; the system's own lookup knows no limit of time."""
    found: queue.SimpleQueue[list[Any] | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            found.put(socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM))
        except OSError as error:
            found.put(error)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        result = found.get(timeout=asking.left())
    except queue.Empty:
        raise TextError(f"{target.host}: its address was not found within {SECONDS:g} s") from None
    if isinstance(result, OSError):
        raise result
    return result


def _source(url: str, answer: http.client.HTTPResponse, options: Options, asking: _Asking) -> Source:
    if answer.status != http.client.OK:
        raise TextError(f"the server answers {answer.status} {answer.reason}".rstrip())
    if answer.getheader("Content-Encoding", "identity").lower() != "identity":
        raise TextError("the server sends it compressed, though that was not asked for")
    kept = Kept(options.scratch)
    with kept.writing() as file:
        _copy(answer, file, asking)
    about = Message()
    about["Content-Type"] = answer.getheader("Content-Type", "application/octet-stream")
    return Source(
        url,
        unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2] or str(urlsplit(url).hostname),
        kept.opens,
        {"fetched": url},
        about.get_content_charset(""),
        about.get_content_type(),
    )


def _copy(answer: http.client.HTTPResponse, file: Any, asking: _Asking) -> None:
    expected = answer.length
    size = 0
    while data := answer.read1(_CHUNK):
        size += len(data)
        if size > LARGEST_PAGE:
            raise TextError(f"larger than {in_megabytes(LARGEST_PAGE)}")
        file.write(data)
        asking.left()
    asking.left()
    if expected is not None and size < expected:
        raise TextError(f"cut short: {size:,} of {expected:,} bytes came")
