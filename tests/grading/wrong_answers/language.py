"""Answers to exercise 02-language and the marks that they must earn: plain data, no logic."""

from tests.grading.catalogue import Answer

#: The misconceptions that the exercise must recognise, by the number used in `WRONG`.
MISCONCEPTIONS = {
    1: "A text with the word threat calls China one.",
    2: "The Concept of 2022 was the first text that mentions China.",
    3: "More mentions are a harder line.",
    4: "A silent text drops the line of an earlier one.",
    5: "Whoever searches for China finds China.",
    6: "Offers of engagement ended in 2022.",
    7: "Challenge is an empty word.",
    8: "High agreement proves the coding right.",
}

_NAMED = """def named(text):
    return """
_LOOP = """def named(text):
    found = 0
    for name in sorted(NAMES, key=len, reverse=True):
        found += text.count(name)
        text = text.replace(name, "_")
    return found
"""
_KAPPA = """def kappa(first, second):
    n = len(first)
    observed = sum(a == b for a, b in zip(first, second)) / n
    used = set(first) | set(second)
    expected = sum(first.count(code) * second.count(code) for code in used) / n**2
    """
_CODES = """
codes = {"b3": "CHA", "b10": "ENG", "s3": "COE", "b14": "OPP", "w3": "ENA", "s2": "CHA",
         "b11": "ENG", "s8": "ENG", "s6": "COE", "w6": "ENA", "b6": "CHA", "s11": "RES"}
mine, theirs = [codes[name] for name in key], list(key.values())
found = agreement.kappa(mine, theirs)
"""
_NEW = """new = {
    "t1": "ENG", "t2": "CHA", "t3": "COE", "t4": "CHA",
    "t5": "CHA", "t6": "ENA", "t7": "ENG", "t8": "COE",
}
"""
_BRUSSELS = """
stance = rows.loc[rows["text"] == "Brussels 2021", "stance"]
quoted = """
_LOST = """
wanted = ["Brussels 2021", "Strategic Concept 2022", "Vilnius 2023", "Washington 2024"]
lost = rows[{}]
missed = {{text: int((lost["text"] == text).sum()) for text in wanted}}
"""

