"""Answers to exercise 04-theatres and the marks that they must earn: plain data, no logic."""

from tests.grading.catalogue import Answer

#: The misconceptions that the exercise must recognise, by the number used in `WRONG`.
MISCONCEPTIONS = {
    1: "Figures in dollars can be compared, whatever they count.",
    2: "Killed and casualties are the same.",
    3: "A published scenario is a forecast.",
    4: "What is at risk is lost.",
    5: "What was not found is zero.",
    6: "Whatever Europe adds is freed for the Pacific.",
    7: "A force that comes in parts is worth as much as the whole.",
    8: "China and Russia are bound to fight beside each other.",
    9: "A number of soldiers is a force.",
    10: "Losses shrink with the share of an input in cost, however hard it is to replace.",
}

C, L, U, B = "theatres-1-charts", "theatres-2-loss", "theatres-3-users", "theatres-4-best"
F, S, P, X = "theatres-5-freed", "theatres-6-sharp", "theatres-7-left", "theatres-8-flip"
W = "theatres-9-sentences"

_LOSS = """def loss(share, cut, sigma):
    if sigma == 0:
        left = 1 - cut
    elif sigma == 1:
        left = (1 - cut) ** share
    else:
        r = (sigma - 1) / sigma
        left = (share * (1 - cut) ** r + 1 - share) ** (1 / r)
    return 1 - left
"""
_BEST = """def best(europe, pacific, pool, russia, china, value_europe, value_pacific):
    rho = sqrt(value_europe * russia / (value_pacific * china))
    total = europe + pacific + pool + russia + china
    share = (rho * total / (1 + rho) - europe - russia) / pool
    return max(0.0, min(1.0, share))
"""
_LEFT = """def left(ours, theirs, parts):
    return """
_FOUND = 'found = explore("theatres", {}).values'

