"""Finds every drawing, and on what it is tried: nothing here names a lesson.

A drawing is a public function ``draw_*`` of a module in `indopacific.figures`. An explorer's
drawing is tried at every preset and every extreme of every control. Any other one needs samples:
a file ``tests/figures/samples/NAME.py``, named like the drawing's module, with ``SAMPLES``.
"""

import importlib
import inspect
import pkgutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from indopacific import explorers, figures
from indopacific.models.parameters import Real, declared

FOLDER = Path(__file__).parent / "samples"


@dataclass(frozen=True, eq=False)
class Sample:
    """What a drawing is given: a result, and perhaps a reader's guess."""

    result: Any
    predicted: Any = None


@dataclass(frozen=True, eq=False)
class Case:
    """One drawing on one sample; `moving` when it is an explorer's."""

    draw: Any
    label: str
    sample: Sample
    moving: bool = False

    def __str__(self) -> str:
        return f"{self.draw.__name__}-{self.label}"

    def on(self, figure: Any) -> Any:
        """Draw, and return the words."""
        guess = {} if self.sample.predicted is None else {"predicted": self.sample.predicted}
        return self.draw(self.sample.result, figure, **guess)


def drawings() -> dict[str, dict[str, Any]]:
    """Return {module: {name: drawing}} of every drawing, each where it is written."""
    found: dict[str, dict[str, Any]] = {}
    for info in pkgutil.walk_packages(figures.__path__, f"{figures.__name__}."):
        module = importlib.import_module(info.name)
        own = {
            name: function
            for name, function in inspect.getmembers(module, inspect.isfunction)
            if name.startswith("draw_") and function.__module__ == info.name
        }
        if own:
            found[info.name.removeprefix(f"{figures.__name__}.")] = own
    return found


def samples(module: str) -> dict[str, dict[str, Sample]]:
    """Return the samples that are written down for a module's drawings."""
    if not (FOLDER / f"{module}.py").is_file():
        return {}
    return importlib.import_module(f"tests.figures.samples.{module}").SAMPLES


def moving() -> list[Case]:
    """Return every explorer's drawing at its presets and at each end of each control."""
    cases = []
    for name in explorers.names():
        explorer = explorers.find(name)
        settings = {preset.label: preset.values for preset in explorer.presets}
        for each in declared(explorer.parameters):
            ends = (each.low, each.high) if isinstance(each, Real) else each.options
            settings |= {f"{each.name}={end}": {each.name: end} for end in ends}
        numbers = [each for each in declared(explorer.parameters) if isinstance(each, Real)]
        settings["all lowest"] = {each.name: each.low for each in numbers}
        settings["all highest"] = {each.name: each.high for each in numbers}
        cases += [
            Case(explorer.draw, label, Sample(explorer.result(values)), moving=True)
            for label, values in settings.items()
        ]
    return cases


def cases() -> list[Case]:
    """Return every drawing with everything on which it is tried."""
    found = moving()
    for module, own in drawings().items():
        for name, tried in samples(module).items():
            found += [Case(own[name], label, sample) for label, sample in tried.items()]
    return found


def lacking() -> list[str]:
    """Return, in words, which drawing has no sample, and what to write where."""
    explored = {case.draw for case in moving()}
    missing = []
    for module, own in drawings().items():
        written = samples(module)
        for name, draw in own.items():
            tried = written.get(name, {})
            guessed = [sample for sample in tried.values() if sample.predicted is not None]
            where = f"figures/{module}.py: {name}"
            file = f"tests/figures/samples/{module}.py"
            if draw not in explored and not tried:
                missing.append(
                    f"{where} has no sample: write into {file} "
                    f'SAMPLES = {{"{name}": {{"plain": Sample(result)}}}}'
                )
            elif "predicted" in inspect.signature(draw).parameters and not guessed:
                missing.append(
                    f"{where} takes a guess and is not tried with one: add to {file} "
                    f'"a guess": Sample(result, predicted=...)'
                )
    return missing


def frozen(result: Any) -> list[str]:
    """Return a result as text, to see whether a drawing has changed it."""
    parts = result if isinstance(result, tuple) else (result,)
    return [
        part.to_csv()
        if hasattr(part, "to_csv")
        else np.array2string(np.asarray(part, dtype=object))
        for part in parts
    ]
