"""What an instructor reads about a class: items, misconceptions, where each student is."""

from __future__ import annotations

import dataclasses
import json
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .exports import csv_text, safe
from .feedback import ItemFeedback, number
from .pages.html import Markup, document, join, table, tag, text
from .results import StudentResult

#: A correlation of fewer students than this says nothing.
FEWEST = 10
MOST_MISCONCEPTIONS = 15


@dataclass(frozen=True)
class ItemReport:
    """How a class did on one item.

    Attributes
    ----------
    id, title : str
    points : float
    judged : int
        Students whose work has a mark.
    right, partly, wrong, unanswered, broken : int
        Of these.
    mean : float or None
        Mean share of the points; None if nobody has a mark.
    separates : float or None
        Correlation of this item's marks with those of all others: near zero or below, the item
        does not tell strong from weak. None for a small class.
    """

    id: str
    title: str
    points: float
    judged: int
    right: int
    partly: int
    wrong: int
    unanswered: int
    broken: int
    mean: float | None
    separates: float | None


@dataclass(frozen=True)
class Misconception:
    """What a check has recognised behind wrong answers.

    Attributes
    ----------
    item, title, name : str
    students : int
    """

    item: str
    title: str
    name: str
    students: int


@dataclass(frozen=True)
class ClassReport:
    """A class on one exercise."""

    exercise: str
    title: str
    items: tuple[ItemReport, ...]
    misconceptions: tuple[Misconception, ...]
    students: tuple[StudentResult, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as data that `json.dumps` accepts."""
        return {
            "exercise": self.exercise,
            "title": self.title,
            "items": [dataclasses.asdict(item) for item in self.items],
            "misconceptions": [dataclasses.asdict(one) for one in self.misconceptions],
            "students": [
                {
                    "student": s.student,
                    "name": s.name,
                    "status": s.status,
                    "earned": s.feedback.earned if s.feedback else None,
                    "waiting": s.feedback.waiting if s.feedback else None,
                    "points": s.feedback.points if s.feedback else None,
                    "repairs": list(s.feedback.repairs) if s.feedback else [],
                    "notes": list(s.feedback.notes) if s.feedback else [],
                }
                for s in self.students
            ],
        }


def class_report(exercise: str, students: Sequence[StudentResult]) -> ClassReport:
    """Count what a class has done.

    Parameters
    ----------
    exercise : str
    students : sequence of StudentResult
    """
    sheets = [s.feedback for s in students if s.feedback is not None and s.feedback.items]
    first = sheets[0] if sheets else None
    found: Counter[tuple[str, str, str]] = Counter()
    for sheet in sheets:
        for item in sheet.items:
            if item.explained.probably:
                found[item.id, item.title, item.explained.probably] += 1
    return ClassReport(
        exercise=exercise,
        title=first.title if first else exercise,
        items=tuple(
            _item(item, [{i.id: i for i in sheet.items} for sheet in sheets])
            for item in (first.items if first else ())
        ),
        misconceptions=tuple(
            Misconception(*key, students=count)
            for key, count in found.most_common(MOST_MISCONCEPTIONS)
        ),
        students=tuple(students),
    )


def _item(item: ItemFeedback, sheets: Sequence[dict[str, ItemFeedback]]) -> ItemReport:
    here = [(sheet[item.id], sheet) for sheet in sheets if item.id in sheet]
    judged = [(mine, sheet) for mine, sheet in here if mine.earned is not None]
    shares = [(mine.earned or 0.0) / (mine.points or 1.0) for mine, _ in judged]
    states = Counter(_outcome(mine) for mine, _ in judged)
    others = [
        sum(i.earned or 0.0 for i in sheet.values() if i.id != item.id) for _, sheet in judged
    ]
    return ItemReport(
        id=item.id,
        title=item.title,
        points=item.points,
        judged=len(judged),
        right=states["right"],
        partly=states["partly"],
        wrong=states["wrong"],
        unanswered=states["unanswered"],
        broken=states["broken"],
        mean=statistics.fmean(shares) if shares else None,
        separates=_correlation(shares, others),
    )


def _outcome(item: ItemFeedback) -> str:
    if item.state in ("unanswered", "broken") and not item.earned:
        return item.state
    share = (item.earned or 0.0) / (item.points or 1.0)
    return "right" if share >= 1 else "partly" if share > 0 else "wrong"


def _correlation(shares: Sequence[float], others: Sequence[float]) -> float | None:
    if len(shares) < FEWEST or len(set(shares)) < 2 or len(set(others)) < 2:
        return None
    return statistics.correlation(shares, others)


# --- Writing -------------------------------------------------------------------------------------


def write_report(report: ClassReport, folder: Path) -> list[Path]:
    """Write page, tables and data; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    data = json.dumps(report.as_dict(), ensure_ascii=False, indent=1)
    contents = {
        f"{report.exercise}.html": render(report),
        f"{report.exercise}.json": data,
        f"{report.exercise}-items.csv": csv_text(_item_rows(report)),
        f"{report.exercise}-students.csv": csv_text(_student_rows(report)),
    }
    for name, content in contents.items():
        beside = folder / f".{name}.new"
        beside.write_bytes(content.encode("utf-8", "replace"))
        beside.replace(folder / name)
    return [folder / name for name in contents]


def _item_rows(report: ClassReport) -> list[list[str]]:
    names = [field.name for field in dataclasses.fields(ItemReport)]
    rows = [[_plain(getattr(item, name)) for name in names] for item in report.items]
    return [names, *rows]


def _student_rows(report: ClassReport) -> list[list[str]]:
    rows = [["student", "name", "status", "earned", "waiting", "points", "repairs", "notes"]]
    for one in report.as_dict()["students"]:
        listed = [_plain(one[key]) for key in rows[0][:6]]
        rows.append([*listed, safe(" ".join(one["repairs"])), safe(" ".join(one["notes"]))])
    return rows


def _plain(value: object) -> str:
    if isinstance(value, float):
        return number(value)
    return "" if value is None else safe(str(value))


def render(report: ClassReport) -> str:
    """Write the class's page."""
    graded = [s for s in report.students if s.feedback is not None and s.feedback.items]
    handed_in = [s for s in report.students if s.status != "nothing"]
    totals = [s.feedback.earned for s in graded if s.feedback and not s.feedback.waiting]
    told = [f"{len(handed_in)} of {len(report.students)} students have handed in."]
    told.append(f"{len(graded)} are graded.")
    if totals and graded[0].feedback:
        told.append(
            f"Median of the {len(totals)} who wait for no person: "
            f"{number(statistics.median(totals))} of {number(graded[0].feedback.points)} points."
        )
    return document(
        f"{report.title}: the class",
        tag("h1", report.title),
        tag("p", "Report on the class", class_="quiet"),
        tag("p", " ".join(told), class_="total"),
        _items(report),
        _misconceptions(report),
        _students(report),
        wide=True,
    )


def _items(report: ClassReport) -> Markup:
    if not report.items:
        return tag("p", "Nothing has been graded yet.")
    rows = [
        (
            item.title,
            number(item.points),
            str(item.judged),
            _bar(item.right / item.judged) if item.judged else "",
            f"{item.right / item.judged:.0%}" if item.judged else "–",
            "–" if item.mean is None else f"{item.mean:.0%}",
            str(item.unanswered),
            str(item.broken),
            "–" if item.separates is None else f"{item.separates:.2f}",
        )
        for item in sorted(report.items, key=lambda i: i.right / (i.judged or 1))
    ]
    names = (
        "Task",
        "#Points",
        "#Marked",
        "Share",
        "#All right",
        "#Mean",
        "#Blank",
        "#Broken",
        "#Separates",
    )
    return join(
        [
            tag("h2", "Tasks, the hardest first"),
            table(
                "Share of students who have a task all right, and mean share of its points",
                names,
                rows,
            ),
            tag(
                "p",
                "“Broken” could not be judged. “Separates” is the correlation of a task's marks "
                f"with those of all other tasks, for {FEWEST} students or more; near zero or "
                "below, look at the task.",
                class_="quiet",
            ),
        ]
    )


def _bar(share: float) -> Markup:
    """Draw a share; the number stands beside it."""
    width = f"{100 * share:.1f}"
    return tag(
        "span",
        Markup(
            '<svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
            f'<rect width="{text(width)}" height="1"/></svg>'
        ),
        class_="bar",
    )


def _misconceptions(report: ClassReport) -> Markup:
    if not report.misconceptions:
        return Markup("")
    rows = [(m.name, m.title, str(m.students)) for m in report.misconceptions]
    return join(
        [
            tag("h2", "Common misconceptions"),
            table(
                "What checks have recognised behind wrong answers",
                ("Misconception", "Task", "#Students"),
                rows,
            ),
        ]
    )


_WORDS = {
    "marked": "marked",
    "stopped": "marked in part: the run ended early",
    "refused": "could not be marked",
    "waiting": "handed in, not graded",
    "nothing": "not handed in",
}


def _students(report: ClassReport) -> Markup:
    rows = []
    for one in report.students:
        sheet = one.feedback
        words = _WORDS.get(one.status, one.status)
        if sheet and sheet.waiting:
            words += f"; {number(sheet.waiting)} points wait for a person"
        notes = [*sheet.repairs, *sheet.notes] if sheet else []
        rows.append(
            (
                one.student,
                one.name if one.name != one.student else "",
                tag(
                    "span",
                    words,
                    class_=one.status if one.status in ("refused", "stopped") else None,
                ),
                f"{number(sheet.earned)} of {number(sheet.points)}"
                if sheet and sheet.items
                else "–",
                join(tag("p", note) for note in notes[:5]),
            )
        )
    return join(
        [
            tag("h2", "Students"),
            table(
                "Where each student is",
                ("Student", "Name", "State", "#Points", "Repairs and notes"),
                rows,
            ),
        ]
    )
