"""What a page says twice, and a book says once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bs4 import Tag

from indopacific.publishing.marks import link, made, number, place, plain

# Shorter tables are repeated: to look one up costs more than it saves.
_ROWS = 24


def lists_within_their_own_words(article: Tag) -> None:
    """Take away a folded list of which every entry stands in the paragraph above it."""
    for folded in article.find_all("details"):
        above = folded.find_previous_sibling()
        entries = [plain(entry) for entry in folded.find_all("li")]
        if above is None or above.name != "p" or not entries:
            continue
        words = plain(above)
        if all(entry in words for entry in entries):
            folded.decompose()


def entries(article: Tag, name: str) -> None:
    """Where the sources of a table stand above already, say where in their place.

    Entries begin with the table's name: "trade: ...". It stays, with the link that it may have.
    """
    seen: dict[str, Tag] = {}
    for entry in article.find_all("li"):
        words = plain(entry)
        title = words.partition(":")[0]
        if "Licence:" not in words:
            continue
        earlier = seen.setdefault(words, entry)
        if earlier is entry:
            continue
        there = place(name, f"book-entry-{title}")
        earlier["id"] = there
        first = entry.find("a")
        kept = first if first and plain(first) == title else made("code", title)
        entry.clear()
        entry["class"] = "book-source"
        entry.extend([kept.extract(), ": ", link("as above", there), ", page\u00a0", number(there)])


def tables(parts: Iterable[tuple[str, str, Tag]]) -> None:
    """Print a long table once, in the last of the parts that have it, and elsewhere its page.

    Parameters
    ----------
    parts : iterable of tuple
        Name, title and article of each part of the book; articles are changed.
    """
    found: dict[str, list[tuple[str, str, Tag]]] = {}
    for name, title, article in parts:
        for table in article.find_all("table"):
            if len(table.find_all("tr")) > _ROWS:
                found.setdefault(plain(table), []).append((name, title, table))
    for same in found.values():
        _point(same[:-1], same[-1])


def _point(others: Sequence[tuple[str, str, Tag]], home: tuple[str, str, Tag]) -> None:
    name, title, _ = home
    for _, _, other in others:
        there = place(name, "")
        pointer = made("p", "The table stands in ")
        pointer.extend([link(title, there), ", page\u00a0", number(there), "."])
        other.replace_with(pointer)
