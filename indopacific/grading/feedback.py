"""What a student reads about the marks: as data, and as one static page.

It says for each item what was earned, what was expected and what came, a hint, the rubric and the
instructor's comment. It never holds a test or a right answer: only words that a check has said to
the student, the student's own work, and what the task itself shows.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..exercises.questions import role, text_of
from .pages.html import Markup, document, join, picture, table, tag, text

MOST_SOURCE = 20_000
MOST_OUTPUT = 3_000
MOST_PICTURES = 3

STATES = {
    "right": ("✓", "right"),
    "partly": ("◐", "partly right"),
    "wrong": ("✗", "not right yet"),
    "unanswered": ("○", "not answered"),
    "by hand": ("…", "waits for a person"),
    "marked": ("•", "marked by a person"),
    "broken": ("!", "could not be judged"),
}

# A check's first line, which says no more than the state that stands above it.
_STATES_SAID = ("not right yet.", "not answered yet.")


@dataclass(frozen=True)
class ByHand:
    """What a person gave to one item.

    Attributes
    ----------
    score : float or None
        Marks that stand in the gradebook for this item; None if a person has yet to give them.
    manual : bool
        Whether a person gave them.
    comment : str
    """

    score: float | None = None
    manual: bool = False
    comment: str = ""


@dataclass(frozen=True)
class Explained:
    """A check's message in its parts.

    Attributes
    ----------
    said : tuple of str
        What is neither of the following.
    expected, came, probably, look_again : str
        Empty if the check did not say so.
    """

    said: tuple[str, ...] = ()
    expected: str = ""
    came: str = ""
    probably: str = ""
    look_again: str = ""


@dataclass(frozen=True)
class ItemFeedback:
    """What a student reads about one item.

    Attributes
    ----------
    id, title : str
    earned : float or None
    points : float
    state : str
        A key of `STATES`.
    explained : Explained
    hint : str
    rubric : tuple of tuple of str
        The rubric's rows; the first is its header.
    comment : str
    answer : str
        The student's own source.
    is_code : bool
    outputs : tuple of str
        What the answer put out, as text.
    pictures : tuple of str
        Its pictures, drawn anew, as data URIs.
    """

    id: str
    title: str
    earned: float | None
    points: float
    state: str
    explained: Explained = Explained()
    hint: str = ""
    rubric: tuple[tuple[str, ...], ...] = ()
    comment: str = ""
    answer: str = ""
    is_code: bool = False
    outputs: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feedback:
    """What a student reads.

    Attributes
    ----------
    student, title, exercise : str
    status : str
        "marked", "stopped" or "refused".
    items : tuple of ItemFeedback
    repairs, notes, faults : tuple of str
    penalty : float
        Marks taken off because it came late.
    """

    student: str
    title: str
    exercise: str
    status: str
    items: tuple[ItemFeedback, ...] = ()
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    penalty: float = 0.0

    @property
    def earned(self) -> float:
        """Marks so far, less the penalty."""
        return max(0.0, sum(i.earned for i in self.items if i.earned is not None) - self.penalty)

    @property
    def points(self) -> float:
        """Points of all items."""
        return sum(item.points for item in self.items)

    @property
    def waiting(self) -> float:
        """Points that a person has yet to give or refuse."""
        return sum(item.points for item in self.items if item.earned is None)

    def as_dict(self) -> dict[str, Any]:
        """Return it as data that `json.dumps` accepts; without the pictures."""
        own = dataclasses.asdict(self)
        for item in own["items"]:
            item["pictures"] = len(item["pictures"])
        return own | {"earned": self.earned, "points": self.points, "waiting": self.waiting}


def feedback(
    marked: Mapping[str, Any],
    *,
    student: str,
    title: str = "",
    cells: Sequence[Mapping[str, Any]] = (),
    by_hand: Mapping[str, ByHand] | None = None,
    penalty: float = 0.0,
) -> Feedback:
    """Put together what a student reads.

    Parameters
    ----------
    marked : mapping
        The result of grading, as `Marked.as_dict` returns it.
    student : str
    title : str, optional
        The page's heading; the exercise's name otherwise.
    cells : sequence of notebook cells, optional
        The notebook as it was run, for the student's own answers.
    by_hand : mapping of str to ByHand, optional
        What the gradebook says of each item, by id; it outweighs the result.
    penalty : float
    """
    by_hand = by_hand or {}
    answers = {role(c).id: c for c in cells if role(c).solution}
    return Feedback(
        student=student,
        title=title or marked["exercise"],
        exercise=marked["exercise"],
        status=marked["status"],
        items=tuple(
            _item(item, answers.get(item["id"]), by_hand.get(item["id"]))
            for item in marked["items"]
        ),
        repairs=tuple(marked["repairs"]),
        notes=tuple(marked["notes"]),
        faults=tuple(_fault(fault) for fault in marked["faults"]),
        penalty=penalty,
    )


def page(marked: Mapping[str, Any], *, student: str, title: str = "", **more: Any) -> str:
    """Return the page of a result; the parameters are those of `feedback`."""
    return render(feedback(marked, student=student, title=title, **more))


def explained(item: str, message: str) -> Explained:
    """Take a check's message apart."""
    # A check breaks its lines for a terminal, and sets in what goes on.
    lines = re.sub(r"\n {2,}(?=\S)", " ", message).splitlines()
    parts = {"Expected: ": "", "Came: ": "", "Probably: ": "", "Look again at: ": ""}
    said = []
    for line in lines:
        line = line.removeprefix(f"{item}: ")
        start = next((p for p in parts if line.startswith(p) and not parts[p]), "")
        if start:
            parts[start] = line.removeprefix(start)
        elif line.strip() and not line.lstrip().startswith("|") and line not in _STATES_SAID:
            said.append(line)
    return Explained(tuple(said), *parts.values())


