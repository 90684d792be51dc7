"""A server for one's own machine that names each kind of file as browsers want it."""

from http.server import SimpleHTTPRequestHandler


class Pages(SimpleHTTPRequestHandler):
    """Serves a folder; the system's own list of kinds may lack what Python in a page needs."""

    extensions_map = {  # noqa: RUF012 - the base class has it so
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".json": "application/json",
        ".ipynb": "application/json",
    }
