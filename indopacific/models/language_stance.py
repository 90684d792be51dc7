"""How do NATO's texts speak of China? Their sentences weighed, under every choice one can make.

`measure` says how often each text names China and how favourably it speaks of it, for one set of
choices: who reads, what counts once, which name, which sentences, how much smoothing. `tried` says
which findings survive all of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from indopacific.models.language import keys, places, remembered, stance, terms
from indopacific.models.parameters import Choice, Parameters, Real, choice, declared, entry, real

LIMITS = (
    "Only sentences that could be read count, and they were looked for because they speak of "
    "China. What is a share of them is not a share of the whole text.",
    "The press chose the sentences of 2024. Other sentences would give that text another stance.",
    "A count is not a stance: negation, quotation and irony look like what they deny.",
    "The course's codes are one coder's. Another coder may differ.",
    "The intervals say how little so few sentences settle. They are not those of a random sample.",
    "Five texts are all there are, and one copies another: they are no independent trials.",
    "Words agreed by all Allies do not show what any one of them thinks.",
)


@dataclass(frozen=True)
class Lexicon:
    """Words that count for and against; a word counts once, for its longest term."""

    favourable: tuple[str, ...]
    critical: tuple[str, ...]


CODES, CODEBOOK, TONE, OWN = "the course's codes", "codebook words", "tone words", "own words"

LEXICONS = {
    CODEBOOK: Lexicon(
        favourable=terms("opportunit*, benefit*, common challenge*, engage*, dialogue, open to"),
        critical=terms(
            "challenge*, concern*, opaque, call on, coerc*, malicious, disinformation, subvert*, "
            "control, enabl*, mutually reinforcing, dual-use"
        ),
    ),
    TONE: Lexicon(
        favourable=terms(
            "partner*, cooperat*, support*, constructive, open, dialogue, engage*, benefit*, "
            "opportunit*, transparen*, secur*, value*, freedom, responsib*, understanding, "
            "stab*, peace*, enhance*, shared, reciprocal, welcome, order"
        ),
        critical=terms(
            "challenge*, threat*, war, aggression, coerc*, malicious, harm*, confront*, "
            "disinformation, opaque, lack, concern*, subvert*, undercut, divide, dependenc*, "
            "condemn*, contrast, negativ*, counter"
        ),
    ),
}
"""The codebook's own markers, and a list such as is made for texts of every kind: our choice."""

NAMING = ("named or meant", "China or PRC", "China", "PRC")
UNITS = ("sentence", "paragraph", "word")
REPEATS = ("every time", "once")
SAMPLE = ("all found", "as first quoted")

SERIES = (
    "nato-2019",
    "nato-2021",
    "nato-concept-2022",
    "nato-2023",
    "nato-2024",
    "nato-2025",
    "nato-2026",
)
"""Agreed texts in order of time; Madrid 2022 is left out, its sentence on China is not coded."""