def _item(
    item: Mapping[str, Any], answer: Mapping[str, Any] | None, mine: ByHand | None
) -> ItemFeedback:
    told = explained(item["id"], item["message"])
    earned, state = item["earned"], item["state"]
    if mine is not None and (mine.manual or mine.score is not None):
        earned, state = mine.score, "marked" if mine.manual else state
    is_code = answer is not None and answer.get("cell_type") == "code"
    outputs, pictures = _outputs(answer or {})
    return ItemFeedback(
        id=item["id"],
        title=item["title"],
        earned=earned,
        points=item["points"],
        state=state if state in STATES else "broken",
        explained=dataclasses.replace(
            told, look_again=told.look_again or item.get("look_again", "")
        ),
        hint=item.get("hint", ""),
        rubric=_rubric(item["message"]),
        comment=mine.comment if mine is not None else "",
        answer=_cut(text_of(answer), MOST_SOURCE) if answer is not None else "",
        is_code=is_code,
        outputs=outputs,
        pictures=pictures,
    )


def _rubric(message: str) -> tuple[tuple[str, ...], ...]:
    """Read the table of a task that a person marks."""
    rows = [line.strip() for line in message.splitlines() if line.strip().startswith("|")]
    cells = [tuple(c.strip() for c in row.strip("|").split("|")) for row in rows]
    kept = [row for row in cells if not all(re.fullmatch(r":?-+:?", c) for c in row)]
    return tuple(row for row in kept if len(row) == len(kept[0]))


def _fault(fault: Mapping[str, Any]) -> str:
    place = f"cell [{fault['shown']}]" if fault.get("shown") else f"cell {fault['number']}"
    line = f", line {fault['line']}" if fault.get("line") else ""
    code = f": {fault['code']}" if fault.get("code") else ""
    return f"Your {place}{line}{code}: {fault['error']}"


