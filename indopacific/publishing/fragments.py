"""Works on pieces of HTML: scripts and styles once a page, tables in order, pictures as files."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from bs4 import BeautifulSoup
from PIL import Image

_STYLE = re.compile(r"<style\b[^>]*>.*?</style>\s*", re.DOTALL)
_SCRIPT = re.compile(r'<script type="module">.*?</script>\s*', re.DOTALL)
_DATA_FRAME = re.compile(r'<table border="1" class="dataframe">.*?</table>', re.DOTALL)
_PICTURE = re.compile(r"data:image/png;base64,([A-Za-z0-9+/]+=*)")
_TAG = re.compile(r'<img (?P<before>[^>]*)src="(?P<address>[^"]+\.webp)"')

_FIGURE = re.compile(r'<figure class="indopacific-figure.*?</figure>', re.DOTALL)
_IMAGE = re.compile(r"<img\b[^>]*>")
_NUMBERS = re.compile(r"(</summary>)(<table>.*?</table>)(</details>)", re.DOTALL)
_CELL = re.compile(r"<td((?! class=)[^>]*)>((?:(?!</td>).)*)</td>", re.DOTALL)
# Letters of a cell that would be a column of single words on a phone.
_LONG = 48
# Columns that do not fit a phone, if one of them has such cells.
_MANY = 3


@dataclass
class Assets:
    """What stands once on a page, however many of its pieces ask for it."""

    styles: dict[str, None] = field(default_factory=dict)
    scripts: dict[str, None] = field(default_factory=dict)

    def take(self, piece: str) -> str:
        """Return a piece without its styles and modules, which are kept for the page."""
        self.styles.update(dict.fromkeys(each.strip() for each in _STYLE.findall(piece)))
        self.scripts.update(dict.fromkeys(each.strip() for each in _SCRIPT.findall(piece)))
        return _SCRIPT.sub("", _STYLE.sub("", piece))


def tidy(piece: str) -> str:
    """Return a piece with tables as a screen reader wants them: pandas' rows have headers."""

    def corner(table: re.Match[str]) -> str:
        plain = table.group().replace('border="1" ', "")
        return re.sub(r"(<tbody>|</tr>)(\s*<tr>\s*)<th>", r'\1\2<th scope="row">', plain)

    # A header without words heads nothing.
    return re.sub(r"<th\b[^>]*></th>", "<td></td>", _DATA_FRAME.sub(corner, piece))


def scrolling(piece: str, *, name: str = "Table") -> str:
    """Return a piece that may be wider than a phone, to be scrolled by touch and by keyboard."""

    def marked(cell: re.Match[str]) -> str:
        words = re.sub("<[^>]*>", "", cell[2])
        return f'<td class="course-long"{cell[1]}>{cell[2]}</td>' if len(words) > _LONG else cell[0]

    piece = _CELL.sub(marked, piece)
    if "course-long" in piece:
        piece = _stacked(piece)
    style = "course-wide" if name == "Table" else f"course-wide course-{name.lower()}"
    return f'<div class="{style}" tabindex="0" role="group" aria-label="{name}">{piece}</div>'


def _stacked(piece: str) -> str:
    """Return a piece in which tables of long texts are ready to stand as one column on a phone.

    Each cell then has the head of its column before it. Roles say what cells are where a browser
    takes a table that is shown as a column for no table.
    """
    page = BeautifulSoup(piece, "html.parser")
    for table in page.find_all("table"):
        heads = [head.get_text(" ", strip=True) for head in table.select("thead tr:last-child > *")]
        if len(heads) < _MANY or not table.find(class_="course-long"):
            continue
        own = [str(name) for name in table.get_attribute_list("class") if name]
        table["class"] = " ".join([*own, "course-stack"])
        table["role"] = "table"
        for row in table.find_all("tr"):
            row["role"] = "row"
            for place, cell in enumerate(row.find_all(["th", "td"])):
                headed = "columnheader" if cell.find_parent("thead") else "rowheader"
                cell["role"] = headed if cell.name == "th" else "cell"
                if cell.name == "td" and place and not cell.has_attr("colspan"):
                    cell["data-head"] = heads[place]
    return page.decode(formatter="minimal")


def framed(piece: str) -> str:
    """Return a piece in which the picture and the numbers of each figure are scrolled apart."""

    def frame(figure: re.Match[str]) -> str:
        pictured = _IMAGE.sub(lambda found: scrolling(found[0], name="Figure"), figure[0])
        return _NUMBERS.sub(lambda found: found[1] + scrolling(found[2]) + found[3], pictured)

    return _FIGURE.sub(frame, piece)


def preformatted(text: str) -> str:
    """Return plain text as HTML."""
    return f'<pre class="course-plain" tabindex="0">{html.escape(text, quote=False)}</pre>'


class Gallery:
    """Puts the pictures of pages into files, in a form of half the size with the same pixels.

    Parameters
    ----------
    folder : Path
        Where the files stand; what is there already is not made again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.names: set[str] = set()

    def hang(self, page: str, *, up: str) -> str:
        """Return a page whose pictures are files; `up` leads from it to the folder's parent."""
        found = dict.fromkeys(_PICTURE.findall(page))
        self._folder.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor() as pool:
            names = dict(zip(found, pool.map(self._file, found), strict=True))
        self.names.update(names.values())
        there = f"{up}{self._folder.name}/"
        return _TAG.sub(self._sized, _PICTURE.sub(lambda p: there + names[p.group(1)], page))

    def clear(self) -> None:
        """Remove the files of pictures that no page shows any more."""
        for file in self._folder.glob("*.webp"):
            if file.name not in self.names:
                file.unlink()

    def _file(self, encoded: str) -> str:
        png = base64.b64decode(encoded)
        name = f"{hashlib.sha256(png).hexdigest()[:16]}.webp"
        file = self._folder / name
        if not file.is_file():
            part = io.BytesIO()
            # Quality is effort here: lossless, and more than 30 gains next to nothing.
            Image.open(io.BytesIO(png)).convert("RGB").save(
                part, "webp", lossless=True, quality=30, method=2
            )
            file.write_bytes(part.getvalue())
        return name

    def _sized(self, tag: re.Match[str]) -> str:
        # With width and height known, text does not jump when a picture arrives.
        with Image.open(self._folder / Path(tag["address"]).name) as picture:
            width, height = picture.size
        size = f'width="{width // 2}" height="{height // 2}" loading="lazy"'
        return f'<img {size} {tag["before"]}src="{tag["address"]}"'


def raw(piece: str) -> str:
    """Return HTML as a block of MyST markdown."""
    longest = max((len(run) for run in re.findall("`+", piece)), default=0)
    fence = "`" * max(4, longest + 1)
    return f"{fence}{{raw}} html\n{piece.strip()}\n{fence}\n"


def joined(pieces: Iterable[str]) -> str:
    """Return pieces of HTML or markdown, each with an empty line behind it."""
    return "\n\n".join(piece.strip("\n") for piece in pieces if piece.strip()) + "\n"
