"""Addresses on paper: a long one stands once, in the list at the end, and has a number there.

Nobody types eighty letters from a book, and in a narrow column they are five lines. In the text
stands a number in brackets, which leads to the address itself where a file is read on a screen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Set
from urllib.parse import quote

from bs4 import Tag

from indopacific.publishing.marks import made, plain

#: The page that lists all addresses of the course.
LIST = "addresses"

#: Letters of an address that is printed where it is named.
_SHORT = 45


def outside(article: Tag) -> set[str]:
    """Return the addresses outside the course to which a page leads."""
    return {str(link["href"]) for link in article.select("a[href*='://']")}


def listed(article: Tag, named: Set[str]) -> dict[str, int]:
    """Make the table of addresses a list of those that the book names, and return their numbers.

    Parameters
    ----------
    article : bs4.Tag
        The page with the table; it is changed.
    named : set of str
        The addresses that stand elsewhere in the book.
    """
    table = article.find("table")
    if table is None:
        return {}
    rows = [(link, row.find_all("td")) for row in table.find_all("tr") if (link := row.find("a"))]
    kept = [(link, cells) for link, cells in rows if link["href"] in named]
    days = Counter(plain(cells[1]) for _, cells in kept)
    usual = days.most_common(1)[0][0] if days else ""
    numbers = {str(link["href"]): count for count, (link, _) in enumerate(kept, start=1)}
    entries = made("ul", style="book-addresses")
    for link, (_, read, what) in kept:
        address = str(link["href"])
        link.string = printed(address)
        link["class"] = "book-address"
        entry = made("li", f"[{numbers[address]}] ")
        day = "" if plain(read) == usual else f"read by {plain(read)}"
        said = "; ".join(words for words in (plain(what), day) if words)
        entry.extend([link, f" {said}".rstrip()])
        entries.append(entry)
    usually = made("p", f"Read by {usual}, if no other day is named.")
    if len(kept) < len(rows) and (first := article.find("p")):
        first.string = "The addresses outside the course that stand in this file."
    table.insert_before(usually)
    table.replace_with(entries)
    return numbers


def shown(link: Tag, numbers: Mapping[str, int]) -> None:
    """Print the address of a link behind its words, or its number in the list."""
    address, words = str(link["href"]), link.get_text()
    known = numbers.get(address) if len(address) > _SHORT else None
    if "://" in words:
        link["class"] = "book-number" if known else "book-address"
        link.string = f"[{known}]" if known else printed(address)
    elif known:
        link.insert_after(made("span", f" [{known}]", "book-url"))
    elif not re.search(r"\w\.\w", words):
        short = re.sub(r"^https?://(www\.)?|/$", "", printed(address))
        link.insert_after(made("span", f" ({short})", "book-url"))


def printed(address: str) -> str:
    """Return an address in letters that every font has, as a browser writes it."""
    return quote(address, safe="%/:?#[]@!$&'()*+,;=~")
