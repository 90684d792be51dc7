"""All prose is spelled as in Britain, by a checker that asks no host.

What is checked is what somebody reads: text cells, documents, messages, comments, and the columns
of tables that are in our own words. Quotations keep the spelling of whoever said them.
"""

import ast
import io
import json
import re
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

from indopacific.datasets import load, tables

# Of the tables, the columns that quote nobody and name nobody.
OWN_WORDS = {
    *("claim", "evidence", "verdict_detail", "change", "label", "term", "meaning", "question"),
    *("note", "reason", "includes", "excludes", "asks", "rule", "says", "shows"),
}
QUOTED = re.compile(
    r"""```.*?```|`[^`\n]*`|\]\([^)\n]*\)|"[^"\n]*"|\u201c[^\u201d]*\u201d"""
    # A cut word, such as secur*, and the id of a source, such as L-WHA26, are no words.
    r"|\w+\*|\b[A-Z]-[A-Z0-9]+",
    re.DOTALL,
)
SENTENCE = re.compile(r"(?:[\w'’,;:-]+ ){3,}")  # fewer words are a value, or a name


def notebook(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    return re.sub(r"<!--.*?-->", "", prose, flags=re.DOTALL)


def program(path):
    """The sentences of a Python file: messages, docstrings and comments."""
    source = path.read_text(encoding="utf-8")
    texts = [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    texts += [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    ]
    return "\n".join(text for text in texts if SENTENCE.search(text) and "{ " not in text)


def script(path):
    found = re.findall(r'"([^"\n]+)"|`([^`]+)`|//(.*)', path.read_text(encoding="utf-8"))
    return "\n".join(text for each in found for text in each if SENTENCE.search(text))


def described(package):
    """Titles and descriptions of tables and columns, wherever they stand in the package."""
    if isinstance(package, list):
        return [text for part in package for text in described(part)]
    if not isinstance(package, dict):
        return []
    texts = [package[key] for key in ("title", "description") if isinstance(package.get(key), str)]
    return texts + [text for key, part in package.items() if key != "checks" for text in
                    described(part)]  # fmt: skip


def passages(course):
    """Everything that is checked: its place, and its words without quotations."""
    kinds = {
        notebook: [*course.glob("lessons/*.ipynb"), *course.glob("solutions/*/*.ipynb")],
        Path.read_text: [*course.glob("*.md"), *course.glob("solutions/**/*.md")],
        program: [course / "course.py", *course.glob("indopacific/**/*.py")],
        script: course.glob("indopacific/**/*.js"),
    }
    for read, files in kinds.items():
        for file in files:
            yield file.relative_to(course).as_posix(), QUOTED.sub("", read(file))
    for name in tables()["name"]:
        table = load(str(name))
        own = [str(cell) for c in OWN_WORDS & set(table) for cell in table[c].dropna()]
        yield f"table {name}", QUOTED.sub("", "\n".join(own))
    package = json.loads((course / "data" / "datapackage.json").read_text(encoding="utf-8"))
    yield "data/datapackage.json", QUOTED.sub("", "\n".join(described(package)))


def faults(course, folder, texts):
    """What the checker says of some texts: their place, and its words."""
    places = dict(enumerate(texts))
    for number, (_, text) in places.items():
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    answer = subprocess.run(
        [Path(sys.executable).with_name("typos"), "--config", course / "pyproject.toml",
         "--format", "json", folder],
        capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert answer.returncode in (0, 2), answer.stderr
    found = [json.loads(line) for line in answer.stdout.splitlines()]
    return sorted(
        f"{places[int(Path(each['path']).stem)][0]}: {each['typo']} should be "
        f"{' or '.join(each['corrections'])}"
        for each in found
        if each["type"] == "typo"
    )


def test_all_prose_is_spelled_as_in_britain(course, tmp_path):
    texts = list(passages(course))
    assert len(texts) > 150
    assert faults(course, tmp_path, texts) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Its defense rests on the color of neighboring flags.", ["color", "defense", "neighbor"]),
        ("A goverment that recieves help.", ["goverment", "recieves"]),
        ("The Department of Defense and the Center say so.", []),
    ],
)
def test_the_checker_sees_what_is_not(course, tmp_path, text, said):
    found = faults(course, tmp_path, [("here", text)])
    assert [fault.split()[1][: len(word)] for fault, word in zip(found, said, strict=True)] == said


def test_a_quotation_keeps_its_spelling_and_a_comment_is_read(tmp_path):
    assert "defense" not in QUOTED.sub("", 'He spoke of "self-defense capability" there.')
    file = tmp_path / "a.py"
    file.write_text(
        'x = "colour"\n# a comment of five words\nraise ValueError("four words at all")\n'
    )
    assert program(file) == "four words at all\n# a comment of five words"
