"""The predictions of lesson 02, put where its misconceptions are."""

from __future__ import annotations

import numpy as np
import pandas as pd

from indopacific.datasets import load
from indopacific.figures.guesses import COUNT, PERCENT, Unit
from indopacific.figures.language_texts import COEFFICIENT
from indopacific.figures.wording import count as count_in_words
from indopacific.models.agreement import kappa
from indopacific.models.language import count
from indopacific.models.language_stance import LEXICONS, TONE
from indopacific.predictions.questions import Choose, Number

STANCE = Unit(value="{}", gap="{}", decimals=1)

_LOOK = "1. Look before you count"
_CODE = "3. Code the sentences"
_MEAN = "4. What a mean hides"

SECOND = {
    **{"b3": "CHA", "b10": "ENG", "s3": "COE", "b14": "ENG", "w3": "ENA", "s2": "CHA"},
    **{"b11": "ENG", "s8": "ENG", "s6": "CHA", "w6": "ENA", "b6": "CHA", "s11": "RES"},
}
"""An invented second coder of the twelve: the lesson shows the same codes."""


def _coded() -> pd.DataFrame:
    rows = load("sentences").merge(load("codings").query("coder == 'course'"), on="statement")
    return rows.merge(load("codes"), on="code", how="left").set_index("key")


def _counted(term: str) -> pd.Series:
    return load("term_counts").query("scope == 'excerpt' and term == @term")["count"]


def _threats() -> str:
    times = int(_counted("threat, beside China").sum())
    return "never" if times == 0 else "once" if times == 1 else "twice or more"


def _whose() -> str:
    said = _coded()["sentence"].dropna()
    (one,) = said[said.str.contains("threat")]
    return "Russia's" if "the threat Russia poses" in one else "China's"


def _named() -> float:
    here = "document == 'nato-concept-2022' and scope == 'excerpt' and term == 'named China'"
    return float(load("term_counts").query(here)["count"].item())


def _reused() -> float:
    return float(load("estimates").query("id == 'language-reuse-2023'")["low"].item())


def _second() -> str:
    key = _coded().query("set == 'twelve'")["code"]
    found = kappa(pd.Series(SECOND), key[list(SECOND)]).value or 0.0
    return "above 0.75" if found > 0.75 else "below 0.75" if found < 0.75 else "0.75"


def _tone() -> float:
    twelve = _coded().query("set == 'twelve'")
    lists = LEXICONS[TONE]
    counts = count(twelve["sentence"], [*lists.favourable, *lists.critical])
    good, bad = (counts[list(words)].sum(axis=1) for words in (lists.favourable, lists.critical))
    return kappa(list(np.sign(good - bad)), list(np.sign(twelve["stance"]))).value or 0.0


def _later() -> float:
    return float(_coded().query("document == 'nato-2024'")["stance"].mean())


def _hague() -> str:
    here = "document == 'nato-2025' and scope == 'whole document' and term == 'China, all names'"
    times = int(load("term_counts").query(here)["count"].item())
    return "not at all" if times == 0 else "once" if times == 1 else "more often"


def _answers() -> str:
    texts = load("documents").query("kind in ['summit text', 'strategic concept']")
    days = pd.to_datetime(texts.query("date > '2019' and id != 'nato-madrid-2022'")["date"])
    replies = load("statements").query('topic == "language: Beijing\'s reply"')["date"]
    spoken = set(pd.to_datetime(replies[replies.str.len() == len("2019-12-05")]))
    soon = [day + pd.Timedelta(days=1) in spoken or day in spoken for day in days]
    return f"{count_in_words(sum(soon))} of {count_in_words(len(soon))}"


THREAT = Choose(
    id="language-threat",
    section="One word",
    asks="In sentences that name China, how often does the word threat stand?",
    options=("never", "once", "twice or more"),
    answer=_threats,
)

WHOSE = Choose(
    id="language-whose",
    section=_LOOK,
    asks="One coded sentence has the word threat. Whose threat?",
    options=("China's", "Russia's"),
    answer=_whose,
)

NAMED = Number(
    id="language-named",
    section=_LOOK,
    asks="Places with the plain name China in what was read of the 2022 Concept",
    unit=COUNT,
    low=0,
    high=12,
    step=1,
    answer=_named,
)

REUSED = Number(
    id="language-reused",
    section="2. One formula, word by word",
    asks="Share of five-word sequences on China in Vilnius 2023 that stood in the 2022 Concept",
    unit=PERCENT,
    low=0,
    high=100,
    step=5,
    answer=_reused,
)

SECOND_CODER = Choose(
    id="language-second",
    section=_CODE,
    asks="Two coders agree on nine of twelve sentences. What is kappa?",
    options=("above 0.75", "0.75", "below 0.75"),
    answer=_second,
)

TONE_WORDS = Number(
    id="language-tone",
    section=_CODE,
    asks="Kappa of the tone words with the key, on the twelve sentences",
    unit=COEFFICIENT,
    low=0,
    high=1,
    step=0.05,
    name="tone words, the twelve",
    answer=_tone,
)

LATER = Number(
    id="language-later",
    section=_MEAN,
    asks="Mean stance of Washington 2024 with the four sentences found later",
    unit=STANCE,
    low=-2,
    high=2,
    step=0.1,
    answer=_later,
)

HAGUE = Choose(
    id="language-hague",
    section="5. What Allies and Beijing say",
    asks="How often does the Hague Declaration of June 2025 name China?",
    options=("not at all", "once", "more often"),
    answer=_hague,
)

ANSWERS = Choose(
    id="language-answers",
    section="5. What Allies and Beijing say",
    asks="After how many of the seven texts did Beijing speak by the next day?",
    options=("none of seven", "two of seven", "four of seven", "six of seven"),
    answer=_answers,
)
