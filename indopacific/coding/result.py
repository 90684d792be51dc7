"""What the comparison of a reader's codes with the key says, in words."""

from __future__ import annotations

from typing import Any

from indopacific.coding.sheet import Sheet
from indopacific.models.agreement import Interval, bootstrap, kappa

SEED, TIMES, SHARE = 2, 1000, 0.95

# A page without Python fills in the same sentences.
WORDS = {
    "key": "You and the key give the same code to {same} of {n} sentences ({percent}%).",
    "self": (
        "In this coding and the one before, you gave the same code to {same} of {n} sentences "
        "({percent}%)."
    ),
    "kappa": (
        "Cohen's kappa, which takes off what chance alone would give, is {kappa}. If the {n} "
        "sentences are drawn anew {times} times, with repetition, 95% of the kappas lie from "
        "{low} to {high}."
    ),
    "undefined": (
        "Cohen's kappa is not defined here: each coding uses one and the same code throughout, so "
        "chance alone would agree."
    ),
    "all": (
        "No sentence is left on which you differ. That shows that you read the codebook as the key "
        "does; it does not show that the codebook is right."
    ),
}


def compared(
    sheet: Sheet, codes: dict[str, str], earlier: dict[str, str] | None = None
) -> dict[str, Any]:
    """Compare a whole coding with the key, and with the reader's coding before it.

    Parameters
    ----------
    sheet : Sheet
    codes : dict
        A code for every sentence.
    earlier : dict, optional
        The coding before.

    Returns
    -------
    dict
        `told`: sentences. `rows`: where reader and key differ, with the key's reasoning. `all`:
        every sentence as a table, the header first. `caution`: what the key is. Plain data.
    """
    key = sheet.key
    told = _told("key", codes, key)
    if codes == key:
        told.append(WORDS["all"])
    if earlier is not None:
        told += _told("self", codes, earlier)
    head = ("Sentence", "You", *(() if earlier is None else ("You before",)), "Key")
    return {
        "told": told,
        "rows": [
            {
                "sentence": f"{place}. {each.text}",
                "yours": codes[each.id],
                "key": each.key,
                "reasoning": each.reasoning,
            }
            for place, each in enumerate(sheet.sentences, start=1)
            if codes[each.id] != each.key
        ],
        "all": [
            head,
            *(
                (
                    f"{place}. {each.text}",
                    codes[each.id],
                    *(() if earlier is None else (earlier.get(each.id, ""),)),
                    each.key,
                )
                for place, each in enumerate(sheet.sentences, start=1)
            ),
        ],
        "caution": sheet.caution,
    }


def _told(who: str, codes: dict[str, str], other: dict[str, str]) -> list[str]:
    shared = [name for name in codes if name in other]
    one, two = [codes[name] for name in shared], [other[name] for name in shared]
    same = sum(a == b for a, b in zip(one, two, strict=True))
    n = len(shared)
    said = WORDS[who].format(same=same, n=n, percent=_percent(same, n))
    return [said, _kappa(bootstrap(kappa, one, two, seed=SEED, times=TIMES, share=SHARE))]


def _kappa(found: Interval) -> str:
    if found.of.value is None or found.low is None or found.high is None:
        return WORDS["undefined"]
    return WORDS["kappa"].format(
        kappa=_written(found.of.value),
        n=found.of.units,
        times=f"{found.times:,}",
        low=_written(found.low),
        high=_written(found.high),
    )


def _written(value: float) -> str:
    return f"{value:z.2f}".replace("-", "\u2212")


def _percent(same: int, n: int) -> int:
    # Half a per cent goes up, as on the page; Python's own rounding goes to the even neighbour.
    return int(100 * same / n + 0.5)
