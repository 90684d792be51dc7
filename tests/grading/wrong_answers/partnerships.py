"""Answers to exercise 03-partnerships and the marks that they must earn: plain data, no logic."""

from tests.grading.catalogue import Answer

#: The misconceptions that the exercise must recognise, by the number used in `WRONG`.
MISCONCEPTIONS = {
    1: "The four are members, or half members, of NATO.",
    2: "If Japan is attacked, article 5 obliges NATO's members to act.",
    3: "An attack on any soil of the USA triggers article 5.",
    4: "The rule is simply: north of the Tropic of Cancer.",
    5: "Article 5 means war without a decision.",
    6: "NATO began to work with Asia in 2022.",
    7: "All four tailored programmes were agreed at once in 2023.",
    8: "NATO opened an office in Tokyo.",
    9: "Members' ships in the Pacific are a mission of NATO.",
    10: "All four leaders always attend since 2022.",
    11: "Article 6 limits what NATO may discuss or do.",
    12: "A zero in the table of cooperation means that nothing is done.",
}

_REACH = """def article5(attacked, owner, region, ground, island, latitude):
    named = region in ("Europe", "North America", "Turkey")
    north = latitude > TROPIC
    atlantic = region == "North Atlantic area" and north
    sea = attacked != "territory" and (atlantic or region == "Mediterranean Sea")
    """
_END = """
    return "yes" if owner == "party" and (sea or (ground == "party" and land)) else "no"
"""
_LAND = _REACH + "land = named or (island and atlantic)" + _END
_TABLE = """
levels = came.groupby("partner")["level"].agg(
    known="count", leaders=lambda level: (level == 3).sum(), lowest="min"
).reset_index()
"""
_BOTH = """
both = ({}).groupby(areas["partner"]).sum().to_dict()
"""
_BECOMES = """def becomes(alpha, beta, k, l0, psi, r, d):
    """
_SETS = 'found = explore("partnerships", {}).values'

