"""Games in which a reader sits in each side's chair before any formula appears.

``play("ambiguity")`` as the last line of a cell. Every branch of every round is played by Python
beforehand, so the control needs no kernel once it is shown, and a plain page says the same.
A module of this folder that has a function `game(seed)` is a game; its name is the module's.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indopacific.playing.board import Played
    from indopacific.playing.game import Game


def games() -> list[str]:
    """Return the names of the games that can be played."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    return [
        name for name in names if hasattr(importlib.import_module(f"{__name__}.{name}"), "game")
    ]


def deal(name: str, *, seed: int = 6) -> Game:
    """Deal a game and play every branch of it; arguments and errors as for `play`."""
    known = games()
    if name not in known:
        near = difflib.get_close_matches(str(name), known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"There is no game {name!r}.{hint} There are: {', '.join(known)}.")
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise ValueError(f"seed must be a whole number from 0 up; got {seed!r}.")
    dealt: Game = importlib.import_module(f"{__name__}.{name}").game(seed)
    return dealt


def play(name: str, *, seed: int = 6) -> Played:
    """Offer a game, which a reader may skip.

    Parameters
    ----------
    name : str
        Such as "ambiguity".
    seed : int
        Decides what is drawn; the same seed deals the same rounds again.

    Returns
    -------
    Played
        Shows the control as the last line of a cell. It waits for nobody.

    Raises
    ------
    ValueError
        For an unknown game, with the nearest known one, or a seed below 0.
    """
    from indopacific.playing.board import Played

    return Played(name, deal(name, seed=seed))
