"""Write HTML so that no text can become markup."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import re
import warnings
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

# Control characters, and those that turn the direction of the text around them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)

MOST_PIXELS = 20_000_000
MOST_WIDTH = 1_200
MOST_IMAGE_BYTES = 8_000_000


class Markup(str):
    """Text that is HTML already; only this module and its callers' templates make it."""

    __slots__ = ()


def text(value: object) -> Markup:
    """Escape a text for any place between tags or in quotes."""
    if isinstance(value, Markup):
        return value
    plain = str(value).encode("utf-8", "replace").decode("utf-8")
    return Markup(html.escape(_UNSEEN.sub("\N{REPLACEMENT CHARACTER}", plain), quote=True))


def tag(name: str, *children: object, **attributes: str | None) -> Markup:
    """Write an element; `class_` stands for `class`, and attributes that are None stay away."""
    listed = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{listed}>{join(children)}</{name}>")


def join(parts: Iterable[object]) -> Markup:
    """Write parts one after another; empty ones stay away."""
    return Markup("".join(text(part) for part in parts if part not in ("", None)))


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Markup:
    """Write a table with a caption; the first cell of each row is its header.

    Columns whose header starts with "#" hold numbers.
    """
    names = [h.lstrip("#") for h in header]
    styles = ["number" if h.startswith("#") else None for h in header]
    top = tag(
        "tr", *(tag("th", n, scope="col", class_=s) for n, s in zip(names, styles, strict=True))
    )
    lines = [
        tag(
            "tr",
            tag("th", row[0], scope="row"),
            *(tag("td", c, class_=s) for c, s in zip(row[1:], styles[1:], strict=True)),
        )
        for row in rows
    ]
    whole = tag("table", tag("caption", caption), tag("thead", top), tag("tbody", *lines))
    # A table that is wider than the screen is scrolled, by keyboard too.
    return tag("div", whole, class_="scroll", tabindex="0", role="region", aria_label=caption)


def document(title: str, *body: object, wide: bool = False) -> str:
    """Write a whole page, which may load nothing and run nothing."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{text(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body{' class=wide' if wide else ''}>\n{tag('main', *body)}\n</body>\n</html>\n"
    )


@cache
def _style() -> str:
    return files(__package__).joinpath("page.css").read_text(encoding="utf-8")


def picture(data: object) -> str | None:
    """Draw a stranger's picture anew, so that nothing but its pixels remains.

    Parameters
    ----------
    data : object
        Base64 of a PNG or JPEG file, as notebooks hold it.

    Returns
    -------
    str or None
        A data URI of a PNG, at most `MOST_WIDTH` wide; None for anything else.
    """
    from PIL import Image

    parts = data if isinstance(data, list) else [data]
    joined = "".join(part for part in parts if isinstance(part, str))
    if not joined or len(joined) > MOST_IMAGE_BYTES * 4 // 3:
        return None
    clean = io.BytesIO()
    try:
        raw = io.BytesIO(base64.b64decode(joined))
        with warnings.catch_warnings(), Image.open(raw, formats=("PNG", "JPEG")) as image:
            warnings.simplefilter("error")
            if image.width * image.height > MOST_PIXELS:
                return None
            clear = "A" in image.getbands() or "transparency" in image.info
            drawn = image.convert("RGBA" if clear else "RGB")
        drawn.thumbnail((MOST_WIDTH, 4 * MOST_WIDTH))
        Image.frombytes(drawn.mode, drawn.size, drawn.tobytes()).save(clean, "PNG", optimize=True)
    except Exception:
        return None  # Pillow meets a broken file with errors of many kinds
    return "data:image/png;base64," + base64.b64encode(clean.getvalue()).decode()
