"""Reads a passage of markdown: its figures and quotations, and what each of them rests on."""

from __future__ import annotations

import ast
import builtins
import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

from indopacific import markdown
from indopacific.prose.numerals import NUMBER_WORDS

MONTHS = tuple(calendar.month_name)[1:]

_COMMENT = re.compile(r"<!--(?P<sign>[=@~\[\]])(?P<body>.*?)-->", re.DOTALL)

# What the last figure before a `=` comment can look like.
_LITERAL = re.compile(
    r"(?:(?:(?<![\w)])[+\-−])?\d[\d,]*(?:\.\d+)?%?|[^\W\d_](?:[\w’'-]*\w)?)\Z", re.UNICODE
)

# A paragraph, a list item or a table row: what `@` and `~` can reach back to.
_PARAGRAPH = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])|\n(?=[ \t]*\|)|\n(?=#)")

_SENTENCE = re.compile(r"[.;:!?]+[)\"*_]*\s")

_NOT_PROSE = (
    re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE),
    re.compile(r"`[^`\n]*`"),
    re.compile(r"\[\d\d [A-Z][^\]\n]*\]\([^)\n]*\)"),
    re.compile(r"(?<=\])\([^)\n]*\)"),
    re.compile(r"<https?://[^>\s]*>"),
    re.compile(r"</?[a-zA-Z][^>]*>"),
    re.compile(r"^[ \t]*\d+[.)](?=[ \t])", re.MULTILINE),
    re.compile(r"^#+[ \t]+\d+[ \t.·]", re.MULTILINE),
    # Places in the course, and names with a digit in them.
    re.compile(
        r"\b(?:[Ll]essons?|[Ss]ections?|[Tt]asks?|[Ee]xercises?|[Hh]ints?|[Ss]teps?|[Cc]ells?)"
        r" \d+(?:(?:, | and | to | or )\d+)*"
    ),
    re.compile(r"\b[A-Za-z_]+[-_]?\d[\w-]*"),
)

_QUOTATION = re.compile(r'"(?:(?!\n[ \t]*\n)[^"])+"|“(?:(?!\n[ \t]*\n)[^”])+”')
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}}) )?(?P<month>{'|'.join(MONTHS)})(?:,? (?P<year>\d{{4}}))?\b"
)
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w])%?")
_UNIT = r"(?:percent|percentage|points?|times|million|billion|thousand|years?|months?|votes?)\b"
_WORD = re.compile(
    rf"\b(?:{'|'.join(NUMBER_WORDS)})\b|\b(?:one|two)(?= (?:\w+ )?{_UNIT})", re.IGNORECASE
)

_BY_POSITION = {"iloc", "iat", "head", "tail", "first", "last", "nth", "pop", "item"}


@dataclass(frozen=True)
class Figure:
    """A literal, and the expression whose value it is.

    Attributes
    ----------
    literal : str
    start : int
        Where the literal begins in the passage.
    expression, form : str
        Python, and how its value is written.
    line : int
        Line of the passage, counted from 1.
    """

    literal: str
    start: int
    expression: str
    form: str
    line: int


@dataclass(frozen=True)
class Item:
    """Something that a row must contain: `kind` is quotation, date or number."""

    kind: str
    text: str
    start: int
    line: int


@dataclass(frozen=True)
class Voucher:
    """An expression that gives a row, and what must occur in it."""

    items: tuple[Item, ...]
    expression: str
    line: int


@dataclass(frozen=True)
class Block:
    """A made passage: `start` and `end` are those of its body."""

    expression: str
    body: str
    start: int
    end: int
    line: int


@dataclass(frozen=True)
class Fault:
    """What is wrong with a passage, and in which line of it."""

    line: int
    text: str


@dataclass(frozen=True)
class Reading:
    """All that a passage states, in order."""

    figures: tuple[Figure, ...]
    vouchers: tuple[Voucher, ...]
    blocks: tuple[Block, ...]
    faults: tuple[Fault, ...]


def read(text: str, *, constants: frozenset[str] = frozenset()) -> Reading:
    """Read a passage.

    Parameters
    ----------
    text : str
        Markdown.
    constants : frozenset of str
        Names that the notebook binds to typed-in values: a figure that rests on nothing else has
        no source.

    Returns
    -------
    Reading
        With a fault for every comment that is malformed, unused or proves nothing, and for every
        figure, full date or quotation without one.
    """
    return _Reader(text, constants).read()


