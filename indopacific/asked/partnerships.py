"""What exercise 03 asks."""

from __future__ import annotations

from indopacific.checks import (
    Question,
    case,
    choice,
    choices,
    function,
    mapping,
    mistaken,
    number,
    ordering,
    setting,
    table,
)
from indopacific.models.parameters import Real, declared
from indopacific.models.partnerships import Parameters

_LANDS = ("Europe", "North America", "Turkey")
_ATLANTIC, _MEDITERRANEAN = "North Atlantic area", "Mediterranean Sea"


def _sea_counts(region: str, latitude: float) -> bool:
    return region == _MEDITERRANEAN or (region == _ATLANTIC and latitude > 23.44)


# Each mistaken rule takes what `article5` takes: what is attacked, whose it is, the region, whose
# ground it is, whether that is an island, and the latitude.


def _any_soil(
    attacked: str, owner: str, region: str, ground: str, island: bool, latitude: float
) -> str:
    sea = attacked != "territory" and _sea_counts(region, latitude)
    return "yes" if owner == "party" and (ground == "party" or sea) else "no"


def _mainland_only(
    attacked: str, owner: str, region: str, ground: str, island: bool, latitude: float
) -> str:
    sea = attacked != "territory" and _sea_counts(region, latitude)
    land = ground == "party" and region in _LANDS
    return "yes" if owner == "party" and (land or sea) else "no"


def _nobodys(
    attacked: str, owner: str, region: str, ground: str, island: bool, latitude: float
) -> str:
    return "yes" if region in _LANDS or _sea_counts(region, latitude) else "no"


def _forces_anywhere(
    attacked: str, owner: str, region: str, ground: str, island: bool, latitude: float
) -> str:
    if owner != "party":
        return "no"
    moves = attacked != "territory"
    land = region in _LANDS or (island and region == _ATLANTIC and latitude > 23.44)
    return "yes" if moves or land else "no"


def _no_line(
    attacked: str, owner: str, region: str, ground: str, island: bool, latitude: float
) -> str:
    sea = attacked != "territory" and region in (_MEDITERRANEAN, _ATLANTIC)
    land = ground == "party" and (region in _LANDS or (island and region == _ATLANTIC))
    return "yes" if owner == "party" and (land or sea) else "no"


REACH = Question(
    "partnerships-1-reach",
    function(
        *("attacked", "owner", "region", "ground", "island", "latitude"),
        returns=choice(["yes", "no", "contested"]),
    ).cases(
        case("territory", "party", "Europe", "party", False, 52.5, gives="yes"),
        case("territory", "other", "Europe", "other", False, 50.5, gives="no"),
        case("territory", "party", _ATLANTIC, "party", True, 38.7, gives="yes"),
        case("territory", "party", _ATLANTIC, "party", True, 18.2, gives="no"),
        case("territory", "party", "South America", "party", False, 4.0, gives="no"),
        case("forces", "party", "Europe", "party", False, 52.5, gives="yes"),
        case("forces", "party", "Asia", "other", True, 1.3, gives="no"),
    ),
    mistakes=[
        mistaken(
            _any_soil,
            "All soil of a party counts here. Article 6 names some of it: where does it lie?",
        ),
        mistaken(
            _mainland_only,
            "The words about islands are missing. Islands of a party in the North Atlantic area "
            "count, too, if they lie north of a line.",
        ),
        mistaken(
            _no_line,
            "The Tropic is missing: in the North Atlantic area islands, and what moves, count only "
            "north of it.",
        ),
        mistaken(
            _nobodys,
            "Whose it is plays no part here. The words speak of parties: their territory, their "
            "forces.",
        ),
        mistaken(
            _forces_anywhere,
            "Forces of a party count everywhere here. The words name where they must be: in or "
            "over some territories, and in two seas.",
        ),
    ],
    again="lesson 03, section 2, the pieces of article 6",
)

PARTNERS = ["Australia", "Japan", "New Zealand", "South Korea"]

LEVELS = Question(
    "partnerships-2-levels",
    table(["partner", "known", "leaders", "lowest"], key="partner", rows=4),
    again="lesson 03, the table attendance before section 1, and what an empty cell means",
)

