"""Every explorer's configuration, at every extreme of every control."""

import itertools

import pytest

from indopacific import explorers
from indopacific.explorers.definition import Engine, Explorer, Preset
from indopacific.figures.alignment import draw_index
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


def test_an_engine_remembers_what_it_painted():
    engine = Engine(explorers.find("alignment"))
    assert engine.picture({"trade": 0.25}) is engine.picture({"trade": 0.25})


def test_a_frame_is_the_picture_at_a_step_of_the_lead_slider():
    engine = Engine(explorers.find("alignment"))
    assert engine.frame({"votes": 0.3}, 70) is engine.picture({"votes": 0.3, "trade": 0.7})
    with pytest.raises(ValueError, match="steps 0 to 100; got 101"):
        engine.frame({}, 101)


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
