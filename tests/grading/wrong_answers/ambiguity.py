"""Answers to exercise 05-ambiguity and the marks that they must earn: plain data, no logic."""

from tests.grading.catalogue import Answer

#: The misconceptions that the exercise must recognise, by the number used in `WRONG`.
MISCONCEPTIONS = {
    1: "Ambiguity is a level of one half.",
    2: "More commitment always lowers the risk of war.",
    3: "To be left alone always restrains.",
    4: "One policy is best, whatever is to be prevented.",
    6: "A dearer war widens the window.",
    7: "To acknowledge is to recognise.",
    8: "Not to support is to oppose.",
    9: "A probability of help is help or none.",
    10: "Two polls make a line.",
    11: "A poll is a government, or a share a forecast.",
    12: "Danger restrains, not the gap between two risks.",
}

_RULE = """def threshold(risk_kept, risk_declared, loss_kept, loss_declared, success):
    added = risk_declared * loss_declared - risk_kept * loss_kept
    return """
_REGIONS = """settings = {"s1": "II", "s2": "I", "s3": "III", "s4": "IV", "s5": "V", "s6": "II"}
"""
_WORLD = "dict(k0=0.6, k1=0.4, delta=0.5, tau=0.35)"
_AIM = """
levels = np.linspace(0, 1, 101)
rows = []
for delta in (0.3, 0.6):
    found_here = model.solve(model.Parameters(delta=delta), unprovoked=levels)
    for aim in ("attack", "either"):
        risk = getattr(found_here, aim)
        at = {at}
        rows.append(dict(delta=delta, aim=aim, level=levels[at], risk=risk[at]))
best = pd.DataFrame(rows)
"""
_BEST = _AIM.format(at="risk.argmin()")
_VERBS = """verbs = {
    "t1": "takes_note", "t2": "recognises", "t3": "opposes", "t4": "withholds_support",
    "t5": "withholds_support", "t6": "promises", "t7": "denies_change", "t8": "leaves_open",
}
"""
_SLOPE = """
out = model.solve(model.Parameters(), unprovoked=np.array([0.549, 0.551]))
slope = (out.{0}[1] - out.{0}[0]) / 0.002
"""

