"""On what the drawings of lesson 02's texts are tried. All numbers are invented."""

import pandas as pd

from tests.figures.drawings import Sample

TERMS = pd.DataFrame(
    {
        "threat": [0, 0, 0, 0, 0, 0],
        "challenge": [1, 3, 2, 3, 1, 0],
        "coercive": [0, 1, 2, 3, 1, 0],
        "engage": [0, 3, 1, 3, 0, 0],
        "opportunity": [1, 1, 0, 0, 12, 0],
    },
    index=[f"{city} 20{year}" for city, year in zip("ABCDEF", range(19, 25), strict=True)],
)
NAMES = pd.DataFrame(
    {"China": [1, 10, 0, 0, 0], "PRC": [0, 0, 8, 11, 4]},
    index=["London 2019", "Brussels 2021", "Concept 2022", "Vilnius 2023", "Hague 2025"],
)
CODED = pd.DataFrame(
    {
        "text": ["London"] + ["Brussels"] * 13 + ["Washington"] * 10,
        "stance": [0, *[-1] * 12, 2, *[-2] * 6, *[-1] * 4],
        "found": ["first"] * 20 + ["later"] * 4,
    }
)
AGREEMENT = pd.DataFrame(
    {
        "value": [1.0, 0.45, -0.2, None],
        "low": [1.0, 0.1, -0.5, None],
        "high": [1.0, 0.8, 0.3, None],
        "sentences": [12, 12, 6, 6],
    },
    index=[
        "codebook words, the twelve",
        "tone words, the twelve",
        "tone words, the six",
        "one code only",
    ],
)
TIED = pd.DataFrame(
    {"tied": [0, 1, 2, 5], "sentences": [1, 14, 14, 10]},
    index=["London 2019", "Brussels 2021", "Vilnius 2023", "Washington 2024"],
)
VOICES = pd.DataFrame(
    {
        "who": ["NATO's text"] * 6 + ["an Ally"] * 3 + ["Beijing"] * 6,
        "day": pd.to_datetime(
            [
                *["2019-12-04", "2021-06-14", "2022-06-29", "2023-07-11", "2024-07-10"],
                *["2025-06-25", "2021-06-13", "2022-11-30", "2025-06-24", "2019-12-05"],
                *["2021-06-15", "2022-06-30", "2023-07-12", "2024-07-11", "2025-06-26"],
            ]
        ),
        "name": [
            *["London 2019", "Brussels 2021", "Strategic Concept 2022", "Vilnius 2023"],
            *["Washington 2024", "The Hague 2025"],
            *["somebody"] * 9,
        ],
    }
)

SAMPLES = {
    "draw_terms": {
        "six texts": Sample(TERMS),
        "two": Sample(TERMS.iloc[1:3, :2]),
    },
    "draw_names": {
        "five": Sample(NAMES),
        "six, large": Sample(pd.concat([NAMES * 12, NAMES.tail(1).rename(lambda _: "Last 2026")])),
    },
    "draw_sentences": {
        "some found later": Sample(CODED),
        "none found later": Sample(CODED[CODED["found"] == "first"]),
        "five texts": Sample(
            pd.concat([CODED, CODED.head(14).assign(text=lambda t: t["text"] + " again")])
        ),
    },
    "draw_agreement": {
        "four": Sample(AGREEMENT),
        "two, with a guess": Sample(AGREEMENT.head(2), predicted={"tone words, the twelve": 0.95}),
    },
    "draw_tied": {"four": Sample(TIED), "all": Sample(TIED.assign(tied=TIED["sentences"]))},
    "draw_voices": {
        "each answered": Sample(VOICES),
        "one unanswered": Sample(VOICES.drop(index=14)),
    },
}
