"""The few chart forms that all lessons share, drawn by one hand.

A lesson's drawing chooses the numbers, opens a canvas, calls a form and says the finding::

    with fresh(figure):
        ranked_dots(figure.subplots(), shares, write="{:.0%}".format)
    return Words(title=..., reading=..., table=..., source=...)

A form draws on an Axes that it is given. It puts a text where it belongs; when the canvas closes,
texts that meet are moved apart, wrapped or made smaller, and an axis grows until its labels fit.
What cannot be made readable is refused. Colour never says anything alone: marker, pattern or words
say it, too. What a reader guessed (`predicted`) is dashed, hollow and labelled "you".
"""

from indopacific.figures.forms.bars import bars
from indopacific.figures.forms.blocks import blocks
from indopacific.figures.forms.canvas import fresh, panels, percent_axis
from indopacific.figures.forms.curves import Curves, curves
from indopacific.figures.forms.flow import flow
from indopacific.figures.forms.map import Line, Marked, world_map
from indopacific.figures.forms.moving import Facing, Intervals, Profile, Readings, Shares
from indopacific.figures.forms.network import network
from indopacific.figures.forms.phase import KINDS, PhaseMap, Point, map_key
from indopacific.figures.forms.plane import Plane
from indopacific.figures.forms.rows import bounds, dumbbells, ranked_dots
from indopacific.figures.forms.series import series
from indopacific.figures.forms.tiles import tiles
from indopacific.figures.forms.tree import DecisionTree

__all__ = [
    "KINDS",
    "Curves",
    "DecisionTree",
    "Facing",
    "Intervals",
    "Line",
    "Marked",
    "PhaseMap",
    "Plane",
    "Point",
    "Profile",
    "Readings",
    "Shares",
    "bars",
    "blocks",
    "bounds",
    "curves",
    "dumbbells",
    "flow",
    "fresh",
    "map_key",
    "network",
    "panels",
    "percent_axis",
    "ranked_dots",
    "series",
    "tiles",
    "world_map",
]
