"""Where does an attack bring Article 5 of the North Atlantic Treaty into play? The text as a rule.

Article 6 says which attacks count: on some territories, and on forces, vessels and aircraft in
some areas. `judge` applies its words to a place and a kind of object, and names the words on
which the answer rests. Article 4 (who may ask for consultations) and Article 10 (who may be
invited) are answered beside it.

    from indopacific import load
    from indopacific.models import reach
    midway = reach.find("Midway Atoll", load("places"))
    reach.judge(midway).because

The rule is the text as amended in 1951, applied by this course: no court has ruled on it, and the
members may act beyond what it asks of them. `LIMITS` says what is left out.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from indopacific.geometry import inside, rings

LIMITS = (
    "An answer is this course's application of the text. It is not a ruling, and not what the "
    "members would do: they can help where no article asks it of them.",
    "Yes means that an armed attack counts for Article 5. Each member then takes the action that "
    "it deems necessary.",
    "The text does not say where the North Atlantic area ends. The course draws it coarsely, by "
    "straight lines, and calls the Arctic Ocean, the Baltic Sea, the Black Sea, the Sea of "
    "Marmara, the Gulf of Mexico and Hudson Bay open.",
    'The article says "is deemed to include". The rule reads the list as complete; one may read it '
    "otherwise.",
    "Cyber attacks and attacks in space are left out.",
    "Where an island belongs, to a continent or to an ocean, is the course's choice, and often "
    "decides.",
    "Coastal waters are not drawn. Ask for a ship in port, or close to a coast, at the place "
    "itself.",
    "The Algerian departments of France still stand in the text. Algeria is no territory of a "
    "party today, and the rule treats it so.",
)

TROPIC = 23.44
"""Latitude of the Tropic of Cancer, in degrees north, to the accuracy of this rule."""

TERRITORY = "territory"
MOVING = ("forces", "vessel", "aircraft")
KINDS = (TERRITORY, *MOVING)
"""What an attack can be on; an island is territory."""

YES, NO, CONTESTED = "yes", "no", "contested"

EUROPE, NORTH_AMERICA, TURKEY = "Europe", "North America", "Turkey"
ATLANTIC, MEDITERRANEAN = "North Atlantic area", "Mediterranean Sea"
MARMARA = "Sea of Marmara"
LANDS = (EUROPE, NORTH_AMERICA, TURKEY, "Africa", "Asia", "South America", "Oceania", "Antarctica")
OPEN = ("Arctic Ocean", "Baltic Sea", "Black Sea", MARMARA, "Gulf of Mexico", "Hudson Bay")
"""Seas of which the text does not say whether they belong to the North Atlantic area."""
SEAS = (
    ATLANTIC, MEDITERRANEAN, *OPEN, "South Atlantic", "Pacific Ocean", "Indian Ocean",
    "Southern Ocean", "Caspian Sea",
)  # fmt: skip
REGIONS = (*LANDS, *SEAS)

CONSULT = (
    "whenever, in the opinion of any of them, the territorial integrity, political independence "
    "or security of any of the Parties is threatened"
)
ATTACKED = "an armed attack against one or more of them in Europe or North America"
LAND = "on the territory of any of the Parties in Europe or North America"
TURKISH = "on the territory of Turkey"
ISLANDS = (
    "on the Islands under the jurisdiction of any of the Parties in the North Atlantic area north "
    "of the Tropic of Cancer"
)
OBJECTS = "on the forces, vessels, or aircraft of any of the Parties"
THERE = "when in or over these territories"
OCCUPIED = (
    "any other area in Europe in which occupation forces of any of the Parties were stationed on "
    "the date when the Treaty entered into force"
)
SEA = "the Mediterranean Sea"
AREA = "the North Atlantic area north of the Tropic of Cancer"
INVITE = "by unanimous agreement, invite any other European State"
ARTICLES = {
    "4": (CONSULT,),
    "5": (ATTACKED,),
    "6": (LAND, TURKISH, ISLANDS, OBJECTS, THERE, OCCUPIED, SEA, AREA),
    "10": (INVITE,),
}
"""The pieces of the treaty's text that answers quote, by article."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place, and the facts about it that the rule needs.

    Attributes
    ----------
    name : str
    latitude, longitude : float
        In degrees; north and east are positive.
    region : str
        One of `REGIONS`: the continent, or, of an island of the open ocean and of the open sea,
        the ocean. All of Turkey is "Turkey".
    holder : str
        State that governs it; "" for the open sea.
    party : bool
        Whether the holder is a party to the treaty.
    island : bool
    dispute : str
        Why readings of the text differ about this place; "" where they do not.
    occupied : bool
        Whether occupation forces of a party stood there when the treaty entered into force in
        1949.

    Raises
    ------
    ValueError
        For coordinates out of range, an unknown region, or facts that cannot go together.
    """

    name: str
    latitude: float
    longitude: float
    region: str
    holder: str = ""
    party: bool = False
    island: bool = False
    dispute: str = ""
    occupied: bool = False

    def __post_init__(self) -> None:
        _in_range(self.latitude, "latitude", 90)
        _in_range(self.longitude, "longitude", 180)
        _known(self.region, "region", REGIONS)
        if self.at_sea and (self.party or self.island):
            raise ValueError(f"{self.name}: the open sea has no holder. Say whose place it is.")
        if not self.at_sea and self.region in SEAS and not self.island:
            raise ValueError(
                f"{self.name}: land in the region {self.region!r} must be an island; a place on "
                "the mainland has its continent as region."
            )
        if not self.at_sea and self.region == MEDITERRANEAN:
            raise ValueError(
                f"{self.name}: say to which continent the island belongs; the treaty's words name "
                "the Mediterranean only as a sea."
            )

    @property
    def at_sea(self) -> bool:
        """Whether this is the open sea, which is nobody's territory."""
        return not self.holder

    @property
    def north_of_tropic(self) -> bool:
        """Whether it lies north of the Tropic of Cancer; the rule asks only in the Atlantic."""
        return self.latitude > TROPIC

    @property
    def where(self) -> str:
        """Its coordinates as a sentence has them."""
        return position(self.latitude, self.longitude)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What three articles say of an attack.

    Attributes
    ----------
    article5 : str
        "yes" if an armed attack there counts for Article 5, "no", or "contested" where readings
        of the text differ or the text leaves it open.
    words : tuple of str
        The words of Articles 5 and 6 on which that rests.
    because : str
        How they apply, in one or two sentences.
    article4, article4_because : str
        Whether the attacked side itself may ask for consultations: "yes" or "no".
    article10, article10_because : str
        Whether the attacked side may be invited to join: "a party already", "yes", "no", or "not
        known" for a flag of which the rule is only told that it is no party's.
    """

    article5: str
    words: tuple[str, ...]
    because: str
    article4: str
    article4_because: str
    article10: str
    article10_because: str


def judge(place: Place, kind: str = TERRITORY, *, of_party: bool | None = None) -> Verdict:
    """Apply the treaty's words to an attack.

    Parameters
    ----------
    place : Place
        Where the attack happens.
    kind : str
        On what: one of `KINDS`.
    of_party : bool, optional
        Whether the forces, vessel or aircraft belong to a party; left out: yes. Territory is its
        holder's.

    Returns
    -------
    Verdict

    Raises
    ------
    ValueError
        For an unknown kind, the territory of the open sea, or `of_party` against the facts of a
        territory.
    """
    _known(kind, "kind", KINDS)
    if kind != TERRITORY:
        attacked = True if of_party is None else bool(of_party)
        found = _on_moving(place, kind, attacked)
    else:
        if place.at_sea:
            raise ValueError(
                f"{place.name} is open sea and nobody's territory: ask about forces, a vessel or "
                "an aircraft there."
            )
        attacked = place.party
        if of_party is not None and bool(of_party) != attacked:
            raise ValueError(
                f"Whether {place.name} is territory of a party follows from its holder, "
                f"{place.holder}: leave of_party out."
            )
        found = _on_territory(place)
    article5, words, because = found
    own = kind == TERRITORY
    return Verdict(
        article5=article5,
        words=words,
        because=because,
        **_consultation(place.holder if own else f"The owner of the {_object(kind)}", attacked),
        **_invitation(place, attacked, own),
    )


_Found = tuple[str, tuple[str, ...], str]


def _on_territory(place: Place) -> _Found:
    owned = f"territory of a party ({place.holder})"
    if not place.party:
        because = "Not territory of a party. Articles 5 and 6 speak of attacks on parties."
        return NO, (ATTACKED, LAND), because
    if place.dispute:
        return CONTESTED, (LAND, ISLANDS), place.dispute
    if place.region == TURKEY:
        return YES, (TURKISH,), "Territory of Turkey, which Article 6 names."
    if place.region in (EUROPE, NORTH_AMERICA):
        return YES, (LAND,), _sentence(f"{owned} in {place.region}.")
    if not place.island:
        return NO, (LAND,), _sentence(f"{owned}, but in {place.region}, and on no island.")
    if place.region == ATLANTIC:
        side = "north" if place.north_of_tropic else "south"
        return (
            YES if place.north_of_tropic else NO,
            (ISLANDS,),
            f"Island {owned} in the North Atlantic area, at {place.where}: {side} of the Tropic of "
            "Cancer.",
        )
    if place.region in OPEN:
        return (
            CONTESTED,
            (ISLANDS,),
            f"Island {owned}. The text does not say whether the North Atlantic area takes in "
            f"{_the(place.region)}.",
        )
    tropic = (
        f" That the place lies north of the Tropic of Cancer, at {place.where}, plays no part."
        if place.north_of_tropic
        else ""
    )
    return (
        NO,
        (LAND, ISLANDS),
        f"Island {owned}, but in {_the(place.region)}. The words about islands reach no further "
        f"than the North Atlantic area.{tropic}",
    )


def _on_moving(place: Place, kind: str, of_party: bool) -> _Found:
    if not of_party:
        return NO, (OBJECTS,), _sentence(f"{_object(kind)} of a state that is no party.")
    if place.region == ATLANTIC and place.north_of_tropic:
        because = f"In the North Atlantic area, at {place.where}: north of the Tropic of Cancer."
        return YES, (OBJECTS, AREA), because
    if place.region == MEDITERRANEAN:
        return YES, (OBJECTS, SEA), "In or over the Mediterranean Sea."
    if place.at_sea:
        return _on_open_sea(place)
    if place.occupied:
        because = "Forces of a party occupied this part of Europe when the treaty began."
        return YES, (OBJECTS, OCCUPIED), because
    if not place.party and place.island and place.region == EUROPE:
        because = (
            "On an island of Europe that is no party's. The text does not say whether the seas "
            "that Article 6 names take in such an island."
        )
        return CONTESTED, (OBJECTS, SEA, AREA), because
    if not place.party:
        because = "In or over land that is no party's, and in neither of the two seas of Article 6."
        return NO, (OBJECTS, THERE), because
    ground, words, because = _on_territory(place)
    if ground != CONTESTED:
        because = f"In or over {because[0].lower()}{because[1:]}"
    return ground, (OBJECTS, THERE, *words), because


def _on_open_sea(place: Place) -> _Found:
    if place.region == ATLANTIC:
        because = f"In the North Atlantic, but at {place.where}: south of the Tropic of Cancer."
        return NO, (OBJECTS, AREA), because
    if place.region == MARMARA:
        because = (
            "In the Sea of Marmara, with Turkey on every shore. The text does not say whether its "
            "waters count as Turkey's territory."
        )
        return CONTESTED, (OBJECTS, THERE, TURKISH), because
    if place.region in OPEN and place.north_of_tropic:
        return (
            CONTESTED,
            (OBJECTS, AREA),
            f"In {_the(place.region)}. The text does not say whether the North Atlantic area takes "
            "it in.",
        )
    return (
        NO,
        (OBJECTS, SEA, AREA),
        f"In {_the(place.region)}. Article 6 names two seas: the Mediterranean, and the North "
        "Atlantic area north of the Tropic.",
    )


def _consultation(owner: str, attacked: bool) -> dict[str, str]:
    if attacked:
        return {
            "article4": YES,
            "article4_because": "A party may ask for consultations wherever it sees a threat: "
            "Article 4 names no place.",
        }
    return {
        "article4": NO,
        "article4_because": f"{owner} is no party and has no right to ask. "
        "A party may, if it sees its own security threatened.",
    }


def _invitation(place: Place, attacked: bool, own: bool) -> dict[str, str]:
    if attacked:
        answer, because = "a party already", "Article 10 is about states that are no party yet."
    elif not own:
        answer = "not known"
        because = "It depends on the flag: only a European state can be invited."
    elif place.region == EUROPE:
        answer, because = YES, "A European state may be invited, if all parties agree."
    else:
        answer = NO
        because = f"{place.name} does not lie in Europe, and Article 10 speaks of European states."
    return {"article10": answer, "article10_because": because}


def _object(kind: str) -> str:
    return {"vessel": "a vessel", "aircraft": "an aircraft"}.get(kind, kind)


def _the(region: str) -> str:
    return region if region in LANDS or region.endswith("Bay") else f"the {region}"


def _sentence(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]


# ---------------------------------------------------------------- places of the table


def places(table: pd.DataFrame) -> dict[str, Place]:
    """Read the places of the course's table.

    Parameters
    ----------
    table : DataFrame
        As ``load("places")`` gives it, or rows like its own.

    Returns
    -------
    dict of str to Place
        In the order of the table.
    """
    return {
        str(row["place"]): Place(
            name=str(row["place"]),
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            region=str(row["region"]),
            holder=str(row["holder"]),
            party=row["party"] == "yes",
            island=row["island"] == "yes",
            dispute=str(row["dispute"]),
        )
        for row in table.fillna({"dispute": ""}).to_dict("records")
    }


def find(name: str, table: pd.DataFrame) -> Place:
    """Return one place of a table.

    Parameters
    ----------
    name : str
        As in the column `place`; capitals do not matter.
    table : DataFrame
        As for `places`.

    Raises
    ------
    LookupError
        For a place that no row knows, with the nearest names and what to do.
    """
    known = {str(each).casefold(): str(each) for each in table["place"]}
    if str(name).casefold() not in known:
        near = difflib.get_close_matches(str(name).casefold(), known, n=3, cutoff=0.5)
        hint = f" Did you mean {' or '.join(repr(known[each]) for each in near)}?" if near else ""
        raise LookupError(
            f"No row of the table knows the place {name!r}.{hint} You can also say its facts "
            "yourself: reach.Place(name=..., latitude=..., longitude=..., region=..., holder=..., "
            "party=..., island=...)."
        )
    exact = known[str(name).casefold()]
    return places(table[table["place"] == exact])[exact]


def judged(
    all_places: Iterable[Place], kind: str = TERRITORY, *, of_party: bool | None = None
) -> pd.DataFrame:
    """Judge many places at once.

    Parameters
    ----------
    all_places : iterable of Place
    kind, of_party
        As for `judge`.

    Returns
    -------
    DataFrame
        One row a place: `place`, `holder`, `article5`, `words`, `because`, `article4`,
        `article10`.
    """
    rows = []
    for place in all_places:
        found = judge(place, kind, of_party=of_party)
        rows.append(
            {
                "place": place.name,
                "holder": place.holder,
                "article5": found.article5,
                "words": quoted(found.words),
                "because": found.because,
                "article4": found.article4,
                "article10": found.article10,
            }
        )
    return pd.DataFrame(rows)


def quoted(words: Sequence[str]) -> str:
    """Return pieces of the treaty's text in quotation marks, with dots where text is left out."""
    return " ... ".join(f'"{piece}"' for piece in words)


