"""What an explorer is made of, and the engine that turns its settings into pictures.

An explorer is configured, not programmed: a module ``indopacific/explorers/<name>.py`` holds one
`Explorer` called ``EXPLORER``. No widgets here, so that the same engine serves JupyterLab, a
static page and the tests.
"""

from __future__ import annotations

import difflib
import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from indopacific.figures import style
from indopacific.figures.easel import Draw, Easel, Picture
from indopacific.models.parameters import Declaration, Parameters, Real, declared

_REMEMBERED = 512


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A named setting: `values` replace the defaults, `meaning` says why one would look at it."""

    label: str
    values: Mapping[str, Any]
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Explorer:
    """The configuration of one explorer.

    Attributes
    ----------
    name : str
        As in ``explore(name)``; the same as the module's.
    title : str
        Plain name of what is explored.
    question : str
        What the reader should find out with it.
    parameters : type of Parameters
        One control is made of each declaration.
    lead : str
        Name of the `Real` parameter whose pictures are painted ahead.
    evaluate : callable
        ``evaluate(parameters) -> result``.
    draw : callable
        ``draw(result, figure) -> Words``.
    presets : tuple of Preset
    limits : tuple of str
        What the model leaves out, one sentence each.

    Raises
    ------
    ValueError
        When `lead` names no number, or a preset holds an unknown name or a bad value.
    """

    name: str
    title: str
    question: str
    parameters: type[Parameters]
    lead: str
    evaluate: Callable[[Any], Any]
    draw: Draw
    presets: tuple[Preset, ...]
    limits: tuple[str, ...]

    def __post_init__(self) -> None:
        if not isinstance(self.declaration(self.lead), Real):
            raise ValueError(f"The lead parameter {self.lead!r} must be a number.")
        for preset in self.presets:
            self.setting(preset.values)

    def declaration(self, name: str) -> Declaration:
        """Return the declaration of one parameter.

        Raises
        ------
        ValueError
            For an unknown name, with the nearest known one.
        """
        known = {each.name: each for each in declared(self.parameters)}
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise ValueError(f"{self.name} has no parameter {name!r}.{hint}")
        return known[name]

    def setting(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return every parameter's value: the given ones, and defaults for the rest.

        Raises
        ------
        ValueError
            For an unknown name, or a value that its declaration refuses.
        """
        chosen = self.parameters.at(**values)
        return {each.name: getattr(chosen, each.name) for each in declared(self.parameters)}

    def result(self, values: Mapping[str, Any]) -> Any:
        """Evaluate the model at one setting; raises ValueError as `setting` does."""
        return self.evaluate(self.parameters.at(**values))

    def call(self, values: Mapping[str, Any]) -> str:
        """Return the call that opens this explorer at `values`, as Python code."""
        changed = [
            f"{each.name}={_code(values[each.name])}"
            for each in declared(self.parameters)
            if values[each.name] != each.default
        ]
        return f"explore({', '.join([_code(self.name), *changed])})"


def _code(value: Any) -> str:
    """Return a value as Python code, texts in the quotation marks that the script uses too."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


@dataclass
class Engine:
    """Paints the pictures of one explorer, `dpi` pixels an inch, and remembers the latest."""

    explorer: Explorer
    dpi: int = style.DPI
    _easel: Easel = field(init=False, repr=False)
    _memory: OrderedDict[tuple[Any, ...], Picture] = field(
        init=False, repr=False, default_factory=OrderedDict
    )

    def __post_init__(self) -> None:
        self._easel = Easel(self.explorer.draw, dpi=self.dpi)

    def picture(self, values: Mapping[str, Any]) -> Picture:
        """Return the picture at one setting; raises ValueError as `Explorer.setting` does."""
        setting = self.explorer.setting(values)
        key = tuple(setting.values())
        if key not in self._memory:
            self._memory[key] = self._easel.paint(self.explorer.result(setting))
            if len(self._memory) > _REMEMBERED:
                self._memory.popitem(last=False)
        self._memory.move_to_end(key)
        return self._memory[key]

    def lead_grid(self) -> list[float]:
        """Return the values that the lead slider can take, lowest first."""
        lead = self.explorer.declaration(self.explorer.lead)
        assert isinstance(lead, Real)  # `Explorer` has seen to it
        return [float(value) for value in lead.grid()]
