"""Words: where they stand in a text, how often, and how to turn counts into rates.

`words` and `mentions` say what counts as a word and as a name, `count` counts, and `concordance`
shows a word among its neighbours, which one should read before one counts. `salience` and `stance`
make rates of counts; `language_stance` applies them to the sentences of lesson 02.

Notes
-----
Stance is the logarithm of the ratio of favourable to critical words or sentences, as in Lowe,
Benoit, Mikhaylov and Laver (2011), *Legislative Studies Quarterly* 36(1), 123-155.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

NAMES = ("China", "PRC", "Beijing")
APART = ("China Sea", "Chinese", "Republic of China")

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_SAME = str.maketrans({"\u2019": "'", "\u2018": "'", "\u2010": "-", "\u2011": "-"})
_FULL = r"People's\s+Republic\s+of\s+China"
# Longest first: what an earlier pattern has taken no later one sees.
_MENTIONS = (
    ("PRC", rf"{_FULL}(?:'s)?(?:\s*\(\s*PRC\s*\))?(?:'s)?"),
    ("Republic of China", r"Republic\s+of\s+China(?:'s)?"),
    ("China Sea", r"(?:(?:South|East)\s+)?China\s+Seas?"),
    ("PRC", r"PRC(?:'s)?"),
    ("China", r"China(?:'s)?"),
    ("Chinese", r"Chinese"),
    ("Beijing", r"Beijing(?:'s)?"),
)
_MENTION = re.compile(
    "|".join(rf"(?P<m{place}>\b{each}(?!\w))" for place, (_, each) in enumerate(_MENTIONS))
)


# ---------------------------------------------------------------- words, and where they stand


def words(text: str) -> list[str]:
    """Return the words of a text, as they are written.

    A word is a run of letters and digits. An apostrophe or a hyphen inside it belongs to it.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of str
        Empty for a text without letters and digits.

    Raises
    ------
    ValueError
        When `text` is not a string.

    Examples
    --------
    >>> words("China's Euro-Atlantic 'threat', 2024")
    ["China's", 'Euro-Atlantic', 'threat', '2024']
    """
    return [found.group() for found in _WORD.finditer(_plain(text))]


def keys(text: str) -> list[str]:
    """Return the words of a text as they are compared: small letters, no possessive 's.

    Examples
    --------
    >>> keys("China's Policies")
    ['china', 'policies']
    """
    return [_key(word) for word in words(text)]


def mentions(text: str) -> pd.DataFrame:
    """Find where a text names China, by the rule of the course.

    Names are looked for longest first and from left to right, so that "People's Republic of China
    (PRC)" is one mention. "China Sea", "Chinese" and "Republic of China" are found, too, but do
    not count: they name a sea, a quality and another government.

    Parameters
    ----------
    text : str

    Returns
    -------
    DataFrame
        One row for each place, in order: `name` (of `NAMES` or `APART`), `found` (as written),
        `start` (character) and `counts` (bool).

    Raises
    ------
    ValueError
        When `text` is not a string.

    Examples
    --------
    >>> mentions("The PRC's fleet in the South China Sea, and China's words")["name"].tolist()
    ['PRC', 'China Sea', 'China']
    """
    rows = []
    for found in _MENTION.finditer(_plain(text)):
        name = _MENTIONS[int(str(found.lastgroup)[1:])][0]
        rows.append((name, text[found.start() : found.end()], found.start(), name in NAMES))
    return pd.DataFrame(rows, columns=["name", "found", "start", "counts"]).astype(
        {"name": object, "found": object, "start": int, "counts": bool}
    )


def terms(written: str | Iterable[str]) -> tuple[str, ...]:
    """Read a list of terms, as a reader writes them.

    Parameters
    ----------
    written : str or iterable of str
        Separated by commas, if one string. A term is one or more words; a star at the end of a
        word stands for any ending: ``"challeng*, rules-based order"``.

    Returns
    -------
    tuple of str
        Each term once, in small letters, in the order given.

    Raises
    ------
    ValueError
        For a term without letters or digits, such as "*": it would match every word.

    Examples
    --------
    >>> terms("Challeng*, open  to, challeng*")
    ('challeng*', 'open to')
    """
    given = written.split(",") if isinstance(written, str) else list(written)
    found: dict[str, None] = {}
    for each in given:
        term = _plain(each).strip()
        if not term:
            continue
        parts = _parts(term)
        found[" ".join(key + "*" * star for key, star in parts)] = None
    return tuple(found)


def concordance(
    texts: str | Mapping[Any, str] | pd.Series, term: str, *, width: int = 6
) -> pd.DataFrame:
    """Show every place of a term with the words around it (a keyword in context).

    Parameters
    ----------
    texts : str, mapping of name to str, or Series
    term : str
        As in `terms`; capitals do not count, and a possessive 's does not either.
    width : int
        How many words are shown on either side.

    Returns
    -------
    DataFrame
        One row for each place: `text` (its name), `left`, `found` and `right`. No row when the
        term occurs nowhere.

    Raises
    ------
    ValueError
        For a term without letters, a negative width, or texts that are empty or no strings.

    Examples
    --------
    >>> concordance("This increases the threat Russia poses.", "threat", width=2)
       text           left   found         right
    0  text  increases the  threat  Russia poses
    """
    if isinstance(width, bool) or width < 0:
        raise ValueError(f"width is a number of words, 0 or more; got {width!r}.")
    rows = []
    for name, text in _named(texts).items():
        spans = list(_WORD.finditer(_plain(text)))
        keyed = [_key(span.group()) for span in spans]
        for first, after in places(keyed, term):
            start, end = spans[first].start(), spans[after - 1].end()
            from_, to = max(0, first - width), min(len(spans), after + width)
            left = text[spans[from_].start() : start]
            right = text[end : spans[to - 1].end()]
            rows.append((name, *(" ".join(x.split()) for x in (left, text[start:end], right))))
    return pd.DataFrame(rows, columns=["text", "left", "found", "right"])


def count(texts: str | Mapping[Any, str] | pd.Series, terms: Sequence[str] | str) -> pd.DataFrame:
    """Count terms in texts.

    Parameters
    ----------
    texts : str, mapping of name to str, or Series
    terms : sequence of str, or str
        As in `terms`. Each is counted by itself: a word may count for two of them.

    Returns
    -------
    DataFrame
        Index: the names of the texts. Columns: `words` (of the text), then each term.

    Raises
    ------
    ValueError
        For a term without letters, or texts that are empty or no strings.

    Examples
    --------
    >>> count({"2021": "systemic challenges", "2022": "challenge our values"}, ["challenge*"])
          words  challenge*
    2021      2           1
    2022      3           1
    """
    wanted = [terms] if isinstance(terms, str) else list(terms)
    found = {}
    for name, text in _named(texts).items():
        keyed = keys(text)
        hits = {term: len(places(keyed, term)) for term in wanted}
        found[name] = {"words": len(keyed), **hits}
    return pd.DataFrame.from_dict(found, orient="index", columns=["words", *wanted])


def places(keyed: Sequence[str], term: str) -> list[tuple[int, int]]:
    """Return where a term stands among `keys`, from left to right, none over another.

    Examples
    --------
    >>> places(keys("Open to dialogue, and open to talks"), "open to")
    [(0, 2), (4, 6)]
    """
    parts = _parts(term)
    found: list[tuple[int, int]] = []
    at, size = 0, len(parts)
    while at + size <= len(keyed):
        if all(_fits(keyed[at + i], *part) for i, part in enumerate(parts)):
            found.append((at, at + size))
            at += size
        else:
            at += 1
    return found


def _plain(text: Any) -> str:
    if not isinstance(text, str):
        raise ValueError(f"A text must be a string; got {text!r}.")
    return text.translate(_SAME)


def _key(word: str) -> str:
    return word.casefold().removesuffix("'s")


def _named(texts: Any) -> dict[Any, str]:
    if isinstance(texts, pd.Series):
        texts = texts.to_dict()
    named = dict(texts) if isinstance(texts, Mapping) else {"text": texts}
    if not named:
        raise ValueError("There is no text to look at.")
    for name, text in named.items():
        if not isinstance(text, str) or not words(text):
            what = "has no words" if isinstance(text, str) else f"is no string but {text!r}"
            raise ValueError(f"The text {name!r} {what}.")
    return named


@lru_cache(maxsize=4096)
def _parts(term: str) -> tuple[tuple[str, bool], ...]:
    """Return a term's words, each with whether any ending will do."""
    parts = []
    for piece in _plain(term).split():
        own = keys(piece)
        parts += [(key, False) for key in own[:-1]]
        parts += [(key, piece.rstrip(".,;:!?\"'").endswith("*")) for key in own[-1:]]
        if not own:
            raise ValueError(
                f"The term {term!r} has {piece!r} without letters or digits: it would match "
                "anything. Write the beginning of a word before a star."
            )
    if not parts:
        raise ValueError("A term needs at least one word; this one is empty.")
    return tuple(parts)