# ---------------------------------------------------------------- coordinates


def at_sea(latitude: float, longitude: float, land: pd.DataFrame) -> Place:
    """Return a place on the open sea.

    Parameters
    ----------
    latitude, longitude : float
        In degrees; north and east are positive.
    land : DataFrame
        The base map, as ``load("land")`` gives it: `ring`, `longitude`, `latitude`.

    Raises
    ------
    ValueError
        For coordinates out of range, or on land: there the course's table knows who governs it.
    """
    _in_range(latitude, "latitude", 90)
    _in_range(longitude, "longitude", 180)
    where = position(latitude, longitude)
    if on_land(latitude, longitude, land):
        raise ValueError(
            f"{where} is land on the course's map. Ask for a place of the table, because the rule "
            "must know who governs it; or say its facts with reach.Place(...)."
        )
    return Place(
        name=where, latitude=latitude, longitude=longitude, region=sea(latitude, longitude)
    )


def on_land(latitude: float, longitude: float, land: pd.DataFrame) -> bool:
    """Say whether a point lies on land, as drawn on a map that knows no small islands."""
    return inside(longitude, latitude, rings(land))


def sea(latitude: Any, longitude: Any) -> Any:
    """Return which of `SEAS` points of the open sea belong to, coarsely: by straight lines.

    Parameters
    ----------
    latitude, longitude : float or array

    Returns
    -------
    str or ndarray of str
    """
    y, x = np.broadcast_arrays(np.asarray(latitude, float), np.asarray(longitude, float))
    polar = np.where((x > 30) & (x < 70), 62, POLAR)  # the White Sea reaches further south
    spared = (x >= -45) & (x <= 25) & (y < 80)
    atlantic = inside(x, y, [WHOLE_ATLANTIC])
    answers = {name: inside(x, y, [outline]) for name, outline in OUTLINES.items()}
    answers["Arctic Ocean"] = (y > polar) & ~spared
    answers["Southern Ocean"] = y < -60
    answers[ATLANTIC] = atlantic & (y > 0)
    answers["South Atlantic"] = atlantic
    answers["Indian Ocean"] = inside(x, y, [_INDIAN])
    names = np.select(list(answers.values()), list(answers), default="Pacific Ocean")
    return str(names) if not names.ndim else names


