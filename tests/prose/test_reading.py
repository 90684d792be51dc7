"""What a passage states, what it rests on, and what is said when it rests on nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indopacific.prose.reading import read, split_format


def faults(text, **options):
    return [fault.text for fault in read(text, **options).faults]


# ---------------------------------------------------------------- figures


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("They agreed on 38%<!--= r:.0% --> of calls.", "38%"),
        ("It fell to 1,205.5<!--= r:,.1f --> million.", "1,205.5"),
        ("It moved by -0.4<!--= r:.1f --> points.", "-0.4"),
        ("From 2011-2019<!--= r -->", "2019"),
        ("**2018<!--= r.idxmax() -->** ranks first", "2018"),
        ("in three<!--= n:words --> states", "three"),
        ("by China-Brazil<!--= r.idxmax() -->", "China-Brazil"),
        ("[38%<!--= r:.0% -->](x.ipynb)", "38%"),
    ],
)
def test_a_figure_is_what_stands_right_before_its_source(text, literal):
    (figure,) = read(text).figures
    assert figure.literal == literal
    assert text[figure.start :].startswith(literal)


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        ("r", ("r", "")),
        ('rates["Japan", "USA"]:.0%', ('rates["Japan", "USA"]', ".0%")),
        ("r[1992:2000].mean():,.1f", ("r[1992:2000].mean()", ",.1f")),
        ('row("x", note="a: b")["n"]', ('row("x", note="a: b")["n"]', "")),
        ("len({1: 2}):words", ("len({1: 2})", "words")),
    ],
)
def test_the_format_begins_at_the_first_colon_outside_brackets(body, parts):
    assert split_format(body) == parts


# ---------------------------------------------------------------- vouchers and made passages


def test_a_voucher_reaches_back_to_the_last_one_or_to_the_paragraph():
    text = (
        "In 1999 nothing.<!--~ an invented year -->\n\n"
        'On 4 February 2022 they spoke of "no limits".<!--@ a -->'
        " In 2001 they promised to consult (article 9).<!--@ b -->"
    )
    first, second = read(text).vouchers
    assert [(i.kind, i.text) for i in first.items] == [
        ("quotation", '"no limits"'),
        ("date", "4 February 2022"),
    ]
    assert [i.text for i in second.items] == ["2001", "9"]
    assert faults(text) == []


def test_a_voucher_does_not_reach_into_the_item_above():
    text = "- Trade was 5 million.\n- Arms came in 2005.<!--@ a -->"
    assert [i.text for i in read(text).vouchers[0].items] == ["2005"]
    assert faults(text) == [
        "the number '5' has no source: put <!--= ... --> or <!--@ ... --> behind it"
    ]


def test_a_reason_in_a_paragraph_of_its_own_is_for_the_whole_passage():
    text = "In 2014?\n\nOne of three.<!--@ a -->\n\n5 percent\n\n<!--~ terms of it -->"
    assert faults(text) == []
    assert [i.text for i in read(text).vouchers[0].items] == ["three"]
    assert faults(text.replace("<!--~ terms of it -->", "")) != []


def test_a_made_passage_is_not_read_as_prose():
    text = '<!--[ neighbours("01") -->\n\nPrevious: 2001, 5 percent\n\n<!--]-->'
    (block,) = read(text).blocks
    assert block.body == "Previous: 2001, 5 percent"
    assert faults(text) == []


# ---------------------------------------------------------------- years beside a figure

RISE = (
    "Agreement rose from 43%<!--= r[1992]:.0% --> in 1992 to 71%<!--= r[2000]:.0% --> in 2000. "
    "On 4 February 2022 it was 5<!--= d['2022-02-04'] -->; then nothing."
)


def test_a_year_may_rest_on_the_figure_beside_it():
    assert faults(RISE) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("in 1992 to", "in 1993 to"),
        ("in 2000.", "in 2001."),
        (
            "in 1992 to 71%<!--= r[2000]:.0% --> in 2000",
            "in 2000 to 71%<!--= r[2000]:.0% --> in 1992",
        ),
        ("4 February 2022", "5 February 2022"),
        ("then nothing", "in 1992 nothing"),
    ],
)
def test_another_year_may_not(old, new):
    assert len(faults(RISE.replace(old, new))) == 1


# ---------------------------------------------------------------- what has no source


@pytest.mark.parametrize(
    "text",
    [
        "It fell by 6.8 percent.",
        "The votes end in January 2020.",
        "The treaty of 2001 asks for it.",
        "On 24 February the USA voted no.",
        "It moved by ten points.",
        "Trade was nine times as large.",
        "It happened twice.",
        "Two points separate them.",
        "Article 9 says so.",
        'They called it "obvious lies".',
        "They called it “obvious lies”.",
        "Deliveries fell from 3,066 to 372.",
    ],
)
def test_a_figure_a_date_or_a_quotation_needs_a_source(text):
    assert faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "See lesson 01, sections 1 to 4, and task 2.",
        "## 3. Trade has two ends",
        "1. Press *Economist*.\n2. Press *Reset*.",
        "The AP4, claim C04 and G20 are names.",
        "Write `x = 5` or:\n\n```python\nshare = 0.5\n```",
        "[a paper](https://example.org/2017/61)",
        "One of the two may abstain, and a third state may not.",
        "<details><summary>Hint 1: nudge</summary>\n\nLook again.\n</details>",
        "Next: [02 Language](02-language.ipynb)",
        "May they march in step.",
    ],
)
def test_places_names_and_code_are_no_figures(text):
    assert faults(text) == []


# ---------------------------------------------------------------- comments that prove nothing


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("38%<!--= 0.38:.0% -->", "typed in"),
        ("38%<!--= typed:.0% -->", "typed in"),
        ("38%<!--= len([1, 2]) -->", "typed in"),
        ("38%<!--= r.iloc[3]:.0% -->", "picked by position"),
        ("38%<!--= list(r)[-1]:.0% -->", "picked by position"),
        ("38%<!--= r.head(n) -->", "picked by position"),
        ("38%<!--= r[ -->", "not valid Python"),
        ("<!--= r -->", "no figure stands before"),
        ("Nothing here.<!--@ r -->", "stands behind nothing"),
        ("Five<!--~ invented -->", "needs a reason in words"),
        ("38%<!--= r:.0%", "not closed"),
        ("38% --> of them", "not closed"),
        ('<!--[ neighbours("x") -->\n\ntext', "has no <!--]-->"),
        ("text <!--]-->", "never began"),
        ("| a | 38%<!--= r or (a | b) --> |", "breaks this table"),
        ("USD $5<!--= r --> and $6<!--= r -->", "become a formula"),
    ],
)
def test_each_fault_of_form_is_said_once(text, words):
    found = faults(text, constants=frozenset({"typed"}))
    assert [words in each for each in found].count(True) == 1, found


def test_a_label_that_is_a_year_is_no_position():
    assert faults("38%<!--= r[2014]:.0% -->") == []


def test_a_fault_names_its_line():
    (fault,) = read("First.\n\nIt fell by 5 percent.").faults
    assert fault.line == 3


@given(st.text(alphabet="ab 12%.,\n|-*`\"<>!=@~[]$:()'", max_size=80))
def test_any_text_can_be_read(text):
    reading = read(text)
    assert all(text[f.start :].startswith(f.literal) for f in reading.figures)
