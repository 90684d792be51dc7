"""On what the drawings of the four partnerships are tried. All names and dates are invented."""

import pandas as pd

from tests.figures.drawings import Sample

PARTNERS = ["Atlantis", "Lemuria", "New Thule", "Republic of Mu"]


def came(*levels):
    """One summit a list of levels, in the order of the partners; None is not found."""
    rows = [
        (f"Summit of {place} {year}", f"{year}-07-01", partner, name, level)
        for (place, year), row in zip(
            [("Alpha", 2001), ("Beta", 2002), ("Long-Named-City", 2003), ("Delta", 2004)],
            levels,
            strict=False,
        )
        for partner, level in zip(PARTNERS, row, strict=True)
        for name in [None if level is None else "Somebody Montgomery-Smythe"]
    ]
    return pd.DataFrame(rows, columns=["summit", "start", "partner", "person", "level"])


STEPS = pd.DataFrame(
    [
        ("Atlantis", "first contact", "1953", "An exercise"),
        ("Atlantis", "first contact", "2005", "A dialogue"),
        ("Atlantis", "mission", None, "An office"),
        ("Lemuria", "first contact", "1990", "A talk"),
        ("Lemuria", "mission", "2018-01-16", "An office"),
        ("New Thule", "first contact", "2001", "A talk"),
        ("New Thule", "mission", None, None),
        ("Republic of Mu", "ITPP", "2023-07-11", "A programme"),
    ],
    columns=["partner", "step", "date", "what"],
)

AREAS = ["cyber defence", "space", "women, peace and security", "countering disinformation"]
COOPERATION = pd.DataFrame(
    [
        (partner, area, (i + j) % 2, int(i > 0 or j > 1))
        for i, area in enumerate(AREAS)
        for j, partner in enumerate(PARTNERS)
    ],
    columns=["partner", "area", "named", "activity"],
)

OFFICE = pd.DataFrame(
    [
        ("2001-05-03", "Atlantis City", "report"),
        ("2001-05-09", "Atlantis City", "for"),
        ("2001-05-24", "Atlantis City", "open"),
        ("2001-06", "Lemuria City", "against"),
        ("2001-06-06", "Lemuria City", "against"),
        ("2002", "The Alliance", "cautious"),
        ("2003-06-24", "The Alliance", "dropped"),
        (None, "Mu City", None),
    ],
    columns=["date", "capital", "stance"],
)

ANSWERS = pd.DataFrame(
    [
        ("a", "help", "Atlantis", "A pollster", "2001-05", "What help?", "none at all", 15.0),
        ("a", "help", "Atlantis", "A pollster", "2001-05", "What help?", "arms", 64.2),
        ("b", "view", "Lemuria", "An institute with a long name", "2002", "A question that goes on "
         "and on until nobody remembers how it began?", "yes", 100.0),
        ("b", "view", "New Thule", "An institute with a long name", "2002", "A question that goes "
         "on and on until nobody remembers how it began?", "yes", 0.0),
        ("c", "view", "Republic of Mu", "A pollster", "2003", "A view?", "favourable", None),
    ],
    columns=["series", "topic", "population", "pollster", "start", "question", "answer", "share"],
)  # fmt: skip

SAMPLES = {
    "draw_attendance": {
        "three summits and one not found": Sample(
            came((3, 3, 3, 3), (2, 3, 3, 1), (1, 2, 3, 2), (None,) * 4)
        ),
        "all known": Sample(came((3, 3, 3, 3), (1, 1, 1, 1))),
        "one not found": Sample(came((3, None, 3, 3))),
    },
    "draw_steps": {
        "some gaps": Sample(STEPS),
        "no gap": Sample(STEPS.query("step == 'first contact' and partner != 'Republic of Mu'")),
    },
    "draw_cooperation": {
        "four areas": Sample(COOPERATION),
        "all done": Sample(COOPERATION.assign(named=1, activity=1)),
        "nothing found": Sample(COOPERATION.assign(named=0, activity=0)),
    },
    "draw_office": {
        "five months": Sample(OFFICE),
        "nobody against": Sample(OFFICE.query("stance == 'for' or stance == 'open'")),
    },
    "draw_answers": {
        "three questions": Sample(ANSWERS),
        "all read": Sample(ANSWERS.dropna()),
    },
}