@dataclass(frozen=True, kw_only=True)
class LanguageParameters(Parameters):
    """The choices of an analyst who asks how a text speaks of China."""

    reading: str = choice(
        CODES,
        options=(CODES, CODEBOOK, TONE, OWN),
        label="Who reads",
        meaning=(
            "The course's codes: a person read each sentence by the codebook. Codebook words, tone "
            "words, own words: a list of words decides, and sees only the words quoted."
        ),
    )
    unit: str = choice(
        "sentence",
        options=UNITS,
        label="What counts once",
        meaning=(
            "Sentence: favourable, critical or neither. Paragraph: what most of its sentences are; "
            "sentences whose paragraph is not known count as one. "
            "Word: each listed word; with the course's codes, each word of a coded sentence."
        ),
    )
    naming: str = choice(
        NAMING[0],
        options=NAMING,
        label="Sentences that say",
        meaning=(
            "Which name a sentence must have to count. Named or meant: also those that speak of "
            "China by a pronoun."
        ),
    )
    repeats: str = choice(
        "every time",
        options=REPEATS,
        label="Copied sentences",
        meaning="Whether a sentence that an earlier text or paragraph has, too, counts again.",
    )
    sample: str = choice(
        SAMPLE[0],
        options=SAMPLE,
        label="Sentences of 2024",
        meaning=(
            "As first quoted: those that we read first, in press reports. All found: also those "
            "that later searches brought. The whole text was not read."
        ),
    )
    shrink: float = real(
        0,
        low=0,
        high=20,
        step=1,
        label="Pull towards all texts",
        unit="units",
        meaning=(
            "How many sentences, paragraphs or words with the balance of all texts together are "
            "added to each text. 0: none. Many: all texts look alike."
        ),
    )
    smoothing: float = real(
        0.5,
        low=0.1,
        high=2,
        step=0.1,
        label="Smoothing",
        unit="units",
        meaning=(
            "Added to the favourable and to the critical count, so that one sentence alone does "
            "not look like certainty."
        ),
    )
    newest: float = real(
        1,
        low=0.2,
        high=1,
        step=0.05,
        label="Weight of newest text",
        meaning="1: each text stands for itself. Less: a text is taken together with earlier ones.",
    )
    favourable: str = entry(
        "engage*, dialogue, opportunit*, benefit*",
        examples=(
            "engage*, dialogue, opportunit*, benefit*",
            "partner*, cooperat*, transparen*",
            "we",
        ),
        label="Own words, favourable",
        meaning="For own words: separated by commas; a star stands for any ending.",
    )
    critical: str = entry(
        "threat*, challenge*, coerc*",
        examples=("threat*, challenge*, coerc*", "threat*", "enabl*, war, undercut"),
        label="Own words, critical",
        meaning="For own words: separated by commas; a star stands for any ending.",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("favourable", "critical"):
            try:
                terms(getattr(self, name))
            except ValueError as problem:
                raise ValueError(f"{name}: {problem}") from problem

    @property
    def lexicon(self) -> Lexicon | None:
        """The word list that reads, or None when a person does."""
        if self.reading == OWN:
            return Lexicon(terms(self.favourable), terms(self.critical))
        return LEXICONS.get(self.reading)


_Z = 1.96
_EQUAL = 1e-9


@dataclass(frozen=True, kw_only=True)
class LanguageResult:
    """What `measure` found.

    Attributes
    ----------
    parameters : LanguageParameters
    table : DataFrame
        One row a text, in order of time; index: its name. `year`; `read` and `used`: sentences
        that could be read, and those of them that count here; `favourable`, `critical`,
        `neither`: units; `stance`, `error`: as by `language.stance`; `balance`, `low`, `high`:
        the stance and its interval of 95 percent on a scale from -1 to 1, missing where `why`
        says why a text has none; `times`: how often the names that count were found, and `whole`:
        whether in the whole text (bool); if not, `times` is a lower bound.
    notes : tuple of str
        What a reader must know about this setting, one sentence each.
    """

    parameters: LanguageParameters
    table: pd.DataFrame
    notes: tuple[str, ...]


def series(
    sentences: pd.DataFrame,
    statements: pd.DataFrame,
    codings: pd.DataFrame,
    codes: pd.DataFrame,
    documents: pd.DataFrame,
) -> pd.DataFrame:
    """Return the coded sentences of the series, as `measure` takes them, from the course's tables.

    Parameters
    ----------
    sentences, statements, codings, codes, documents : DataFrame
        The tables of these names. Of the codings, the course's own are taken.

    Returns
    -------
    DataFrame
        Where the course ships a sentence whole, it is what a word list reads; elsewhere the list
        sees only what is quoted.
    """
    coded = codings[codings["coder"] == "course"].merge(codes[["code", "stance"]], on="code")
    own = sentences[sentences["document"].isin(SERIES)]
    own = own.merge(coded[["statement", "stance"]], on="statement", how="inner")
    texts = documents.set_index("id")["name"]
    quotes = own["statement"].map(statements.set_index("id")["quote"])
    whole = own["sentence"].fillna(quotes)
    return pd.DataFrame(
        {
            "statement": own["statement"],
            "text": own["document"].map(texts),
            "paragraph": own["paragraph"],
            "quote": whole,
            "words": own["words"].astype("Float64").fillna(whole.map(_length)).astype(int),
            "names": own["names_china"],
            "repeats": own["repeats"].notna(),
            "later": own["found"] == "later",
            "stance": own["stance"],
        }
    )


def namings(term_counts: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return how often each text of the series names China, from the course's tables.

    Parameters
    ----------
    term_counts, documents : DataFrame
        The tables of these names.

    Returns
    -------
    DataFrame
        As `measure` takes it. A text is `whole` when a count of all of it is known and agrees with
        what was found in the part read.
    """
    counts = term_counts.pivot_table(index=["document", "scope"], columns="term", values="count")
    own = documents.set_index("id").loc[list(SERIES)]
    part = counts.xs("excerpt", level="scope").reindex(list(SERIES))
    all_ = counts.xs("whole document", level="scope").reindex(list(SERIES))
    known = all_["China, plain search"].fillna(all_["China, all names"])
    return pd.DataFrame(
        {
            "year": own["date"].str[:4].astype(int).to_numpy(),
            "China": part["named China"].to_numpy(dtype=float),
            "PRC": part["named PRC or in full"].to_numpy(dtype=float),
            "whole": known.eq(part["China, all names"]).fillna(False).to_numpy(dtype=bool),
        },
        index=pd.Index(own["name"], name="text"),
    )


def measure(
    sentences: pd.DataFrame, named: pd.DataFrame, parameters: LanguageParameters
) -> LanguageResult:
    """Measure how favourably each text speaks of China, under one set of choices.

    Parameters
    ----------
    sentences : DataFrame
        One row a sentence, in order of time: `text` (the name of its text), `paragraph`, `quote`
        (its words, or those of them that are quoted), `words` (how many the sentence has),
        `names` ("China", "PRC" or "none"), `repeats` and `later` (bool: it stood in an earlier
        text or paragraph; it was found later) and `stance` (its code, -2 to 2).
    named : DataFrame
        Index: every text, in order of time, also those without a sentence. Columns: `year`,
        `China` and `PRC` (times found; missing where it is not known) and `whole` (bool).
    parameters : LanguageParameters
        One setting.

    Returns
    -------
    LanguageResult

    Raises
    ------
    ValueError
        When there is no sentence, or a sentence belongs to no text of `named`.
    """
    counts = _count(sentences, named, parameters)
    looked_for = [name for name in ("China", "PRC") if parameters.naming in (name, *NAMING[:2])]
    times = named[looked_for].to_numpy(dtype=float).sum(axis=1)
    table = pd.DataFrame(
        {
            "year": named["year"],
            **{
                name: counts[name] for name in ("read", "used", "favourable", "critical", "neither")
            },
            "why": list(map(_why, counts["read"], counts["used"], times)),
            **_rated(counts, parameters),
            "times": times,
            "whole": named["whole"],
        },
        index=named.index,
    )
    return LanguageResult(parameters=parameters, table=table, notes=_notes(counts, parameters))


def read(quotes: pd.Series, lexicon: Lexicon) -> pd.Series:
    """Let a word list code quotations: 1 favourable, -1 critical, 0 neither or both alike.

    Parameters
    ----------
    quotes : Series of str
    lexicon : Lexicon
        Such as ``LEXICONS["tone words"]``.

    Returns
    -------
    Series of int
        With the index of `quotes`.
    """
    marks = [_marks(quote, lexicon) for quote in quotes]
    return pd.Series([(a > b) - (a < b) for a, b in marks], index=quotes.index, dtype=int)


def _count(
    sentences: pd.DataFrame, named: pd.DataFrame, parameters: LanguageParameters
) -> dict[str, np.ndarray]:
    """Return, for each text, the sentences read and used, and the units of each kind."""
    if sentences.empty:
        raise ValueError("There is no sentence to measure.")
    texts = named.index.get_indexer(pd.Index(sentences["text"]))
    if (texts < 0).any():
        strange = sentences["text"].to_numpy()[texts < 0][0]
        raise ValueError(f"Sentences of {strange!r}, which is not among the texts.")
    chosen = _chosen(sentences, parameters)
    owner, favourable, critical, size = _units(sentences[chosen], texts[chosen], parameters)

    def by_text(owners: np.ndarray, amounts: np.ndarray | None = None) -> np.ndarray:
        return np.bincount(owners, amounts, minlength=len(named))

    return {
        "read": by_text(texts),
        "used": by_text(texts[chosen]),
        "favourable": by_text(owner, favourable),
        "critical": by_text(owner, critical),
        "neither": by_text(owner, size - favourable - critical),
    }


def _chosen(sentences: pd.DataFrame, parameters: LanguageParameters) -> np.ndarray:
    names = sentences["names"].to_numpy(dtype=str)
    found = {
        NAMING[0]: np.full(len(names), True),
        NAMING[1]: np.isin(names, ("China", "PRC")),
        "China": names == "China",
        "PRC": names == "PRC",
    }[parameters.naming]
    if parameters.repeats == "once":
        found = found & ~sentences["repeats"].to_numpy(dtype=bool)
    if parameters.sample == "as first quoted":
        found = found & ~sentences["later"].to_numpy(dtype=bool)
    return found


def _units(
    chosen: pd.DataFrame, texts: np.ndarray, parameters: LanguageParameters
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return, for each unit, its text, what is favourable and critical in it, and its size."""
    lexicon, quotes = parameters.lexicon, list(chosen["quote"])
    if lexicon is None:
        signs = np.sign(chosen["stance"].to_numpy(dtype=float))
        size = chosen["words"].to_numpy(dtype=float)
        marks = np.column_stack([signs > 0, signs < 0]) * size[:, None]
    else:
        marks = np.array([_marks(quote, lexicon) for quote in quotes], float).reshape(-1, 2)
        size = np.array([_length(quote) for quote in quotes], float)
    if parameters.unit == "word":
        return texts, marks[:, 0], marks[:, 1], size
    signs = np.sign(marks[:, 0] - marks[:, 1])
    if parameters.unit == "paragraph":
        pairs = list(zip(texts, chosen["paragraph"].astype(str), strict=True))
        order = {pair: place for place, pair in enumerate(dict.fromkeys(pairs))}
        signs = np.sign(np.bincount([order[pair] for pair in pairs], signs, minlength=len(order)))
        texts = np.array([text for text, _ in order], dtype=int)
    return texts, (signs > 0).astype(float), (signs < 0).astype(float), np.ones(len(signs))


@lru_cache(maxsize=8192)
def _marks(quote: str, lexicon: Lexicon) -> tuple[int, int]:
    """Return how many words of a quotation are favourable and critical: the longest term has it."""
    keyed: list[str] = keys(quote)
    signed = [(term, 0) for term in lexicon.favourable] + [(term, 1) for term in lexicon.critical]
    signed.sort(key=lambda each: (-len(each[0].split()), -len(each[0])))
    found = [0, 0]
    for term, side in signed:
        for first, after in places(keyed, term):
            found[side] += after - first
            keyed[first:after] = [""] * (after - first)
    return found[0], found[1]


@lru_cache(maxsize=8192)
def _length(quote: str) -> int:
    return len(keys(quote))


def _rated(counts: dict[str, np.ndarray], parameters: LanguageParameters) -> dict[str, np.ndarray]:
    """Return the stance of each text and its interval; numbers may be arrays, texts come last."""
    shown = counts["used"] > 0
    plus, minus = counts["favourable"][shown], counts["critical"][shown]
    marked = plus.sum() + minus.sum()
    share = plus.sum() / marked if marked else 0.5
    pull, added = (
        np.asarray(getattr(parameters, x), float)[..., None] for x in ("shrink", "smoothing")
    )
    theta, error = stance(plus + pull * share, minus + pull * (1 - share), smoothing=added)
    theta = remembered(theta, parameters.newest)
    error = np.sqrt(remembered(error**2, parameters.newest, power=2))
    found = {
        "stance": theta,
        "error": error,
        "balance": np.tanh(theta / 2),
        "low": np.tanh((theta - _Z * error) / 2),
        "high": np.tanh((theta + _Z * error) / 2),
    }
    whole = {}
    for name, values in found.items():
        whole[name] = np.full((*values.shape[:-1], len(shown)), np.nan)
        whole[name][..., shown] = values
    return whole


def _why(read: int, used: int, times: float) -> str:
    if not read:
        return "could not be read" if np.isnan(times) else "China is not named"
    return "" if used else "no sentence counts here"


def _notes(counts: dict[str, np.ndarray], parameters: LanguageParameters) -> tuple[str, ...]:
    plus, minus = counts["favourable"].sum(), counts["critical"].sum()
    notes = []
    if not counts["used"].sum():
        notes.append("No sentence of any text counts under these choices.")
    elif not plus + minus:
        notes.append("None of these words stands in any sentence: there is nothing to weigh.")
    elif not plus or not minus:
        side = "favourable" if plus else "critical"
        notes.append(f"Everything that is marked is {side}: these words tell no two texts apart.")
    lexicon = parameters.lexicon
    both = [term for term in lexicon.favourable if term in lexicon.critical] if lexicon else []
    if both:
        notes.append(f"{both[0]!r} stands in both lists and counts as favourable.")
    return tuple(notes)


# ---------------------------------------------------------------- what survives every choice


@dataclass(frozen=True)
class Finding:
    """That one text speaks more favourably of China than another."""

    first: str
    second: str

    def __str__(self) -> str:
        return f"{self.first} is more favourable than {self.second}"


def tried(
    sentences: pd.DataFrame, named: pd.DataFrame, findings: Sequence[Finding]
) -> pd.DataFrame:
    """Try findings under every setting that the controls allow, own words left out.

    Parameters
    ----------
    sentences, named : DataFrame
        As for `measure`.
    findings : sequence of Finding

    Returns
    -------
    DataFrame
        One row for each finding and each combination of options: `finding`, the options by
        parameter name, and in how many settings of the sliders it `holds`, `fails` (the second
        text is the more favourable one), both are `equal`, or the setting is `silent` (one of
        the texts has no sentence that counts).
    """
    known = declared(LanguageParameters)
    choices = {each.name: each.options for each in known if isinstance(each, Choice)}
    sliders = [each for each in known if isinstance(each, Real)]
    grids = np.meshgrid(*(each.grid() for each in sliders), indexing="ij")
    numbers = {each.name: grid.ravel() for each, grid in zip(sliders, grids, strict=True)}
    rows = []
    for options in itertools.product(*choices.values()):
        chosen = dict(zip(choices, options, strict=True))
        if chosen["reading"] == OWN:
            continue
        parameters = LanguageParameters.at(**chosen, **numbers)
        rated = _rated(_count(sentences, named, parameters), parameters)["stance"]
        for finding in findings:
            one, other = (rated[:, named.index.get_loc(x)] for x in (finding.first, finding.second))
            found = {
                "holds": int((one - other > _EQUAL).sum()),
                "fails": int((other - one > _EQUAL).sum()),
                "equal": int((abs(one - other) <= _EQUAL).sum()),
                "silent": int(np.isnan(one - other).sum()),
            }
            rows.append({"finding": str(finding), **chosen, **found})
    return pd.DataFrame(rows)


def survives(settings: pd.DataFrame) -> pd.DataFrame:
    """Sum up what `tried` found.

    Parameters
    ----------
    settings : DataFrame
        As returned by `tried`.

    Returns
    -------
    DataFrame
        Index: the finding. Columns: `holds`, `fails`, `equal` and `silent` (settings), and
        `survives` (bool): it holds somewhere and fails nowhere.
    """
    sums = settings.groupby("finding", sort=False)[["holds", "fails", "equal", "silent"]].sum()
    return sums.assign(survives=(sums["holds"] > 0) & (sums["fails"] == 0))