WRONG = (
    # --- 1 charts
    Answer("at-risk", C, "charts = list('abdh')", 1, "need not be lost", 4),
    Answer("part-and-whole", C, "charts = list('acdh')", 1, "the larger bar holds", 1),
    Answer("killed", C, "charts = list('adeh')", 1, "Killed are not casualties", 2),
    Answer("two-teams", C, "charts = list('adfh')", 1, "Two teams, eight years apart"),
    Answer("two-units", C, "charts = list('adgh')", 1, "One loss in two units"),
    Answer("lives-and-money", C, "charts = list('adhi')", 1, "Lives and money in one picture", 1),
    Answer("not-korea", C, "charts = ['d', 'h']", 1, "left out 1 option"),
    Answer("two-found", C, "charts = ['a', 'h']", 1, "left out 1 option"),
    Answer("one-found", C, "charts = ['h']", 0, "left out 2 options"),
    Answer("all-dollars", C, "charts = list('bcg')", 0, "need not be lost", 1),
    # --- 2 loss
    Answer(
        "what-is-left", L, _LOSS.replace("return 1 - left", "return left"), 0, "what is left of"
    ),
    Answer("sigma-for-r", L, _LOSS.replace("r = (sigma - 1) / sigma", "r = sigma"), 0, "not sigma"),
    Answer(
        "all-raised", L, _LOSS.replace("+ 1 - share)", "+ (1 - share) ** r)"), 0, "Only what is"
    ),
    Answer("no-root", L, _LOSS.replace(" ** (1 / r)", ""), 0, "The last exponent, 1 / r"),
    Answer(
        "shares-exchanged",
        L,
        _LOSS.replace("    if sigma", "    share = 1 - share\n    if sigma", 1),
        0,
        "The shares are exchanged",
    ),
    Answer(
        "the-cut-itself",
        L,
        "def loss(share, cut, sigma):\n    if sigma == 0:\n        return cut\n"
        "    if sigma == 1:\n        return 1 - cut ** share\n    r = (sigma - 1) / sigma\n"
        "    return 1 - (share * cut ** r + 1 - share) ** (1 / r)",
        0,
        "The cut itself is put where",
    ),
    Answer(
        "at-one",
        L,
        _LOSS.replace("left = (1 - cut) ** share", "left = 1 - share * cut"),
        0,
        "At a substitution of 1 you multiply",
    ),
    Answer(
        "always-with-ease",
        L,
        "def loss(share, cut, sigma):\n    return share * cut",
        0,
        "whatever the substitution: that is the loss if the input is replaced",
        10,
    ),
    Answer(
        "never-replaced",
        L,
        "def loss(share, cut, sigma):\n    return cut",
        0,
        "The whole cut, whatever the substitution",
    ),
    Answer(
        "no-zero",
        L,
        "def loss(share, cut, sigma):\n    r = (sigma - 1) / sigma\n"
        "    return 1 - (share * (1 - cut) ** r + 1 - share) ** (1 / r)",
        0,
        "ZeroDivisionError",
    ),
    Answer(
        "r-of-the-wrong-sign",
        L,
        _LOSS.replace("(sigma - 1) / sigma", "(1 - sigma) / sigma"),
        0,
        "r has the wrong sign",
    ),
    Answer(
        "prints",
        L,
        _LOSS.replace("return 1 - left", "print(1 - left)"),
        0,
        "prints its result",
    ),
    Answer(
        "rounded",
        L,
        _LOSS.replace("return 1 - left", "return round(1 - left, 3)"),
        0,
        "rounded",
    ),
    # --- 3 users
    Answer("all-chips", U, "users = 10.2", 0, "This would do if all chips failed"),
    Answer("times", U, "users = 10.2 * 0.6", 0, "You multiply by the cut"),
    Answer("what-is-left", U, "users = 10.2 / 0.4", 0, "by what is left of the chips"),
    Answer("blockade", U, "users = 5 / 0.6", 0, "the published blockade, not the war"),
    Answer("reported", U, "users = 5.6", 0, "the value to compare with"),
    Answer("of-the-lesson", U, "users = 3.36", 0, "not who would be needed"),
    Answer("a-share", U, "users = 0.17", 0, "You gave a share of one"),
    # --- 4 best
    Answer(
        "not-kept",
        B,
        _BEST.replace("return max(0.0, min(1.0, share))", "return share"),
        0,
        "The share leaves the range",
    ),
    Answer(
        "no-brackets",
        B,
        _BEST.replace("/ (value_pacific * china)", "/ value_pacific * china"),
        0,
        "divided by together",
    ),
    Answer("no-root", B, _BEST.replace("sqrt(", "("), 0, "rho lacks its square root"),
    Answer(
        "upside-down",
        B,
        _BEST.replace(
            "sqrt(value_europe * russia / (value_pacific * china))",
            "sqrt(value_pacific * china / (value_europe * russia))",
        ),
        0,
        "rho is upside down",
    ),
    Answer(
        "no-values",
        B,
        _BEST.replace(
            "sqrt(value_europe * russia / (value_pacific * china))", "sqrt(russia/china)"
        ),
        0,
        "The values play no part here",
    ),
    Answer(
        "no-rho-before-t",
        B,
        _BEST.replace("rho * total /", "total /"),
        0,
        "or left out before T",
    ),
    Answer(
        "russia-only",
        B,
        _BEST.replace("- europe - russia", "- russia"),
        0,
        "is right",
        unsaid="Only the allies are taken off",
    ),
    Answer("no-pool", B, _BEST.replace("pacific + pool +", "pacific +"), 0, "the pool is missing"),
    Answer(
        "allies-only",
        B,
        _BEST.replace("- europe - russia) / pool", "- europe) / pool"),
        0,
        "Only the allies are taken off",
    ),
    Answer(
        "the-pacific",
        B,
        _BEST.replace("return max(0.0, min(1.0, share))", "return 1 - max(0.0, min(1.0, share))"),
        0,
        "the share that goes to the Pacific",
    ),
    Answer(
        "the-forces",
        B,
        _BEST.replace("- russia) / pool", "- russia)"),
        0,
        "These are the forces that are sent",
    ),
    Answer(
        "no-adversary-in-t",
        B,
        _BEST.replace("pool + russia + china", "pool"),
        0,
        "is right",
        unsaid="the pool is missing",
    ),
    # --- 5 freed
    Answer("all-of-it", F, "freed = 0.3", 0, "As if all of it arrived", 6),
    Answer("each", F, "freed = 0.4", 0, "This is freed for each unit"),
    Answer("what-stays", F, "freed = 0.18", 0, "what stays in Europe"),
    Answer("rho-upside-down", F, "freed = 0.3 / (1 + 2 / 3)", 0, "or what a rho upside down gives"),
    Answer("no-root", F, "freed = 0.3 / (1 + 2.25)", 0, "lacks its square root"),
    Answer("times-rho", F, "freed = 0.3 * 1.5", 0, "You multiply by rho"),
    Answer("by-rho", F, "freed = 0.3 / 1.5", 0, "You divide by rho alone"),
    Answer("no-values", F, "freed = 0.3 / (1 + sqrt(0.9 / 0.8))", 0, "The values play no part"),
    Answer("root-of-the-top", F, "freed = 0.3 / (1 + sqrt(1.8) / 0.8)", 0, "the whole fraction"),
    Answer("nothing", F, "freed = 0", 0, "Nothing is freed only where"),
    Answer("half", F, "freed = 0.15", 0, "not right yet"),
    # --- 6 sharp
    Answer("too-soon", S, _FOUND.format("russia=1.5, decisiveness=1.7"), 0, "still frees US"),
    Answer("default", S, _FOUND.format("russia=1.5"), 0, "still frees US forces"),
    Answer("a-step-too-far", S, _FOUND.format("russia=1.5, decisiveness=1.9"), 0, "One step below"),
    Answer(
        "far-too-far", S, _FOUND.format("russia=1.5, decisiveness=3"), 0, "one ally more draws none"
    ),
    Answer("a-preset", S, _FOUND.format("russia=1.2, decisiveness=2.5"), 0, "has it: russia"),
    Answer(
        "values-forgotten",
        S,
        'found = explore("theatres", russia=1.5, decisiveness=1.8)',
        0,
        "put `.values` behind it",
    ),
    # --- 7 left
    Answer(
        "as-a-whole",
        P,
        _LEFT + "sqrt(max(0, theirs**2 - ours**2))",
        0,
        "The parts make no difference here",
        7,
    ),
    Answer(
        "first-part",
        P,
        _LEFT + "sqrt(max(0, theirs**2 - (ours / parts)**2))",
        0,
        "Only the first part has fought",
    ),
    Answer(
        "each-part-whole",
        P,
        "def left(ours, theirs, parts):\n    for _ in range(parts):\n"
        "        theirs = sqrt(max(0, theirs**2 - ours**2))\n    return theirs",
        0,
        "Each part fights as if it were the whole",
        unsaid="The parts make no difference here",
    ),
    Answer(
        "square-of-a-square",
        P,
        _LEFT + "sqrt(max(0, theirs**2 - (ours**2 / parts)**2))",
        0,
        "not right yet",
        unsaid="The parts make no difference here",
    ),
    Answer(
        "last-part-late",
        P,
        "def left(ours, theirs, parts):\n    for _ in range(1, parts):\n"
        "        theirs = sqrt(max(0, theirs**2 - (ours / parts)**2))\n    return theirs",
        0,
        "The last part has not fought yet",
    ),
    Answer("one-to-one", P, _LEFT + "max(0, theirs - ours)", 0, "one against one", 7),
    Answer("no-root", P, _LEFT + "max(0, theirs**2 - ours**2 / parts)", 0, "the root is missing"),
    Answer(
        "ours-left",
        P,
        _LEFT + "sqrt(max(0, ours**2 / parts - theirs**2))",
        0,
        "the wrong way round",
    ),
    Answer("below-nothing", P, _LEFT + "sqrt(theirs**2 - ours**2 / parts)", 0, "ValueError"),
    Answer("true", P, _LEFT + "theirs**2 > ours**2 / parts", 0, "another kind"),
    # --- 8 flip
    Answer("average", X, "X0 = risks[1.0] * 10.2 / risks[0.5]", 0, "Half of the wars have help"),
    Answer(
        "not-halved",
        X,
        "X0 = risks[1.0] * 10.2 / risks[0.5] - 5.1",
        0,
        "half of X0: divide",
    ),
    Answer(
        "help-left-out",
        X,
        "X0 = risks[1.0] * 10.2 / (0.5 * risks[0.5])",
        0,
        "are left out of the average",
    ),
    Answer("certain", X, "X0 = risks[1.0] * 10.2", 0, "not yet X0"),
    Answer("with-none", X, "X0 = 2.55", 0, "certain help with none at all"),
    Answer("as-dear", X, "X0 = 10.2", 0, "costs the same with and without help"),
    Answer(
        "exchanged",
        X,
        "X0 = (risks[0.5] * 10.2 / risks[1.0] - 5.1) / 0.5",
        0,
        "The two risks are exchanged",
    ),
    Answer("a-guess", X, "X0 = 5", 0, "not right yet"),
    # --- 9 sentences
    Answer("forecast", W, "stand = list('acfk')", 1, "Nobody said that it will", 3),
    Answer("four-times", W, "stand = list('bcfk')", 1, "different questions", 1),
    Answer("no-loss", W, "stand = list('cdfk')", 1, "Not found is not zero", 5),
    Answer("added-up", W, "stand = list('cefk')", 1, "neither is a loss of GDP", 4),
    Answer("the-average", W, "stand = list('cfgk')", 1, "the worst of the games"),
    Answer("computed", W, "stand = list('cfhk')", 1, "set after comparable wars"),
    Answer("bound-to-fight", W, "stand = list('cfik')", 1, "no word on military assistance", 8),
    Answer("there-already", W, "stand = list('cfjk')", 1, "not a force to be led", 9),
    Answer("two-found", W, "stand = ['c', 'f']", 1, "left out 1 option"),
    Answer("one-found", W, "stand = ['k']", 0, "left out 2 options"),
)

