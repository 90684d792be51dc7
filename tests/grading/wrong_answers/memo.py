"""Answers to exercise 06-memo and the marks that they must earn."""

from tests.grading.catalogue import Answer

W, E, C, R = "memo-1-options", "memo-2-evidence", "memo-3-claim", "memo-4-readings"

CALL = """'explore("ambiguity", k0=0.3, level=1.0)'"""
OTHER = """'explore("partnerships", d=3.0)'"""
REASON = (
    "'It holds only where help takes much from Beijing, and the course has no evidence that the "
    "members of NATO together would do so.'"
)
BEIJING = (
    "'It hears that the Alliance speaks of a matter that it calls its own, concludes that members "
    "prepare to act beside Washington, and may press single capitals to say in public that they "
    "would not.'"
)
TAIPEI = (
    "'The government hears support without a promise, concludes that much depends on its own "
    "restraint, and asks who would judge a provocation; in opposition one says that talks are "
    "worth more.'"
)


def sheet(
    *, call=CALL, row="'An attack'", number=0.35, other=OTHER, other_row="'All arms, in balance'"
):
    return (
        f"sheet = {{'call_1': {call}, 'row_1': {row}, 'number_1': {number}, 'call_2': {other}, "
        f"'row_2': {other_row}, 'number_2': 26.6}}"
    )


def claim(id="'C35'", verdict="'conditional'", reason=REASON):
    return f"claim = {{'id': {id}, 'verdict': {verdict}, 'reason': {reason}}}"


def readings(beijing=BEIJING, taipei=TAIPEI):
    return f"readings = {{'Beijing': {beijing}, 'Taipei': {taipei}}}"


def compared(chosen, *others):
    names = ("chosen", "other_1", "other_2")
    return f"compared = {dict(zip(names, (chosen, *others), strict=True))}"


WRONG = (
    # --- 1 options
    Answer("one-twice", W, compared("military", "nothing new", "military"), 0, "stands twice"),
    Answer("without-now", W, compared("military", "stay out", "general"), 0, "not among them"),
    Answer("a-typo", W, compared("ambigous", "nothing new", "general"), 0, "memo-1-options: not"),
    Answer("in-own-words", W, compared("be tough", "nothing new", "general"), 0, "one of"),
    Answer("a-list", W, "compared = ['general', 'nothing new', 'ambiguity']", 0, "as a dict"),
    Answer(
        "two-only", W, "compared = {'chosen': 'general', 'other_1': 'nothing new'}", 0, "Missing"
    ),
    Answer("still-open", W, compared("general", "nothing new", ...), 0, "still empty"),
    # --- 2 evidence
    Answer("of-another-level", E, sheet(call="""'explore("ambiguity", k0=0.3)'"""), 0, "says 0.77"),
    Answer("another-row", E, sheet(row="'Either'"), 0, "'Either' says 0.43, not 0.35"),
    Answer("a-row-of-ones-own", E, sheet(row="'war'"), 0, "have no row 'war'. There are: Beijing"),
    Answer("nearly-the-row", E, sheet(row="'An atack'"), 0, "Did you mean 'An attack'?"),
    Answer("rounded-to-one-decimal", E, sheet(number=0.4), 0, "says 0.35, not 0.4"),
    Answer("in-percent", E, sheet(number=35), 0, "says 0.35, not 35"),
    Answer("invented", E, sheet(number=0.05), 0, "says 0.35, not 0.05"),
    Answer("no-parameter", E, sheet(call="""'explore("ambiguity")'""", number=0.25), 0, "no param"),
    Answer(
        "no-such-parameter", E, sheet(call="""'explore("ambiguity", p=1)'"""), 0, "parameter 'p'"
    ),
    Answer(
        "out-of-range", E, sheet(call="""'explore("ambiguity", level=2)'"""), 0, "Piece 1: level"
    ),
    Answer(
        "no-such-explorer", E, sheet(call="""'explore("taiwan", k0=1)'"""), 0, "Piece 1: There is"
    ),
    Answer(
        "a-name-as-value", E, sheet(call="""'explore("ambiguity", k0=x)'"""), 0, "neither a number"
    ),
    Answer("not-a-call", E, sheet(call="'the ambiguity explorer'"), 0, "cannot be read"),
    Answer(
        "two-explorers", E, sheet(call="""'explore("ambiguity", "language")'"""), 0, "one explorer"
    ),
    Answer("another-call", E, sheet(call="""'print("ambiguity")'"""), 0, "no call of explore"),
    Answer(
        "a-live-explorer", E, sheet(call='explore("ambiguity", k0=0.3)'), 0, "memo-2-evidence: not"
    ),
    Answer(
        "the-same-twice",
        E,
        f"sheet = {{'call_1': {CALL}, 'row_1': 'An attack', 'number_1': 0.35, 'call_2': "
        """'explore("ambiguity", level=1, k0=0.30)', 'row_2': 'Either', 'number_2': 0.43}""",
        0,
        "the same setting",
    ),
    Answer("the-second-one", E, sheet(other_row="'All arms'"), 0, "Piece 2: The numbers"),
    Answer("five-entries", E, f"sheet = {{'call_1': {CALL}}}", 0, "Missing"),
    # --- 3 claim
    Answer("no-such-claim", C, claim("'C40'"), 0, "There is no claim C40"),
    Answer("as-it-stands", C, claim("'C12'", "'supported'"), 0, "neither refuted nor corrected"),
    Answer("a-verdict-of-ones-own", C, claim(verdict="'refuted'"), 0, "one of"),
    Answer("a-slogan", C, claim(reason="'The article is wrong.'"), 0, "The text has 4 words"),
    Answer("an-essay", C, claim(reason="' '.join(['word'] * 90)"), 0, "The text has 90 words"),
    Answer("a-number", C, claim("35"), 0, "memo-3-claim: not"),
    Answer("no-reason", C, "claim = {'id': 'C35', 'verdict': 'conditional'}", 0, "Missing"),
    # --- 4 readings
    Answer("moods", R, readings("'It will be angry.'"), 0, "The text has 4 words"),
    Answer("one-for-both", R, readings(taipei=BEIJING), 0, "nearly the same text"),
    Answer(
        "a-name-exchanged",
        R,
        readings(taipei=f"{BEIJING} + ' Taipei thinks so.'"),
        0,
        "the same text",
    ),
    Answer("padding", R, readings("'very angry ' * 20"), 0, "repeats its words"),
    Answer("beijing-only", R, f"readings = {{'Beijing': {BEIJING}}}", 0, "Missing: 'Taipei'"),
    Answer("too-long", R, readings("' '.join(map(str, range(160)))"), 0, "160 words"),
    Answer("a-list-of-two", R, f"readings = [{BEIJING}, {TAIPEI}]", 0, "as a dict"),
)

