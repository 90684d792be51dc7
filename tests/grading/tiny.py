"""Small exercises that are written in a line or two, as any author of nbgrader's might."""

import nbformat
from nbgrader.utils import compute_checksum

from indopacific.exercises.known import Cell, KnownCell
from indopacific.exercises.questions import Role
from indopacific.grading.contract import Exercise, Submission, as_cell


def exercise(*cells):
    """Return an exercise and its learner's notebook.

    Parameters
    ----------
    *cells : tuple
        ("answer", stub, what the learner writes), ("test", source, points) or ("free", source).

    Returns
    -------
    known : Exercise
    submission : Submission
    """
    known, written = [], []
    for number, (kind, source, *more) in enumerate(cells):
        if kind == "free":
            written.append(Cell("code", source))
            continue
        test = kind == "test"
        role = Role(f"{kind}-{number}", test, not test, test, float(more[0]) if test else 0.0)
        bare = KnownCell(role, "code", source)
        checksum = compute_checksum(nbformat.from_dict(as_cell(Cell("code", source, bare))))
        one = KnownCell(role, "code", source, checksum)
        known.append(one)
        written.append(Cell("code", source if test else more[0], one))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.from_dict(as_cell(c)) for c in written])
    visible = {k.role.id: k.source for k in known if k.role.grade}
    made = Exercise("tiny", tuple(known), visible)
    return made, Submission("ana", nbformat.writes(notebook).encode())