def without_sources(text: str) -> str:
    """Return a passage as its readers get it where the sources must not be seen.

    An expression behind a figure of an exercise could give its answer away.
    """
    return _COMMENT.sub("", text)


class _Reader:
    def __init__(self, text: str, constants: frozenset[str]) -> None:
        self.text = text
        self.constants = constants
        self.faults: list[Fault] = []
        # Of the same length as the text; what is accounted for, or no prose, is blotted out.
        self.open = text

    def line(self, place: int) -> int:
        return self.text.count("\n", 0, place) + 1

    def fault(self, place: int, text: str) -> None:
        self.faults.append(Fault(self.line(place), text))

    def blot(self, start: int, end: int) -> None:
        self.open = self.open[:start] + _blank(self.open[start:end]) + self.open[end:]

    def read(self) -> Reading:
        self._check_form()
        comments = list(_COMMENT.finditer(self.text))
        blocks = tuple(self._blocks(comments))
        figures = tuple(self._figures(comments))
        for comment in markdown.COMMENT.finditer(self.text):
            self.blot(*comment.span())
        for pattern in _NOT_PROSE:
            for found in pattern.finditer(self.open):
                self.blot(*found.span())
        self._years(figures)
        vouchers = tuple(self._vouchers(comments))
        for item in _items(self.open, 0, self):
            self.fault(
                item.start,
                f"the {item.kind} {item.text!r} has no source: put <!--= ... --> or "
                "<!--@ ... --> behind it",
            )
        faults = tuple(sorted(self.faults, key=lambda fault: fault.line))
        return Reading(figures, vouchers, blocks, faults)

    def _check_form(self) -> None:
        closed = markdown.COMMENT.sub(lambda found: _blank(found.group()), self.text)
        for found in re.finditer(r"<!--|-->", closed):
            self.fault(found.start(), "a comment is not closed: it needs both <!-- and -->")
        for line in self.text.splitlines(keepends=True):
            if line.lstrip().startswith("|") and any(
                "|" in comment for comment in re.findall(r"<!--(.*?)-->", line)
            ):
                self.fault(
                    self.text.index(line),
                    "a | inside a comment breaks this table",
                )
        plain = re.sub(r"`[^`\n]*`", "", closed)
        if len(re.findall(r"(?<!\\)\$", plain)) > 1:
            self.fault(
                self.text.index("$"),
                "two bare $ become a formula: write \\$ or USD",
            )

    def _figures(self, comments: list[re.Match[str]]) -> Iterator[Figure]:
        for comment in comments:
            if comment["sign"] != "=":
                continue
            start = comment.start()
            literal = _LITERAL.search(self.text, max(0, start - 60), start)
            expression, form = split_format(comment["body"])
            if literal is None:
                self.fault(start, f"no figure stands before <!--= {expression} -->")
                continue
            self._check_expression(start, expression, literal.group())
            self.blot(*literal.span())
            yield Figure(literal.group(), literal.start(), expression, form, self.line(start))

    def _vouchers(self, comments: list[re.Match[str]]) -> Iterator[Voucher]:
        reached = 0
        for comment in comments:
            sign = comment["sign"]
            if sign not in "@~":
                continue
            begin = max(reached, self._paragraph(comment.start()))
            if sign == "~" and not self.open[begin : comment.start()].strip():
                begin = 0  # in a paragraph of its own: for the whole passage
            reached = comment.end()
            items = tuple(_items(self.open[begin : comment.start()], begin, self))
            body = " ".join(comment["body"].split())
            if not items:
                self.fault(
                    comment.start(), f"<!--{comment['sign']} {body} --> stands behind nothing"
                )
            for item in items:
                self.blot(item.start, item.start + len(item.text))
            if sign == "~":
                if len(body.split()) < 2:
                    self.fault(comment.start(), "<!--~ ... --> needs a reason in words")
                continue
            self._check_expression(comment.start(), body, items[0].text if items else "")
            yield Voucher(items, body, self.line(comment.start()))

    def _years(self, figures: tuple[Figure, ...]) -> None:
        """Account for years and days that the expression of the next figure names, too.

        In "38% in 2014" the expression that gives 38% says 2014 itself. Only the nearest figures
        on either side, in the same sentence, count: so two years cannot change places.
        """
        for item in _items(self.open, 0, self):
            sentence = self._sentence(item.start)
            inside = [figure for figure in figures if figure.start in sentence]
            before = [figure for figure in inside if figure.start < item.start][-1:]
            after = [figure for figure in inside if figure.start > item.start][:1]
            if any(_named(item) in _labels(figure.expression) for figure in before + after):
                self.blot(item.start, item.start + len(item.text))

    def _sentence(self, place: int) -> range:
        begin = self._paragraph(place)
        # What is blotted out, such as an expression, cannot end a sentence.
        ends = [begin + found.end() for found in _SENTENCE.finditer(self.open[begin:])]
        start = max((end for end in ends if end <= place), default=begin)
        return range(start, min((end for end in ends if end > place), default=len(self.text)))

    def _paragraph(self, place: int) -> int:
        return max((found.end() for found in _PARAGRAPH.finditer(self.text, 0, place)), default=0)

    def _blocks(self, comments: list[re.Match[str]]) -> Iterator[Block]:
        begun: re.Match[str] | None = None
        for comment in comments:
            if comment["sign"] == "[":
                if begun is not None:
                    self.fault(begun.start(), "a made passage has no <!--]-->")
                begun = comment
            elif comment["sign"] == "]":
                if begun is None:
                    self.fault(comment.start(), "<!--]--> ends a passage that never began")
                    continue
                start, end = begun.end(), comment.start()
                expression = " ".join(begun["body"].split())
                self._check_syntax(begun.start(), expression)
                body = self.text[start:end].strip()
                yield Block(expression, body, start, end, self.line(begun.start()))
                self.blot(start, end)
                begun = None
        if begun is not None:
            self.fault(begun.start(), "a made passage has no <!--]-->")

    def _check_syntax(self, place: int, expression: str) -> ast.Expression | None:
        try:
            return ast.parse(expression, mode="eval")
        except SyntaxError as error:
            self.fault(place, f"{expression!r} is not valid Python: {error.msg}")
            return None

    def _check_expression(self, place: int, expression: str, literal: str) -> None:
        tree = self._check_syntax(place, expression)
        if tree is None:
            return
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        if not names - set(dir(builtins)) - self.constants:
            self.fault(place, f"{literal!r} rests on {expression!r}, which is typed in, not read")
        if any(_counts_places(node) for node in ast.walk(tree)):
            self.fault(place, f"{literal!r} is picked by position in {expression!r}: name the row")


