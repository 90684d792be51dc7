"""The treaty's reach: places of each kind, the two seas, laws of the rule, and bad input."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.path import Path

from indopacific import geometry, load
from indopacific.models import reach
from indopacific.models.reach import CONTESTED, KINDS, MOVING, NO, YES, Place, at_sea, judge

LAND = load("land")


def place(name, latitude, longitude, region, holder, *, island=False, party=True, **more):
    facts = dict(latitude=latitude, longitude=longitude, region=region, holder=holder)
    return Place(name=name, **facts, party=party, island=island, **more)


def island(name, latitude, longitude, region, holder):
    return place(name, latitude, longitude, region, holder, island=True)


HAWAII = island("Hawaii", 20.8, -156.3, "Pacific Ocean", "United States")
MIDWAY = island("Midway Atoll", 28.2, -177.4, "Pacific Ocean", "United States")
BERMUDA = island("Bermuda", 32.3, -64.8, "North Atlantic area", "United Kingdom")
PUERTO_RICO = island("Puerto Rico", 18.2, -66.5, "North Atlantic area", "United States")
FALKLANDS = island("Falkland Islands", -51.8, -59.2, "South Atlantic", "United Kingdom")
ALASKA = place("Alaska", 64.0, -150.0, "North America", "United States")
GUIANA = place("French Guiana", 4.0, -53.0, "South America", "France")
ANATOLIA = place("Anatolia", 39.0, 35.0, "Turkey", "Turkey")
CEUTA = place("Ceuta", 35.9, -5.3, "Africa", "Spain", dispute="On the African mainland.")
JAPAN = place("Japan", 36.0, 138.0, "Asia", "Japan", island=True, party=False)
UKRAINE = place("Kyiv", 50.4, 30.5, "Europe", "Ukraine", party=False)
ALL = [HAWAII, MIDWAY, BERMUDA, PUERTO_RICO, FALKLANDS, ALASKA, GUIANA, ANATOLIA, CEUTA, JAPAN]

# ---------------------------------------------------------------- territory


@pytest.mark.parametrize(
    ("where", "answer", "words", "because"),
    [
        (ALASKA, YES, reach.LAND, "in North America"),
        (ANATOLIA, YES, reach.TURKISH, "which Article 6 names"),
        (BERMUDA, YES, reach.ISLANDS, "north of the Tropic"),
        (PUERTO_RICO, NO, reach.ISLANDS, "18.2 N, 66.5 W: south of the Tropic"),
        (HAWAII, NO, reach.ISLANDS, "but in the Pacific Ocean"),
        (MIDWAY, NO, reach.ISLANDS, "north of the Tropic of Cancer, at 28.2 N, 177.4 W, plays no"),
        (FALKLANDS, NO, reach.ISLANDS, "but in the South Atlantic"),
        (GUIANA, NO, reach.LAND, "but in South America"),
        (CEUTA, CONTESTED, reach.LAND, "African mainland"),
        (JAPAN, NO, reach.ATTACKED, "Not territory of a party"),
        (UKRAINE, NO, reach.ATTACKED, "Not territory of a party"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_an_attack_on_territory(where, answer, words, because):
    found = judge(where)
    assert found.article5 == answer
    assert words in found.words
    assert because in found.because


def test_the_tropic_counts_for_islands_in_the_north_atlantic_area_alone():
    """The same island, moved over the Tropic: only in that area does its latitude matter."""
    for region in ("North Atlantic area", "Pacific Ocean", "Indian Ocean", "Europe"):
        north, south = (
            judge(island("An island", latitude, -30.0, region, "Portugal")).article5
            for latitude in (reach.TROPIC + 0.1, reach.TROPIC - 0.1)
        )
        assert (north != south) == (region == "North Atlantic area"), region


def test_a_south_of_europe_or_north_america_counts_whatever_its_latitude():
    assert judge(place("South Florida", 20.0, -81.0, "North America", "United States")).article5


@pytest.mark.parametrize("region", ["Africa", "Asia", "Oceania", "Pacific Ocean"])
def test_an_island_elsewhere_is_answered_in_good_english(region):
    found = judge(island("An island", 10.0, 50.0, region, "Portugal"))
    where = f"the {region}" if region in reach.SEAS else region
    assert f"but in {where}. The words about islands" in found.because


def test_the_sea_of_marmara_is_not_called_the_black_sea():
    found = judge(Place(name="A ship", latitude=40.7, longitude=28.3, region="Sea of Marmara"),
                  "vessel")  # fmt: skip
    assert "Turkey on every shore" in found.because
    assert reach.TURKISH in found.words


def test_the_limits_quote_the_words_of_the_article():
    text = " ".join(load("articles")["quote"])
    quoted = re.findall(r'"([^"]+)"', " ".join(reach.LIMITS))
    assert quoted == ["is deemed to include"]
    assert [words for words in quoted if words not in text] == []


def test_an_island_of_a_sea_that_the_text_leaves_open_is_contested():
    arctic = island("An island", 80.0, 50.0, "Arctic Ocean", "Norway")
    assert judge(arctic).article5 == CONTESTED


# ---------------------------------------------------------------- forces, vessels, aircraft


@pytest.mark.parametrize("kind", MOVING)
@pytest.mark.parametrize(
    ("where", "answer", "words"),
    [
        (ALASKA, YES, reach.THERE),
        (ANATOLIA, YES, reach.TURKISH),
        (BERMUDA, YES, reach.AREA),
        (HAWAII, NO, reach.THERE),
        (PUERTO_RICO, NO, reach.THERE),
        (CEUTA, CONTESTED, reach.THERE),
        (JAPAN, NO, reach.THERE),
        (UKRAINE, NO, reach.THERE),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_an_attack_on_what_moves_follows_the_ground_it_is_on(where, answer, words, kind):
    found = judge(where, kind)
    assert found.article5 == answer
    assert {reach.OBJECTS, words} <= set(found.words)
    assert "attacks on parties" not in found.because, "forces of a party are a party's"


@pytest.mark.parametrize("kind", MOVING)
@pytest.mark.parametrize(
    ("latitude", "longitude", "region", "answer"),
    [
        (45.0, -40.0, "North Atlantic area", YES),
        (23.5, -45.0, "North Atlantic area", YES),
        (23.3, -45.0, "North Atlantic area", NO),
        (70.0, 0.0, "North Atlantic area", YES),
        (35.0, 18.0, "Mediterranean Sea", YES),
        (43.5, 15.0, "Mediterranean Sea", YES),
        (15.0, -75.0, "North Atlantic area", NO),
        (30.0, -160.0, "Pacific Ocean", NO),
        (18.0, 115.0, "Pacific Ocean", NO),
        (24.5, 119.5, "Pacific Ocean", NO),
        (-20.0, 80.0, "Indian Ocean", NO),
        (12.0, 45.0, "Indian Ocean", NO),
        (-51.0, -57.0, "South Atlantic", NO),
        (-65.0, 100.0, "Southern Ocean", NO),
        (58.0, 20.0, "Baltic Sea", CONTESTED),
        (43.0, 34.0, "Black Sea", CONTESTED),
        (41.3, 29.2, "Black Sea", CONTESTED),
        (40.7, 28.3, "Sea of Marmara", CONTESTED),
        (75.0, 40.0, "Arctic Ocean", CONTESTED),
        (65.3, 37.5, "Arctic Ocean", CONTESTED),
        (25.0, -90.0, "Gulf of Mexico", CONTESTED),
        (20.0, -93.0, "Gulf of Mexico", NO),
        (60.0, -86.0, "Hudson Bay", CONTESTED),
    ],
)
def test_on_the_open_sea_two_seas_count(latitude, longitude, region, answer, kind):
    where = at_sea(latitude, longitude, LAND)
    assert where.region == region
    found = judge(where, kind)
    assert found.article5 == answer
    assert reach.OBJECTS in found.words


def test_what_belongs_to_no_party_counts_nowhere():
    for where in [*ALL, at_sea(35.0, 18.0, LAND)]:
        found = judge(where, "vessel", of_party=False)
        assert (found.article5, found.article4, found.article10) == (NO, NO, "not known")
        assert found.because == "A vessel of a state that is no party."


def test_forces_where_a_party_was_an_occupying_power_in_1949_count():
    occupied = place("A city", 48.2, 16.4, "Europe", "A state", party=False, occupied=True)
    found = judge(occupied, "forces")
    assert (found.article5, found.words[-1]) == (YES, reach.OCCUPIED)
    assert judge(occupied).article5 == NO, "its territory is still no party's"


def test_the_area_takes_in_what_moves_over_an_island_of_no_party():
    bahamas = place("An island", 25.0, -77.0, "North Atlantic area", "A state", island=True,
                    party=False)  # fmt: skip
    assert judge(bahamas, "aircraft").article5 == YES
    assert judge(bahamas).article5 == NO


def test_what_moves_on_a_european_island_of_no_party_is_left_open():
    dublin = place("Dublin", 53.3, -6.3, "Europe", "Ireland", island=True, party=False)
    assert judge(dublin, "vessel").article5 == CONTESTED
    assert judge(dublin).article5 == NO


# ---------------------------------------------------------------- articles 4 and 10


@pytest.mark.parametrize("kind", KINDS)
def test_a_party_may_ask_for_consultations_wherever_it_is_attacked(kind):
    assert judge(HAWAII, kind).article4 == YES
    assert "names no place" in judge(HAWAII, kind).article4_because


def test_only_a_european_state_that_is_no_party_can_be_invited():
    assert judge(UKRAINE).article10 == YES
    assert judge(JAPAN).article10 == NO
    assert "Japan does not lie in Europe" in judge(JAPAN).article10_because
    assert judge(HAWAII).article10 == "a party already"
    assert judge(JAPAN).article4 == NO
    assert judge(JAPAN).article4_because.startswith("Japan is no party")


# ---------------------------------------------------------------- laws

latitudes = st.floats(-90, 90, allow_nan=False)
longitudes = st.floats(-180, 180, allow_nan=False)


@given(latitudes, longitudes, st.sampled_from(sorted(set(reach.REGIONS) - {"Mediterranean Sea"})),
       st.booleans(), st.sampled_from(KINDS))  # fmt: skip
def test_no_place_of_no_party_has_covered_territory_and_every_answer_quotes(
    latitude, longitude, region, party, kind
):
    where = Place(name="X", latitude=latitude, longitude=longitude, region=region,
                  holder="A state", party=party, island=True)  # fmt: skip
    found = judge(where, kind)
    assert found.article5 in (YES, NO, CONTESTED)
    assert set(found.words) <= {piece for pieces in reach.ARTICLES.values() for piece in pieces}
    assert found.words
    assert found.because.endswith(".")
    if kind == "territory" and not party:
        assert found.article5 == NO
    if kind == "territory" and found.article5 == YES and region == "North Atlantic area":
        assert latitude > reach.TROPIC


@given(latitudes, longitudes)
def test_every_point_belongs_to_one_sea_with_one_answer(latitude, longitude):
    region = reach.sea(latitude, longitude)
    assert region in reach.SEAS
    where = Place(name="X", latitude=latitude, longitude=longitude, region=region)
    answers = {judge(where, kind).article5 for kind in MOVING}
    assert len(answers) == 1
    if answers == {YES}:
        assert region == "Mediterranean Sea" or latitude > reach.TROPIC


@pytest.mark.parametrize(
    ("west", "east", "south", "north", "meeting"),
    [
        (-107, -66, 0, 26, {"Gulf of Mexico+North Atlantic area"}),
        (-80, -60, -59, -10, {"Pacific Ocean+South Atlantic"}),
        (-11, 45, 27, 48, set()),  # Gibraltar is narrower than a step
        (4, 34, 52, 67, {"Baltic Sea+North Atlantic area"}),
        (-100, -60, 49, 66, {"Hudson Bay+North Atlantic area"}),
        (94, 150, -44, 24, {"Indian Ocean+Pacific Ocean"}),
    ],
)
def test_two_seas_meet_at_straits_and_never_over_land(west, east, south, north, meeting):
    """Neighbouring points of water lie in one region, except where two seas do meet."""
    x, y = np.meshgrid(np.arange(west, east, 0.5) + 0.2, np.arange(south, north, 0.5) + 0.2)
    dry = np.zeros(x.shape, dtype=bool)
    for outline in geometry.rings(LAND):
        # An independent look at the map: matplotlib's own.
        dry ^= Path(outline).contains_points(np.c_[x.ravel(), y.ravel()]).reshape(x.shape)
    names = np.where(dry, "land", np.vectorize(reach.sea, otypes=[object])(y, x))
    met = set()
    for one, other in ((names[:, :-1], names[:, 1:]), (names[:-1], names[1:])):
        met |= {frozenset(pair) for pair in zip(one.ravel(), other.ravel(), strict=True)}
    water = {"+".join(sorted(pair)) for pair in met if len(pair) == 2 and "land" not in pair}
    # On either side of the equator the Atlantic has two names.
    assert water - {"North Atlantic area+South Atlantic"} == meeting


def test_land_is_told_from_sea():
    wet = {(0, 0), (30, -160), (64, -175), (-17, 179.5), (42, 51), (35, 18), (-65, -100)}
    dry = {(48, 10), (36, 138), (66.5, -173), (-80, 0), (-89, 40), (64, -150), (68, 179)}
    assert [each for each in wet if reach.on_land(*each, LAND)] == []
    assert [each for each in dry if not reach.on_land(*each, LAND)] == []


# ---------------------------------------------------------------- the table of places

ROWS = pd.DataFrame(
    {
        "place": ["Hawaii", "Bermuda", "Ceuta and Melilla", "Japan"],
        "holder": ["United States", "United Kingdom", "Spain", "Japan"],
        "party": ["yes", "yes", "yes", "no"],
        "region": ["Pacific Ocean", "North Atlantic area", "Africa", "Asia"],
        "island": ["yes", "yes", "no", "yes"],
        "latitude": [20.8, 32.3, 35.9, 36.0],
        "longitude": [-156.3, -64.8, -5.3, 138.0],
        "dispute": [None, None, "Two readings.", None],
    }
)


def test_a_table_is_judged_row_by_row():
    found = reach.judged(reach.places(ROWS).values())
    assert list(found["article5"]) == [NO, YES, CONTESTED, NO]
    assert list(found["article4"]) == [YES, YES, YES, NO]
    assert found["words"][1] == f'"{reach.ISLANDS}"'
    assert found["because"][2] == "Two readings."
    ships = reach.judged(reach.places(ROWS).values(), "vessel", of_party=False)
    assert set(ships["article5"]) == {NO}


def test_the_rule_gives_the_verdict_of_every_row_of_the_course():
    table = load("places")
    found = reach.judged(reach.places(table).values())
    assert list(found["place"]) == list(table["place"])
    apart = found[found["article5"].to_numpy() != table["verdict"].to_numpy()]
    assert list(apart["place"]) == []


@pytest.mark.parametrize("article", reach.ARTICLES)
def test_every_quoted_word_stands_in_the_course_s_text_of_its_article(article):
    table = load("articles").query("treaty == 'North Atlantic Treaty'")
    text = " ... ".join(table.loc[table["article"].astype(str) == article, "quote"])
    assert [words for words in reach.ARTICLES[article] if words not in text] == []


def test_a_place_is_found_by_name_and_an_unknown_one_is_answered_with_what_to_do():
    assert reach.find("hawaii", ROWS).region == "Pacific Ocean"
    with pytest.raises(LookupError, match=r"No row .* 'Hawai'\. Did you mean 'Hawaii'\?.*Place\("):
        reach.find("Hawai", ROWS)
    with pytest.raises(LookupError, match=r"knows the place 'Atlantis'\. You can also"):
        reach.find("Atlantis", ROWS)


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize("latitude", [90.1, -91, float("nan"), float("inf"), "10", None, True])
def test_a_latitude_out_of_range_is_refused(latitude):
    with pytest.raises(ValueError, match="latitude must be a number from -90 to 90"):
        at_sea(latitude, 0.0, LAND)


def test_a_longitude_out_of_range_is_refused():
    with pytest.raises(ValueError, match="longitude must be a number from -180 to 180; got 181"):
        at_sea(0.0, 181, LAND)


def test_a_ship_on_land_is_refused_with_what_to_do():
    with pytest.raises(ValueError, match=r"48\.0 N, 10\.0 E is land .*Ask for a place of the"):
        at_sea(48.0, 10.0, LAND)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: judge(HAWAII, "ship"), "kind must be one of territory, forces, vessel"),
        (lambda: judge(at_sea(30.0, -40.0, LAND)), "is open sea and nobody's territory"),
        (
            lambda: judge(HAWAII, of_party=False),
            "its holder, United States: leave of_party out",
        ),
        (lambda: judge(JAPAN, of_party=True), "from its holder, Japan: leave of_party out"),
        (lambda: place("X", 0, 0, "Asiaa", "Y"), "Did you mean 'Asia'"),
        (lambda: place("X", 0, 0, "Pacific Ocean", "Y"), "must be an island"),
        (lambda: island("X", 36, 14, "Mediterranean Sea", "Y"), "to which continent"),
        (lambda: place("X", 0, 0, "Pacific Ocean", ""), "the open sea has no holder"),
    ],
)
def test_what_cannot_be_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
