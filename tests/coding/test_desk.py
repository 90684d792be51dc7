"""A notebook's side of the coding desk: keeping, comparing, coding again, forgetting."""

import dataclasses
import json

import pytest

from indopacific.coding import code_sentences, desks, lay_out
from indopacific.coding.desk import OUTRUN, Coding, Desk, specification, told
from indopacific.coding.result import WORDS, compared
from indopacific.coding.sheet import Pass
from indopacific.models.agreement import bootstrap, kappa
from indopacific.predictions import store
from tests.coding.sheets import OTHER, RIGHT, SHEET


@pytest.fixture(autouse=True)
def course_of_my_own(tmp_path, monkeypatch):
    for name in ("lessons", "exercises"):
        tmp_path.joinpath(name).mkdir()
    tmp_path.joinpath("nbgrader_config.py").touch()
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    store._REMEMBERED.clear()


@pytest.fixture
def sent(monkeypatch):
    sent = []
    monkeypatch.setattr(Desk, "send", lambda self, content, buffers=None: sent.append(content))
    return sent


def coding():
    return Coding(SHEET, "atlantis")


def tell(desk, request, codes=None, number=1):
    message = {"request": request, "pass": number, "codes": codes or {}}
    desk._answer(desk, message, [])


def code_and_compare(desk, codes, number=1):
    tell(desk, "keep", codes, number)
    tell(desk, "compare", codes, number)


def file(folder, number=1):
    return folder / "my-work" / "codings" / f"atlantis-{number}.json"


def test_the_key_is_not_sent_before_the_reader_compares(sent):
    desk = coding().desk
    tell(desk, "keep", RIGHT)
    shown = json.dumps([desk.spec, desk.state])
    assert all(sentence.reasoning not in shown for sentence in SHEET.sentences)
    assert "key" not in shown
    assert SHEET.caution not in shown


def test_each_code_is_kept_at_once_and_is_there_after_a_restart(sent, course_of_my_own):
    tell(coding().desk, "keep", {"a1": "PRA"})
    tell(coding().desk, "keep", {"a1": "PRA", "a4": "BLA"})
    assert sent == [{"answer": "kept", "problem": ""}] * 2
    stored = json.loads(file(course_of_my_own).read_text(encoding="utf-8"))
    assert stored["guess"] == {"a1": "PRA", "a4": "BLA"}
    again = coding()
    assert again.codes == {"a1": "PRA", "a4": "BLA"}
    assert again.desk.state["result"] is None


def test_a_code_can_be_changed_and_taken_in_any_order_until_one_compares(sent):
    desk = coding().desk
    tell(desk, "keep", {"a5": "NIL", "a1": "BLA"})
    tell(desk, "keep", {**RIGHT, "a1": "BLA"})
    tell(desk, "compare", RIGHT)
    assert desk.codes == RIGHT
    assert list(desk.codes) == list(RIGHT), "in the order of the sentences"
    tell(desk, "keep", OTHER)
    assert desk.codes == RIGHT
    assert "You have seen the answer, so your coding stays as it was." in sent[-1]["problem"]


def test_nothing_is_compared_before_every_sentence_is_coded(sent):
    desk = coding().desk
    tell(desk, "compare", {"a1": "PRA"})
    assert sent[-1]["answer"] == "failed"
    assert sent[-1]["problem"] == "This is no coding: some sentences are not coded yet."
    assert desk.state["result"] is None


@pytest.mark.parametrize(
    ("codes", "words"),
    [({"a9": "PRA"}, "there is no sentence 'a9' on this desk."),
     ({"a1": "XYZ"}, "a1: 'XYZ' is none of PRA, NIL, BLA."),
     ({"a1": ["PRA"]}, "is none of PRA"),
     (["PRA"], "codes are a mapping")],
)  # fmt: skip
def test_what_is_no_coding_is_said_and_kept_nowhere(sent, course_of_my_own, codes, words):
    desk = coding().desk
    desk._answer(desk, {"request": "keep", "pass": 1, "codes": codes}, [])
    assert sent[-1]["answer"] == "failed"
    assert words in sent[-1]["problem"]
    assert not course_of_my_own.joinpath("my-work").exists()


