"""What waits on a page until a reader asks for it: on paper, at the end of its part.

A prediction, what the data say, and what one should see in it are one question and one answer.
"""

from __future__ import annotations

import re

from bs4 import Tag
from bs4.element import PageElement

from indopacific.publishing.marks import classes, link, made, number, place, plain

#: What only a screen moves: a prediction, an explorer, a map.
CONTROLS = "div[id^='ipp-'], .ipx-still, #ipm-map"

# What stays where it is: a question, and what stands still only on paper.
_MOVES = ".book-question, .ipx-still, [id$='ipm-map']"
_TITLES = {"lessons": "Answers", "exercises": "Hints"}


def set_apart(article: Tag, name: str) -> None:
    """Move what waits until it is asked for to the end, with numbers of pages here and there.

    Parameters
    ----------
    article : bs4.Tag
        The page; it is changed.
    name : str
        Its name. Only in lessons and exercises does something wait.
    """
    title = _TITLES.get(name.partition("/")[0])
    waiting = _waiting(article) if title else []
    if title is None or not waiting:
        return
    end = made("section", style="book-apart")
    end["id"] = place(name, "book-apart")
    end.append(made("h2", title))
    for count, group in enumerate(waiting, start=1):
        end.append(_moved(article, name, group, count=count, answers=title == "Answers"))
    (article.find("section") or article).append(end)


def _moved(article: Tag, name: str, group: list[Tag], *, count: int, answers: bool) -> Tag:
    """Leave a pointer in the place of what waits, and return what stands at the end."""
    there = place(name, f"book-apart-{count}")
    here = place(name, f"book-asked-{count}")
    outputs = _outputs(group[0]) if answers else []
    question, sign = _asked(article, name, group, outputs)
    where = _heading(group[0])
    pointer = made("p", style="book-waits")
    pointer["id"] = here
    pointer.extend([made("strong", sign), " " if sign[-1:] in "?.!" else ": "])
    one = f"answer {count}" if answers else "hints"
    pointer.extend([link(one, there), ", page\u00a0", number(there)])
    if box := _box(group[0], outputs):
        box.append(pointer)
    else:
        group[0].insert_before(pointer)
    head = made("p", style="book-entry-head" if answers else "book-entry-head book-task")
    if answers:
        head.extend([made("strong", f"{count} · {question}"), " · "])
    head.extend([link(where, here), ", page\u00a0", number(here)])
    entry = made("div", style="book-entry")
    entry["id"] = there
    entry.append(head)
    for element in [*outputs, *group]:
        entry.extend(_inner(element.extract(), labelled=not answers))
    return entry


def _waiting(article: Tag) -> list[list[Tag]]:
    """Return what waits, in groups of what belongs together."""
    groups: list[list[Tag]] = []
    for element in article.select("details, .ipp-held"):
        if (
            "course-code" in classes(element)
            or _only_a_table(element)
            or element.find_parent(["figure", "details"])
            or element.find_parent(class_="ipp-held")
        ):
            continue
        if groups and _before(element) is groups[-1][-1]:
            groups[-1].append(element)
        else:
            groups.append([element])
    return groups


def _before(element: Tag) -> Tag | None:
    """Return what waits just before an element, if the two are one: hints, or an answer's parts."""
    before = element.find_previous_sibling()
    output = before
    if output is not None and "course-code" in classes(output):
        output = output.find_previous_sibling()
    if output is not None and (held := output.select_one(".ipp-held")):
        return held
    hints = all(_summary(each).startswith("Hint ") for each in (before, element) if each)
    return before if before is not None and before.name == "details" and hints else None


def _outputs(first: Tag) -> list[Tag]:
    """Return what the cell shows above what waits, if it gives the answer to a question away."""
    held = "ipp-held" in classes(first)
    last = first.find_parent(class_="course-output") if held else first
    before = last.find_previous_sibling() if last is not None else None
    if not held and before is not None and "course-code" in classes(before):
        before = before.find_previous_sibling()
    found: list[Tag] = []
    while before is not None and {"course-output", "course-plain"} & set(classes(before)):
        if "book-last" in classes(before) or before.select_one(_MOVES):
            break
        found.insert(0, before)
        before = before.find_previous_sibling()
    asked = before is not None and "book-asks" in classes(before)
    return found if held or asked else []


def _box(element: Tag, outputs: list[Tag]) -> Tag | None:
    """Return the box of the question, if it stands just above what waits."""
    held = element.find_parent(class_="course-output") if "ipp-held" in classes(element) else None
    first = outputs[0] if outputs else held
    above = first.find_previous_sibling() if first is not None else None
    return above.select_one(".book-question") if above is not None else None


def _asked(article: Tag, name: str, group: list[Tag], outputs: list[Tag]) -> tuple[str, str]:
    """Return what a group answers, and what stands in its place where it is asked."""
    if group[0].name == "details":
        sign = " · ".join(_summary(each) or "More" for each in group)
        asks = outputs[0].find_previous_sibling() if outputs else None
        words = plain(asks).removeprefix("Predict.") if asks is not None else ""
        return re.split(r"(?<=[.?]) ", words)[-1].strip() or sign, sign
    question = article.find(id=place(name, f"ipp-{group[0].get('data-answers')}"))
    asked = question.find("p") if isinstance(question, Tag) else None
    words = asked.get_text(" ", strip=True).removeprefix("Predict.").strip() if asked else ""
    return words or "Your prediction", "What the data say"


def _heading(element: Tag) -> str:
    section = element.find_parent("section")
    heading = section.find(["h1", "h2", "h3"]) if section else None
    return heading.get_text() if heading else ""


def _inner(element: Tag, *, labelled: bool) -> list[PageElement]:
    """Return what stands in an element that waits; a label runs in front of its first words."""
    if element.name != "details" and "ipp-held" not in classes(element):
        return [element]
    label = _summary(element)
    if summary := element.find("summary", recursive=False):
        summary.decompose()
    if labelled:
        first = element.find(recursive=False)
        if first is None or first.name != "p":
            first = made("p", style="book-lead")
            element.insert(0, first)
        first.insert(0, made("strong", f"{label}."))
        first.insert(1, " ")
    return list(element.contents)


def _summary(element: Tag) -> str:
    summary = element.find("summary", recursive=False)
    return summary.get_text(" ", strip=True) if summary else ""


def _only_a_table(element: Tag) -> bool:
    """Say whether an element folds nothing but numbers: they give nothing away."""
    within = [child for child in element.find_all(recursive=False) if child.name != "summary"]
    return bool(within) and all(child.name == "table" for child in within)