def position(latitude: float, longitude: float) -> str:
    """Return coordinates as a sentence has them.

    Examples
    --------
    >>> position(28.21, -177.4), position(0, 0)
    ('28.2 N, 177.4 W', '0.0 N, 0.0 E')
    """
    north = "S" if round(latitude, 1) < 0 else "N"
    east = "W" if round(longitude, 1) < 0 else "E"
    return f"{abs(latitude):.1f} {north}, {abs(longitude):.1f} {east}"


POLAR = 66.56

# Corners (longitude, latitude) that lie on land wherever two seas do not meet.
OUTLINES: dict[str, tuple[tuple[float, float], ...]] = {
    MEDITERRANEAN: (
        (-5.6, 36.1), (-4.5, 37.0), (-1.5, 38.2), (-0.8, 40.5), (3.0, 43.9), (7.0, 44.4),
        (9.5, 45.2), (12.5, 46.3), (14.6, 45.8), (19.5, 43.0), (21.0, 41.5), (24.0, 41.5),
        (26.7, 41.0), (26.8, 40.2), (28.5, 39.0), (30.5, 37.6), (34.0, 37.2), (36.9, 37.3),
        (37.0, 34.0), (35.3, 31.0), (31.5, 30.4), (27.0, 30.6), (22.5, 31.6), (20.5, 29.8),
        (15.5, 30.2), (12.0, 32.2), (9.3, 33.3), (9.3, 36.0), (5.0, 36.3), (0.5, 35.4),
        (-2.5, 34.7), (-5.2, 35.0), (-5.6, 35.8),
    ),
    MARMARA: (
        (26.7, 41.0), (26.8, 40.2), (30.0, 40.2), (30.0, 40.9), (29.1, 41.15), (28.0, 41.2),
    ),
    "Black Sea": (
        (26.7, 41.0), (28.0, 41.2), (29.1, 41.15), (30.0, 40.9), (36.0, 40.6), (42.0, 40.8),
        (42.5, 42.5), (39.5, 44.5), (39.8, 47.6), (33.0, 47.2), (28.5, 46.3), (27.0, 43.0),
    ),
    "Baltic Sea": (
        (9.6, 53.4), (9.4, 57.0), (10.6, 57.75), (12.2, 57.8), (13.8, 60.0), (16.0, 62.5),
        (20.0, 66.2), (26.0, 66.3), (27.0, 63.0), (31.0, 60.6), (30.4, 59.3), (25.5, 58.5),
        (25.0, 56.5), (22.0, 55.0), (20.5, 54.0), (14.5, 53.3),
    ),
    "Caspian Sea": ((46.0, 44.0), (50.0, 48.0), (55.5, 46.0), (55.5, 36.0), (48.0, 36.5)),
    "Gulf of Mexico": (
        (-99.0, 31.0), (-82.0, 31.0), (-81.2, 26.5), (-80.6, 25.3), (-81.0, 22.9), (-84.6, 22.2),
        (-87.3, 21.3), (-89.5, 18.0), (-96.0, 17.5), (-99.0, 20.0),
    ),
    "Hudson Bay": (
        (-96.0, 50.5), (-96.0, 65.0), (-84.0, 66.5), (-77.5, 62.5), (-76.0, 58.0), (-77.5, 50.5),
    ),
}  # fmt: skip

