"""Every broken notebook of the corpus gives its answers, or is refused in words."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific.exercises.questions import role
from indopacific.grading.contract import CannotMark
from indopacific.grading.intake import mend, read_notebook
from tests.grading.broken import ANSWERS, CORPUS, KNOWN, WHOLE, Broken


def test_the_corpus_is_large_and_has_no_name_twice():
    names = [broken.name for broken in CORPUS]
    assert len(set(names)) == len(names) >= 20


@pytest.mark.parametrize("broken", CORPUS, ids=lambda broken: broken.name)
def test_a_broken_notebook_gives_its_answers_or_is_refused_in_words(broken: Broken):
    if broken.saved is None:
        with pytest.raises(CannotMark, match=broken.said):
            mend(broken.data, KNOWN)
        return
    cells, notes = mend(broken.data, KNOWN)
    found = {c.known.role.id: c.source for c in cells if c.known and c.known.learners}
    stubs = {k.role.id: k.source for k in KNOWN}
    written = {name: source for name, source in found.items() if source not in ("", stubs[name])}
    assert {k: v.rstrip() for k, v in written.items()} == {
        k: v.rstrip() for k, v in broken.saved.items()
    }
    graded = [c.known for c in cells if c.known and c.known.role.grade]
    assert graded == [k for k in KNOWN if k.role.grade]
    assert broken.said in " ".join(notes)
    assert (notes == []) == (broken.said == "")


@given(st.integers(0, len(WHOLE.encode())))
def test_law_of_a_file_cut_off_anywhere_every_whole_answer_is_saved(length):
    data = WHOLE.encode()[:length]
    try:
        cells, _ = mend(data, KNOWN)
    except CannotMark:
        assert '"cells": [' not in data.decode("utf-8", "ignore") or len(data) < 2_000
        return
    saved = {c.known.role.id: c.source for c in cells if c.known and c.number}
    whole = read_notebook(data).cells
    assert {k: v for k, v in saved.items() if k in ANSWERS} == {
        role(c).id: c["source"] for c in whole if role(c).id in ANSWERS
    }


@given(st.binary(max_size=300), st.integers(0, 5000), st.integers(0, 300))
def test_law_whatever_bytes_stand_in_a_file_it_is_read_or_refused(bytes_, at, over):
    data = WHOLE.encode()
    for broken in (bytes_, data[:at] + bytes_ + data[at + over :]):
        with contextlib.suppress(CannotMark):
            cells, notes = mend(broken, KNOWN)
            graded = [c.known for c in cells if c.known and c.known.role.grade]
            assert graded == [k for k in KNOWN if k.role.grade]
            assert all("\n" not in note for note in notes)
