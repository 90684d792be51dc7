"""Every explorer's configuration, at every extreme of every control."""

import importlib
import itertools
import re
import subprocess
import sys

import pytest

from indopacific import explorers
from indopacific.explorers import static
from indopacific.explorers.definition import Engine, Explorer, Preset
from indopacific.explorers.face import specification
from indopacific.figures.composite import draw_index
from indopacific.models.alignment import AlignmentParameters, composite_index
from indopacific.models.parameters import Real, declared

ALL = [explorers.find(name) for name in explorers.names()]
each_explorer = pytest.mark.parametrize("explorer", ALL, ids=lambda explorer: explorer.name)


def extremes(declaration):
    if isinstance(declaration, Real):
        return (declaration.low, declaration.high)
    return declaration.options


@each_explorer
def test_every_extreme_of_every_control_gives_a_picture_with_words(explorer):
    engine = Engine(explorer)
    alone = [
        {each.name: value} for each in declared(explorer.parameters) for value in extremes(each)
    ]
    ends = itertools.product(*(extremes(each)[:: max(1, len(extremes(each)) - 1)]
                               for each in declared(explorer.parameters)))  # fmt: skip
    corners = [
        dict(zip([each.name for each in declared(explorer.parameters)], end, strict=True))
        for end in itertools.islice(ends, 0, None, 17)
    ]
    for values in [*alone, *corners]:
        picture = engine.picture(values)
        assert picture.png.startswith(b"\x89PNG")
        assert picture.words.title
        assert "nan" not in picture.words.alt.lower().split()
        assert len(picture.words.rows()) > 1


@each_explorer
def test_every_control_changes_what_is_shown(explorer):
    engine = Engine(explorer)
    backgrounds = [{}, *(preset.values for preset in explorer.presets)]
    for each in declared(explorer.parameters):
        seen = [
            {engine.picture({**background, each.name: value}).png for value in extremes(each)}
            for background in backgrounds
        ]
        assert any(len(pictures) > 1 for pictures in seen), each.name


@each_explorer
def test_presets_differ_and_say_why_one_would_look(explorer):
    settings = [tuple(explorer.setting(preset.values).items()) for preset in explorer.presets]
    assert len(set(settings)) == len(settings) >= 3
    assert all(preset.meaning.endswith(".") for preset in explorer.presets)
    assert explorer.limits


@each_explorer
def test_the_call_of_a_setting_leads_back_to_it(explorer):
    for preset in explorer.presets:
        setting = explorer.setting(preset.values)
        opened = eval(explorer.call(setting), {"explore": explorers.explore})
        assert opened.values == setting


@each_explorer
def test_nothing_is_called_a_source_that_is_none(explorer):
    spec = specification(explorer, explorer.setting({}))
    said = [control["source"] for control in spec["controls"]]
    assert all(re.fullmatch(r"(Source: .+|It starts at .+: our choice, .+)\.", one) for one in said)
    assert not [one for one in said if "illustrative" in one.lower()]


# ---------------------------------------------------------------- how explorers are found


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A second place in which explorers are looked for."""
    monkeypatch.setattr(explorers, "__path__", [*explorers.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


DECLARATION = """
from dataclasses import replace
from indopacific.explorers.alignment import EXPLORER as other

EXPLORER = replace(other, name={name!r})
"""


def test_a_lesson_may_have_a_second_explorer(folder):
    (folder / "alignment_play.py").write_text(DECLARATION.format(name="alignment_play"))
    assert {"alignment", "alignment_play"} <= set(explorers.names())
    assert explorers.explore("alignment_play", trade=0.1).values["trade"] == 0.1


def test_a_helper_module_is_no_explorer_and_does_no_harm(folder):
    (folder / "helper.py").write_text("raise RuntimeError('only who needs me imports me')\n")
    (folder / "reader.py").write_text("from indopacific.explorers.alignment import EXPLORER\n")
    assert not {"helper", "reader"} & set(explorers.names())
    assert explorers.find("alignment").name == "alignment"


def test_an_explorer_has_the_name_of_its_module(folder):
    (folder / "alignment_play.py").write_text(DECLARATION.format(name="alignment"))
    with pytest.raises(ValueError, match=r"explorers/alignment_play.py calls its explorer"):
        explorers.find("alignment_play")


def test_the_list_of_explorers_imports_none_of_them():
    code = (
        "import sys, indopacific.explorers as e; names = e.names(); "
        "assert 'alignment' in names, names; "
        "print([m for m in sys.modules if m.startswith('indopacific.') and m != e.__name__])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


# ---------------------------------------------------------------- engine and configuration


def test_an_engine_remembers_what_it_painted():
    engine = Engine(explorers.find("alignment"))
    assert engine.picture({"trade": 0.25}) is engine.picture({"trade": 0.25})


def test_the_lead_slider_goes_from_its_low_end_to_its_high_one():
    grid = Engine(explorers.find("alignment")).lead_grid()
    assert (grid[0], grid[70], grid[-1], len(grid)) == (0.0, 0.7, 1.0, 101)


def test_unknown_names_bring_the_nearest():
    with pytest.raises(ValueError, match="no explorer 'alignmet'. Did you mean 'alignment'"):
        explorers.explore("alignmet")
    with pytest.raises(ValueError, match="no parameter 'weight_of_trade'"):
        explorers.explore("alignment", weight_of_trade=1)
    with pytest.raises(ValueError, match="trade must lie from 0 to 1; got 2"):
        explorers.explore("alignment", trade=2)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"lead": "normaliser"}, "lead parameter 'normaliser' must be a number"),
        ({"lead": "trde"}, "no parameter 'trde'. Did you mean 'trade'"),
        ({"presets": (Preset(label="x", values={"arms": 7}, meaning=""),)}, "arms must lie"),
    ],
)
def test_a_wrong_configuration_is_refused_when_it_is_made(wrong, said):
    right = dict(
        name="x", title="x", question="x", parameters=AlignmentParameters, lead="trade",
        evaluate=composite_index, draw=draw_index, presets=(), limits=(),
    )  # fmt: skip
    with pytest.raises(ValueError, match=said):
        Explorer(**{**right, **wrong})


@each_explorer
def test_a_page_carries_few_enough_pictures(explorer):
    lead = explorer.declaration(explorer.lead)
    between = float(lead.low + 0.37 * (lead.high - lead.low))
    for opening in (lead.default, between):
        stops = static._stops(
            explorer, Engine(explorer), explorer.setting({explorer.lead: opening})
        )
        assert len(stops) * (1 + len(explorer.presets)) <= 260
        assert opening in stops, "a setting that can be shown has its own picture"
