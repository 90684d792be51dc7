"""The explorer of lesson 02: how NATO's texts speak of China, and who decides what that means."""

from __future__ import annotations

from functools import cache

import pandas as pd

from indopacific.datasets import load
from indopacific.explorers.definition import Explorer, Preset
from indopacific.figures.language import draw_stance
from indopacific.models import language_stance as model


@cache
def data() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the sentences of the series, and how often each of its texts names China."""
    tables = ("sentences", "statements", "codings", "codes", "documents")
    return model.series(*map(load, tables)), model.namings(load("term_counts"), load("documents"))


@cache
def findings() -> pd.DataFrame:
    """Return every comparison of two texts under every setting of the explorer.

    Returns
    -------
    DataFrame
        As by `language_stance.tried`; ``survives(findings())`` sums it up.
    """
    sentences, named = data()
    texts = [text for text in named.index if text in set(sentences["text"])]
    pairs = [(one, other) for one in texts for other in texts if one != other]
    return model.tried(sentences, named, [model.Finding(*pair) for pair in pairs])


def _evaluate(parameters: model.LanguageParameters) -> model.LanguageResult:
    return model.measure(*data(), parameters)


EXPLORER = Explorer(
    name="language",
    title="How NATO's texts speak of China, 2019 to 2026",
    question="Which comparison of two texts survives every choice, and which one does not?",
    parameters=model.LanguageParameters,
    lead="shrink",
    evaluate=_evaluate,
    draw=draw_stance,
    presets=(
        Preset(
            label="As the course coded it",
            values={},
            meaning="One person read each sentence by the codebook; every sentence counts.",
        ),
        Preset(
            label="Let a computer read",
            values={"reading": model.TONE, "unit": "word"},
            meaning="As those say who trust no coder: count good and bad words, and nothing else.",
        ),
        Preset(
            label="Words of the codebook",
            values={"reading": model.CODEBOOK},
            meaning="As those say who want rules that a machine can follow, made for this subject.",
        ),
        Preset(
            label="A copied sentence is no news",
            values={"repeats": "once"},
            meaning="As those say who hold that the line of 2022 was only repeated in 2023.",
        ),
        Preset(
            label="Search for 'China'",
            values={"naming": "China"},
            meaning="As a hasty reader does: sentences that say PRC do not count.",
        ),
        Preset(
            label="Only what names it",
            values={"naming": "China or PRC"},
            meaning="As those say who distrust pronouns: a sentence must name what it speaks of.",
        ),
        Preset(
            label="What the press quoted",
            values={"sample": "as first quoted"},
            meaning="The sentences of 2024 that made the news, without those found later.",
        ),
        Preset(
            label="Too few to tell",
            values={"shrink": 15.0, "smoothing": 2.0},
            meaning="As a cautious statistician says: so few sentences tell texts hardly apart.",
        ),
        Preset(
            label="Is there a threat?",
            values={"reading": model.OWN, "favourable": "partner*, engage*", "critical": "threat*"},
            meaning="As one asks who seeks the word itself: it stands in one sentence.",
        ),
    ),
    limits=model.LIMITS,
)
