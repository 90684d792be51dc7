"""A setting as evidence: read from its call, made again through its model, never run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific import evidence
from indopacific.explorers import find, names
from indopacific.explorers.evidence import NoEvidence, fault, setting, words
from indopacific.models.parameters import Real, declared


@pytest.mark.parametrize("name", names())
def test_every_explorer_can_be_cited_at_every_preset_from_what_its_table_shows(name):
    explorer = find(name)
    for preset in explorer.presets:
        call = explorer.call(explorer.setting(preset.values))
        table = words(call).table
        row = next(
            place
            for place in table.itertuples(index=False)
            if any(str(cell).replace(".", "", 1).lstrip("-").isdigit() for cell in place[1:])
        )
        number = next(
            float(cell) for cell in row[1:] if str(cell).replace(".", "", 1).lstrip("-").isdigit()
        )
        assert fault(call, str(row[0]), number) == "", (call, row)
        assert "not 123456" in fault(call, str(row[0]), 123456)


@pytest.mark.parametrize("name", names())
def test_what_copy_as_code_writes_is_read_back(name):
    explorer = find(name)
    for preset in explorer.presets:
        whole = explorer.setting(preset.values)
        again, values = setting(explorer.call(whole))
        assert again is explorer
        assert again.setting(values) == whole


@given(st.text(max_size=60))
def test_no_text_is_run_or_breaks_anything(text):
    assert fault(text, "An attack", 0.5) != ""
    assert fault(f"explore({text})", "An attack", 0.5) != ""


def test_a_call_is_read_and_never_run(tmp_path):
    marker = tmp_path / "ran"
    with pytest.raises(NoEvidence, match="neither a number nor a text"):
        setting(f'explore("ambiguity", k0=open({str(marker)!r}, "w").write("x"))')
    with pytest.raises(NoEvidence, match="no call of explore"):
        setting(f'open({str(marker)!r}, "w")')
    assert not marker.exists()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('explore("ambiguty", k0=0.1)', "Did you mean 'ambiguity'?"),
        ('explore("ambiguity", k9=0.1)', "There is no parameter 'k9'"),
        ('explore("ambiguity", k0=99)', "k0"),
        ("explore(3)", "names one explorer first"),
        ('explore("ambiguity", **{"k0": 0.1})', "There is no parameter 'None'"),
        ("explore('ambiguity'", "cannot be read"),
    ],
)
def test_what_is_wrong_with_a_call_is_said(call, said):
    with pytest.raises(NoEvidence, match=said.replace("?", r"\?").replace("(", r"\(")):
        setting(call)


CALL = 'explore("ambiguity", k0=0.3, level=1.0)'


@pytest.mark.parametrize(
    ("number", "stands"),
    [(0.35, True), (0.348, True), (0.3482, True), (0.34, False), (0.36, False), (0.4, False)],
)
def test_a_number_stands_if_it_rounds_to_what_is_shown(number, stands):
    assert (fault(CALL, "An attack", number) == "") == stands


def test_the_rows_that_a_text_can_cite_are_shown_with_their_call():
    shown = evidence(CALL).data
    assert "An attack" in shown
    assert "0.35" in shown
    assert "explore(&quot;ambiguity&quot;, k0=0.3, level=1.0)" in shown


def test_every_number_of_a_setting_can_be_left_at_its_default_or_written_out():
    explorer = find("ambiguity")
    real = next(d for d in declared(explorer.parameters) if isinstance(d, Real))
    call = f'explore("ambiguity", {real.name}={real.default})'
    assert words(call).title == words('explore("ambiguity")').title