WRONG = (
    # --- 1 reach
    Answer(
        "any-soil",
        "partnerships-1-reach",
        _REACH + "land = True" + _END,
        0,
        "All soil of a party counts here",
        3,
    ),
    Answer(
        "no-islands",
        "partnerships-1-reach",
        _REACH + "land = named" + _END,
        0,
        "The words about islands are missing",
    ),
    Answer(
        "whose-is-not-asked",
        "partnerships-1-reach",
        _REACH + "return 'yes' if named or atlantic or sea else 'no'",
        0,
        "Whose it is plays no part here. The words speak",
    ),
    Answer(
        "forces-everywhere",
        "partnerships-1-reach",
        _REACH
        + "sea = sea or attacked != 'territory'\n    land = named or (island and atlantic)"
        + _END,
        0,
        "Forces of a party count everywhere",
    ),
    Answer(
        "tropic-on-land",
        "partnerships-1-reach",
        _REACH + "land = named or north" + _END,
        0,
        "Midway lies north of it",
        4,
    ),
    Answer(
        "tropic-for-all-islands",
        "partnerships-1-reach",
        _REACH + "land = named or (island and north)" + _END,
        0,
        "Midway lies north of it",
        4,
    ),
    Answer(
        "tropic-alone",
        "partnerships-1-reach",
        _REACH + "return 'yes' if owner == 'party' and latitude > TROPIC else 'no'",
        0,
        "Midway lies north of it",
        4,
    ),
    Answer(
        "tropic-or-the-lands",
        "partnerships-1-reach",
        _REACH + "return 'yes' if owner == 'party' and (named or north) else 'no'",
        0,
        "Midway lies north of it",
        4,
    ),
    Answer(
        "tropic-at-sea-too",
        "partnerships-1-reach",
        _REACH
        + "sea = sea or (attacked != 'territory' and ground == 'sea' and north)\n"
        + "    land = named or north"
        + _END,
        0,
        "Midway lies north of it",
        4,
    ),
    Answer(
        "no-tropic",
        "partnerships-1-reach",
        _REACH.replace(" and north", "") + "land = named or (island and atlantic)" + _END,
        0,
        "The Tropic is missing",
    ),
    Answer(
        "south-of-the-tropic",
        "partnerships-1-reach",
        _LAND.replace("latitude > TROPIC", "latitude < TROPIC"),
        0,
        "returned 'no'; 'yes' is right",
        unsaid="The words about islands",
    ),
    Answer(
        "no-turkey",
        "partnerships-1-reach",
        _REACH.replace(', "Turkey"', "") + "land = named or (island and atlantic)" + _END,
        0,
        "Turkey has words of its own",
    ),
    Answer(
        "no-mediterranean",
        "partnerships-1-reach",
        _LAND.replace("Mediterranean Sea", "Baltic Sea"),
        0,
        "the Mediterranean is missing",
    ),
    Answer(
        "over-land-only",
        "partnerships-1-reach",
        _LAND.replace("sea or (", "("),
        0,
        "in or over territory only",
    ),
    Answer(
        "any-flag",
        "partnerships-1-reach",
        _LAND.replace(
            'return "yes"',
            'owner = owner if attacked == "territory" else "party"\n    return "yes"',
        ),
        0,
        "Whose ship, aircraft or forces they are",
    ),
    Answer(
        "on-land-of-others",
        "partnerships-1-reach",
        _LAND.replace('(ground == "party" and land)', '(named or (ground == "party" and land))'),
        0,
        "because it lies in Europe",
    ),
    Answer(
        "two-at-once",
        "partnerships-1-reach",
        (_REACH.replace(', "Turkey"', "") + "land = named or north" + _END),
        0,
        "returned 'yes'; 'no' is right",
        unsaid="Turkey has words",
    ),
    Answer(
        "prints",
        "partnerships-1-reach",
        _REACH + "print('yes')",
        0,
        "prints its result instead of returning it",
    ),
    Answer("true", "partnerships-1-reach", _REACH + "return named", 0, "another kind"),
    # --- 2 levels
    Answer(
        "gaps-are-known",
        "partnerships-2-levels",
        _TABLE.replace('"count"', '"size"'),
        0,
        "counted as known",
    ),
    Answer(
        "all-leaders-always",
        "partnerships-2-levels",
        _TABLE.replace("lambda level: (level == 3).sum()", '"count"'),
        0,
        "to have come each time",
        10,
    ),
    Answer(
        "all-leaders-always-by-heart",
        "partnerships-2-levels",
        "levels = pd.DataFrame({'partner': partners, 'known': 4, 'leaders': 4, 'lowest': 3})",
        0,
        "to have come each time",
        10,
    ),
    Answer(
        "all-leaders-in-ankara-too",
        "partnerships-2-levels",
        "levels = pd.DataFrame({'partner': partners, 'known': 5, 'leaders': 5, 'lowest': 3})",
        0,
        "to have come each time",
        10,
    ),
    Answer(
        "gaps-are-nothing",
        "partnerships-2-levels",
        "came['level'] = came['level'].fillna(0)" + _TABLE,
        0,
        "Not found is neither absent nor low",
    ),
    Answer(
        "gaps-are-lowest",
        "partnerships-2-levels",
        _TABLE + "levels['lowest'] = 0",
        0,
        "Not found is neither absent nor low",
    ),
    Answer(
        "ministers-too",
        "partnerships-2-levels",
        _TABLE.replace("level == 3", "level >= 2"),
        0,
        "Ministers are counted as leaders",
    ),
    Answer(
        "by-summit",
        "partnerships-2-levels",
        _TABLE.replace('groupby("partner")', 'groupby("summit")'),
        0,
        "There is no column 'partner'",
    ),
    Answer(
        "partner-in-the-index",
        "partnerships-2-levels",
        _TABLE.replace(".reset_index()", ""),
        0,
        "Make it a column",
    ),
    # --- 3 certain
    Answer(
        "text-as-it-stands",
        "partnerships-3-certain",
        "certain = {day: int((programmes <= day).sum()) for day in days}",
        0,
        "taken for its first day",
    ),
    Answer(
        "whole-days-only",
        "partnerships-3-certain",
        "whole = programmes[programmes.str.len() == 10]\n"
        "certain = {day: int((whole <= day).sum()) for day in days}",
        0,
        "left out for good",
    ),
    Answer(
        "before-the-day",
        "partnerships-3-certain",
        "latest = programmes.map(lambda date: f'{pd.Period(date).end_time:%Y-%m-%d}')\n"
        "certain = {day: int((latest < day).sum()) for day in days}",
        0,
        "The day itself is left out",
    ),
    Answer(
        "all-at-vilnius",
        "partnerships-3-certain",
        "certain = {day: 0 if day == '2023-07-11' else 4 for day in days}",
        0,
        "It was not one act of all four",
        7,
    ),
    Answer(
        "all-in-july",
        "partnerships-3-certain",
        "certain = dict(zip(days, [1, 2, 4, 4, 4, 4]))",
        0,
        "It was not one act of all four",
        7,
    ),
    Answer(
        "by-the-note",
        "partnerships-3-certain",
        "certain = dict(zip(days, [1, 2, 3, 3, 4, 4]))",
        0,
        "Wrong for '2024-06-30'",
        unsaid="It was not one act",
    ),
    Answer(
        "near-the-first-day",
        "partnerships-3-certain",
        "certain = dict(zip(days, [2, 3, 3, 3, 3, 4]))",
        0,
        "Wrong for '2023-07-11'",
        unsaid="taken for its first day",
    ),
    Answer(
        "near-whole-days",
        "partnerships-3-certain",
        "certain = dict(zip(days, [1, 2, 2, 2, 2, 3]))",
        0,
        "Wrong for '2023-07-31'",
        unsaid="left out for good",
    ),
    Answer(
        "near-before-the-day",
        "partnerships-3-certain",
        "certain = dict(zip(days, [0, 1, 2, 3, 3, 4]))",
        0,
        "Wrong for '2023-07-11'",
        unsaid="The day itself",
    ),
    # --- 4 both
    Answer(
        "the-lesson-s-rule",
        "partnerships-4-both",
        _BOTH.format('areas["named"] + areas["activity"]'),
        0,
        "This is the lesson's rule",
    ),
    Answer(
        "either",
        "partnerships-4-both",
        _BOTH.format('areas["named"] | areas["activity"]'),
        0,
        "if it is named or done",
    ),
    Answer("named", "partnerships-4-both", _BOTH.format('areas["named"]'), 0, "done or not"),
    Answer("done", "partnerships-4-both", _BOTH.format('areas["activity"]'), 0, "named or not"),
    Answer(
        "two-points",
        "partnerships-4-both",
        _BOTH.format('2 * areas["named"] * areas["activity"]'),
        0,
        "one point here, not two",
    ),
    Answer(
        "as-a-group-too",
        "partnerships-4-both",
        _BOTH.format('areas["named"] * areas["activity"] * areas["group_named"]'),
        0,
        "group_named plays a part",
    ),
    Answer(
        "japan-alone",
        "partnerships-4-both",
        "both = {'Japan': 7}",
        0,
        "Missing: 'Australia'",
    ),
    Answer(
        "near-lesson",
        "partnerships-4-both",
        "both = dict(zip(partners, [15, 19, 13, 14]))",
        0,
        "Wrong for",
        unsaid="This is the lesson's rule",
    ),
    Answer(
        "near-either",
        "partnerships-4-both",
        "both = dict(zip(partners, [11, 12, 9, 9]))",
        0,
        "Wrong for",
        unsaid="named or done",
    ),
    Answer(
        "near-named",
        "partnerships-4-both",
        "both = dict(zip(partners, [8, 12, 6, 8]))",
        0,
        "Wrong for",
        unsaid="done or not",
    ),
    Answer(
        "near-done",
        "partnerships-4-both",
        "both = dict(zip(partners, [7, 7, 7, 5]))",
        0,
        "Wrong for",
        unsaid="named or not",
    ),
    Answer(
        "near-two",
        "partnerships-4-both",
        "both = dict(zip(partners, [8, 14, 8, 9]))",
        0,
        "Wrong for",
        unsaid="not two",
    ),
    Answer(
        "near-group",
        "partnerships-4-both",
        "both = dict(zip(partners, [3, 6, 3, 3]))",
        0,
        "Wrong for",
        unsaid="group_named",
    ),
    # --- 5 order
    Answer(
        "it-began-in-madrid",
        "partnerships-5-order",
        "order = list('dabfgec')",
        1,
        "Nothing of the four stands before the summit of 2022",
        6,
    ),
    Answer(
        "it-began-in-madrid-1",
        "partnerships-5-order",
        "order = list('daecfgb')",
        0,
        "Nothing of the four stands before the summit of 2022",
        6,
    ),
    Answer(
        "ministers-after-leaders",
        "partnerships-5-order",
        "order = list('dfgabec')",
        1.5,
        "the wrong way round",
        unsaid="Nothing of the four stands",
    ),
    Answer("latest-first", "partnerships-5-order", "order = list('ceabgfd')", 0, "The latest"),
    Answer("six", "partnerships-5-order", "order = list('dfgbae')", 0, "Not in the list"),
    # --- 6 sentences
    Answer(
        "opened",
        "partnerships-6-sentences",
        "stand = ['a', 'b', 'e', 'h']",
        1,
        "a plan is not an act",
        8,
    ),
    Answer(
        "forbidden",
        "partnerships-6-sentences",
        "stand = ['b', 'c', 'e', 'h']",
        1,
        "of offices they say nothing",
        11,
    ),
    Answer(
        "silence",
        "partnerships-6-sentences",
        "stand = ['b', 'd', 'e', 'h']",
        1,
        "neither a yes nor a no",
    ),
    Answer(
        "rimpac",
        "partnerships-6-sentences",
        "stand = ['b', 'e', 'f', 'h']",
        1,
        "A member's ship is not NATO's",
        9,
    ),
    Answer(
        "zero",
        "partnerships-6-sentences",
        "stand = ['b', 'e', 'g', 'h']",
        1,
        "not that there is none",
        12,
    ),
    Answer(
        "must-fight",
        "partnerships-6-sentences",
        "stand = ['b', 'e', 'h', 'i']",
        1,
        "that it deems necessary",
        5,
    ),
    Answer(
        "japan-is-covered",
        "partnerships-6-sentences",
        "stand = ['b', 'e', 'h', 'j']",
        1,
        "Japan is no party",
        2,
    ),
    Answer(
        "half-a-member",
        "partnerships-6-sentences",
        "stand = ['b', 'e', 'h', 'k']",
        1,
        "not even half a one",
        1,
    ),
    Answer("two-found", "partnerships-6-sentences", "stand = ['b', 'e']", 1, "left out 1 option"),
    Answer("one-found", "partnerships-6-sentences", "stand = ['e']", 0, "left out 2 options"),
    # --- 7 by hand
    Answer("no-reassurance", "partnerships-7-by-hand", "by_hand = 2.4", 0, "without reassurance"),
    Answer("what-remains", "partnerships-7-by-hand", "by_hand = 12", 0, "the share that remains"),
    Answer("no-l0", "partnerships-7-by-hand", "by_hand = 4", 0, "take l0 off first"),
    Answer(
        "no-k", "partnerships-7-by-hand", "by_hand = 0.56 / 0.4", 0, "The costs are not divided"
    ),
    Answer("times-k", "partnerships-7-by-hand", "by_hand = 0.44", 0, "Divide by it"),
    Answer("added", "partnerships-7-by-hand", "by_hand = (2 / 0.6 - 0.4) / 0.4", 0, "are added"),
    Answer("plus-l0", "partnerships-7-by-hand", "by_hand = 5.0", 0, "l0 is added"),
    Answer("room", "partnerships-7-by-hand", "by_hand = 1.2", 0, "not yet a depth"),
    Answer("a-guess", "partnerships-7-by-hand", "by_hand = 3.5", 0, "not right yet"),
    # --- 8 becomes
    Answer(
        "edge",
        "partnerships-8-becomes",
        _BECOMES
        + "l = l0 + psi * d * (1 - r)\n"
        + "    return 'settles' if alpha * beta >= k * l else 'no balance'",
        0,
        "both levels rise steadily",
    ),
    Answer(
        "no-reassurance",
        "partnerships-8-becomes",
        _BECOMES + "return 'settles' if alpha * beta > k * (l0 + psi * d) else 'no balance'",
        0,
        "Reassurance plays no part here",
    ),
    Answer(
        "no-depth",
        "partnerships-8-becomes",
        _BECOMES + "return 'settles' if alpha * beta > k * l0 else 'no balance'",
        0,
        "Depth plays no part here",
    ),
    Answer(
        "what-remains",
        "partnerships-8-becomes",
        _BECOMES + "return 'settles' if alpha * beta > k * (l0 + psi * d * r) else 'no balance'",
        0,
        "It is the share taken away",
    ),
    Answer(
        "added",
        "partnerships-8-becomes",
        _BECOMES
        + "l = l0 + psi * d * (1 - r)\n"
        + "    return 'settles' if alpha + beta > k + l else 'no balance'",
        0,
        "Costs and answers are added",
    ),
    Answer(
        "each-alone",
        "partnerships-8-becomes",
        _BECOMES
        + "l = l0 + psi * d * (1 - r)\n"
        + "    return 'settles' if alpha > k and beta > l else 'no balance'",
        0,
        "compared with its own cost alone",
    ),
    Answer(
        "turned-round",
        "partnerships-8-becomes",
        _BECOMES
        + "l = l0 + psi * d * (1 - r)\n"
        + "    return 'no balance' if alpha * beta > k * l else 'settles'",
        0,
        "returned 'no balance'; 'settles' is right",
        unsaid="Depth plays no part",
    ),
    Answer(
        "turned-round-edge-and-all",
        "partnerships-8-becomes",
        _BECOMES
        + "l = l0 + psi * d * (1 - r)\n"
        + "    return 'settles' if alpha * beta < k * l else 'no balance'",
        0,
        "The inequality is turned round",
    ),
    Answer(
        "divides-by-nothing",
        "partnerships-8-becomes",
        _BECOMES
        + "critical = (alpha * beta / k - l0) / (psi * (1 - r))\n"
        + "    return 'settles' if d < critical else 'no balance'",
        0,
        "ZeroDivisionError",
    ),
    Answer("true", "partnerships-8-becomes", _BECOMES + "return d < 5", 0, "another kind"),
    # --- 9 depth
    Answer(
        "one-step-short",
        "partnerships-9-depth",
        _SETS.format("k=0.6, psi=0.4, d=2.9"),
        0,
        "both levels still settle",
    ),
    Answer(
        "far-beyond",
        "partnerships-9-depth",
        _SETS.format("k=0.6, psi=0.4, d=5"),
        0,
        "tips the balance, too",
    ),
    Answer(
        "the-next-step",
        "partnerships-9-depth",
        _SETS.format("k=0.6, psi=0.4, d=3"),
        0,
        "tips the balance, too",
    ),
    Answer(
        "the-default",
        "partnerships-9-depth",
        _SETS.format("d=5"),
        0,
        "Not as the task has it: psi, k",
    ),
    Answer(
        "reassured",
        "partnerships-9-depth",
        _SETS.format("k=0.6, psi=0.4, r=0.5, d=5"),
        0,
        "Not as the task has it: r",
    ),
    Answer("depth-alone", "partnerships-9-depth", "found = 2.95", 0, "Write the setting as a dict"),
    Answer(
        "values-forgotten",
        "partnerships-9-depth",
        'found = explore("partnerships", k=0.6, psi=0.4, d=2.95)',
        0,
        "put `.values` behind it",
    ),
)

