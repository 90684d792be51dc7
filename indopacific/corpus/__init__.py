"""The official full texts, once a learner has fetched them: read and counted.

The course ships sentences, not texts: those are their publishers'. ``indopacific corpus fetch``
copies them to ``my-work/texts`` on the learner's own machine, where no other part of the course
needs them. ``text("nato-2021")`` gives one.
"""

from __future__ import annotations

import difflib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indopacific.corpus.shelf import FOLDER, NotHere, Shelf

if TYPE_CHECKING:
    import pandas as pd

    from indopacific.corpus.fetching import Wanted

__all__ = ["NotHere", "against_known_counts", "home", "paragraphs", "text", "texts"]


def home(course: Path | None = None) -> Shelf:
    """Return the shelf in the learner's room: of a course, or of that around the working folder."""
    from indopacific.predictions.store import course_folder
    from indopacific.working_copy import OWN

    return Shelf((course or course_folder() or Path.cwd()) / OWN / FOLDER)


@cache
def known() -> dict[str, Wanted]:
    """Return what can be fetched, by id."""
    from indopacific.corpus.fetching import wanted
    from indopacific.datasets import load

    return wanted(*map(load, ("documents", "addresses", "sentences", "statements")))


def find(document: str) -> Wanted:
    """Return what is known of a text, by its id or its name.

    Raises
    ------
    ValueError
        For an unknown one, with the nearest.

    Examples
    --------
    >>> find("brussels-2021").document, find("nato-2021").name
    ('nato-2021', 'Brussels 2021')
    """
    names = {each.name.lower().replace(" ", "-"): each for each in known().values()}
    asked = str(document).strip().lower().replace(" ", "-")
    for found in (known().get(asked), names.get(asked)):
        if found is not None:
            return found
    near = difflib.get_close_matches(asked, [*known(), *names], n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise ValueError(f"There is no text {document!r}.{hint} There are: {', '.join(known())}.")


def paragraphs(document: str, *, shelf: Shelf | None = None) -> pd.Series[Any]:
    """Return the paragraphs of a text that was fetched.

    Parameters
    ----------
    document : str
        Its id in the table documents, or its name, such as "brussels-2021".
    shelf : Shelf, optional
        Where it stands; the learner's room unless given.

    Returns
    -------
    Series of str
        Index: the number of the paragraph.

    Raises
    ------
    NotHere
        When there is no copy; the message says how to fetch it.
    ValueError
        For an unknown text.
    """
    import pandas as pd

    found = (shelf or home()).read(find(document).document)
    numbers = pd.RangeIndex(1, len(found) + 1, name="paragraph")
    return pd.Series(found, index=numbers, name=find(document).name, dtype=object)


def text(document: str, *, shelf: Shelf | None = None) -> str:
    """Return a whole text that was fetched; arguments and errors as for `paragraphs`."""
    return "\n\n".join(paragraphs(document, shelf=shelf))


def texts(*, shelf: Shelf | None = None) -> dict[str, str]:
    """Return every text that was fetched, by its name, in order of time."""
    found = {}
    for each in known().values():
        try:
            found[each.name] = text(each.document, shelf=shelf)
        except NotHere:
            continue
    return found


def against_known_counts(*, shelf: Shelf | None = None) -> pd.DataFrame:
    """Count the whole texts that were fetched, and set each count beside one that was published.

    Returns
    -------
    DataFrame
        One row for each published count: `text`, `term`, `published`, `counted` ("not fetched"
        where there is no copy) and `agree` ("yes", "no", or "").
    """
    import pandas as pd

    from indopacific.datasets import load

    here, rows = texts(shelf=shelf), []
    published = load("term_counts").query("scope == 'whole document'").dropna(subset=["count"])
    columns = (published[name].tolist() for name in ("document", "term", "count"))
    for document, term, number in zip(*columns, strict=True):
        each = known().get(document)
        if each is None or term not in _COUNTED:
            continue
        counted = _COUNTED[term](here[each.name]) if each.name in here else None
        agree = "" if counted is None else "yes" if counted == number else "no"
        shown = "not fetched" if counted is None else counted
        rows.append((each.name, term, int(number), shown, agree))
    return pd.DataFrame(rows, columns=["text", "term", "published", "counted", "agree"])


def _named(whole: str) -> int:
    from indopacific.models.language import mentions

    return int(mentions(whole)["counts"].sum())


def _russia(whole: str) -> int:
    from indopacific.models.language import count

    return int(count(whole, "russia*").iloc[0]["russia*"])


_COUNTED = {
    "China, all names": _named,
    "China, plain search": lambda whole: whole.count("China"),
    "Russia, Russian": _russia,
}
