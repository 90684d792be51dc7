"""On what the drawings of lesson 05 are tried. All numbers, texts and surveys are invented."""

import numpy as np
import pandas as pd

from indopacific.figures.ambiguity import RISKS
from indopacific.models import ambiguity as model
from indopacific.models import ambiguity_regions as regions
from tests.figures.drawings import Sample

WORLD = model.Parameters()
LEVELS = np.linspace(0, 1, 101)
STEPS = np.linspace(0, 1.5, 31)


def risks(cells, index):
    return pd.DataFrame({name: getattr(cells, name) for name in RISKS}, index=index)


def mapped(**rest):
    grid = model.Parameters(delta=STEPS, k0=STEPS[:, None], **rest)
    aims = ("attack", "either")
    verdicts = {aim: regions.judge(grid, aim, levels=21).verdict for aim in aims}
    return grid, regions.region(grid), verdicts


def fading(**rest):
    world, mistakes = model.Parameters(**rest), np.linspace(0, 0.5, 51)
    cells = model.solve(world, unprovoked=1, provoked=0, misattribution=mistakes)
    return risks(cells, mistakes), regions.judge(world, "either")


WORDINGS = pd.DataFrame(
    {
        "id": [
            "readout-of-lima-2001",
            "us-japan-2002",
            "fact-sheet-2002",
            "nss-2003",
            "kirby-2003",
        ],
        "year": [2001, 2002, 2002, 2003, 2003],
        "kind": ["readout", "joint statement", "fact sheet", "strategy", "spoken"],
        "about": ["change", "change", "independence", "nothing", "change"],
        "verb": ["opposes", "opposes", "does not support", "says nothing", "regrets"],
        "towards": ["both", "not said", "Taipei", "none", "both"],
    }
)

SURVEYS = pd.DataFrame(
    {
        "series": ["one", "one", "two", "three", "three", "three"],
        "start": ["2001", "2001", "2001-05", "2002", "2002", "2002"],
        "pollster": ["A university", "A university", "A foundation", *["A newspaper"] * 3],
        "question": [
            *["Is it so, and would it be so if very much else were different from today?"] * 2,
            "Is it otherwise?",
            *["Which of three?"] * 3,
        ],
        "answer": ["yes", "no", "yes", "the first of them", "the second", "none of these"],
        "qualifier": ["exact", "exact", "about", "exact", "exact", "exact"],
        "share": [58.7, 41.3, 6.0, 100.0, 0.0, 0.0],
        "status": ["reported"] * 6,
    }
)

SAMPLES = {
    "draw_cells": {
        "one half": Sample(model.solve(WORLD, unprovoked=0.5)),
        "a guess": Sample(model.solve(WORLD, unprovoked=0.5), predicted=0.4),
        "a guess of all": Sample(model.solve(WORLD, unprovoked=0), predicted=1.0),
        "always peace": Sample(model.solve(WORLD, unprovoked=1, provoked=0)),
    },
    "draw_beijing": {
        "cost of war": Sample({"default": WORLD, "war cheaper": model.Parameters(k0=0.4)}),
        "another width": Sample({"default": WORLD, "no line": model.Parameters(delta=0.0)}),
        "out of reach": Sample({"tempting": model.Parameters(k0=0.0, k1=0.1, w1=0.7)}),
    },
    "draw_curves": {
        "default": Sample(risks(model.solve(WORLD, unprovoked=LEVELS), LEVELS)),
        "nothing deters": Sample(
            risks(model.solve(model.Parameters(k0=0.0, k1=0.0, w1=0.8), unprovoked=LEVELS), LEVELS)
        ),
    },
    "draw_map": {
        "little doubt": Sample(mapped(tau=0.05)),
        "one region": Sample(mapped(k1=0.0, w0=0.4, w1=0.4, V=0.1)),
    },
    "draw_condition": {
        "default": Sample(fading()),
        "never overtaken": Sample(fading(k0=1.5)),
    },
    "draw_wordings": {
        "three years": Sample(WORDINGS),
        "one verb": Sample(WORDINGS[WORDINGS["verb"] == "opposes"]),
    },
    "draw_surveys": {"three questions": Sample(SURVEYS), "one": Sample(SURVEYS[:1])},
}