def _counts_places(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr in _BY_POSITION
    return isinstance(node, ast.Subscript) and _is_position(node.slice)


def _is_position(index: ast.expr) -> bool:
    """Whether a subscript counts places; a year is a label."""
    if isinstance(index, ast.UnaryOp) and isinstance(index.op, ast.USub):
        index = index.operand
    return isinstance(index, ast.Constant) and type(index.value) is int and index.value < 1000


def _items(open_text: str, offset: int, reader: _Reader) -> Iterator[Item]:
    """Find quotations, dates and numbers in what is not accounted for."""
    rest = open_text
    for kind, pattern in (
        ("quotation", _QUOTATION),
        ("date", _DATE),
        ("number", _NUMBER),
        ("number", _WORD),
    ):
        for found in pattern.finditer(rest):
            # "May" and "March" alone are words.
            if kind == "date" and not (found["day"] or found["year"]):
                continue
            start = offset + found.start()
            text = found.group().rstrip(",") if kind == "number" else found.group()
            yield Item(kind, text, start, reader.line(start))
            rest = rest[: found.start()] + _blank(found.group()) + rest[found.end() :]


def _named(item: Item) -> str:
    """Return a year or a day as an expression names it; "" for anything else."""
    if item.kind == "number":
        return item.text if re.fullmatch(r"\d{4}", item.text) else ""
    found = _DATE.fullmatch(item.text) if item.kind == "date" else None
    if found is None or not (found["day"] and found["year"]):
        return ""
    return f"{found['year']}-{MONTHS.index(found['month']) + 1:02}-{int(found['day']):02}"


def _labels(expression: str) -> set[str]:
    """Return the years and days that stand in an expression, as numbers or inside texts."""
    try:
        tree = ast.parse(expression, mode="eval")
    except SyntaxError:
        return set()
    constants = [str(node.value) for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return set(re.findall(r"\d{4}-\d\d-\d\d|(?<![\d-])\d{4}(?![\d-])", "\n".join(constants)))


def split_format(body: str) -> tuple[str, str]:
    """Split ``expression:format`` at the first colon outside brackets and strings.

    Returns
    -------
    expression, form : str
        `form` is "" if there is none.
    """
    text = " ".join(body.split())
    depth, quote = 0, ""
    for place, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        elif sign == ":" and depth == 0:
            return text[:place].strip(), text[place + 1 :].strip()
    return text, ""


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
