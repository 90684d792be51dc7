"""The coding desk in a notebook: what a reader codes is kept at once, and compared when asked."""

from __future__ import annotations

import dataclasses
import html
import weakref
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from indopacific.coding.result import compared
from indopacific.coding.sheet import Pass, Sheet
from indopacific.curriculum import course_folder
from indopacific.explorers.look import script_and_style
from indopacific.predictions.store import Answered, Kept, NotWritten, Store, Unreadable
from indopacific.working_copy import OWN

SCRIPT, STYLE = script_and_style(Path(__file__).parent, "desk")


def home() -> Store:
    """Return the store of codings in the learner's room, beside that of the predictions."""
    return Store((course_folder() or Path.cwd()) / OWN / "codings", thing="coding", verb="code")


class Desk(anywidget.AnyWidget):
    """The widget; its traits are what the script is given.

    Attributes
    ----------
    spec : dict
        What does not change: sentences and codebook, without the key.
    state : dict
        Which coding this is, its codes, a `fault` of the stored file, and, once the reader has
        compared, the `result`.
    """

    _esm, _css = SCRIPT, STYLE
    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._number = 1
        super().__init__(spec=specification(sheet), state={})
        self.follow()
        self.on_msg(self._answer)
        _SHOWN.add(self)

    @property
    def codes(self) -> dict[str, str]:
        """What the reader has coded, in the coding that is open."""
        return dict(self.state["codes"])

    def follow(self) -> None:
        """Show what is stored now: the same desk may stand in another cell."""
        self._number = max(self._number, _latest(self._sheet))
        self.state = _state(self._sheet, self._number)

    def _answer(self, _widget: Any, message: Any, _buffers: Any) -> None:
        try:
            answer, problem = self._do(message)
        except (ValueError, KeyError, TypeError) as said:
            self.send({"answer": "failed", "problem": f"This is no coding: {said}"})
            return
        for desk in list(_SHOWN):
            desk.follow()
        self.send({"answer": answer, "problem": problem})

    def _do(self, message: Any) -> tuple[str, str]:
        now, request = Pass(self._sheet, self._number), message["request"]
        if request == "forget":
            return "forgotten", self._forget()
        if request == "again":
            if self.state["result"] is None:
                raise ValueError("compare this one first.")
            self._number += 1
            return "opened", ""
        codes, answer = now.accept(message["codes"]), ANSWERS[request]
        if message["pass"] != self._number:
            return answer, OUTRUN
        if request == "compare" and len(codes) < len(self._sheet.sentences):
            raise ValueError("some sentences are not coded yet.")
        problem = _keep(now, codes)
        if request == "compare":
            home().seal(now)
        return answer, problem

    def _forget(self) -> str:
        problems = []
        for number in range(1, _latest(self._sheet) + 1):
            try:
                home().forget(Pass(self._sheet, number))
            except NotWritten as said:
                problems.append(str(said))
        for desk in _SHOWN:
            if desk._sheet.id == self._sheet.id:
                desk._number = 1
        return " ".join(problems)


_SHOWN: weakref.WeakSet[Desk] = weakref.WeakSet()

ANSWERS = {"keep": "kept", "compare": "compared"}

OUTRUN = "These sentences are being coded anew in another cell; what you see here is now the same."


class Coding:
    """A coding desk, as `code_sentences` returns it.

    Attributes
    ----------
    sheet : Sheet
    desk : Desk
    """

    def __init__(self, sheet: Sheet, name: str, which: str = "") -> None:
        self._call = f'code_sentences("{name}"{f", {which!r}" if which else ""})'
        self.sheet = sheet
        self.desk = Desk(sheet)

    @property
    def codes(self) -> dict[str, str]:
        """What the reader has coded so far, by sentence: empty before the first code."""
        return self.desk.codes

    def _repr_page_(self) -> str:
        from indopacific.coding import static

        return static.of(self.sheet)

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = self.desk._repr_mimebundle_()
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        plain = f"{self.sheet.title}\n{self.sheet.about}"
        return {**data, "text/plain": plain, "text/html": told(self.sheet)}, metadata

    def __repr__(self) -> str:
        return self._call


def specification(sheet: Sheet) -> dict[str, Any]:
    """Return what the script needs to show the desk, as plain data; the key is not in it."""
    return {
        "id": sheet.id,
        "title": sheet.title,
        "about": sheet.about,
        "codes": [dataclasses.asdict(code) for code in sheet.codes],
        "rules": list(sheet.rules),
        "sentences": [
            {name: getattr(sentence, name) for name in ("id", "text", "origin", "context")}
            for sentence in sheet.sentences
        ],
    }


def told(sheet: Sheet) -> str:
    """Return the desk as plain HTML, the key folded: for paper, and for a page without scripts."""
    codes = "".join(
        f"<li><strong>{_safe(code.code)}</strong>: {_safe(code.meaning)}. "
        f"Typical words: {_safe(code.markers)}. On the scale: {code.stance}.</li>"
        for code in sheet.codes
    )
    rules = "".join(f"<li>{_safe(rule)}</li>" for rule in sheet.rules)
    sentences = "".join(
        f"<li><p>{_safe(each.origin)}</p><blockquote>{_safe(each.text)}</blockquote>"
        + "".join(f"<p>{_safe(line)}</p>" for line in each.context)
        + "</li>"
        for each in sheet.sentences
    )
    key = "".join(
        f"<li>{_safe(each.key)}. {_safe(each.reasoning)}</li>" for each in sheet.sentences
    )
    return (
        f"<p><strong>{_safe(sheet.title)}</strong></p><p>{_safe(sheet.about)}</p>\n"
        f"<p><strong>Codes</strong></p><ul>{codes}</ul>\n"
        f"<p><strong>Rules</strong></p><ul>{rules}</ul>\n"
        f"<p><strong>Sentences</strong></p><ol>{sentences}</ol>\n"
        "<details><summary>The key, when you have coded them</summary>"
        f"<p>{_safe(sheet.caution)}</p><ol>{key}</ol></details>"
    )


def _latest(sheet: Sheet) -> int:
    """Return the number of the newest coding that is kept; 1 when there is none."""
    number = 1
    while _kept(Pass(sheet, number + 1)) != (None, ""):
        number += 1
    return number


def _state(sheet: Sheet, number: int) -> dict[str, Any]:
    kept, fault = _kept(Pass(sheet, number))
    result = None
    if kept is not None and kept.answered:
        before = _kept(Pass(sheet, number - 1))[0] if number > 1 else None
        result = compared(sheet, kept.guess, before.guess if before else None)
    codes = kept.guess if kept else {}
    return {"pass": number, "codes": codes, "result": result, "fault": fault}


def _keep(now: Pass, codes: dict[str, str]) -> str:
    try:
        home().keep(now, codes)
    except (Answered, NotWritten) as said:
        return str(said)
    return ""


def _kept(one: Pass) -> tuple[Kept | None, str]:
    try:
        return home().read(one), ""
    except Unreadable as problem:
        return None, str(problem)


def _safe(text: str) -> str:
    return html.escape(text, quote=False)
