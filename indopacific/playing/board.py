"""The control with which a reader plays in a notebook. It needs no kernel once it is shown."""

from __future__ import annotations

import dataclasses
import html
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from indopacific.explorers.look import script_and_style
from indopacific.playing.game import Game

SCRIPT, STYLE = script_and_style(Path(__file__).parent, "board")


class Board(anywidget.AnyWidget):
    """The widget; `game` is all that its script is given, and nothing comes back."""

    _esm, _css = SCRIPT, STYLE
    game = traitlets.Dict().tag(sync=True)


class Played:
    """A game on offer, as `play` returns it.

    Attributes
    ----------
    game : Game
    board : Board
    """

    def __init__(self, name: str, game: Game) -> None:
        self._name = name
        self.game = game
        self.board = Board(game=dataclasses.asdict(game))

    def _repr_page_(self) -> str:
        from indopacific.playing import static

        return static.fragment(self._name, seed=self.game.seed)

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = self.board._repr_mimebundle_()
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        plain = f"{self.game.title}. {self.game.about}"
        return {**data, "text/plain": plain, "text/html": told(self.game)}, metadata

    def __repr__(self) -> str:
        return f'play("{self._name}", seed={self.game.seed})'


def told(game: Game) -> str:
    """Return the dealt rounds as plain HTML, for paper: what follows from a choice is folded."""
    parts = [f"<p><strong>{_safe(game.title)}.</strong> {_safe(game.about)}</p>"]
    for chair in game.chairs:
        parts.append(f"<p><strong>{_safe(chair.name)}.</strong> {_safe(chair.about)}</p>")
        rounds = []
        for each in chair.rounds:
            ends = "".join(
                f"<li>{_safe(choice.label)}: {_safe(choice.happened)} {_safe(choice.hidden)}</li>"
                for choice in each.choices
            )
            offered = ", ".join(choice.label for choice in each.choices)
            rounds.append(
                f"<li><p>{_safe(' '.join((*each.knows, each.asks)))}</p>"
                f"<p>Choose: {_safe(offered)}.</p>"
                f"<details><summary>What follows, when you have chosen</summary><ul>{ends}</ul>"
                "</details></li>"
            )
        parts.append(f"<ol>{''.join(rounds)}</ol>")
    return "\n".join(parts)


def _safe(text: str) -> str:
    return html.escape(text, quote=False)
