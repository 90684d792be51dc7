"""Asks a web server for one page at a time, and takes no for an answer.

A pause between two requests to one server, what its robots.txt allows, how long it asks to wait;
an end to a page that is too long, too slow or never ends. Only the standard library is used.
"""

from __future__ import annotations

import email.utils
import http.client
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.robotparser import RobotFileParser

AGENT = "indopacific-course/0.1 (a learner's own copy of a public text)"
_CHUNK = 65_536
_MOVES = 5
_WAITS = (429, 503)
_REFUSALS = (401, 403, 429, 451)
_MOVED = (301, 302, 303, 307, 308)


class NotGiven(Exception):
    """A page that could not be had; its message says why."""


class Refused(NotGiven):
    """The server does not want to be asked: nothing more is asked of it."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How patient and how modest one is.

    Attributes
    ----------
    pause : float
        Seconds between two requests to one server; a longer one that it asks for is kept.
    silence : float
        Seconds without a byte after which one gives up.
    whole : float
        Seconds after which a page must be there.
    largest : int
        Bytes that a page may have.
    longest_wait : float
        Seconds that one waits when a server asks for it; if it asks for more, one goes away.
    """

    pause: float = 3.0
    silence: float = 20.0
    whole: float = 90.0
    largest: int = 5_000_000
    longest_wait: float = 60.0


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a server gave: where it stood in the end, its kind and its content."""

    address: str
    kind: str
    content: bytes
    charset: str | None

    @property
    def text(self) -> str:
        """The content as text."""
        try:
            return self.content.decode(self.charset or "utf-8", errors="replace")
        except LookupError:  # a charset that nobody knows
            return self.content.decode("utf-8", errors="replace")


@dataclass
class Visitor:
    """Remembers, for each server, when it was asked last and what it allows."""

    limits: Limits = field(default_factory=Limits)
    sleep: Callable[[float], None] = time.sleep
    _asked: dict[str, float] = field(default_factory=dict)
    _rules: dict[str, RobotFileParser] = field(default_factory=dict)
    _closed: dict[str, str] = field(default_factory=dict)

    def get(self, address: str) -> Page:
        """Return the page at an address.

        Parameters
        ----------
        address : str

        Raises
        ------
        Refused
            When the server forbids it, now or before.
        NotGiven
            When there is no such page, or it does not come whole and in time.
        """
        start = urllib.parse.urlsplit(address)
        if start.scheme not in ("http", "https") or not start.hostname:
            raise NotGiven(f"{address} is not a web address")
        server = _server(address)
        if server in self._closed:
            raise Refused(self._closed[server])
        try:
            self._may(address)
            return self._followed(address)
        except Refused as problem:
            self._closed[server] = str(problem)
            raise

    def _followed(self, address: str) -> Page:
        """Ask, and go where one is sent, within the same server."""
        here, waited = address, False
        for _ in range(_MOVES + 1):
            status, headers, content = self._ask(here)
            if status in _WAITS and not waited:
                self._wait(here, headers.get("Retry-After"))
                waited = True
                continue
            if status in _MOVED:
                here = self._moved(here, headers.get("Location"))
                continue
            if status in _REFUSALS:
                raise Refused(f"{_server(here)} refuses (status {status})")
            if status != 200:
                said = "has no such page" if status in (404, 410) else "cannot answer"
                raise NotGiven(f"{_server(here)} {said} (status {status})")
            kind = headers.get_content_type()
            return Page(
                address=here, kind=kind, content=content, charset=headers.get_content_charset()
            )
        raise NotGiven(f"{_server(address)} sends one round in a circle")

    def _moved(self, here: str, target: str | None) -> str:
        if not target:
            raise NotGiven(f"{_server(here)} says that the page has moved, and not where")
        there = urllib.parse.urljoin(here, target)
        if _server(there) != _server(here) and not _only_safer(here, there):
            raise NotGiven(f"the page has moved to another site ({there})")
        self._may(there)
        return there

    def _wait(self, here: str, asked: str | None) -> None:
        seconds = _seconds(asked, self.limits.longest_wait)
        if seconds > self.limits.longest_wait:
            raise Refused(f"{_server(here)} asks to come back in {seconds:.0f} seconds")
        self.sleep(seconds)

    def _may(self, address: str) -> None:
        """Look at robots.txt, once for each server."""
        server = _server(address)
        if server not in self._rules:
            rules = RobotFileParser()
            status, _, content = self._ask(f"{server}/robots.txt")
            if status in (401, 403):
                raise Refused(f"{server} refuses to say what may be read (status {status})")
            if status >= 500 or status == 429:
                raise Refused(f"{server} cannot say now what may be read (status {status})")
            found = content.decode("utf-8", errors="replace") if status == 200 else ""
            rules.parse(found.splitlines())
            self._rules[server] = rules
        if not self._rules[server].can_fetch(AGENT, address):
            raise NotGiven(f"the robots.txt of {server} asks programs not to read this page")

    def _ask(self, address: str) -> tuple[int, Any, bytes]:
        server = _server(address)
        rules = self._rules.get(server)
        asked_for = float((rules and rules.crawl_delay(AGENT)) or 0)
        pause = max(self.limits.pause, min(asked_for, self.limits.longest_wait))
        left = self._asked.get(server, -pause) + pause - time.monotonic()
        if left > 0:
            self.sleep(left)
        try:
            return _within(self.limits.whole, lambda: _request(address, self.limits))
        finally:
            self._asked[server] = time.monotonic()


def _seconds(asked: str | None, otherwise: float) -> float:
    """Return for how long a server asks one to wait: it may name seconds, or a time."""
    said = (asked or "").strip()
    if said.isdigit():
        return float(said)
    try:
        until = email.utils.parsedate_to_datetime(said)
    except ValueError:
        return otherwise
    return max(0.0, until.timestamp() - time.time())


def _within(seconds: float, work: Callable[[], Any]) -> Any:
    """Do some work, and leave it behind when it takes longer: a server can hold one up anywhere."""
    done: list[tuple[Any, Exception | None]] = []

    def run() -> None:
        try:
            done.append((work(), None))
        except Exception as problem:  # handed on to whoever waits
            done.append((None, problem))

    worker = threading.Thread(target=run, daemon=True)
    worker.start()
    worker.join(seconds)
    if not done:
        raise NotGiven(f"the page was not there after {seconds:g} seconds")
    found, problem = done[0]
    if problem is not None:
        raise problem
    return found


class _NoMoves(urllib.request.HTTPRedirectHandler):
    """Leaves it to the visitor where to go."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _request(address: str, limits: Limits) -> tuple[int, Any, bytes]:
    opener = urllib.request.build_opener(_NoMoves)
    asked = urllib.request.Request(
        address, headers={"User-Agent": AGENT, "Accept": "text/html, text/plain"}
    )
    until = time.monotonic() + limits.whole
    try:
        with opener.open(asked, timeout=limits.silence) as answer:
            return answer.status, answer.headers, _content(answer, limits, until)
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code, problem.headers, b""
    except TimeoutError:
        raise NotGiven(f"nothing came for {limits.silence:g} seconds") from None
    except urllib.error.URLError as problem:
        why = problem.reason
        if isinstance(why, TimeoutError):
            raise NotGiven(f"nothing came for {limits.silence:g} seconds") from None
        raise NotGiven(f"{_server(address)} cannot be reached ({why})") from None
    except (http.client.HTTPException, OSError) as problem:
        raise NotGiven(f"the connection broke off ({problem})") from None


def _content(answer: Any, limits: Limits, until: float) -> bytes:
    parts, size = [], 0
    while part := answer.read1(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > limits.largest:
            raise NotGiven(f"the page is longer than {limits.largest:,} bytes")
        if time.monotonic() > until:
            raise NotGiven(f"the page was not there after {limits.whole:g} seconds")
    promised = answer.headers.get("Content-Length", "")
    if promised.isdigit() and size < int(promised):
        raise NotGiven(f"only {size:,} of {int(promised):,} bytes came")
    return b"".join(parts)


def _server(address: str) -> str:
    parts = urllib.parse.urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _only_safer(here: str, there: str) -> bool:
    one, other = urllib.parse.urlsplit(here), urllib.parse.urlsplit(there)
    return (one.scheme, other.scheme) == ("http", "https") and one.hostname == other.hostname
