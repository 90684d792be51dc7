"""What a coding desk is made of: sentences, a codebook, rules, and one coder's key. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Code:
    """One code of the codebook: what it means, typical words, and its place on the scale."""

    code: str
    meaning: str
    markers: str
    stance: int


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence to code.

    Attributes
    ----------
    id : str
        Its name in the reader's codes, such as "b3".
    text : str
    origin : str
        Document, date and paragraph, as one reads them.
    context : tuple of str
        What helps to understand the sentence: its neighbours, or what it speaks of.
    key : str
        The code that the key's one coder gave.
    reasoning : str
        Why.
    """

    id: str
    text: str
    origin: str
    context: tuple[str, ...]
    key: str
    reasoning: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything on one desk.

    Attributes
    ----------
    id : str
        Names the file in which a reader's codes are kept.
    title, about : str
    codes : tuple of Code
    rules : tuple of str
    sentences : tuple of Sentence
    caution : str
        What the key is, and is not.
    """

    id: str
    title: str
    about: str
    codes: tuple[Code, ...]
    rules: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    caution: str

    def __post_init__(self) -> None:
        names = [sentence.id for sentence in self.sentences]
        codes = [code.code for code in self.codes]
        for what, each in (("sentence", names), ("code", codes)):
            if len(set(each)) < len(each) or not each:
                raise ValueError(f"{self.id}: give each {what} once, and at least one.")
        # A digit of the keyboard stands for each code.
        if len(codes) > 9:
            raise ValueError(f"{self.id}: at most 9 codes; there are {len(codes)}.")
        for sentence in self.sentences:
            if sentence.key not in codes:
                raise ValueError(f"{self.id}: the key of {sentence.id!r} is no code.")

    @property
    def key(self) -> dict[str, str]:
        """The key's codes, by sentence."""
        return {sentence.id: sentence.key for sentence in self.sentences}


@dataclass(frozen=True)
class Pass:
    """One coding of a sheet, the first, second and so on: what the store keeps in one file."""

    sheet: Sheet
    number: int

    @property
    def id(self) -> str:
        """The file's name."""
        return f"{self.sheet.id}-{self.number}"

    @property
    def asks(self) -> str:
        """What the file says about itself."""
        return f"{self.sheet.title}, coding {self.number}"

    def accept(self, raw: Any) -> dict[str, str]:
        """Return codes, as they came from a page or a file, in the order of the sentences.

        Raises
        ------
        ValueError
            When they do not fit the sentences or the codebook; the message says where.
        """
        if not isinstance(raw, dict):
            raise ValueError(f"codes are a mapping of sentence to code; got {raw!r:.60}.")
        names = [sentence.id for sentence in self.sheet.sentences]
        codes = [code.code for code in self.sheet.codes]
        for name, code in raw.items():
            if name not in names:
                raise ValueError(f"there is no sentence {name!r:.60} on this desk.")
            if code not in codes:
                raise ValueError(f"{name}: {code!r:.60} is none of {', '.join(codes)}.")
        return {name: raw[name] for name in names if name in raw}

    def stored(self, guess: dict[str, str]) -> dict[str, str]:
        """Return codes as JSON can hold them."""
        return guess
