"""Answers to exercise 01-alignment and the marks that they must earn: plain data, no logic."""

from tests.grading.catalogue import Answer

#: The eight misconceptions that the exercise must recognise, by the number used in `WRONG`.
MISCONCEPTIONS = {
    1: "China and Russia are treaty allies; only the DPRK is not.",
    2: "High agreement in UN votes means an alliance.",
    3: "The votes of China and Russia converged because of Crimea.",
    4: "China backed Russia in every vote on Ukraine.",
    5: "More trade is equal interdependence.",
    6: "A high share of China's arms imports means growing deliveries.",
    7: "A missing or tiny number means little activity.",
    8: "The newest file, or an index, is objective.",
}

_CODES = """clauses = {
    "t1": "assistance", "t2": "consultation", "t3": "no_duty", "t4": "no_opposing_alliance",
    "t5": "consultation", "t6": "no_opposing_alliance", "t7": "assistance", "t8": "no_duty",
}
"""
_ARMS = """
y = load("arms_deliveries").query("edition == 2025")
y = y.pivot(index="year", columns=["supplier", "recipient"], values="tiv")
sent, bought, sold = y["Russia", "China"], y["World", "China"], y["Russia", "World"]
starts = [2004, 2009, 2014, 2019]
fives = [slice(s, s + 4) for s in starts]
volume = [sent.loc[f].sum() for f in fives]
share = [100 * sent.loc[f].sum() / bought.loc[f].sum() for f in fives]
arms = pd.DataFrame({"first_year": starts, "volume": volume, "share": share})
"""
_TRADE = """
sides = dots[dots["flow"] != "total"].groupby(["year", "partner"])["value"].sum()
world = dots[dots["flow"] == "total"].set_index("year")["value"]
shares = sides.xs("China", level="partner") / 10 / world
"""
_PARTNER = _TRADE + "share = sides[2014, {!r}] / 10 / world[2014]"
_EQUAL = "dict(trade=0.5, votes=0.5, ideal_points=0.5, arms=0.5)"
_REST = "dict(normaliser='min-max', aggregator='linear', concentration=20, floor=0.01)"


def _function(*lines: str) -> str:
    return "\n    ".join(["def agreement(votes_a, votes_b):", *lines])


_ZIP = "pairs = list(zip(votes_a, votes_b))"
_CAST = "pairs = [(a, b) for a, b in zip(votes_a, votes_b) if 'absent' not in (a, b)]"
_HALF = "points = [1 if a == b else 0.5 if 'abstain' in (a, b) else 0 for a, b in pairs]"
_MEAN = "return sum(points) / len(pairs)"