WRONG = (
    # --- 1 named
    Answer(
        "search-for-china",
        "language-1-named",
        _NAMED + "text.count('China')",
        0,
        "That misses PRC",
        5,
    ),
    Answer(
        "search-without-the-sea",
        "language-1-named",
        _NAMED + "text.count('China') - text.count('China Sea')",
        0,
        "and so is PRC",
        5,
    ),
    Answer(
        "both-names",
        "language-1-named",
        _NAMED + "text.count('China') + text.count('PRC')",
        0,
        "And the China Sea is no mention",
    ),
    Answer(
        "both-names-no-sea",
        "language-1-named",
        _NAMED + "text.count('China') + text.count('PRC') - text.count('China Sea')",
        0,
        "It is one mention.",
        unsaid="China Sea",
    ),
    Answer(
        "every-name-in-the-whole-text",
        "language-1-named",
        _NAMED + "sum(text.count(name) for name in NAMES)",
        0,
        "Take out what you have counted",
    ),
    Answer("the-sea", "language-1-named", _LOOP, 0, "It is a sea: take it out first"),
    Answer(
        "one-sea-alone",
        "language-1-named",
        _LOOP.replace("found = 0", "text = text.replace('South China Sea', '_')\n    found = 0"),
        0,
        "Only the South China Sea is taken out",
    ),
    Answer(
        "whether-not-how-often",
        "language-1-named",
        _NAMED + "int(any(name in text for name in NAMES))",
        0,
        "Asked is how often",
    ),
    Answer(
        "cut-at-spaces",
        "language-1-named",
        _NAMED + "len([word for word in text.split() if word in NAMES])",
        0,
        "keeps commas, brackets and 's",
    ),
    Answer(
        "shortest-first",
        "language-1-named",
        _LOOP.replace("found = 0", "text = text.replace('China Sea', '_')\n    found = 0").replace(
            ", reverse=True", ""
        ),
        0,
        "it returned 3; 2 is right",
    ),
    Answer(
        "capitals-lost",
        "language-1-named",
        _NAMED + "text.lower().count('china')",
        0,
        "That misses PRC",
        5,
    ),
    Answer(
        "as-it-is-and-a-list",
        "language-1-named",
        _NAMED + "[name for name in NAMES if name in text]",
        0,
        "something of another kind",
    ),
    Answer(
        "prints",
        "language-1-named",
        "def named(text):\n    print(text.count('China'))",
        0,
        "prints its result instead of returning it",
    ),
    # --- 2 by hand
    Answer("share", "language-2-by-hand", "by_hand = 0.7", 0, "share of sentences with the same"),
    Answer("chance", "language-2-by-hand", "by_hand = 0.56", 0, "not yet kappa"),
    Answer("undivided", "language-2-by-hand", "by_hand = 0.7 - 0.56", 0, "divide by what chance"),
    Answer("one-half", "language-2-by-hand", "by_hand = 0.4", 0, "as if both answers were equally"),
    Answer("pooled", "language-2-by-hand", "by_hand = 0.12 / 0.42", 0, "that is Scott's pi"),
    Answer("yes-alone", "language-2-by-hand", "by_hand = 0.22 / 0.52", 0, "also agree on no"),
    Answer("per-cent", "language-2-by-hand", "by_hand = 31.8", 0, "outside"),
    Answer(
        "near-the-half",
        "language-2-by-hand",
        "by_hand = 0.37",
        0,
        "not right yet",
        unsaid="equally common",
    ),
    # --- 3 kappa
    Answer("share", "language-3-kappa", _KAPPA + "return observed", 0, "Take off chance."),
    Answer(
        "undivided",
        "language-3-kappa",
        _KAPPA + "return observed - expected",
        0,
        "not divided by what chance leaves",
    ),
    Answer(
        "divided-by-chance",
        "language-3-kappa",
        _KAPPA + "return (observed - expected) / expected",
        0,
        "not by what it gives",
    ),
    Answer(
        "equal-codes",
        "language-3-kappa",
        _KAPPA + "expected = 1 / len(used)\n    return (observed - expected) / (1 - expected)",
        0,
        "as if all codes were equally common",
    ),
    Answer(
        "one-in-seven",
        "language-3-kappa",
        _KAPPA + "return (observed - 1 / 7) / (1 - 1 / 7)",
        0,
        "taken as one in seven",
    ),
    Answer(
        "scott",
        "language-3-kappa",
        _KAPPA
        + "both = first + second\n"
        + "    expected = sum((both.count(code) / len(both)) ** 2 for code in used)\n"
        + "    return (observed - expected) / (1 - expected)",
        0,
        "that is Scott's pi",
    ),
    Answer(
        "chance-pair-by-pair",
        "language-3-kappa",
        _KAPPA
        + "expected = sum(first.count(a) * second.count(b) for a, b in zip(first, second)) / n**2\n"
        + "    return (observed - expected) / (1 - expected)",
        0,
        "shares of two codes that may differ",
    ),
    Answer(
        "chance-sentence-by-sentence",
        "language-3-kappa",
        _KAPPA
        + "expected = sum(first.count(code) * second.count(code) for code in first) / n**2\n"
        + "    return (observed - expected) / (1 - expected)",
        0,
        "a common code is added again and again",
    ),
    Answer(
        "one-coder-s-habits",
        "language-3-kappa",
        _KAPPA
        + "expected = sum((first.count(code) / n) ** 2 for code in used)\n"
        + "    return (observed - expected) / (1 - expected)",
        0,
        "from the first coder alone",
    ),
    Answer(
        "never-below-nothing",
        "language-3-kappa",
        _KAPPA + "return max(0, (observed - expected) / (1 - expected))",
        0,
        "less often than by chance: say so",
    ),
    Answer(
        "rounded",
        "language-3-kappa",
        _KAPPA + "return round((observed - expected) / (1 - expected), 2)",
        0,
        "the right value, rounded",
        unsaid="Look again",
    ),
    Answer(
        "rounded-on-the-way",
        "language-3-kappa",
        _KAPPA
        + "share = lambda codes, code: round(codes.count(code) / n, 2)\n"
        + "    expected = sum(share(first, code) * share(second, code) for code in used)\n"
        + "    return (observed - expected) / (1 - expected)",
        0,
        "is right",
        unsaid="Probably",
    ),
    Answer(
        "sorts-its-input",
        "language-3-kappa",
        "def kappa(first, second):\n    first.sort()\n    return 0.5",
        0,
        "changes its input 'first'",
    ),
    Answer(
        "a-constant-of-the-example",
        "language-3-kappa",
        "def kappa(first, second):\n    return {4: 7 / 11, 2: -1}[len(first)]",
        0,
        "right",
        unsaid="Probably",
    ),
    # --- 4 own
    Answer(
        "share-for-kappa",
        "language-4-own",
        _CODES + "own = {**codes, 'same': 11, 'kappa': 11 / 12}",
        0,
        "Kappa takes off what chance would give",
    ),
    Answer(
        "undivided",
        "language-4-own",
        _CODES + "own = {**codes, 'same': 11, 'kappa': found.observed - found.expected}",
        0,
        "Divide the rest by what chance leaves",
    ),
    Answer(
        "miscounted",
        "language-4-own",
        _CODES + "own = {**codes, 'same': 10, 'kappa': found.value}",
        0,
        "pair by pair",
    ),
    Answer(
        "another-s-kappa",
        "language-4-own",
        _CODES + "own = {**codes, 'same': 11, 'kappa': 0.55}",
        0,
        "does not follow from these codes",
    ),
    Answer("codes-alone", "language-4-own", _CODES + "own = codes", 0, "Missing: 'same', 'kappa'"),
    Answer(
        "not-all-coded",
        "language-4-own",
        _CODES + "codes.pop('b6')\nown = {**codes, 'same': 10, 'kappa': 0.8}",
        0,
        "Missing: 'b6'",
    ),
    Answer(
        "per-cent",
        "language-4-own",
        _CODES + "own = {**codes, 'same': 92, 'kappa': found.value}",
        0,
        "outside the possible range",
    ),
    # --- 5 new
    Answer(
        "defence-cancels",
        "language-5-new",
        _NEW + "new['t1'] = 'CHA'",
        1.5,
        "does not cancel the verb",
    ),
    Answer(
        "opportunities-remembered",
        "language-5-new",
        _NEW + "new['t2'] = 'MIX'",
        1.5,
        "The opportunities of 2019 are not in it",
    ),
    Answer("milder-marker", "language-5-new", _NEW + "new['t3'] = 'CHA'", 1.5, "R2 says which one"),
    Answer(
        "concern-is-coercion",
        "language-5-new",
        _NEW + "new['t4'] = 'COE'",
        1.5,
        "no act against others is attributed",
    ),
    Answer(
        "an-appeal-is-an-offer",
        "language-5-new",
        _NEW + "new['t5'] = 'ENG'",
        1.5,
        "The object here is conduct",
    ),
    Answer(
        "tied-to-the-war",
        "language-5-new",
        _NEW + "new['t6'] = 'CHA'",
        1.5,
        "A demand tied to Russia's war",
    ),
    Answer(
        "dialogue-is-gain", "language-5-new", _NEW + "new['t7'] = 'OPP'", 1.5, "No gain for both"
    ),
    Answer(
        "what-nato-will-do",
        "language-5-new",
        _NEW + "new |= {'t1': 'RES', 't8': 'RES'}",
        1,
        "t8: R1: what is said about China",
    ),
    Answer(
        "the-other-distractors",
        "language-5-new",
        _NEW + "new |= {'t1': 'OPP', 't2': 'COE', 't3': 'ENA', 't4': 'RES', 't5': 'COE'}",
        0,
        "It says something about China: R1",
    ),
    Answer(
        "hostile-throughout",
        "language-5-new",
        _NEW + "new |= {'t2': 'RES', 't6': 'COE', 't7': 'CHA', 't8': 'ENA'}",
        0,
        "Nothing is held against China in these words",
    ),
    Answer(
        "one-code-for-all",
        "language-5-new",
        "new = dict.fromkeys(['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8'], 'CHA')",
        0,
        "4 of 8 right",
    ),
    Answer(
        "half-done",
        "language-5-new",
        _NEW + "new |= dict.fromkeys(['t5', 't6', 't7', 't8'], ...)",
        0,
        "4 of 8 right",
    ),
    Answer("a-word", "language-5-new", _NEW + "new['t3'] = 'coercive'", 0, "none of the options"),
    # --- 6 words
    Answer("threat", "language-6-words", "stand = list('abej')", 1, "the one 'Russia poses'", 1),
    Answer(
        "first-in-2022", "language-6-words", "stand = list('bcej')", 1, "three years earlier", 2
    ),
    Answer("engagement-ended", "language-6-words", "stand = list('bdej')", 1, "Vilnius says so", 6),
    Answer(
        "more-is-harder",
        "language-6-words",
        "stand = list('befj')",
        1,
        "More mentions are not a harder line",
        3,
    ),
    Answer(
        "an-empty-word", "language-6-words", "stand = list('begj')", 1, "a noun became a verb", 7
    ),
    Answer(
        "silence", "language-6-words", "stand = list('behj')", 1, "does not take back another", 4
    ),
    Answer(
        "agreement-is-truth",
        "language-6-words",
        "stand = list('beij')",
        1,
        "agreement is not truth",
        8,
    ),
    Answer("two-found", "language-6-words", "stand = ['e', 'j']", 1, "left out 1 option"),
    Answer(
        "threat-and-two-found",
        "language-6-words",
        "stand = ['a', 'b', 'e']",
        0,
        "does not say whose it is",
        1,
    ),
    Answer("all-of-them", "language-6-words", "stand = list('abcdefghij')", 0, "not right yet"),
    Answer("one-text", "language-6-words", "stand = 'bej'", 0, "Write a list"),
    # --- 7 missed
    Answer(
        "without-any-name",
        "language-7-missed",
        _LOST.format('rows["names_china"] == "none"'),
        0,
        "a search for China misses those, too",
        5,
    ),
    Answer(
        "pronouns-forgotten",
        "language-7-missed",
        _LOST.format('rows["names_china"] == "PRC"'),
        0,
        "they name nobody",
    ),
    Answer(
        "found-instead",
        "language-7-missed",
        _LOST.format('rows["names_china"] == "China"'),
        0,
        "the sentences that the search finds",
    ),
    Answer(
        "all-of-them",
        "language-7-missed",
        _LOST.format('rows["names_china"] != ""'),
        0,
        "all sentences, found or missed",
    ),
    Answer(
        "letters-not-names",
        "language-7-missed",
        _LOST.format('~rows["said"].str.contains("China")'),
        0,
        "Wrong for",
        unsaid="a search for China misses those, too",
    ),
    Answer(
        "nearly-the-pronouns",
        "language-7-missed",
        _LOST.format('rows["names_china"] == "PRC"') + "missed['Vilnius 2023'] += 1",
        0,
        "Wrong for",
        unsaid="they name nobody",
    ),
    Answer(
        "nearly-what-is-found",
        "language-7-missed",
        "missed = {'Brussels 2021': 10, 'Strategic Concept 2022': 0, 'Vilnius 2023': 0, "
        "'Washington 2024': 1}",
        0,
        "Wrong for",
        unsaid="the sentences that the search finds",
    ),
    Answer(
        "without-those-found-later",
        "language-7-missed",
        _LOST.format('(rows["names_china"] != "China") & (rows["found"] == "first")'),
        0,
        "Wrong for 'Washington 2024'",
        unsaid="found or missed",
    ),
    Answer(
        "london-too",
        "language-7-missed",
        "missed = rows[rows['names_china'] != 'China'].groupby('text').size().to_dict()\n"
        "missed['London 2019'] = 0",
        0,
        "London 2019",
    ),
    # --- 8 quoted
    Answer("all", "language-8-quoted", _BRUSSELS + "stance.mean()", 0, "mean of all its sentences"),
    Answer(
        "the-first-six", "language-8-quoted", _BRUSSELS + "stance.head(6).mean()", 0, "first six in"
    ),
    Answer(
        "the-kindest-six",
        "language-8-quoted",
        _BRUSSELS + "stance.nlargest(6).mean()",
        0,
        "six most favourable",
    ),
    Answer(
        "every-critical-one",
        "language-8-quoted",
        _BRUSSELS + "stance[stance < 0].mean()",
        0,
        "The press quoted six",
    ),
    Answer("washington", "language-8-quoted", "quoted = -1.6", 0, "That is the mean of Washington"),
    Answer("the-end-of-the-scale", "language-8-quoted", "quoted = -2", 0, "fewer than six"),
    Answer("summed", "language-8-quoted", _BRUSSELS + "stance.nsmallest(6).sum()", 0, "outside"),
    Answer("sign", "language-8-quoted", "quoted = 1.5", 0, "sign is wrong"),
    # --- 9 setting
    Answer(
        "as-it-stands",
        "language-9-setting",
        "found = explore('language').values",
        0,
        "the Concept stands at -0.73 and Washington at -0.91",
    ),
    Answer(
        "own-words",
        "language-9-setting",
        "found = explore('language', reading='own words', favourable='support').values",
        0,
        "Own words are not allowed here",
    ),
    Answer(
        "a-name-that-neither-says",
        "language-9-setting",
        "found = explore('language', naming='China').values",
        0,
        "has no sentence that counts",
    ),
    Answer(
        "tone-alone",
        "language-9-setting",
        "found = explore('language', reading='tone words').values",
        0,
        "Ask which words count",
    ),
    Answer(
        "the-explorer-itself",
        "language-9-setting",
        "found = explore('language', reading='tone words', naming='PRC')",
        0,
        "put `.values` behind it",
    ),
    Answer(
        "two-of-ten",
        "language-9-setting",
        "found = {'reading': 'tone words', 'naming': 'PRC'}",
        0,
        "Missing:",
    ),
)