def _outputs(cell: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what an answer put out: text, and pictures drawn anew. Anything else stays away."""
    texts: list[str] = []
    pictures: list[str] = []
    found = cell.get("outputs")
    for output in found if isinstance(found, list) else ():
        if not isinstance(output, Mapping):
            continue
        if output.get("output_type") == "error":
            texts.append(f"{output.get('ename', '')}: {output.get('evalue', '')}")
            continue
        if output.get("output_type") == "stream":
            texts.append(_text(output.get("text")))
            continue
        data = output.get("data")
        shown = (
            [data[k] for k in ("image/png", "image/jpeg") if k in data]
            if isinstance(data, Mapping)
            else []
        )
        drawn = picture(shown[0]) if shown and len(pictures) < MOST_PICTURES else None
        if drawn:
            pictures.append(drawn)
        elif isinstance(data, Mapping):
            texts.append(_text(data.get("text/plain")))
    joined = _cut("\n".join(t.rstrip() for t in texts if t.strip()), MOST_OUTPUT)
    return ((joined,) if joined else ()), tuple(pictures)


def _text(value: object) -> str:
    return text_of({"source": value})


def _cut(long: str, most: int) -> str:
    plain = re.sub(r"\x1b\[[0-9;]*m", "", long)
    return plain if len(plain) <= most else f"{plain[:most]}\n[…] The rest is not shown."


# --- The page ----------------------------------------------------------------------------------


def render(found: Feedback) -> str:
    """Write the page: one file without script, readable aloud and on paper."""
    told = [*found.faults, *found.notes]
    return document(
        f"{found.title}: {found.student}",
        tag("h1", found.title),
        tag("p", f"Feedback for {found.student}", class_="quiet"),
        _total(found),
        _overview(found) if found.items else "",
        _list("What had to be put right before grading", found.repairs),
        _list("What else you should know", told),
        *(_article(item) for item in found.items),
    )


def number(value: float) -> str:
    """Write marks as people do: 2, 1.5, never 2.0."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _marks(item: ItemFeedback) -> str:
    return f"{'–' if item.earned is None else number(item.earned)} of {number(item.points)}"


def _total(found: Feedback) -> Markup:
    if found.status == "refused":
        return tag(
            "p",
            "This submission could not be marked. It has been kept as it came.",
            class_="total refused",
        )
    marks = f"{number(found.earned)} of {number(found.points)} points"
    more = []
    if found.waiting:
        more.append(f"{number(found.waiting)} of these points wait for a person to read your work.")
    if found.penalty:
        more.append(f"{number(found.penalty)} points were taken off because it came late.")
    if found.status == "stopped":
        more.append("Some tasks could not be judged, because the run ended early.")
    return join([tag("p", tag("strong", marks), class_="total"), *(tag("p", m) for m in more)])


def _state(item: ItemFeedback) -> Markup:
    sign, words = STATES[item.state]
    name = item.state.replace(" ", "-")
    return tag("span", tag("span", sign, aria_hidden="true"), " ", words, class_=f"state {name}")


def _anchor(item: ItemFeedback) -> str:
    return re.sub(r"[^\w-]", "-", item.id)


def _overview(found: Feedback) -> Markup:
    rows = [
        (tag("a", item.title, href=f"#{_anchor(item)}"), _state(item), _marks(item))
        for item in found.items
    ]
    return table("Your marks, task by task", ("Task", "State", "#Points"), rows)


def _list(heading: str, entries: Sequence[str]) -> Markup:
    if not entries:
        return Markup("")
    return join([tag("h2", heading), tag("ul", *(tag("li", entry) for entry in entries))])


def _article(item: ItemFeedback) -> Markup:
    told = item.explained
    pairs = (
        ("Expected", told.expected),
        ("Came", told.came),
        ("Probably", told.probably),
        ("Look again at", told.look_again),
        ("Hint", item.hint),
    )
    listed = join(join([tag("dt", name), tag("dd", words)]) for name, words in pairs if words)
    rubric = table("The rubric", item.rubric[0], item.rubric[1:]) if len(item.rubric) > 1 else ""
    comment = (
        join([tag("h3", "Comment from your instructor"), tag("blockquote", item.comment)])
        if item.comment
        else ""
    )
    return tag(
        "article",
        tag("h2", item.title),
        tag("p", _state(item), f" · {_marks(item)} points"),
        *(tag("p", line, class_="said") for line in told.said),
        tag("dl", listed) if listed else "",
        rubric,
        comment,
        _own(item),
        id=_anchor(item),
        aria_label=item.title,
    )


def _own(item: ItemFeedback) -> Markup:
    """Show the student's own work."""
    if not item.answer.strip():
        return Markup("")
    body = tag("pre", tag("code", item.answer)) if item.is_code else tag("blockquote", item.answer)
    drawn = [
        Markup(f'<img src="{uri}" alt="{text(f"Picture {n} that your answer drew")}">')
        for n, uri in enumerate(item.pictures, start=1)
    ]
    outputs = [tag("pre", output) for output in item.outputs]
    return join(
        [
            tag("h3", "Your answer"),
            body,
            *(outputs and [tag("h3", "What it put out")]),
            *outputs,
            *drawn,
        ]
    )
