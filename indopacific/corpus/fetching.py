"""Fetches the official full texts to a learner's own machine, one at a time, and checks each.

A text that is there is left alone, so that a fetch that was broken off goes on where it stopped.
Nothing is written unless it is the text wanted, whole.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from indopacific.corpus.page import WrongText, check, paragraphs_of
from indopacific.corpus.polite import NotGiven, Visitor
from indopacific.corpus.shelf import NotHere, Shelf

_PDF = b"%PDF"
_BY_HAND = "save its text as a .txt file and file it with: python3 course.py corpus add"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A text to fetch.

    Attributes
    ----------
    document, name, date : str
        Its id in the table documents, its plain name, and when it was agreed.
    addresses : tuple of str
        Where it may stand, the likelier first.
    paragraphs : int or None
        How many it has; None: it is not known.
    quotations : tuple of str
        What the course quotes from it.
    """

    document: str
    name: str
    date: str
    addresses: tuple[str, ...]
    paragraphs: int | None
    quotations: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one text.

    Attributes
    ----------
    document, name : str
    state : str
        "here" (it was there before), "fetched" or "not fetched".
    address : str
        Where it was read; "" if nowhere.
    paragraphs : int
    why : str
        Why it was not fetched, address by address; "" if it was.
    absent : tuple of str
        Words that the course quotes from it and that do not stand in it.
    """

    document: str
    name: str
    state: str
    address: str = ""
    paragraphs: int = 0
    why: str = ""
    absent: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)


def wanted(
    documents: pd.DataFrame,
    addresses: pd.DataFrame,
    sentences: pd.DataFrame,
    statements: pd.DataFrame,
) -> dict[str, Wanted]:
    """Return what can be fetched, by id, from the course's tables of these names."""
    own = documents.set_index("id").loc[list(dict.fromkeys(addresses["document"]))]
    order = addresses.sort_values("style", key=lambda style: style.ne("new"), kind="stable")
    quotes = statements.set_index("id").query("status == 'verified'")["quote"].dropna()
    found = {}
    for document, row in own.sort_values("date").iterrows():
        stated = sentences.loc[sentences["document"] == document, "statement"]
        found[str(document)] = Wanted(
            document=str(document),
            name=str(row["name"]),
            date=str(row["date"]),
            addresses=tuple(order.loc[order["document"] == document, "address"]),
            paragraphs=None if pd.isna(row["paragraphs"]) else int(row["paragraphs"]),
            quotations=tuple(quotes.reindex(stated).dropna()),
        )
    return found


def fetch(
    texts: Sequence[Wanted],
    shelf: Shelf,
    visitor: Visitor,
    *,
    again: bool = False,
    progress: Callable[[int, int, str], None] = lambda *_: None,
) -> list[Outcome]:
    """Fetch texts one after the other.

    Parameters
    ----------
    texts : sequence of Wanted
    shelf : Shelf
        Where they are put.
    visitor : Visitor
    again : bool
        Whether a text that is there is fetched once more; it is replaced only by a good one.
    progress : callable
        Called with how many are done, how many there are, and the name at hand.

    Returns
    -------
    list of Outcome
    """
    outcomes = []
    for done, text in enumerate(texts):
        progress(done, len(texts), text.name)
        outcomes.append(_fetched(text, shelf, visitor, again=again))
    progress(len(texts), len(texts), "done")
    return outcomes


def add(text: Wanted, file: Path, shelf: Shelf) -> Outcome:
    """File a text that the learner saved by hand, as plain text or as a web page.

    Parameters
    ----------
    text : Wanted
    file : Path
    shelf : Shelf

    Raises
    ------
    WrongText
        When it is not the text, or not all of it.
    OSError
        When the file cannot be read.
    """
    content = file.read_bytes()
    if content.startswith(_PDF):
        raise WrongText(f"it is a PDF: {_BY_HAND} {text.document} FILE")
    page = content.decode("utf-8", errors="replace")
    looks_like_html = "<p" in page.lower() or "<html" in page.lower()
    return _kept(text, page, html=looks_like_html, address=file.name, shelf=shelf)


def _fetched(text: Wanted, shelf: Shelf, visitor: Visitor, *, again: bool) -> Outcome:
    nothing = Outcome(document=text.document, name=text.name, state="not fetched")
    if not again:
        try:
            there = shelf.read(text.document)
            return replace(nothing, state="here", paragraphs=len(there))
        except NotHere:
            pass
    reasons: dict[str, str] = {}
    for address in text.addresses:
        try:
            page = visitor.get(address)
            if page.kind == "application/pdf" or page.content.startswith(_PDF):
                raise NotGiven(f"the text is a PDF: {_BY_HAND} {text.document} FILE")
            html = page.kind != "text/plain"
            return _kept(text, page.text, html=html, address=page.address, shelf=shelf)
        except WrongText as problem:
            reasons[address] = f"the page is not the whole text: {problem}"
        except NotGiven as problem:
            reasons[address] = str(problem)
    return replace(nothing, why=_summed(reasons))


def _kept(text: Wanted, page: str, *, html: bool, address: str, shelf: Shelf) -> Outcome:
    paragraphs = paragraphs_of(page, html=html)
    absent = check(paragraphs, expected=text.paragraphs, quotations=text.quotations)
    about = (
        f"{text.name}, {text.date}",
        f"from {address}, {datetime.date.today().isoformat()}",
        "NATO's text, kept for your own reading: quote it with its source, do not pass it on",
    )
    shelf.keep(text.document, paragraphs, about=about)
    return Outcome(
        document=text.document,
        name=text.name,
        state="fetched",
        address=address,
        paragraphs=len(paragraphs),
        absent=tuple(absent),
    )


def _summed(reasons: Mapping[str, str]) -> str:
    if not reasons:
        return "no address is known"
    return "; ".join(f"{address}: {why}" for address, why in reasons.items())
