"""On what the drawings of lesson 02's wordings are tried. Texts and codes are invented."""

from indopacific.models.agreement import bootstrap, confusion, kappa
from indopacific.models.wording import compare
from tests.figures.drawings import Sample

OLD = "Atlantis's growing influence can present both opportunities and challenges for our order"
NEW = "The stated ambitions of Atlantis challenge our interests, our order and our security"
LONG = " ".join(["a rules-based order of the deep and the shallow seas"] * 5)

CODES = ["OPP", "ENG", "RES", "MIX", "CHA", "COE", "ENA"]
KEY = ["CHA", "ENG", "COE", "OPP", "ENA", "CHA", "OPP", "ENG", "COE", "ENA", "CHA", "RES"]
MINE = ["CHA", "ENG", "COE", "ENG", "CHA", "CHA", "OPP", "ENG", "CHA", "ENA", "CHA", "MIX"]


def met(mine, key, order=CODES, **names):
    table = confusion(mine, key, order=order)
    table.index.name, table.columns.name = names.get("first"), names.get("second")
    return table, bootstrap(kappa, mine, key, seed=1, times=200)


SAMPLES = {
    "draw_formula": {
        "one step": Sample({"Atlantis 2019 to Lemuria 2021": compare(OLD, NEW)}),
        "nothing changed": Sample({"Mu 2022 to Mu 2023": compare(NEW, NEW)}),
        "nothing kept": Sample(
            {"Mu 2022 to Ys 2023": compare("silence", "many words ... at last")}
        ),
        "four steps": Sample(
            {f"Step {number}": compare(OLD, f"{NEW} once more") for number in range(1, 5)}
        ),
        "as long as fits": Sample(
            {
                "A long one": compare(LONG, f"{LONG} {OLD}"),
                "Another": compare(f"{NEW} {LONG}", LONG),
            }
        ),
    },
    "draw_confusion": {
        "twelve sentences": Sample(met(MINE, KEY, first="you", second="the course")),
        "full agreement": Sample(met(KEY, KEY)),
        "one code only": Sample(met(["CHA"] * 5, ["CHA"] * 5, ["CHA", "ENG"])),
        "nothing in common": Sample(met(["CHA"] * 120, ["ENG"] * 120, first="an early coder")),
    },
}