WRONG = (
    # --- 1 doubt
    Answer("newest-is-best", "alignment-1-doubt", "doubtful = 'a'", 0, "Newer is not better", 8),
    Answer("more-votes-is-best", "alignment-1-doubt", "doubtful = 'b'", 0, "belong to that year"),
    Answer("too-surprising", "alignment-1-doubt", "doubtful = 'd'", 0, "a reason to check"),
    Answer("no-such-option", "alignment-1-doubt", "doubtful = 'e'", 0, "none of the options"),
    Answer("a-bare-name", "alignment-1-doubt", "doubtful = c", 0, "did not run to its end"),
    # --- 2 share
    Answer("a-slip-of-the-pen", "alignment-2-share", "share = (11.26", 0, "such as a SyntaxError"),
    Answer("germany", "alignment-2-share", "share = 8.9", 0, "the share of Germany"),
    Answer("japan", "alignment-2-share", _PARTNER.format("Japan"), 0, "the share of Japan"),
    Answer("korea", "alignment-2-share", _PARTNER.format("South Korea"), 0, "of South Korea"),
    Answer("the-usa", "alignment-2-share", _PARTNER.format("USA"), 0, "the share of USA"),
    Answer("the-dprk", "alignment-2-share", _PARTNER.format("DPRK"), 0, "the share of DPRK"),
    Answer(
        "not-japan",
        "alignment-2-share",
        "share = 4.2",
        0,
        "not right yet",
        unsaid="This is the share",
    ),
    Answer("two-years-mixed", "alignment-2-share", "share = 11.319", 0, "Two years are mixed"),
    Answer("two-years-mixed-rounded", "alignment-2-share", "share = 11.32", 0, "Two years"),
    Answer(
        "the-mean-of-two-years",
        "alignment-2-share",
        _TRADE + "share = (shares[2013] + shares[2015]) / 2",
        0,
        "not right yet",
        unsaid="another year",
    ),
    Answer("a-part-of-one", "alignment-2-share", "share = 0.1126", 0, "You gave a share of one"),
    Answer("as-text", "alignment-2-share", "share = '11.3 %'", 0, "no per cent sign"),
    Answer("exports-only", "alignment-2-share", "share = 4.78", 0, "Only Russia's exports"),
    Answer("imports-only", "alignment-2-share", "share = 6.48", 0, "Only Russia's imports"),
    Answer("the-eu", "alignment-2-share", "share = 45.7", 0, "the European Union"),
    Answer("two-series-mixed", "alignment-2-share", "share = 12.16", 0, "Two series are mixed"),
    Answer(
        "another-year",
        "alignment-2-share",
        _TRADE + "share = shares[2020]",
        0,
        "the share in another year",
    ),
    Answer("whole-percent", "alignment-2-share", "share = 11", 0, "not right yet"),
    Answer(
        "millions-by-billions",
        "alignment-2-share",
        "share = 100 * 88350.3 / 784.5",
        0,
        "outside the possible range",
    ),
    Answer(
        "a-series",
        "alignment-2-share",
        "share = load('trade_shares')['share']",
        0,
        "Take the one number out",
    ),
    # --- 3 clauses
    Answer(
        "treaty-allies",
        "alignment-3-clauses",
        _CODES + "clauses['t2'] = 'assistance'",
        1.5,
        "China and Russia are not bound to help each other",
        1,
    ),
    Answer(
        "no-limits-is-a-promise",
        "alignment-3-clauses",
        _CODES + "clauses['t3'] = 'assistance'",
        1.5,
        "Friendship without limits is not a promise",
        1,
    ),
    Answer(
        "qualified-is-no-duty",
        "alignment-3-clauses",
        _CODES + "clauses['t7'] = 'no_duty'",
        1.5,
        "it stays a duty",
    ),
    Answer(
        "not-to-act-is-no-duty",
        "alignment-3-clauses",
        _CODES + "clauses |= {'t4': 'no_duty', 't6': 'no_duty'}",
        1,
        "leave something undone",
    ),
    Answer(
        "one-code-for-all",
        "alignment-3-clauses",
        "clauses = dict.fromkeys(['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8'], 'no_duty')",
        0,
        "2 of 8 right",
    ),
    Answer(
        "half-done",
        "alignment-3-clauses",
        _CODES + "clauses |= dict.fromkeys(['t5', 't6', 't7', 't8'], ...)",
        0,
        "4 of 8 right",
    ),
    Answer(
        "misspelt-code",
        "alignment-3-clauses",
        _CODES + "clauses['t2'] = 'consultatoin'",
        0,
        "Did you mean 'consultation'",
    ),
    Answer("as-a-list", "alignment-3-clauses", "clauses = ['assistance'] * 8", 0, "Write a dict"),
    # --- 4 agreement
    Answer(
        "strict",
        "alignment-4-agreement",
        _function(_CAST, "return sum(a == b for a, b in pairs) / len(pairs)"),
        0,
        "counts nothing here",
    ),
    Answer(
        "abstentions-thrown-away",
        "alignment-4-agreement",
        _function(
            "pairs = [(a, b) for a, b in zip(votes_a, votes_b)",
            "         if a in ('yes', 'no') and b in ('yes', 'no')]",
            "return sum(a == b for a, b in pairs) / len(pairs)",
        ),
        0,
        "Calls with an abstention are thrown away",
    ),
    Answer(
        "absences-counted",
        "alignment-4-agreement",
        _function(_ZIP, _HALF, _MEAN),
        0,
        "one of the two missed is counted",
    ),
    Answer(
        "abstention-in-full",
        "alignment-4-agreement",
        _function(
            _CAST,
            "return sum(a == b or 'abstain' in (a, b) for a, b in pairs) / len(pairs)",
        ),
        0,
        "counts in full here",
    ),
    Answer(
        "plain-equality",
        "alignment-4-agreement",
        _function("return sum(a == b for a, b in zip(votes_a, votes_b)) / len(votes_a)"),
        0,
        "Only identical votes count here",
    ),
    Answer(
        "two-abstentions-half",
        "alignment-4-agreement",
        _function(
            _CAST,
            "points = [0.5 if 'abstain' in (a, b) else a == b for a, b in pairs]",
            _MEAN,
        ),
        0,
        "Two abstentions are the same vote",
    ),
    Answer(
        "two-absences-agree",
        "alignment-4-agreement",
        _function(
            "both = zip(votes_a, votes_b)",
            "pairs = [(a, b) for a, b in both if a == b or 'absent' not in (a, b)]",
            _HALF,
            _MEAN,
        ),
        0,
        "Two absences are no vote",
    ),
    Answer(
        "absence-of-the-first-only",
        "alignment-4-agreement",
        _function(
            "pairs = [(a, b) for a, b in zip(votes_a, votes_b) if a != 'absent']", _HALF, _MEAN
        ),
        0,
        "only if the first state was absent",
    ),
    Answer(
        "absence-of-the-second-only",
        "alignment-4-agreement",
        _function(
            "pairs = [(a, b) for a, b in zip(votes_a, votes_b) if b != 'absent']", _HALF, _MEAN
        ),
        0,
        "only if the second state was absent",
    ),
    Answer(
        "two-decimals",
        "alignment-4-agreement",
        _function(_CAST, _HALF, "return round(sum(points) / len(pairs), 2)"),
        0,
        "the right value, rounded",
    ),
    Answer(
        "six-decimals",
        "alignment-4-agreement",
        _function(_CAST, _HALF, "return round(sum(points) / len(pairs), 6)"),
        0,
        "the right value, rounded",
    ),
    Answer(
        "in-percent",
        "alignment-4-agreement",
        _function(_CAST, _HALF, "return 100 * sum(points) / len(pairs)"),
        0,
        "it returned 62.5; 0.625 is right",
    ),
    Answer(
        "fitted-to-the-example", "alignment-4-agreement", _function("return 0.6"), 0, "is right"
    ),
    Answer(
        "prints",
        "alignment-4-agreement",
        _function(_CAST, _HALF, "print(sum(points) / len(pairs))"),
        0,
        "prints its result instead of returning it",
    ),
    Answer(
        "changes-its-input",
        "alignment-4-agreement",
        _function(
            "for i in reversed(range(len(votes_a))):",
            "    if 'absent' in (votes_a[i], votes_b[i]):",
            "        del votes_a[i], votes_b[i]",
            _ZIP,
            _HALF,
            _MEAN,
        ),
        0,
        "changes its input 'votes_a'",
    ),
    Answer(
        "one-argument",
        "alignment-4-agreement",
        "def agreement(votes):\n    return 0.6",
        0,
        "cannot be called with 2 arguments",
    ),
    Answer(
        "called-at-once",
        "alignment-4-agreement",
        _function(_CAST, _HALF, _MEAN) + "\n\n\nagreement = agreement(['yes'], ['yes'])",
        0,
        "not a function",
    ),
    Answer("stops", "alignment-4-agreement", _function("return votes_a['yes']"), 0, "TypeError"),
    Answer(
        "leaves-python", "alignment-4-agreement", _function("raise SystemExit"), 0, "SystemExit"
    ),
    Answer(
        "endless-generator",
        "alignment-4-agreement",
        _function("while True:", "    yield 0.6"),
        0,
        "not a number",
    ),
    Answer(
        "returns-text",
        "alignment-4-agreement",
        _function(_CAST, _HALF, "return f'{sum(points) / len(pairs):.2f}'"),
        0,
        "This is text",
    ),
    # --- 5 absence
    Answer("sign", "alignment-5-absence", "absence_effect = 10.97", 0, "the sign is wrong"),
    Answer(
        "relative-change",
        "alignment-5-absence",
        "absence_effect = -17.2",
        0,
        "change in percent of the old value",
    ),
    Answer(
        "difference-of-shares",
        "alignment-5-absence",
        "absence_effect = 0.5265 - 0.6362",
        0,
        "a hundred times as much",
    ),
    Answer(
        "samples-mixed",
        "alignment-5-absence",
        "absence_effect = 57.04 - 63.62",
        0,
        "Two things changed at once",
        8,
    ),
    Answer(
        "samples-mixed-the-other-way",
        "alignment-5-absence",
        "absence_effect = 52.65 - 65.39",
        0,
        "Two things changed at once",
        8,
    ),
    Answer(
        "the-other-sample", "alignment-5-absence", "absence_effect = -8.35", 0, "the other sample"
    ),
    Answer(
        "the-lessons-pair",
        "alignment-5-absence",
        "absence_effect = -15.75",
        0,
        "China and the DPRK; asked are Russia",
    ),
    Answer(
        "the-lessons-figure",
        "alignment-5-absence",
        "absence_effect = -12.2",
        0,
        "another pair, another sample",
    ),
    Answer(
        "the-sample-not-the-rule",
        "alignment-5-absence",
        "absence_effect = 65.39 - 63.62",
        0,
        "The question is about the rule",
    ),
    Answer("the-old-level", "alignment-5-absence", "absence_effect = 63.6", 0, "the old rule"),
    Answer("the-level", "alignment-5-absence", "absence_effect = 52.65", 0, "not the change"),
    Answer("not-finite", "alignment-5-absence", "absence_effect = 1e308 * 10", 0, "infinite"),
    # --- 6 order
    Answer(
        "raw-agreement",
        "alignment-6-order",
        "order = ['China-DPRK', 'China-Brazil', 'China-Russia', 'Russia-Germany', 'UK-USA', "
        "'Japan-USA']",
        0,
        "high agreement does not make an alliance",
        2,
    ),
    Answer(
        "allies-on-top",
        "alignment-6-order",
        "order = ['China-DPRK', 'Japan-USA', 'UK-USA', 'China-Russia', 'Russia-Germany', "
        "'China-Brazil']",
        0,
        "because they are allies",
        2,
    ),
    Answer(
        "two-allies-on-top",
        "alignment-6-order",
        "order = ['China-DPRK', 'UK-USA', 'China-Brazil', 'Japan-USA', 'Russia-Germany', "
        "'China-Russia']",
        0,
        "the wrong way round",
        unsaid="because they are allies",
    ),
    Answer(
        "turned-round",
        "alignment-6-order",
        "order = ['Japan-USA', 'China-Brazil', 'Russia-Germany', 'UK-USA', 'China-Russia', "
        "'China-DPRK']",
        0,
        "turned round",
    ),
    Answer(
        "two-neighbours",
        "alignment-6-order",
        "order = ['China-DPRK', 'UK-USA', 'China-Russia', 'Russia-Germany', 'China-Brazil', "
        "'Japan-USA']",
        0.5,
        "the wrong way round",
    ),
    Answer(
        "five-of-six",
        "alignment-6-order",
        "order = ['China-DPRK', 'China-Russia', 'UK-USA', 'Russia-Germany', 'China-Brazil']",
        0,
        "Not in the list: 'Japan-USA'",
    ),
    # --- 7 arms
    Answer(
        "mean-of-shares",
        "alignment-7-arms",
        _ARMS + "arms['share'] = [(100 * sent / bought).loc[f].mean() for f in fives]",
        1,
        "the mean of the yearly shares",
    ),
    Answer(
        "whose-share",
        "alignment-7-arms",
        _ARMS + "arms['share'] = [100 * sent.loc[f].sum() / sold.loc[f].sum() for f in fives]",
        1,
        "China's share of Russia's exports",
    ),
    Answer(
        "some-small-shares",
        "alignment-7-arms",
        _ARMS + "arms['share'] = 0.6",
        1,
        "Column 'share' is wrong",
        unsaid="a part of one",
    ),
    Answer("part-of-one", "alignment-7-arms", _ARMS + "arms['share'] /= 100", 1, "a part of one"),
    Answer(
        "mean-volume",
        "alignment-7-arms",
        _ARMS + "arms['volume'] /= 5",
        1,
        "Column 'volume' is wrong where first_year is 2004",
    ),
    Answer(
        "volumes-as-text",
        "alignment-7-arms",
        _ARMS + "arms['volume'] = arms['volume'].map('{:.0f}'.format)",
        1,
        "Column 'volume' is wrong",
    ),
    Answer(
        "a-gap-for-a-number",
        "alignment-7-arms",
        _ARMS + "arms.loc[3, 'volume'] = None",
        1.5,
        "a missing value there",
    ),
    Answer(
        "periods-from-2000",
        "alignment-7-arms",
        _ARMS + "sums = sent.groupby(sent.index // 5 * 5).sum().head(4)\n"
        "arms = pd.DataFrame({'first_year': sums.index, 'volume': sums, 'share': 50.0})",
        0,
        "No row for first_year is 2004",
    ),
    Answer(
        "a-column-too-many",
        "alignment-7-arms",
        _ARMS + "arms['last_year'] = arms['first_year'] + 4",
        0,
        "not asked for: 'last_year'",
    ),
    Answer(
        "key-in-the-index",
        "alignment-7-arms",
        _ARMS + "arms = arms.set_index('first_year')",
        0,
        ".reset_index()",
    ),
    Answer(
        "every-year",
        "alignment-7-arms",
        _ARMS + "arms = pd.DataFrame({'first_year': sent.index, 'volume': sent.to_numpy(), "
        "'share': (100 * sent / bought).to_numpy()})",
        0,
        "rows, not 4",
    ),
    # --- 8 claims
    Answer(
        "votes-after-crimea",
        "alignment-8-claims",
        "supported = ['a', 'b', 'd', 'h']",
        1,
        "Crimea does not show in them",
        3,
    ),
    Answer(
        "china-with-russia-always",
        "alignment-8-claims",
        "supported = ['b', 'c', 'd', 'h']",
        1,
        "An abstention is not a no",
        4,
    ),
    Answer(
        "equal-partners",
        "alignment-8-claims",
        "supported = ['b', 'd', 'e', 'h']",
        1,
        "not equally",
        5,
    ),
    Answer(
        "share-for-volume",
        "alignment-8-claims",
        "supported = ['b', 'd', 'f', 'h']",
        1,
        "a share of a shrinking whole",
        6,
    ),
    Answer(
        "small-number-little-help",
        "alignment-8-claims",
        "supported = ['b', 'd', 'g', 'h']",
        1,
        "a small number is not small support",
        7,
    ),
    Answer(
        "trade-only-rises",
        "alignment-8-claims",
        "supported = ['b', 'h']",
        1,
        "You left out 1 option",
        5,
    ),
    Answer("one-alone", "alignment-8-claims", "supported = ['b']", 0, "You left out 2 options"),
    Answer(
        "two-right-one-wrong",
        "alignment-8-claims",
        "supported = ['b', 'd', 'f']",
        0,
        "a share of a shrinking whole",
        6,
    ),
    Answer(
        "all-of-them",
        "alignment-8-claims",
        "supported = list('abcdefgh')",
        0,
        "'f' does not belong",
    ),
    Answer(
        "the-false-ones", "alignment-8-claims", "supported = ['a', 'c', 'e']", 0, "not right yet"
    ),
    Answer("one-text", "alignment-8-claims", "supported = 'bdh'", 0, "Write a list"),
    Answer("twice", "alignment-8-claims", "supported = ['b', 'b', 'd']", 0, "stands twice"),
    # --- 9 setting
    Answer(
        "the-start",
        "alignment-9-setting",
        "found = explore('alignment').values",
        0,
        "2018 ranks first and 2017 is number",
        8,
    ),
    Answer(
        "ranks-only",
        "alignment-9-setting",
        "found = explore('alignment', normaliser='rank').values",
        0,
        "'rank' is none of the options",
    ),
    Answer(
        "diplomat",
        "alignment-9-setting",
        "found = explore('alignment', trade=0, votes=1, ideal_points=1, arms=0).values",
        0,
        "lies outside the possible range",
    ),
    Answer(
        "economist",
        "alignment-9-setting",
        "found = explore('alignment', trade=1, votes=0.2, ideal_points=0.2, arms=0.2).values",
        0,
        "2019 ranks first and 2017 is number 3",
        8,
    ),
    Answer(
        "the-explorer-itself",
        "alignment-9-setting",
        "found = explore('alignment')",
        0,
        "Write the setting as a dict",
    ),
    Answer("weights-only", "alignment-9-setting", f"found = {_EQUAL}", 0, "Missing: 'normaliser'"),
    Answer(
        "misspelt-parameter",
        "alignment-9-setting",
        f"found = {_EQUAL} | {_REST} | dict(vote=1)",
        0,
        "Did you mean 'votes'",
    ),
    Answer("the-year", "alignment-9-setting", "found = '2017'", 0, "Write the setting as a dict"),
)