WRONG = (
    # --- 1 value
    Answer("sign", "ambiguity-1-value", "attack_value = 0.22", 0, "the sign is wrong"),
    Answer("no-help", "ambiguity-1-value", "attack_value = 0.7 - 0.5", 0, "without any help", 9),
    Answer(
        "help-is-certain",
        "ambiguity-1-value",
        "attack_value = 0.3 - 0.8",
        0,
        "help is certain",
        9,
    ),
    Answer("half-and-half", "ambiguity-1-value", "attack_value = -0.15", 0, "half and half", 9),
    Answer("exchanged", "ambiguity-1-value", "attack_value = -0.08", 0, "are exchanged"),
    Answer(
        "no-extra-cost",
        "ambiguity-1-value",
        "attack_value = -0.04",
        0,
        "costs in addition is left out",
    ),
    Answer("extra-in-full", "ambiguity-1-value", "attack_value = -0.34", 0, "counted in full"),
    Answer("cost-only", "ambiguity-1-value", "attack_value = 0.02", 0, "only the cost here"),
    Answer("success-only", "ambiguity-1-value", "attack_value = 0.46", 0, "What does the war cost"),
    Answer("one-decimal", "ambiguity-1-value", "attack_value = -0.2", 0, "not right yet"),
    Answer(
        "neither-war",
        "ambiguity-1-value",
        "attack_value = -0.13",
        0,
        "not right yet",
        unsaid="half and half",
    ),
    Answer("as-text", "ambiguity-1-value", "attack_value = '-0.22'", 0, "This is text"),
    # --- 2 threshold
    Answer(
        "the-whole-danger",
        "ambiguity-2-threshold",
        _RULE + "risk_declared * loss_declared / (1 - risk_declared * success)",
        0,
        "the whole danger after a declaration",
        12,
    ),
    Answer(
        "not-divided",
        "ambiguity-2-threshold",
        _RULE + "added",
        0,
        "divide by the chance of keeping",
    ),
    Answer(
        "attack-is-certain",
        "ambiguity-2-threshold",
        _RULE + "added / (1 - success)",
        0,
        "takes the attack as certain",
    ),
    Answer(
        "the-other-risk",
        "ambiguity-2-threshold",
        _RULE + "added / (1 - risk_kept * success)",
        0,
        "the risk under the status quo in it",
    ),
    Answer(
        "multiplied",
        "ambiguity-2-threshold",
        _RULE + "added * (1 - risk_declared * success)",
        0,
        "You multiply by the chance",
    ),
    Answer(
        "one-loss",
        "ambiguity-2-threshold",
        _RULE + "(risk_declared - risk_kept) * loss_declared / (1 - risk_declared * success)",
        0,
        "There are two losses",
    ),
    Answer(
        "turned-round",
        "ambiguity-2-threshold",
        _RULE + "-added / (1 - risk_declared * success)",
        0,
        "the wrong way round",
    ),
    Answer(
        "chance-of-losing",
        "ambiguity-2-threshold",
        _RULE + "added / (risk_declared * success)",
        0,
        "is right",
        unsaid="Probably",
    ),
    Answer(
        "rounded",
        "ambiguity-2-threshold",
        _RULE + "round(added / (1 - risk_declared * success), 2)",
        0,
        "the right value, rounded",
    ),
    Answer(
        "never-below-nothing",
        "ambiguity-2-threshold",
        _RULE + "1.304 if risk_kept == 0.2 else 0.0",
        0,
        "is right",
    ),
    Answer(
        "prints",
        "ambiguity-2-threshold",
        _RULE.replace("return ", "print(added / (1 - risk_declared * success))"),
        0,
        "prints its result instead of returning it",
    ),
    Answer(
        "called-at-once",
        "ambiguity-2-threshold",
        _RULE + "added\n\n\nthreshold = threshold(0.2, 0.9, 0.6, 0.8, 0.6)",
        0,
        "not a function",
    ),
    # --- 3 width
    Answer(
        "a-dearer-war-widens",
        "ambiguity-3-width",
        "stays = ['L1']",
        0,
        "moves the window and does not widen it",
        6,
    ),
    Answer(
        "taipeis-loss-and-the-red-line",
        "ambiguity-3-width",
        "stays = ['L1', 'delta']",
        0,
        "keeps the two ends apart",
        unsaid="stands in both ends",
    ),
    Answer(
        "extra-cost", "ambiguity-3-width", "stays = ['k0', 'k1', 'L1']", 0, "both ends are divided"
    ),
    Answer(
        "help-takes-nothing",
        "ambiguity-3-width",
        "stays = ['k0', 'L1', 'w1']",
        0,
        "how much help takes from success",
    ),
    Answer(
        "value-cancels", "ambiguity-3-width", "stays = ['k0', 'L1', 'V']", 0, "It cancels in a, but"
    ),
    Answer("cost-alone", "ambiguity-3-width", "stays = ['k0']", 0, "You left out 1 option"),
    Answer("the-red-line", "ambiguity-3-width", "stays = ['delta']", 0, "'delta' does not belong"),
    Answer("names-unquoted", "ambiguity-3-width", "stays = [k0, L1]", 0, "did not run to its end"),
    # --- 4 regions
    Answer(
        "no-answer-to-a-declaration",
        "ambiguity-4-regions",
        _REGIONS + "settings['s2'] = 'V'",
        1.5,
        "a declaration would be answered",
    ),
    Answer(
        "the-line-overlooked",
        "ambiguity-4-regions",
        _REGIONS + "settings['s6'] = 'III'",
        1.5,
        "on the line Beijing refrains",
    ),
    Answer(
        "too-dear-for-both",
        "ambiguity-4-regions",
        _REGIONS + "settings['s5'] = 'I'",
        1.5,
        "even a declaration would not be answered",
    ),
    Answer(
        "two-wrong",
        "ambiguity-4-regions",
        _REGIONS + "settings |= {'s3': 'II', 's4': 'III'}",
        1,
        "certain help does not stop an unprovoked attack",
    ),
    Answer(
        "ambiguity-everywhere",
        "ambiguity-4-regions",
        "settings = dict.fromkeys(['s1', 's2', 's3', 's4', 's5', 's6'], 'II')",
        0,
        "2 of 6 right",
    ),
    Answer(
        "arabic-numerals",
        "ambiguity-4-regions",
        _REGIONS + "settings['s1'] = '2'",
        0,
        "none of the options",
    ),
    # --- 5 counterexample
    Answer(
        "fits-the-claim",
        "ambiguity-5-counterexample",
        f"found = {_WORLD} | dict(low=0.1, high=0.4)",
        0,
        "lowers the risk, from 0.6855 to 0.3286",
    ),
    Answer(
        "exchanged",
        "ambiguity-5-counterexample",
        f"found = {_WORLD} | dict(low=0.83, high=0.69)",
        0,
        "must be the lower of the two",
    ),
    Answer(
        "too-small",
        "ambiguity-5-counterexample",
        f"found = {_WORLD} | dict(low=0.69, high=0.70)",
        0,
        "too little. Find more than 0.01",
    ),
    Answer(
        "war-is-certain",
        "ambiguity-5-counterexample",
        f"found = {_WORLD} | dict(k0=0.1, k1=0.0, low=0.1, high=0.11)",
        0,
        "1.0000 at both levels: nothing rises",
    ),
    Answer(
        "no-risk-at-all",
        "ambiguity-5-counterexample",
        f"found = {_WORLD} | dict(k0=1.5, delta=0.1, low=0.2, high=0.9)",
        0,
        "nothing rises",
    ),
    Answer(
        "the-two-ends",
        "ambiguity-5-counterexample",
        f"found = {_WORLD} | dict(low=0, high=1)",
        0,
        "lowers the risk, from 0.8209 to 0.2054",
    ),
    Answer(
        "percent",
        "ambiguity-5-counterexample",
        f"found = {_WORLD} | dict(low=69, high=83)",
        0,
        "lies outside the possible range",
    ),
    Answer(
        "levels-only",
        "ambiguity-5-counterexample",
        "found = dict(low=0.69, high=0.83)",
        0,
        "Missing: 'k0'",
    ),
    # --- 6 aim
    Answer(
        "half-everywhere",
        "ambiguity-6-aim",
        _AIM.format(at="50"),
        0,
        "one half is not its name",
        1,
    ),
    Answer(
        "left-alone",
        "ambiguity-6-aim",
        _AIM.format(at="0"),
        0,
        "to be left alone does not restrain everybody",
        3,
    ),
    Answer(
        "best-against-an-attack-is-best",
        "ambiguity-6-aim",
        _AIM.format(at="found_here.attack.argmin()"),
        1.5,
        "best against an attack need not be best against either",
        4,
    ),
    Answer(
        "best-against-either-is-best",
        "ambiguity-6-aim",
        _AIM.format(at="found_here.either.argmin()"),
        1.5,
        "best against either need not be best against an attack",
        4,
    ),
    Answer(
        "declarations-only",
        "ambiguity-6-aim",
        _AIM.replace("getattr(found_here, aim)", "found_here.attack").format(at="risk.argmin()")
        + "for row, delta in ((1, 0.3), (3, 0.6)):\n"
        "    one = regions.judge(model.Parameters(delta=delta), 'declare')\n"
        "    best.loc[row, ['level', 'risk']] = one.best_level, one.at_best\n",
        1,
        "what prevents declarations only",
    ),
    Answer(
        "added-up",
        "ambiguity-6-aim",
        _AIM.replace(
            "getattr(found_here, aim)",
            "found_here.attack + (aim == 'either') * found_here.declare",
        ).format(at="risk.argmin()"),
        1.5,
        "counted twice",
    ),
    Answer(
        "other-worlds",
        "ambiguity-6-aim",
        _BEST + "best['delta'] = [0.5, 0.5, 0.6, 0.6]",
        0.5,
        "No row for delta is 0.3",
    ),
    Answer(
        "coarse-levels",
        "ambiguity-6-aim",
        _BEST + "best['level'] = best['level'].round(1)",
        1.5,
        "Column 'level' is wrong where delta is 0.3, aim is 'either'",
        unsaid="One level for both aims",
    ),
    Answer("aims-down", "ambiguity-6-aim", _BEST + "best = best.head(2)", 0, "has 2 rows, not 4"),
    Answer(
        "no-risks",
        "ambiguity-6-aim",
        _BEST + "best = best.drop(columns='risk')",
        0,
        "There is no column 'risk'",
    ),
    # --- 7 verbs
    Answer(
        "acknowledged-is-recognised",
        "ambiguity-7-verbs",
        _VERBS + "verbs['t1'] = 'recognises'",
        1.5,
        "a position is acknowledged, not recognised",
        7,
    ),
    Answer(
        "no-support-is-opposition",
        "ambiguity-7-verbs",
        _VERBS + "verbs['t5'] = 'opposes'",
        1.5,
        "some analysts read that as weaker",
        8,
    ),
    Answer(
        "kirby-opposes",
        "ambiguity-7-verbs",
        _VERBS + "verbs['t4'] = 'opposes'",
        1.5,
        "Not to support is less than to oppose",
        8,
    ),
    Answer(
        "nato-promises",
        "ambiguity-7-verbs",
        _VERBS + "verbs['t8'] = 'promises'",
        1.5,
        "a clause that does not apply",
    ),
    Answer(
        "two-readings",
        "ambiguity-7-verbs",
        _VERBS + "verbs |= {'t2': 'takes_note', 't7': 'promises'}",
        1,
        "the promise of the day before",
    ),
    Answer(
        "half-done",
        "ambiguity-7-verbs",
        _VERBS + "verbs |= dict.fromkeys(['t5', 't6', 't7', 't8'], ...)",
        0,
        "4 of 8 right",
    ),
    Answer(
        "one-code-for-all",
        "ambiguity-7-verbs",
        "verbs = dict.fromkeys(['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8'], 'opposes')",
        0,
        "1 of 8 right",
    ),
    Answer(
        "the-verbs-of-the-table",
        "ambiguity-7-verbs",
        _VERBS + "verbs['t1'] = 'acknowledges'",
        0,
        "none of the options",
    ),
    # --- 8 surveys
    Answer(
        "two-polls-one-line",
        "ambiguity-8-surveys",
        "borne_out = ['b', 'c', 'd', 'f']",
        1,
        "The wordings differ from one poll to the next",
        10,
    ),
    Answer(
        "independence-rose",
        "ambiguity-8-surveys",
        "borne_out = ['a', 'b', 'd', 'f']",
        1,
        "No line joins the two figures",
        10,
    ),
    Answer(
        "a-poll-is-a-government",
        "ambiguity-8-surveys",
        "borne_out = ['b', 'd', 'f', 'h']",
        1,
        "a poll is not a government",
        11,
    ),
    Answer(
        "one-is-wrong", "ambiguity-8-surveys", "borne_out = list('bdef')", 1, "both can be right"
    ),
    Answer(
        "europe-today", "ambiguity-8-surveys", "borne_out = list('bdfg')", 1, "Eleven member states"
    ),
    Answer("two-found", "ambiguity-8-surveys", "borne_out = ['b', 'f']", 1, "left out 1 option"),
    Answer(
        "two-right-one-wrong",
        "ambiguity-8-surveys",
        "borne_out = ['b', 'f', 'h']",
        0,
        "A share of answers is not a decision",
        11,
    ),
    Answer(
        "all-of-them", "ambiguity-8-surveys", "borne_out = list('abcdefgh')", 0, "not right yet"
    ),
    # --- 9 slope
    Answer(
        "deterrence-alone",
        "ambiguity-9-slope",
        _SLOPE.format("alpha_S"),
        0,
        "leaves out that Taipei becomes bolder",
        2,
    ),
    Answer(
        "declarations",
        "ambiguity-9-slope",
        _SLOPE.format("declare"),
        0,
        "the slope of the risk of a declaration",
    ),
    Answer(
        "either", "ambiguity-9-slope", _SLOPE.format("either"), 0, "the risk that either happens"
    ),
    Answer(
        "not-divided",
        "ambiguity-9-slope",
        _SLOPE.format("attack") + "slope = slope * 0.002",
        0,
        "Divide it by the step",
    ),
    Answer("the-level", "ambiguity-9-slope", "slope = 0.2548", 0, "not how it changes"),
    Answer("sign", "ambiguity-9-slope", "slope = 0.114", 0, "the sign is wrong"),
    Answer(
        "from-end-to-end",
        "ambiguity-9-slope",
        "slope = 0.2054 - 0.8209",
        0,
        "not right yet",
        unsaid="Taipei becomes bolder",
    ),
    Answer("flat", "ambiguity-9-slope", "slope = 0", 0, "not right yet", unsaid="Divide it"),
)

