"""The one face of every explorer: controls, picture and words, as an ipywidgets widget.

The script (`face.js`) works in two gears. *Frames*: it asks for the pictures along the slider that
a reader touched last (at first the lead slider), keeps them, and then moves that slider without a
kernel. *Live*: any other change asks for one picture; while it waits, only the newest setting is
kept, so a drag never queues up.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from indopacific.explorers.definition import Engine, Explorer
from indopacific.explorers.look import script_and_style
from indopacific.figures.easel import Picture
from indopacific.models.parameters import (
    ILLUSTRATIVE,
    LONGEST,
    Declaration,
    Entry,
    Real,
    declared,
)

SCRIPT, STYLE = script_and_style(Path(__file__).parent, "face")


class Face(anywidget.AnyWidget):
    """The widget; its traits are what the script is given.

    Attributes
    ----------
    spec : dict
        What does not change: title, question, controls, presets, limits.
    values : dict
        Setting by parameter name; follows the controls when they rest, and moves them when set.
    words, picture : dict, bytes
        What stands at `values`: a page that is loaded again starts from them.
    """

    _esm, _css = SCRIPT, STYLE
    spec = traitlets.Dict().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    picture = traitlets.Bytes().tag(sync=True)

    def __init__(self, explorer: Explorer, values: dict[str, Any]) -> None:
        self._engine = Engine(explorer)
        first = self._engine.picture(values)
        super().__init__(
            spec=specification(explorer, values),
            values=values,
            words=spoken(first),
            picture=first.png,
        )
        self.on_msg(self._answer)

    @property
    def engine(self) -> Engine:
        """The engine that paints this face's pictures."""
        return self._engine

    @traitlets.validate("values")
    def _checked(self, proposal: dict[str, Any]) -> dict[str, Any]:
        return self._engine.explorer.setting(proposal["value"])

    @traitlets.observe("values")
    def _follow(self, change: dict[str, Any]) -> None:
        shown = self._engine.picture(change["new"])
        with self.hold_sync():
            self.words, self.picture = spoken(shown), shown.png

    def _answer(self, _widget: Any, message: Any, _buffers: Any) -> None:
        try:
            pictures = [self._engine.picture(values) for values in message["settings"]]
        except (ValueError, KeyError, TypeError) as problem:
            self.send({"to": message, "problem": str(problem)})
            return
        words = [spoken(picture) for picture in pictures]
        self.send({"to": message, "words": words}, buffers=[picture.png for picture in pictures])


class Exploration:
    """An open explorer, as `explore` returns it.

    Attributes
    ----------
    face : Face
    """

    def __init__(self, explorer: Explorer, **values: Any) -> None:
        self._explorer = explorer
        self.face = Face(explorer, explorer.setting(values))

    @property
    def values(self) -> dict[str, Any]:
        """Where the controls stand, by parameter name."""
        return dict(self.face.values)

    @property
    def result(self) -> Any:
        """The model's result where the controls stand."""
        return self._explorer.result(self.face.values)

    @property
    def picture(self) -> Picture:
        """The picture and words where the controls stand."""
        return self.face.engine.picture(self.face.values)

    def _repr_page_(self) -> str:
        from indopacific.explorers import static

        return static.fragment(self._explorer.name, self.values)

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = self.face._repr_mimebundle_()
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        shown = self.picture
        still = {"text/html": shown._repr_html_(), "text/plain": shown.words.alt}
        return {**data, **still}, metadata

    def __repr__(self) -> str:
        return self._explorer.call(self.values)


def specification(explorer: Explorer, start: dict[str, Any]) -> dict[str, Any]:
    """Return what the face's script needs to build the controls, as plain data.

    Parameters
    ----------
    explorer : Explorer
    start : dict
        The setting to open with; "reset" comes back to it.
    """
    return {
        "name": explorer.name,
        "title": explorer.title,
        "question": explorer.question,
        "lead": explorer.lead,
        "start": start,
        "defaults": explorer.setting({}),
        "controls": [_control(each) for each in declared(explorer.parameters)],
        "presets": [
            {
                "label": preset.label,
                "meaning": preset.meaning,
                "values": explorer.setting(preset.values),
            }
            for preset in explorer.presets
        ],
        "limits": list(explorer.limits),
    }


def _control(declaration: Declaration) -> dict[str, Any]:
    shared = {
        "name": declaration.name,
        "label": declaration.label,
        "meaning": declaration.meaning,
        "source": _origin(declaration),
    }
    if isinstance(declaration, Real):
        stands = {"step": declaration.step, "stops": declaration.grid().tolist()}
        return {**shared, "kind": "real", "unit": declaration.unit, **stands}
    if isinstance(declaration, Entry):
        offered = {"options": list(declaration.examples), "longest": LONGEST}
        return {**shared, "kind": "entry", **offered}
    return {**shared, "kind": "choice", "options": list(declaration.options)}


def _origin(declaration: Declaration) -> str:
    if declaration.source != ILLUSTRATIVE:
        return f"Source: {declaration.source}."
    unit = f" {declaration.unit}" if isinstance(declaration, Real) and declaration.unit else ""
    return f"It starts at {declaration.default}{unit}: our choice, not a finding."


def spoken(picture: Picture) -> dict[str, Any]:
    """Return a picture's words as plain data for the script."""
    words = picture.words
    return {
        "title": words.title,
        "reading": words.reading,
        "source": words.source,
        "table": words.rows(),
    }
