"""What `slider_speed` measures beside: the same model and picture, as each library would draw it.

Every cell draws the index as a line and its range as a band, 814 by 473 pixels, and moves them with
one slider of ipywidgets; each changes what it drew before in the way its documentation shows.
"""

from __future__ import annotations

import textwrap
from importlib.util import find_spec

_MODEL = """\
import ipywidgets
from IPython.display import display
from indopacific.explorers import find

alignment = find("alignment")

def at(trade):
    return alignment.result({"trade": trade})

first = at(0.5)
labels = list(first.labels)

def show(slider):
"""
_END = """
show(ipywidgets.FloatSlider(min=0, max=1, step=0.01, value=0.5))
"""

_INTERACT = """\
import matplotlib.pyplot as plt

def plot(trade):
    found = at(trade)
    figure, axes = plt.subplots(figsize=(7.4, 4.3), dpi=110)
    axes.fill_between(range(len(labels)), found.low, found.high, alpha=0.3)
    axes.plot(labels, found.index, "o-")
    axes.set(ylim=(0, 1.12), title=f"trade = {trade}")
    plt.show()

ipywidgets.interact(plot, trade=slider)
"""

_IPYMPL = """\
from ipympl.backend_nbagg import Canvas, FigureManager
from matplotlib.figure import Figure

figure = Figure(figsize=(7.4, 4.3), dpi=110)
canvas = Canvas(figure)
FigureManager(canvas, 1)
axes = figure.subplots()
places = range(len(labels))
band = axes.fill_between(places, first.low, first.high, alpha=0.3)
(line,) = axes.plot(labels, first.index, "o-")
axes.set(ylim=(0, 1.12), title="trade = 0.5")

def move(change):
    found = at(change.new)
    band.set_data(places, found.low, found.high)
    line.set_ydata(found.index)
    axes.set_title(f"trade = {change.new}")
    canvas.draw_idle()

slider.observe(move, "value")
display(ipywidgets.VBox([slider, canvas]))
"""

_PLOTLY = """\
import plotly.graph_objects as go

size = {"width": 814, "height": 473}
figure = go.FigureWidget(layout={**size, "title": "trade = 0.5", "showlegend": False})
figure.update_yaxes(range=[0, 1.12])
figure.add_scatter(x=labels, y=first.low, mode="lines", line_width=0)
figure.add_scatter(x=labels, y=first.high, mode="lines", line_width=0, fill="tonexty")
figure.add_scatter(x=labels, y=first.index, mode="lines+markers")

def move(change):
    found = at(change.new)
    with figure.batch_update():
        for trace, values in zip(figure.data, (found.low, found.high, found.index)):
            trace.y = values
        figure.layout.title = f"trade = {change.new}"

slider.observe(move, "value")
display(ipywidgets.VBox([slider, figure]))
"""

_BQPLOT = """\
import bqplot

scales = {"x": bqplot.OrdinalScale(), "y": bqplot.LinearScale(min=0, max=1.12)}
band = bqplot.Lines(x=labels, y=[first.low, first.high], scales=scales, fill="between",
                    opacities=[0, 0], fill_opacities=[0.3, 0.3])
line = bqplot.Lines(x=labels, y=first.index, scales=scales, marker="circle")
axes = [bqplot.Axis(scale=scales["x"]),
        bqplot.Axis(scale=scales["y"], orientation="vertical")]
figure = bqplot.Figure(marks=[band, line], axes=axes, title="trade = 0.5",
                       layout={"width": "814px", "height": "473px"})

def move(change):
    found = at(change.new)
    band.y, line.y = [found.low, found.high], found.index
    figure.title = f"trade = {change.new}"

slider.observe(move, "value")
display(ipywidgets.VBox([slider, figure]))
"""

_DRAWN = {"interact": _INTERACT, "ipympl": _IPYMPL, "plotly": _PLOTLY, "bqplot": _BQPLOT}
CELLS = {name: f"{_MODEL}{textwrap.indent(drawn, '    ')}{_END}" for name, drawn in _DRAWN.items()}
"""A notebook cell for each peer."""


def missing() -> list[str]:
    """Return the peers that are not installed."""
    return [name for name in CELLS if name != "interact" and find_spec(name) is None]