@pytest.mark.parametrize("message", [None, 7, {}, {"request": "burn", "pass": 1, "codes": {}}])
def test_a_message_that_is_none_is_answered_in_words(sent, message):
    desk = coding().desk
    desk._answer(desk, message, [])
    assert sent[-1]["answer"] == "failed"


def test_the_comparison_says_what_the_model_of_agreement_says(sent):
    desk = coding().desk
    code_and_compare(desk, OTHER)
    result = desk.state["result"]
    assert result["told"][0] == "You and the key give the same code to 3 of 5 sentences (60%)."
    ours, key = list(OTHER.values()), list(RIGHT.values())
    found = bootstrap(kappa, ours, key, seed=2, times=1000)
    assert f"is {kappa(ours, key).value:.2f}." in result["told"][1]
    assert f"lie from {found.low:z.2f} to {found.high:.2f}." in result["told"][1]
    assert [row["sentence"][:2] for row in result["rows"]] == ["2.", "4."]
    assert result["rows"][0]["yours"] == "NIL"
    assert result["rows"][0]["key"] == "BLA"
    assert result["rows"][0]["reasoning"] == "'opaque' is blame."
    assert result["caution"] == SHEET.caution
    assert len(result["all"]) == 1 + len(SHEET.sentences)


def test_full_agreement_is_not_called_a_proof():
    result = compared(SHEET, RIGHT)
    assert result["rows"] == []
    assert "does not show that the codebook is right" in result["told"][-1]


def test_codes_that_are_all_the_same_have_no_kappa_with_oneself_and_that_is_said():
    same = dict.fromkeys(RIGHT, "NIL")
    told_ = compared(SHEET, same, same)["told"]
    assert told_[-1] == WORDS["undefined"]
    assert "nan" not in " ".join(told_).lower()


def test_coding_again_is_compared_with_the_earlier_self(sent, course_of_my_own):
    desk = coding().desk
    code_and_compare(desk, OTHER)
    tell(desk, "again")
    assert sent[-1]["answer"] == "opened"
    assert desk.state == {"pass": 2, "codes": {}, "result": None, "fault": ""}
    code_and_compare(desk, {**RIGHT, "a1": "BLA"}, number=2)
    result = desk.state["result"]
    assert result["told"][0] == "You and the key give the same code to 4 of 5 sentences (80%)."
    assert result["told"][2].startswith(
        "In this coding and the one before, you gave the same code to 2 of 5 sentences (40%)."
    )
    assert result["all"][0] == ("Sentence", "You", "You before", "Key")
    assert file(course_of_my_own, 1).exists()
    assert file(course_of_my_own, 2).exists()
    assert coding().desk.state["pass"] == 2, "the newest is shown after a restart"


def test_one_does_not_code_again_before_one_compared(sent):
    desk = coding().desk
    tell(desk, "keep", RIGHT)
    tell(desk, "again")
    assert sent[-1]["answer"] == "failed"
    assert desk.state["pass"] == 1


def test_two_cells_show_the_same_and_the_older_view_overwrites_nothing(sent):
    one, two = coding().desk, coding().desk
    tell(one, "keep", {"a1": "PRA"})
    assert two.codes == {"a1": "PRA"}
    code_and_compare(one, OTHER)
    tell(one, "again")
    tell(one, "keep", {"a1": "BLA"}, number=2)
    assert two.state["pass"] == 2
    tell(two, "compare", RIGHT, number=1)  # pressed before the page had followed
    assert sent[-1]["problem"] == OUTRUN
    assert two.codes == {"a1": "BLA"}
    assert two.state["result"] is None