RIGHT = (
    Answer(
        "by-the-model",
        "language-1-named",
        _NAMED + "int(language.mentions(text)['counts'].sum())",
        3,
        "right on the 23 inputs",
    ),
    Answer(
        "by-a-pattern",
        "language-1-named",
        "import re\n\n\ndef named(text):\n"
        "    full = r\"People's Republic of China(?:'s)?(?: \\(PRC\\))?\"\n"
        "    return len(re.findall(full + r'|PRC|China(?! Sea)', text))",
        3,
        "right on the 23 inputs",
    ),
    Answer(
        "sea-taken-off",
        "language-1-named",
        _LOOP.replace("return found", "return found - sea").replace(
            "found = 0", "found, sea = 0, text.count('China Sea')"
        ),
        3,
        "right on the 23 inputs",
    ),
    Answer("two-decimals", "language-2-by-hand", "by_hand = 0.32", 1, "right."),
    Answer("cut-off", "language-2-by-hand", "by_hand = 0.31", 1, "right."),
    Answer("a-fraction", "language-2-by-hand", "by_hand = 7 / 22", 1, "right."),
    Answer(
        "with-a-counter",
        "language-3-kappa",
        "from collections import Counter\n\n\ndef kappa(first, second):\n"
        "    n, one, two = len(first), Counter(first), Counter(second)\n"
        "    same = sum(a == b for a, b in zip(first, second)) * n\n"
        "    chance = sum(one[code] * two[code] for code in one)\n"
        "    return (same - chance) / (n * n - chance)",
        3,
        "right on the 8 inputs",
    ),
    Answer(
        "with-pandas",
        "language-3-kappa",
        "import pandas as pd\n\n\ndef kappa(first, second):\n"
        "    a, b = pd.Series(first), pd.Series(second)\n"
        "    shares = [x.value_counts(normalize=True) for x in (a, b)]\n"
        "    chance = shares[0].mul(shares[1], fill_value=0).sum()\n"
        "    return 1 - (a != b).mean() / (1 - chance)",
        3,
        "right on the 8 inputs",
    ),
    Answer(
        "another-reader",
        "language-4-own",
        _CODES + "own = {**codes, 'same': 11, 'kappa': round(found.value, 2)}",
        2,
        "right.",
    ),
    Answer(
        "the-key-s-own-codes",
        "language-4-own",
        "own = {**key, 'same': 12, 'kappa': 1}",
        2,
        "right.",
    ),
    Answer(
        "one-code-for-all",
        "language-4-own",
        "own = dict.fromkeys(key, 'CHA') | {'same': 3, 'kappa': 0.0}",
        2,
        "right.",
    ),
    Answer(
        "pasted-in-another-order",
        "language-4-own",
        _CODES + "own = {'kappa': found.value, 'same': 11} | dict(sorted(codes.items()))",
        2,
        "right.",
    ),
    Answer("open-codes", "language-5-new", _NEW + "new |= {'t7': 'RES', 't8': 'CHA'}", 2, "right."),
    Answer("one-open-code", "language-5-new", _NEW + "new['t8'] = 'CHA'", 2, "right."),
    Answer(
        "small-letters",
        "language-5-new",
        _NEW + "new = {name: code.lower() for name, code in new.items()}",
        2,
        "right.",
    ),
    Answer("another-order", "language-6-words", "stand = ['j', 'b', 'e']", 2, "right."),
    Answer("as-a-set", "language-6-words", "stand = {'b', 'e', 'j'}", 2, "right."),
    Answer(
        "by-counting",
        "language-7-missed",
        _LOST.format('~rows["names_china"].isin(["China"])'),
        1,
        "right.",
    ),
    Answer(
        "typed-in",
        "language-7-missed",
        "missed = {'Washington 2024': 10, 'Vilnius 2023': 14, 'Strategic Concept 2022': 11, "
        "'Brussels 2021': 4}",
        1,
        "right.",
    ),
    Answer(
        "sorted",
        "language-8-quoted",
        _BRUSSELS + "sorted(stance)[:6]\nquoted = sum(quoted) / 6",
        1,
        "right.",
    ),
    Answer("typed-in", "language-8-quoted", "quoted = -3 / 2", 1, "right."),
    Answer(
        "by-paragraph",
        "language-9-setting",
        "found = explore('language', unit='paragraph', naming='PRC').values",
        2,
        "right.",
    ),
    Answer(
        "codebook-words",
        "language-9-setting",
        "found = explore('language', reading='codebook words', unit='paragraph').values",
        2,
        "right.",
    ),
    Answer(
        "tone-words-pulled",
        "language-9-setting",
        "found = explore('language', reading='tone words', naming='PRC', repeats='once', "
        "shrink=3).values",
        2,
        "right.",
    ),
)