RIGHT = (
    Answer(
        "of-numpy",
        "alignment-1-doubt",
        "import numpy as np\ndoubtful = np.str_('c')",
        1,
        "right.",
    ),
    Answer("capital", "alignment-1-doubt", "doubtful = ' C '", 1, "right."),
    Answer("one-decimal", "alignment-2-share", "share = 11.3", 2, "right."),
    Answer("cut-off", "alignment-2-share", "share = 11.2", 2, "right."),
    Answer(
        "read-off",
        "alignment-2-share",
        "t = load('trade_shares').query(\"reporter == 'Russia' and partner == 'China'\")\n"
        "share = t.loc[t['year'] == 2014, 'share'].iloc[0]",
        2,
        "right.",
    ),
    Answer(
        "numpy-single",
        "alignment-2-share",
        "import numpy as np\nshare = np.float32(11.262)",
        2,
        "right.",
    ),
    Answer(
        "capitals-in-another-order",
        "alignment-3-clauses",
        _CODES + "clauses = {k: v.upper() for k, v in reversed(clauses.items())}",
        2,
        "right.",
    ),
    Answer("a-loop", "alignment-4-agreement", _function(_CAST, _HALF, _MEAN), 3, "right on the"),
    Answer(
        "with-numpy",
        "alignment-4-agreement",
        "import numpy as np\n\n\n"
        + _function(
            "at = {'no': 0, 'abstain': 1, 'yes': 2, 'absent': np.nan}",
            "a, b = (np.array([at[v] for v in votes]) for votes in (votes_a, votes_b))",
            "return 1 - np.nanmean(abs(a - b)) / 2",
        ),
        3,
        "right on the",
    ),
    Answer(
        "with-pandas",
        "alignment-4-agreement",
        _function(
            "calls = pd.DataFrame({'a': votes_a, 'b': votes_b})",
            "calls = calls[(calls != 'absent').all(axis=1)]",
            "at = {'no': 0, 'abstain': 0.5, 'yes': 1}",
            "return 1 - (calls['a'].map(at) - calls['b'].map(at)).abs().mean()",
        ),
        3,
        "right on the",
    ),
    Answer(
        "from-the-model",
        "alignment-4-agreement",
        "from indopacific.models.alignment import agreement as model\n\n\n"
        "agreement = lambda a, b: model(a, b, 'half')",
        3,
        "right on the",
    ),
    Answer("whole-points", "alignment-5-absence", "absence_effect = -11", 2, "right."),
    Answer("unrounded", "alignment-5-absence", "absence_effect = 52.65 - 63.62", 2, "right."),
    Answer(
        "as-an-index",
        "alignment-6-order",
        "order = pd.Index(['China-DPRK', 'China-Russia', 'UK-USA', 'Russia-Germany', "
        "'China-Brazil', 'Japan-USA'])",
        1,
        "right.",
    ),
    Answer(
        "as-a-tuple",
        "alignment-6-order",
        "order = ('China-DPRK', 'China-Russia', 'UK-USA', 'Russia-Germany', 'China-Brazil', "
        "'Japan-USA')",
        1,
        "right.",
    ),
    Answer("rounded", "alignment-7-arms", _ARMS + "arms = arms.round(0)", 2, "right."),
    Answer(
        "columns-and-rows-shuffled",
        "alignment-7-arms",
        _ARMS + "arms = arms[['share', 'first_year', 'volume']].iloc[::-1]",
        2,
        "right.",
    ),
    Answer(
        "years-as-decimals",
        "alignment-7-arms",
        _ARMS + "arms = arms.astype({'first_year': 'float64'}).convert_dtypes()",
        2,
        "right.",
    ),
    Answer(
        "an-array",
        "alignment-8-claims",
        "import numpy as np\nsupported = np.array(['b', 'd', 'h'])",
        2,
        "right.",
    ),
    Answer("a-series", "alignment-8-claims", "supported = pd.Series(list('dbh'))", 2, "right."),
    Answer("an-index", "alignment-8-claims", "supported = pd.Index(list('hdb'))", 2, "right."),
    Answer("a-set", "alignment-8-claims", "supported = {'h', 'd', 'b'}", 2, "right."),
    Answer("capitals", "alignment-8-claims", "supported = ('H', 'B', 'D')", 2, "right."),
    Answer(
        "geometric",
        "alignment-9-setting",
        "found = explore('alignment', trade=0.2, votes=0.8, ideal_points=0.8, arms=0.2, "
        "aggregator='geometric').values",
        2,
        "right.",
    ),
    Answer(
        "off-the-sliders-steps",
        "alignment-9-setting",
        "found = explore('alignment', trade=0.205, votes=0.777, ideal_points=1, arms=0.215, "
        "concentration=21).values",
        2,
        "right.",
    ),
    Answer(
        "a-float-at-the-edge",
        "alignment-9-setting",
        f"found = {_REST} | dict(trade=1 - 0.8, votes=0.4, ideal_points=0.9, arms=1 - 0.8)",
        2,
        "right.",
    ),
    Answer(
        "by-hand",
        "alignment-9-setting",
        "import numpy as np\n"
        f"found = {_REST} | dict(trade=0.2, votes=np.float64(0.31), ideal_points=1, arms=0.2)",
        2,
        "right.",
    ),
)
