"""Keeps one figure and paints it again fast, as a small PNG with its words.

A drawing is a function ``draw(result, figure) -> Words``. It sets its artists up once with
`kept`, marks those that change as animated, and then only updates them. An `Easel` captures what
does not change once and afterwards paints the animated artists over it, which takes a few
milliseconds instead of the tens that a whole figure takes.
"""

from __future__ import annotations

import base64
import html
import inspect
import io
import weakref
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from indopacific.figures import style
from indopacific.figures.words import Words, safe

Draw = Callable[..., Words]

_COLOURS = 32
_KEPT: weakref.WeakKeyDictionary[Figure, _Kept] = weakref.WeakKeyDictionary()


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One state of a figure: `png` (bytes) and `words`; a notebook shows both.

    The picture stands in HTML because JupyterLab drops the alternative text of a PNG output.
    """

    png: bytes
    words: Words

    @property
    def address(self) -> str:
        """The picture itself, in the form of an address."""
        return f"data:image/png;base64,{base64.b64encode(self.png).decode('ascii')}"

    def _repr_html_(self) -> str:
        return (
            '<figure class="indopacific-figure" style="margin:0;max-width:52rem">'
            f"<figcaption><p><strong>{safe(self.words.title)}</strong></p></figcaption>"
            f'<img alt="{html.escape(self.words.alt)}" src="{self.address}" '
            'style="max-width:100%;height:auto;background:#fff">'
            f"<figcaption><p>{safe(self.words.reading)} "
            f"<small>Source: {safe(self.words.source)}</small></p>"
            "<details><summary>The numbers as a table</summary>"
            f"{self.words.html_table()}</details></figcaption></figure>"
        )


class Easel:
    """Paints the results of one drawing on one kept figure.

    Parameters
    ----------
    draw : callable
        ``draw(result, figure) -> Words``.
    size : tuple of float
        Width and height in inches.
    dpi : int
        Pixels an inch.
    """

    def __init__(
        self, draw: Draw, *, size: tuple[float, float] = style.SIZE, dpi: int = style.DPI
    ) -> None:
        self._draw = draw
        self._figure = Figure(figsize=size, dpi=dpi)
        self._canvas = FigureCanvasAgg(self._figure)
        self._captured: _Kept | None = None
        self._background: Any = None
        self._moving: list[Artist] = []

    def paint(self, result: Any, **guess: Any) -> Picture:
        """Draw `result` and return the picture with its words; `predicted` is handed on."""
        words = self._draw(result, self._figure, **guess)
        current = _KEPT.get(self._figure)
        if current is None or current is not self._captured:
            self._capture(current)
        else:
            self._canvas.restore_region(self._background)
        renderer = self._canvas.get_renderer()
        for artist in self._moving:
            artist.draw(renderer)
        return Picture(png=self._png(), words=words)

    def _capture(self, current: _Kept | None) -> None:
        self._canvas.draw()
        self._background = self._canvas.copy_from_bbox(self._figure.bbox)
        moving = self._figure.findobj(lambda artist: artist.get_animated(), include_self=False)
        self._moving = sorted(moving, key=lambda artist: artist.get_zorder())
        self._captured = current

    def _png(self) -> bytes:
        pixels = Image.fromarray(np.asarray(self._canvas.buffer_rgba())).convert("RGB")
        palette = pixels.quantize(
            _COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
        file = io.BytesIO()
        palette.save(file, format="png", compress_level=1)
        return file.getvalue()


def paint(
    draw: Draw,
    result: Any,
    *,
    predicted: Any = None,
    size: tuple[float, float] = style.SIZE,
    dpi: int = 2 * style.DPI,
) -> Picture:
    """Draw one result once, with twice the pixels of a moving picture.

    Parameters
    ----------
    draw : callable
        ``draw(result, figure) -> Words``; with ``predicted=None`` behind it if it can answer one.
    result : object
    predicted : object, optional
        What the reader guessed, in the form that the drawing names; None draws the data alone.
    size, dpi
        As of an `Easel`.

    Returns
    -------
    Picture
        Shows itself in a notebook, with alternative text and the numbers as a table.

    Raises
    ------
    ValueError
        When the drawing cannot answer a guess.
    """
    guess = {} if predicted is None else {"predicted": predicted}
    if guess and "predicted" not in inspect.signature(draw).parameters:
        raise ValueError(f"{draw.__name__} cannot answer a guess: it takes no `predicted`.")
    return Easel(draw, size=size, dpi=dpi).paint(result, **guess)


@dataclass(frozen=True)
class _Kept:
    key: Hashable
    parts: Any


def kept(figure: Figure, build: Callable[[Figure], Any], *, key: Hashable = None) -> Any:
    """Return a figure's artists; build them on the first call, and again when `key` changes.

    Parameters
    ----------
    figure : Figure
    build : callable
        ``build(figure) -> parts``: sets up an empty figure in the course's style. Artists that a
        later call changes must be children of an Axes and animated.
    key : hashable
        Everything that the artists that do not move depend on, such as labels and limits.

    Returns
    -------
    object
        What `build` returned.
    """
    current = _KEPT.get(figure)
    if current is None or current.key != key:
        figure.clear()
        with mpl.rc_context(style.RC):
            current = _Kept(key, build(figure))
        _KEPT[figure] = current
    return current.parts
