"""Runs inside a notebook's kernel: evaluates what a passage rests on, in the notebook's names."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from indopacific.prose.numerals import NotWritable, value_of, written
from indopacific.prose.reading import MONTHS

_TOKEN = re.compile(r"(?<![\d.,])\d+(?:,\d{3})*(?:\.\d+)?")
_DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}}) )?(?P<month>{'|'.join(MONTHS)})(?:,? (?P<year>\d{{4}}))?"
)


#: Type under which a probe shows its answers, so that no page takes them for a result.
ANSWERS = "application/vnd.indopacific.prose+json"


def show(questions: Sequence[Mapping[str, Any]]) -> None:
    """Answer in the names of the notebook that calls this, and show the answers as data."""
    from IPython.core.getipython import get_ipython
    from IPython.display import display

    from indopacific.prose import sources

    shell = get_ipython()
    own = {} if shell is None else shell.user_ns
    display({ANSWERS: answer(questions, {**sources.names(), **own})}, raw=True)


def answer(
    questions: Sequence[Mapping[str, Any]], names: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Evaluate expressions in a notebook's names.

    Parameters
    ----------
    questions : sequence of mappings
        Each with ``expression``, and ``form`` (a figure), ``items`` (a voucher: pairs of kind and
        text) or neither (a made passage).
    names : mapping
        What the expressions may use.

    Returns
    -------
    list of dict
        For each question ``is`` (a figure or a passage as it should stand), ``missing`` (texts
        that the row lacks) or ``problem``.
    """
    return [_one(question, dict(names)) for question in questions]


def _one(question: Mapping[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    try:
        value = eval(question["expression"], names)
        if "items" in question:
            kept = Evidence.of(value)
            return {"missing": [t for kind, t in question["items"] if not kept.has(kind, t)]}
        if "form" in question:
            return {"is": written(value, question["form"])}
        return {"is": str(value).strip()}
    except NotWritable as problem:
        return {"problem": str(problem)}
    except Exception as problem:
        text = problem.args[0] if isinstance(problem, KeyError) and problem.args else problem
        return {"problem": f"{type(problem).__name__}: {' '.join(str(text).split())}"}


@dataclasses.dataclass(frozen=True)
class Evidence:
    """All that a row says, as one text."""

    text: str

    @classmethod
    def of(cls, value: Any) -> Evidence:
        """Gather the texts of a row, a table, a source or anything made of them."""
        return cls("\n".join(_parts(value)))

    def has(self, kind: str, text: str) -> bool:
        """Whether a quotation, a date or a number occurs."""
        if kind == "quotation":
            return self._quotes(text)
        if kind == "date":
            return self._dates(text)
        return self._counts(text)

    def _quotes(self, text: str) -> bool:
        kept, place = _even(self.text), 0
        for part in re.split(r"\.\.\.|…", _even(text[1:-1])):
            wanted = part.strip().strip(".,;:?!")
            found = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)").search(kept, place)
            if not wanted or found is None:
                return False
            place = found.end()
        return True

    def _dates(self, text: str) -> bool:
        found = _DATE.fullmatch(text)
        if found is None:
            return False
        month = f"{MONTHS.index(found['month']) + 1:02}"
        year = found["year"] or r"\d{4}"
        day = rf"-{int(found['day']):02}" if found["day"] else ""
        # Rows hold days in ISO form; a source's own words hold them as it writes them.
        iso = re.search(rf"(?<!\d){year}-{month}{day}(?!\d)", self.text)
        short = text.replace(found["month"], found["month"][:3])
        return bool(iso) or any(form in _even(self.text) for form in (_even(text), short))

    def _counts(self, text: str) -> bool:
        wanted = value_of(text)
        if wanted is None and not text[0].isdigit():
            return bool(re.search(rf"\b{re.escape(text)}\b", self.text, re.IGNORECASE))
        number = Decimal(text.rstrip("%").replace(",", "")) if wanted is None else Decimal(wanted)
        # Of a day in a row only the year is a number that a sentence may quote alone.
        years_only = re.sub(r"(?<!\d)(\d{4})-\d\d(-\d\d)?(?!\d)", r"\1", self.text)
        kept = {Decimal(token.replace(",", "")) for token in _TOKEN.findall(years_only)}
        said = {value_of(word) for word in re.findall(r"[A-Za-z]+", self.text)}
        return number in kept or (wanted is not None and wanted in said)


def _parts(value: Any) -> Iterator[str]:
    if value is None or value is pd.NA or value is pd.NaT:
        return
    if isinstance(value, pd.DataFrame):
        for _, row in value.iterrows():
            yield from _parts(row)
    elif isinstance(value, pd.Series):
        yield from _parts([*([value.name] if isinstance(value.name, str) else []), *value])
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from _parts(dataclasses.asdict(value))
    elif isinstance(value, Mapping):
        yield from _parts(list(value.values()))
    elif isinstance(value, list | tuple | set | frozenset | pd.Index):
        for part in value:
            yield from _parts(part)
    elif isinstance(value, datetime.date):
        yield value.strftime("%Y-%m-%d")
    elif isinstance(value, float) and value != value:
        return
    else:
        yield f"{value:.12g}" if isinstance(value, float) else str(value)


def _even(text: str) -> str:
    """Return a text with one kind of quotation mark and single spaces."""
    for curly, straight in (("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'")):
        text = text.replace(curly, straight)
    return " ".join(text.split())