WHOLE_ATLANTIC = (
    (-45.0, 80.0), (-45.0, 66.6), (-100.0, 66.6), (-100.0, 50.0), (-104.0, 30.0), (-101.0, 20.0),
    (-94.5, 16.8), (-91.0, 15.0), (-86.5, 13.0), (-84.6, 11.0), (-83.6, 9.7), (-82.0, 8.6),
    (-80.5, 8.6), (-79.7, 9.15), (-78.9, 9.25), (-77.7, 8.0), (-76.8, 6.5), (-76.5, 2.0),
    (-78.5, -2.0), (-76.0, -10.0), (-70.0, -17.0), (-69.0, -25.0), (-71.0, -35.0),
    (-71.5, -48.0), (-70.0, -53.5), (-67.3, -55.8), (-67.3, -60.0), (20.0, -60.0), (20.0, -34.5),
    (22.0, -30.0), (18.0, -20.0), (16.0, -10.0), (14.0, 0.0), (12.0, 6.0), (5.0, 33.0),
    (30.0, 46.0), (30.0, 66.6), (25.0, 66.6), (25.0, 80.0),
)  # fmt: skip

_INDIAN = (
    (20.0, -60.0), (20.0, -34.5), (30.0, 0.0), (30.0, 31.0), (78.0, 31.0), (98.6, 20.0),
    (98.8, 9.0), (101.5, 5.0), (103.8, 1.4), (102.5, -1.5), (105.6, -6.2), (110.0, -7.4),
    (120.0, -8.7), (131.0, -8.0), (142.3, -10.9), (142.3, -25.0), (147.0, -37.0), (147.0, -60.0),
)  # fmt: skip


def _in_range(value: float, name: str, reach: float) -> None:
    good = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    if not good or not math.isfinite(value) or abs(value) > reach:
        raise ValueError(f"{name} must be a number from -{reach} to {reach}; got {value!r}.")


def _known(value: str, name: str, options: Sequence[str]) -> None:
    if value not in options:
        near = difflib.get_close_matches(str(value), options, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"{name} must be one of {', '.join(options)}; got {value!r}.{hint}")
