"""Addresses on paper: a long one stands once, in the list at the end, and has a number there.

Nobody types eighty letters from a book, and in a narrow column they are five lines. In the text
stands a number in brackets, which leads to the address itself where a file is read on a screen.
"""

from __future__ import annotations

import re
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
    rows = table.find_all("tr") if table else []
    kept = made("ul", style="book-addresses")
    numbers: dict[str, int] = {}
    for row in rows:
        link = row.find("a", href=True)
        if link is None or link["href"] not in named:
            continue
        numbers[str(link["href"])] = len(numbers) + 1
        link.string = printed(str(link["href"]))
        link["class"] = "book-address"
        read, *what = [plain(cell) for cell in row.find_all("td")[1:]]
        item = made("li", f"[{len(numbers)}] ")
        item.extend([link, f" {' '.join(what)}".rstrip(), f"; read by {read}"])
        kept.append(item)
    if table:
        if len(kept) < len(rows) - 1 and (first := article.find("p")):
            words = f"The {len(numbers)} addresses outside the course that stand in this file."
            first.replace_with(made("p", words))
        table.replace_with(kept)
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