def test_forgetting_removes_every_coding(sent, course_of_my_own):
    desk = coding().desk
    code_and_compare(desk, OTHER)
    tell(desk, "again")
    code_and_compare(desk, RIGHT, number=2)
    tell(desk, "forget")
    assert sent[-1] == {"answer": "forgotten", "problem": ""}
    assert desk.state == {"pass": 1, "codes": {}, "result": None, "fault": ""}
    assert list(file(course_of_my_own).parent.iterdir()) == []


@pytest.mark.parametrize(
    "content", ["{", "", '{"version": 1, "guess": {"a9": "PRA"}, "answered": false}']
)
def test_a_torn_file_is_said_put_aside_and_costs_one_coding(sent, course_of_my_own, content):
    path = file(course_of_my_own)
    path.parent.mkdir(parents=True)
    path.write_text(content)
    desk = coding().desk
    assert "my-work/codings/atlantis-1.json" in desk.state["fault"]
    assert "You can code again" in desk.state["fault"]
    tell(desk, "keep", {"a1": "PRA"})
    assert desk.state["fault"] == ""
    assert desk.codes == {"a1": "PRA"}
    assert path.with_suffix(".unreadable").read_text() == content


def test_a_torn_second_coding_does_not_hide_that_it_was_begun(sent, course_of_my_own):
    code_and_compare(coding().desk, OTHER)
    file(course_of_my_own, 2).write_text("{")
    state = coding().desk.state
    assert state["pass"] == 2
    assert "atlantis-2.json" in state["fault"]


def test_a_folder_that_cannot_be_written_is_said_and_the_desk_goes_on(sent, course_of_my_own):
    course_of_my_own.joinpath("my-work").write_text("in the way")
    desk = coding().desk
    tell(desk, "keep", RIGHT)
    assert "Your coding is remembered until Python stops" in sent[-1]["problem"]
    tell(desk, "compare", RIGHT)
    assert desk.state["result"]["rows"] == []


def test_without_a_widget_sentences_codebook_and_folded_key_are_there(sent):
    data, _ = coding()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"] == f"{SHEET.title}\n{SHEET.about}"
    page = data["text/html"]
    before, after = page.split("<details>")
    for sentence in SHEET.sentences:
        assert sentence.reasoning not in before
        assert sentence.reasoning.split("'")[-1] in after
    assert all(code.meaning in before and code.markers in before for code in SHEET.codes)
    assert all(rule in before for rule in SHEET.rules)
    assert "harbours &lt;open&gt;." in before
    assert repr(coding()) == 'code_sentences("atlantis")'


def test_what_is_said_on_paper_is_what_is_shown():
    page = told(SHEET)
    for sentence in specification(SHEET)["sentences"]:
        assert sentence["origin"] in page
        assert all(line in page for line in sentence["context"])


def test_a_sheet_that_contradicts_itself_is_refused():
    first = SHEET.sentences[0]
    with pytest.raises(ValueError, match="give each sentence once"):
        dataclasses.replace(SHEET, sentences=(first, first))
    with pytest.raises(ValueError, match="the key of 'a1' is no code"):
        dataclasses.replace(SHEET, sentences=(dataclasses.replace(first, key="XYZ"),))
    many = tuple(dataclasses.replace(SHEET.codes[0], code=f"C{n}") for n in range(10))
    with pytest.raises(ValueError, match="at most 9 codes"):
        dataclasses.replace(SHEET, codes=many)
    with pytest.raises(ValueError, match="at least one"):
        dataclasses.replace(SHEET, sentences=())


def test_a_coding_names_its_file_and_itself():
    assert Pass(SHEET, 3).id == "atlantis-3"
    assert Pass(SHEET, 3).asks == "What Lemuria says of Atlantis, coding 3"


def test_an_unknown_desk_or_set_names_the_nearest():
    with pytest.raises(ValueError, match=r"no coding desk 'langage'\. Did you mean 'language'"):
        code_sentences("langage")
    with pytest.raises(ValueError, match=r"set of sentences 'border'\. .*twelve, borderline"):
        lay_out("language", "border")
    assert desks() == ["language"]
