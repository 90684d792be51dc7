"""A web server on this machine that misbehaves as servers do."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SENTENCE = "We, the Allies of Atlantis, are committed to the peace and the order of our seas"
FRENCH = "Nous, les Alliés de l'Atlantide, restons attachés à la paix et à l'ordre de nos mers"


def written(number: int, *, sentence: str = SENTENCE) -> str:
    """Return paragraphs with their numbers written out, as in the older pages."""
    return "".join(
        f"<p>{n}.&nbsp;&nbsp;{sentence}, said the {n}th.</p>\n" for n in range(1, number + 1)
    )


def listed(number: int) -> str:
    """Return paragraphs as an ordered list, whose numbers the browser writes."""
    items = "".join(f"<li><p>{SENTENCE}, said the {n}th.</p></li>" for n in range(1, number + 1))
    return f"<ol>{items}</ol>"


def page(body: str) -> str:
    """Return a page with what stands around a text: menu, trail, script, footer."""
    return (
        "<!doctype html><html><head><title>Atlantis</title><script>var n = '1. China';</script>"
        "</head><body><nav><ol><li>Home</li><li>Texts</li><li>Atlantis 2021</li></ol></nav>"
        "<div class=trail><ol><li>Home</li><li>China</li></ol></div>"
        f"<main><h1>Atlantis Declaration</h1><div class=text><p>Issued in 2021</p>{body}</div>"
        "<div class=more><h2>Related</h2><p>NATO and China</p></div></main>"
        "<footer><p>3. China</p></footer></body></html>"
    )


@dataclass
class Site:
    """What is asked, and what is answered: {path: page or behaviour}."""

    address: str = ""
    pages: dict = field(default_factory=dict)
    robots: str | int = 404
    asked: list = field(default_factory=list)
    times: list = field(default_factory=list)

    def at(self, path: str) -> str:
        return f"{self.address}{path}"

    def paths(self) -> list[str]:
        return [path for path in self.asked if path != "/robots.txt"]


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.times.append(time.monotonic())
            if self.path == "/robots.txt":
                found = site.robots
                self.give(found) if isinstance(found, str) else self.give("", status=found)
                return
            found = site.pages.get(self.path)
            if found is None:
                self.give("gone", status=404)
            elif callable(found):
                found(self)
            else:
                self.give(found)

        def give(self, text: str, *, status: int = 200, **headers: str) -> None:
            content = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", headers.pop("kind", "text/html; charset=utf-8"))
            self.send_header("Content-Length", headers.pop("length", str(len(content))))
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(content)

        def drip(self, *, every: float) -> None:
            """Give a page without end, a piece at a time."""
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.close_connection = True
            try:
                while True:
                    self.wfile.write(
                        b"<p>1. We, the Allies" + b" of the sea" * (1 if every else 5000)
                    )
                    self.wfile.flush()
                    time.sleep(every)
            except OSError:
                pass  # the visitor has gone

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    ).start()
    site.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
