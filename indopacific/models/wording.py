"""What did a new text keep of an old one? Two wordings compared, and the share that was re-used.

Texts are compared as sequences of words. Capitals and punctuation do not count, but they are kept
for reading. Who wrote first, and why a word went, is not in the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain

from indopacific.models.language import keys, words

LIMITS = (
    "A word that moved counts as dropped in one place and added in another.",
    "Two words of one meaning count as different, and one word with two meanings as the same.",
    "Words that are the same need not have been copied: set phrases recur.",
    "Of most documents only some sentences could be read. What was dropped may stand elsewhere.",
)

KINDS = ("kept", "added", "dropped")

_CHUNK = re.compile(r"\S+")


@dataclass(frozen=True)
class Run:
    """Words that stand side by side and had the same fate.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    text : str
        As the old text writes them if they were dropped, or else as the new one does.
    words : int
        How many there are.
    """

    kind: str
    text: str
    words: int


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What `compare` found.

    Attributes
    ----------
    old, new : str
        The two texts, as given.
    runs : tuple of Run
        In reading order; where words were replaced, what was dropped stands first.
    """

    old: str
    new: str
    runs: tuple[Run, ...]

    def count(self, kind: str) -> int:
        """Return how many words were kept, added or dropped."""
        return sum(run.words for run in self.runs if run.kind == kind)


@dataclass(frozen=True, kw_only=True)
class Reuse:
    """What `reused` found.

    Attributes
    ----------
    share : float or None
        Of the new text's sequences; None when it has none.
    reused, total : int
        Sequences that the old text has too, and all.
    size : int
        Words in a sequence.
    """

    share: float | None
    reused: int
    total: int
    size: int

    def __str__(self) -> str:
        if self.share is None:
            return f"no share: the new text has no {self.size} words in a row"
        return f"{self.reused} of {self.total} sequences of {self.size} words ({self.share:.0%})"


def compare(old: str, new: str) -> Comparison:
    """Compare two wordings word by word.

    Parameters
    ----------
    old, new : str

    Returns
    -------
    Comparison
        Kept and dropped words, in order, are the old text; kept and added words the new one.

    Raises
    ------
    ValueError
        When either text has no words.

    Examples
    --------
    >>> for run in compare("We will boost resilience.", "We are boosting resilience.").runs:
    ...     print(run.kind, run.text)
    kept We
    dropped will boost
    added are boosting
    kept resilience.
    """
    before, after = _chunks(old, "old"), _chunks(new, "new")
    matcher = SequenceMatcher(None, [_key(each) for each in before], [_key(each) for each in after])
    runs = []
    for what, i, j, k, n in matcher.get_opcodes():
        if what == "equal":
            runs.append(_run("kept", after[k:n]))
            continue
        runs += [_run("dropped", before[i:j])] if j > i else []
        runs += [_run("added", after[k:n])] if n > k else []
    return Comparison(old=old, new=new, runs=tuple(runs))


def reused(old: str | Sequence[str], new: str | Sequence[str], *, size: int = 5) -> Reuse:
    """Return the share of the new text's word sequences that stand in the old one.

    Parameters
    ----------
    old, new : str or sequence of str
        A text, or its sentences: no sequence runs from one sentence into the next.
    size : int
        Words in a sequence.

    Returns
    -------
    Reuse
        Every place in the new text counts, also when a sequence occurs twice.

    Raises
    ------
    ValueError
        When `size` is below 1, or a text has no words.

    Examples
    --------
    >>> print(reused("open to constructive engagement with China",
    ...              "open to constructive engagement with the PRC", size=3))
    3 of 5 sequences of 3 words (60%)
    """
    if size < 1:
        raise ValueError(f"size must be at least 1 word; got {size}.")
    known = set(_sequences(old, size, "old"))
    found = _sequences(new, size, "new")
    again = sum(each in known for each in found)
    share = again / len(found) if found else None
    return Reuse(share=share, reused=again, total=len(found), size=size)


def _sequences(text: str | Sequence[str], size: int, which: str) -> list[tuple[str, ...]]:
    parts = [text] if isinstance(text, str) else list(text)
    spoken = [keys(part) for part in parts]
    if not any(spoken):
        raise ValueError(f"The {which} text has no words.")
    return list(
        chain.from_iterable(
            [tuple(said[at : at + size]) for at in range(len(said) - size + 1)] for said in spoken
        )
    )


def _chunks(text: str, which: str) -> list[str]:
    if not words(text):
        raise ValueError(f"The {which} text has no words.")
    return _CHUNK.findall(text)


def _key(chunk: str) -> tuple[str, ...]:
    return tuple(keys(chunk))


def _run(kind: str, chunks: list[str]) -> Run:
    text = " ".join(chunks)
    return Run(kind, text, len(words(text)))