RIGHT = (
    Answer(
        "the-wars-averaged",
        "ambiguity-1-value",
        "attack_value = 0.4 * (0.7 - 0.5) + 0.6 * (0.3 - 0.8)",
        2,
        "right.",
    ),
    Answer(
        "by-the-model",
        "ambiguity-1-value",
        "world = model.Parameters(w0=0.7, w1=0.3, k0=0.5, k1=0.3)\n"
        "attack_value = world.a - world.b * 0.6",
        2,
        "right.",
    ),
    Answer(
        "in-two-lines",
        "ambiguity-2-threshold",
        _RULE + "added / ((1 - risk_declared) + risk_declared * (1 - success))",
        3,
        "right on the 12 inputs",
    ),
    Answer(
        "of-numpy",
        "ambiguity-2-threshold",
        _RULE + "np.divide(added, 1 - risk_declared * success)",
        3,
        "right on the 12 inputs",
    ),
    Answer("another-order", "ambiguity-3-width", "stays = ['L1', 'k0']", 1, "right."),
    Answer("small-letters", "ambiguity-3-width", "stays = {'l1', 'K0'}", 1, "right."),
    Answer(
        "by-the-model",
        "ambiguity-4-regions",
        "kinds = [{}, dict(k0=1.2), dict(k0=0.3), dict(k0=0.1, k1=0.1, w1=0.7), dict(k0=1.4), "
        "dict(delta=0.6)]\n"
        "settings = {f's{i}': regions.region(model.Parameters(**kind)) "
        "for i, kind in enumerate(kinds, 1)}",
        2,
        "right.",
    ),
    Answer(
        "war-too-dear-until-declared",
        "ambiguity-5-counterexample",
        f"found = {_WORLD} | dict(k0=1.2, low=0, high=0.2)",
        2,
        "right.",
    ),
    Answer(
        "a-wider-stretch",
        "ambiguity-5-counterexample",
        f"found = {_WORLD} | dict(low=0.68, high=0.8)",
        2,
        "right.",
    ),
    Answer(
        "a-larger-red-line",
        "ambiguity-5-counterexample",
        f"found = {_WORLD} | dict(delta=0.7, low=0.75, high=1)",
        2,
        "right.",
    ),
    Answer("by-hand", "ambiguity-6-aim", _BEST, 2, "right."),
    Answer(
        "finer-levels",
        "ambiguity-6-aim",
        _AIM.format(at="risk.argmin()").replace("101", "2001"),
        2,
        "right.",
    ),
    Answer(
        "two-decimals",
        "ambiguity-6-aim",
        _BEST + "best['risk'] = best['risk'].round(2)\nbest = best.iloc[::-1]",
        2,
        "right.",
    ),
    Answer(
        "from-a-table",
        "ambiguity-7-verbs",
        _VERBS + "verbs = pd.Series(verbs).to_dict()",
        2,
        "right.",
    ),
    Answer("another-order", "ambiguity-8-surveys", "borne_out = ['f', 'b', 'd']", 2, "right."),
    Answer("as-a-set", "ambiguity-8-surveys", "borne_out = {'b', 'd', 'f'}", 2, "right."),
    Answer("two-decimals", "ambiguity-9-slope", "slope = -0.11", 1, "right."),
    Answer(
        "a-larger-step",
        "ambiguity-9-slope",
        "out = model.solve(model.Parameters(), unprovoked=np.array([0.54, 0.56])).attack\n"
        "slope = (out[1] - out[0]) / 0.02",
        1,
        "right.",
    ),
    Answer(
        "by-gradient",
        "ambiguity-9-slope",
        "levels = np.linspace(0, 1, 1001)\n"
        "risks = model.solve(model.Parameters(), unprovoked=levels).attack\n"
        "slope = np.gradient(risks, levels)[550]",
        1,
        "right.",
    ),
)