RIGHT = (
    Answer("a-set", C, "charts = {'h', 'a', 'd'}", 2, "right."),
    Answer(
        "in-logs",
        L,
        "from math import exp, log\n\ndef loss(share, cut, sigma):\n"
        "    if not sigma:\n        return cut\n    if sigma == 1:\n"
        "        return 1 - exp(share * log(1 - cut))\n    r = 1 - 1 / sigma\n"
        "    inside = share * exp(r * log(1 - cut)) + (1 - share)\n"
        "    return 1 - exp(log(inside) / r)",
        3,
        "right on the 30 inputs",
    ),
    Answer(
        "by-the-model",
        L,
        "from indopacific.models import cost\n\n\n"
        "def loss(share, cut, sigma):\n    return float(cost.input_cut(share, cut, sigma))",
        3,
        "right on the 30 inputs",
    ),
    Answer("rounded", U, "users = 17", 1, "right."),
    Answer(
        "two-returns",
        B,
        "def best(e, c, x, r, k, ve, vp):\n    a, b = sqrt(ve * r), sqrt(vp * k)\n"
        "    share = (a * (e + c + x + r + k) / (a + b) - (e + r)) / x\n"
        "    if share < 0:\n        return 0\n    return share if share < 1 else 1",
        3,
        "right on the 32 inputs",
    ),
    Answer("by-hand", F, "freed = 0.12", 1, "right."),
    Answer("between-steps", S, _FOUND.format("russia=1.5, decisiveness=1.84"), 1, "right"),
    Answer(
        "as-a-dict",
        S,
        'found = dict(explore("theatres", decisiveness=1.8).values, russia=1.5)',
        1,
        "right",
    ),
    Answer(
        "one-formula",
        P,
        _LEFT + "max(0.0, theirs**2 - ours**2 / parts) ** 0.5",
        2,
        "right on the 11 inputs",
    ),
    Answer("rounded", X, "X0 = 6.3", 2, "right."),
    Answer(
        "solved",
        X,
        "X0 = 10.2 * (2 * risks[1.0] / risks[0.5] - 1)",
        2,
        "right.",
    ),
    Answer("capitals", W, "stand = list('CFK')", 2, "right."),
)