def _fits(word: str, key: str, star: bool) -> bool:
    return word.startswith(key) if star else word == key


# ---------------------------------------------------------------- rates and stance


def salience(
    count: Any, words: Any, *, weight: float = 0.0, towards: float = 0.0
) -> np.ndarray | float:
    """Return how often something is named in 1,000 words, drawn towards a common rate.

    Parameters
    ----------
    count, words : array_like
        How often it is named, and how long the text is.
    weight : float
        How many words of the common rate are added to each text; 0 leaves the raw rate.
    towards : float
        The common rate, in 1,000 words.

    Returns
    -------
    float or ndarray
        ``1000 (count + weight towards/1000) / (words + weight)``.

    Raises
    ------
    ValueError
        For negative numbers, or for a text without words when no weight is given.

    Examples
    --------
    >>> float(salience(12, 8000))
    1.5
    """
    number, length = np.asarray(count, float), np.asarray(words, float)
    if (number < 0).any() or (length < 0).any() or weight < 0 or towards < 0:
        raise ValueError("Counts, words, weight and the common rate are not negative.")
    if ((length + weight) == 0).any():
        raise ValueError("A text without words has no rate: leave it out, or give a weight.")
    return 1000 * (number + weight * towards / 1000) / (length + weight)


def stance(
    favourable: Any, critical: Any, *, smoothing: Any = 0.5
) -> tuple[np.ndarray, np.ndarray]:
    """Return the stance of a text, and how uncertain it is.

    Parameters
    ----------
    favourable, critical : array_like
        How many words or sentences of either kind.
    smoothing : array_like
        Added to both, so that a text with none of one kind has a stance, too.

    Returns
    -------
    theta : ndarray
        ``ln((favourable + smoothing) / (critical + smoothing))``: 0 is balance, above is
        favourable. ``tanh(theta / 2)`` puts it on a scale from -1 to 1.
    error : ndarray
        ``sqrt(1 / (favourable + smoothing) + 1 / (critical + smoothing))``.

    Raises
    ------
    ValueError
        For negative numbers, or when nothing is left to divide by.

    Examples
    --------
    >>> theta, error = stance(9, 3)
    >>> print(f"{theta:.6f} {error:.6f}")
    0.998529 0.625282
    """
    plus, minus, added = (np.asarray(each, float) for each in (favourable, critical, smoothing))
    if (plus < 0).any() or (minus < 0).any() or (added < 0).any():
        raise ValueError("Counts and smoothing are not negative.")
    above, below = plus + added, minus + added
    if (above == 0).any() or (below == 0).any():
        raise ValueError(
            "Without smoothing a text needs both favourable and critical words: "
            "give smoothing=0.5, or leave it out."
        )
    return np.log(above / below), np.sqrt(1 / above + 1 / below)


def remembered(values: Any, weight: Any, *, power: int = 1) -> np.ndarray:
    """Return a series in which each value keeps some of those before it.

    Parameters
    ----------
    values : array_like
        The series runs along the last axis.
    weight : array_like
        What the newest value counts, above 0 and at most 1; 1 leaves the series as it is.
    power : int
        2 when the values are variances: those go by the square of a weight.

    Returns
    -------
    ndarray
        ``y[t] = weight x[t] + (1 - weight) y[t-1]``, beginning with the first value.

    Raises
    ------
    ValueError
        When a weight lies outside its range.

    Examples
    --------
    >>> remembered([0, 1, 1], 0.5).tolist()
    [0.0, 0.5, 0.75]
    """
    newest = np.asarray(weight, float)
    if not ((newest > 0) & (newest <= 1)).all():
        raise ValueError(f"weight must be above 0 and at most 1; got {weight!r}.")
    kept = np.array(values, float)
    for at in range(1, kept.shape[-1]):
        kept[..., at] = newest**power * kept[..., at] + (1 - newest) ** power * kept[..., at - 1]
    return kept