RIGHT = (
    Answer("for-a-guarantee", W, compared("military", "nothing new", "condition"), 1, "right"),
    Answer("for-saying-nothing", W, compared("nothing new", "economic", "partners"), 1, "right"),
    Answer("capitals", W, compared("Stay out", "Nothing new", "Ambiguity"), 1, "right"),
    Answer("two-explorers-in-the-other-way", E, sheet(), 2, "right"),
    Answer("a-row-in-small-letters", E, sheet(row="'an  attack'"), 2, "right"),
    Answer("finer-than-shown", E, sheet(number=0.348214), 2, "right"),
    Answer(
        "an-index-of-years",
        E,
        sheet(call="""'explore("alignment", trade=1.0)'""", row="'2018'", number=0.88),
        2,
        "right",
    ),
    Answer(
        "a-share-as-percent",
        E,
        sheet(
            call="""'explore("partnerships", psi=0.0, d=3.0)'""",
            row='"Partners\' share of effective arms"',
            number=82,
        ),
        2,
        "right",
    ),
    Answer(
        "a-share-as-fraction",
        E,
        sheet(
            call="""'explore("partnerships", psi=0.0, d=3.0)'""",
            row='"Partners\' share of effective arms"',
            number=0.82,
        ),
        2,
        "right",
    ),
    Answer(
        "a-default-written-out",
        E,
        sheet(call="""'explore("ambiguity", k0=0.6)'""", number=0.25),
        2,
        "right",
    ),
    Answer("over-several-lines", E, sheet(call=f"'''\n{CALL[1:-1]}\n'''"), 2, "right"),
    Answer("overturns-the-ledger", C, claim("'C02'", "'contested'"), 1, "right"),
    Answer("small-letters", C, claim("'c35'", "'Conditional'"), 1, "right"),
    Answer("as-long-as-wanted", R, readings(f"{BEIJING} * 2"), 1, "right"),
    Answer(
        "the-other-way-round",
        R,
        f"readings = {{'Taipei': {TAIPEI}, 'Beijing': {BEIJING}}}",
        1,
        "right",
    ),
)