CERTAIN = Question(
    "partnerships-3-certain",
    mapping(
        ["2023-07-11", "2023-07-12", "2023-07-31", "2023-12-31", "2024-06-30", "2024-12-31"],
        of=number(whole=True, low=0, high=4),
    ),
    again="lesson 03, section 1, the steps and how exact their dates are",
)

BOTH = Question(
    "partnerships-4-both",
    mapping(PARTNERS, of=number(whole=True, low=0, high=24)),
    again="lesson 03, section 1, the rule of the totals",
)

ORDER = Question(
    "partnerships-5-order",
    ordering(list("abcdefg")),
    again="lesson 03, sections 1 to 3, and the tables partner_steps, events, office and articles",
)

SENTENCES = Question(
    "partnerships-6-sentences",
    choices("abcdefghijk"),
    again="lesson 03, sections 1 to 3, with the table that the sentence names",
)

BY_HAND = Question(
    "partnerships-7-by-hand",
    number(low=0, high=100),
    again="lesson 03, section 5, the critical depth",
)

# Each mistaken rule takes what `becomes` takes.


def _settles(below: bool) -> str:
    return "settles" if below else "no balance"


BECOMES = Question(
    "partnerships-8-becomes",
    function(
        *("alpha", "beta", "k", "l0", "psi", "r", "d"),
        returns=choice(["settles", "no balance"]),
    ).cases(
        case(1, 1, 0.5, 0.5, 0.25, 0, 3, gives="settles"),
        case(1, 1, 0.5, 0.5, 0.25, 0, 6, gives="no balance"),
        case(1, 1, 0.5, 0.5, 0.25, 0.5, 8, gives="settles"),
        case(1.5, 0.5, 0.5, 0.5, 0.25, 0, 5, gives="no balance"),
        case(1, 1, 0.5, 0.5, 0.5, 0.25, 6, gives="no balance"),
        case(1, 1, 0.5, 0.5, 0.5, 0.75, 4, gives="settles"),
    ),
    mistakes=[
        mistaken(
            lambda alpha, beta, k, l0, psi, r, d: _settles(
                alpha * beta >= k * (l0 + psi * d * (1 - r))
            ),
            "Where costs and answers are equal, both levels rise steadily: that is no balance.",
        ),
        mistaken(
            lambda alpha, beta, k, l0, psi, r, d: _settles(alpha * beta > k * (l0 + psi * d)),
            "Reassurance plays no part here. It takes away a share r of the provocation.",
        ),
        mistaken(
            lambda alpha, beta, k, l0, psi, r, d: _settles(alpha * beta > k * l0),
            "Depth plays no part here: the neighbour's answer is taken as it is without a "
            "partnership.",
        ),
        mistaken(
            lambda alpha, beta, k, l0, psi, r, d: _settles(alpha * beta > k * (l0 + psi * d * r)),
            "r is used as the share of the provocation that remains. It is the share taken away.",
        ),
        mistaken(
            lambda alpha, beta, k, l0, psi, r, d: _settles(
                alpha + beta > k + l0 + psi * d * (1 - r)
            ),
            "Costs and answers are added. One side's answer works on the other's: multiply.",
        ),
        mistaken(
            lambda alpha, beta, k, l0, psi, r, d: _settles(
                alpha > k and beta > l0 + psi * d * (1 - r)
            ),
            "Each side's answer is compared with its own cost alone. A strong answer of one side "
            "can be borne by high costs of the other.",
        ),
        mistaken(
            lambda alpha, beta, k, l0, psi, r, d: _settles(
                alpha * beta < k * (l0 + psi * d * (1 - r))
            ),
            "The inequality is turned round: levels settle if costs outweigh answers.",
        ),
    ],
    again="lesson 03, section 5, when both levels settle",
)

DEPTH = Question(
    "partnerships-9-depth",
    setting(
        **{
            each.name: number(low=each.low, high=each.high)
            for each in declared(Parameters)
            if isinstance(each, Real)
        }
    ),
    again="lesson 03, section 5, the explorer",
)
