"""What a game is once it is dealt: chairs, rounds, and for every choice the sentences it leads to.

Everything is text, made beforehand: whoever shows a game only looks up.
"""

from __future__ import annotations

from dataclasses import dataclass

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One choice and its branch: what happened, what was hidden, and the model's choice beside."""

    label: str
    happened: str
    hidden: str
    beside: str


@dataclass(frozen=True, kw_only=True)
class Round:
    """One round: what the reader in the chair knows, is asked, and may choose.

    Attributes
    ----------
    knows : tuple of str
    asks : str
    payoffs : Rows
        The header first.
    model : int
        The place of the model's choice; -1 where no choice is the model's.
    choices : tuple of Choice
    """

    knows: tuple[str, ...]
    asks: str
    payoffs: Rows
    model: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class Chair:
    """A named chair, what sitting in it means, and its rounds."""

    name: str
    about: str
    rounds: tuple[Round, ...]


@dataclass(frozen=True, kw_only=True)
class Game:
    """A dealt game.

    Attributes
    ----------
    name, title, about : str
    seed : int
        With the name it says which deal this is: a browser remembers what was chosen in it.
    chairs : tuple of Chair
    reading : str
        How to read the payoffs.
    doubt : str
        Why the numbers can be doubted; `numbers` lists them, the header first.
    numbers : Rows
    after : str
        What stands above the looking back.
    """

    name: str
    title: str
    about: str
    seed: int
    chairs: tuple[Chair, ...]
    reading: str
    doubt: str
    numbers: Rows
    after: str
