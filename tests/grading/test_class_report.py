"""A class's report counts what happened; its marks reach a platform as text, never as formulas."""

import csv
import io
import json

import pytest

from indopacific.grading.class_report import FEWEST, class_report, render, write_report
from indopacific.grading.contract import Marked
from indopacific.grading.exports import canvas, csv_text, moodle, plain, safe, write_csv
from indopacific.grading.feedback import ByHand, feedback
from indopacific.grading.results import StudentResult
from tests.grading.practice import ARGUMENT, EXERCISE, QUESTIONS, TOTAL, item_id
from tests.grading.test_feedback import HOSTILE, WRONG, assert_harmless, result


def student(name, *, share=0.0, by_hand=None, message="", **who):
    """Return a student who has this share of the marks of every item."""
    marked = result()
    for item in marked["items"]:
        if item["state"] != "by hand":
            item["earned"] = share * item["points"]
            item["state"] = "right" if share == 1 else "partly" if share else "wrong"
            item["message"] = message
    marks = {} if by_hand is None else {ARGUMENT: ByHand(by_hand, True)}
    sheet = feedback(marked, student=name, title="Practice", by_hand=marks)
    return StudentResult(name, status="marked", feedback=sheet, **who)


REFUSED = StudentResult(
    "ref",
    status="refused",
    feedback=feedback(
        Marked(EXERCISE, "refused", notes=("The file is empty.",)).as_dict(), student="ref"
    ),
)
CLASS = (
    student("ana", share=1, by_hand=3.0, first_name="Ana", last_name="Lee", email="a@uni.example"),
    student("ben", share=0.5),
    student("cem", share=0, by_hand=0.0, message=WRONG),
    REFUSED,
    StudentResult("dan", status="waiting"),
    StudentResult("eve"),
)


def test_items_are_counted():
    report = class_report(EXERCISE, CLASS)
    first = report.items[0]
    assert (first.judged, first.right, first.partly, first.wrong) == (3, 1, 1, 1)
    assert first.mean == pytest.approx(0.5)
    assert first.separates is None
    essay = report.items[-1]
    assert (essay.judged, essay.right, essay.wrong) == (2, 1, 1)


def test_a_misconception_is_counted_by_its_name():
    report = class_report(EXERCISE, [*CLASS, student("fay", message=WRONG)])
    named = {(m.item, m.name): m.students for m in report.misconceptions}
    assert named[item_id(1), "That is Russia's share."] == 2
    assert report.misconceptions[0].students == max(named.values())


def test_an_item_that_separates_is_told_from_one_that_does_not():
    students = [student(f"s{n}", share=n / FEWEST, by_hand=float(n % 2)) for n in range(FEWEST)]
    report = class_report(EXERCISE, students)
    assert report.items[0].separates > 0.9
    assert abs(report.items[-1].separates) < 0.5


def test_a_class_without_results_is_a_page_too(tmp_path):
    report = class_report(EXERCISE, [StudentResult("eve")])
    assert "Nothing has been graded yet." in render(report)
    assert "Nothing has been graded yet." in render(class_report(EXERCISE, []))


def test_page_tables_and_data_say_the_same(tmp_path):
    report = class_report(EXERCISE, CLASS)
    files = {path.name: path.read_text("utf-8") for path in write_report(report, tmp_path)}
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(files)
    data = json.loads(files[f"{EXERCISE}.json"])
    items = list(csv.DictReader(io.StringIO(files[f"{EXERCISE}-items.csv"])))
    assert [i["id"] for i in items] == [i["id"] for i in data["items"]]
    assert len(items) == len(QUESTIONS) + 1
    students = {
        r["student"]: r for r in csv.DictReader(io.StringIO(files[f"{EXERCISE}-students.csv"]))
    }
    assert students["ana"]["earned"] == str(TOTAL)
    assert students["ref"]["notes"] == "The file is empty."
    page = files[f"{EXERCISE}.html"]
    for words in ("5 of 6 students have handed in", "could not be marked", "not handed in"):
        assert words in page
    assert "That is Russia&#x27;s share." in page


@pytest.mark.parametrize("text", HOSTILE)
def test_no_students_text_becomes_markup_in_the_report(text):
    marked = result(repairs=[text], notes=[text])
    marked["items"][0] |= {"message": f"Probably: {text}", "title": text}
    found = StudentResult(
        text, first_name=text, status="marked", feedback=feedback(marked, student=text)
    )
    assert_harmless(render(class_report(EXERCISE, [found])), also={"svg", "rect"})


# --- Marks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "|calc", "%x", "＝1"],
)
def test_no_text_is_taken_for_a_formula(text):
    assert safe(text).startswith("'")
    assert "\n" not in safe(text)
    assert "\t" not in safe(text)


@pytest.mark.parametrize("text", ["ana", "Lee, Ana", 'O"Hara', "王小明", "a@uni.example", ""])
def test_an_honest_text_stays_as_it_is(text):
    assert safe(text) == text


def rows(made):
    return list(csv.reader(io.StringIO(csv_text(made))))


def test_canvas_gets_whole_marks_only():
    table, notes = canvas({EXERCISE: CLASS})
    header, possible, *lines = rows(table)
    assert header == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", EXERCISE]
    assert possible[0] == "    Points Possible"
    assert possible[-1] == str(TOTAL)
    marks = {line[3]: line[-1] for line in lines}
    assert marks == {"ana": str(TOTAL), "ben": "", "cem": "0", "ref": "", "dan": "", "eve": ""}
    assert lines[0][0] == "Lee, Ana"
    assert notes == [
        f"ben, {EXERCISE}: waits for a person; the field is left empty.",
        f"ref, {EXERCISE}: was refused; the field is left empty.",
    ]


def test_canvas_numbers_come_from_the_intake():
    one = student("ana", share=1, by_hand=3.0, platform="canvas", number="4321")
    other = student("ben", share=1, by_hand=3.0, platform="moodle", number="7")
    lines = rows(canvas({EXERCISE: [one, other]})[0])[2:]
    assert [line[1] for line in lines] == ["4321", ""]


def test_moodle_has_a_column_for_each_exercise():
    table, _ = moodle({EXERCISE: CLASS, "02-other": CLASS[:1]})
    header, ana, ben, *_ = rows(table)
    assert header == ["Username", "First name", "Last name", "Email address", EXERCISE, "02-other"]
    assert ana == ["ana", "Ana", "Lee", "a@uni.example", str(TOTAL), str(TOTAL)]
    assert ben[-2:] == ["", ""]


def test_the_plain_table_has_everything_and_survives_a_comma():
    odd = student("x", share=1, last_name='Lee, "A"\nB', first_name="=cmd")
    lines = rows(plain({EXERCISE: [odd, *CLASS]})[0])
    assert {len(line) for line in lines} == {len(lines[0])}
    one = dict(zip(lines[0], lines[1], strict=True))
    assert one["last_name"] == 'Lee, "A" B'
    assert one["first_name"] == "'=cmd"
    assert float(one["score"]) == TOTAL - 3
    assert one["waiting"] == "3"


def test_a_table_is_written_whole(tmp_path):
    write_csv(tmp_path / "marks.csv", [["a", "b"]])
    assert (tmp_path / "marks.csv").read_bytes() == b'"a","b"\r\n'
    assert [p.name for p in tmp_path.iterdir()] == ["marks.csv"]