RIGHT = (
    Answer("one-line", "partnerships-1-reach", _LAND, 3, "right on the 161 inputs"),
    Answer(
        "contested-in-africa",
        "partnerships-1-reach",
        _REACH
        + "if region == 'Africa' and owner == ground == 'party':\n        return 'contested'\n    "
        + "land = named or (island and atlantic)"
        + _END,
        3,
        "right on the 161 inputs",
    ),
    Answer(
        "yes-in-africa",
        "partnerships-1-reach",
        _REACH + "land = named or region == 'Africa' or (island and atlantic)" + _END,
        3,
        "right on the 161 inputs",
    ),
    Answer(
        "capitals",
        "partnerships-1-reach",
        _LAND.replace('"yes"', '"Yes"'),
        3,
        "right on the 161 inputs",
    ),
    Answer(
        "in-two-halves",
        "partnerships-1-reach",
        """def article5(attacked, owner, region, ground, island, latitude):
    here = {"Europe", "North America", "Turkey"}
    if region == "North Atlantic area" and latitude > 23.44 and (island or ground == "sea"):
        here.add(region)
    if attacked in ("forces", "vessel", "aircraft") and ground == "sea":
        here = (here - {"Europe"}) | {"Mediterranean Sea"}
    return "yes" if owner == "party" and ground != "other" and region in here else "no"
""",
        3,
        "right on the 161 inputs",
    ),
    Answer("by-agg", "partnerships-2-levels", _TABLE, 2, "right."),
    Answer(
        "another-order",
        "partnerships-2-levels",
        _TABLE + "levels = levels[['lowest', 'leaders', 'known', 'partner']].iloc[::-1]",
        2,
        "right.",
    ),
    Answer(
        "by-hand",
        "partnerships-2-levels",
        "levels = pd.DataFrame({'partner': partners, 'known': 4, 'leaders': [2, 3, 4, 3],\n"
        "                       'lowest': [2, 2, 3, 1]})",
        2,
        "right.",
    ),
    Answer(
        "by-hand",
        "partnerships-3-certain",
        "certain = dict(zip(days, [1, 2, 3, 3, 3, 4]))",
        2,
        "right.",
    ),
    Answer(
        "by-length",
        "partnerships-3-certain",
        "last = [date if len(date) == 10 else {4: date + '-12-31', 7: date + '-31'}[len(date)]\n"
        "        for date in programmes]\n"
        "certain = {day: sum(one <= day for one in last) for day in days}",
        2,
        "right.",
    ),
    Answer(
        "query",
        "partnerships-4-both",
        "both = areas.query('named == 1 and activity == 1').groupby('partner').size().to_dict()",
        2,
        "right.",
    ),
    Answer(
        "total-of-two",
        "partnerships-4-both",
        "full = areas[areas['named'] + areas['activity'] == 2]\n"
        "both = full['partner'].value_counts().to_dict()",
        2,
        "right.",
    ),
    Answer(
        "by-years",
        "partnerships-5-order",
        "years = dict(a=2022, b=2020, c=2024, d=1951, e=2023, f=2001, g=2012)\n"
        "order = sorted(years, key=years.get)",
        2,
        "right.",
    ),
    Answer("a-set", "partnerships-6-sentences", "stand = {'h', 'b', 'e'}", 2, "right."),
    Answer("capitals", "partnerships-6-sentences", "stand = list('BEH')", 2, "right."),
    Answer("rounded", "partnerships-7-by-hand", "by_hand = 3", 1, "right."),
    Answer(
        "step-by-step",
        "partnerships-7-by-hand",
        "by_hand = (1.2 * 0.8 - 0.6 * 0.4) / (0.6 * 0.5 * 0.8)",
        1,
        "right.",
    ),
    Answer(
        "slack",
        "partnerships-8-becomes",
        _BECOMES
        + "slack = alpha * beta - k * l0 - k * psi * d * (1 - r)\n"
        + "    return 'settles' if slack > 1e-12 else 'no balance'",
        2,
        "right on the 45 inputs",
    ),
    Answer(
        "by-the-depth",
        "partnerships-8-becomes",
        _BECOMES
        + "room = alpha * beta / k - l0\n"
        + "    return 'Settles' if d * psi * (1 - r) < room else 'No balance'",
        2,
        "right on the 45 inputs",
    ),
    Answer(
        "typed-edge",
        "partnerships-9-depth",
        _SETS.format("k=0.6, psi=0.4, d=2.917"),
        1,
        "right",
    ),
    Answer(
        "as-a-dict",
        "partnerships-9-depth",
        'found = dict(explore("partnerships", d=2.95).values, k=0.6, psi=0.4)',
        1,
        "right",
    ),
)
