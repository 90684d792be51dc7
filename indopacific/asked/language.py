"""What exercise 02 asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from indopacific.checks import (
    Question,
    case,
    choice,
    choices,
    function,
    labelling,
    mapping,
    mistaken,
    number,
    setting,
    text,
)
from indopacific.models.language_stance import LanguageParameters
from indopacific.models.parameters import Choice, Real, declared

_CODEBOOK = ["OPP", "ENG", "RES", "MIX", "CHA", "COE", "ENA"]

_NAMES = (
    "China",
    "PRC",
    "People's Republic of China",
    "People's Republic of China (PRC)",
    "People's Republic of China's (PRC)",
)


def _taken_out(text: str, names: Iterable[str]) -> int:
    found = 0
    for name in names:
        found += text.count(name)
        text = text.replace(name, "_")
    return found


NAMED = Question(
    "language-1-named",
    function("text", returns=number(whole=True, low=0)).cases(
        case("The People's Republic of China (PRC) spoke, and the PRC's envoy left.", gives=2),
        case("In the South China Sea, China's ships met.", gives=1),
        case("China, then China and again China", gives=3),
        case("The PRC sails the East China Sea.", gives=1),
        case("Talks were held.", gives=0),
    ),
    mistakes=[
        mistaken(
            lambda text: text.count("China"),
            "Only the letters China are searched for. That misses PRC, which NATO's texts say "
            "since 2022, and it takes a sea for a state.",
        ),
        mistaken(
            lambda text: text.count("China") - text.count("China Sea"),
            "The sea is left out, and so is PRC: since 2022 NATO's texts say nothing else.",
        ),
        mistaken(
            lambda text: text.count("China") + text.count("PRC"),
            "The full name with its short form in brackets counts twice here. It is one mention. "
            "And the China Sea is no mention.",
        ),
        mistaken(
            lambda text: text.count("China") + text.count("PRC") - text.count("China Sea"),
            "The full name with its short form in brackets counts twice here. It is one mention.",
        ),
        mistaken(
            lambda text: sum(text.count(name) for name in _NAMES),
            "Each name is counted in the whole text, so the full name counts for every shorter "
            "one inside it. Take out what you have counted.",
        ),
        mistaken(
            lambda text: _taken_out(text, sorted(_NAMES, key=len, reverse=True)),
            "The South China Sea is counted. It is a sea: take it out first.",
        ),
        mistaken(
            lambda text: _taken_out(
                text.replace("South China Sea", "_"), sorted(_NAMES, key=len, reverse=True)
            ),
            "Only the South China Sea is taken out. The East China Sea and the China Sea are seas, "
            "too.",
        ),
        mistaken(
            lambda text: int("China" in text or "PRC" in text),
            "This says whether a name stands there. Asked is how often.",
        ),
        mistaken(
            lambda text: sum(word in ("China", "PRC") for word in text.split()),
            "A text cut at its spaces keeps commas, brackets and 's on the words, so that (PRC) "
            "and China's are not found.",
        ),
    ],
    again="lesson 02, section 1, which rule you would write down before you count",
)

BY_HAND = Question(
    "language-2-by-hand",
    number(low=-1, high=1),
    again="lesson 02, section 3, kappa takes off what habits would give by chance",
)


def _shares(codes: Sequence[str]) -> dict[str, float]:
    return {code: times / len(codes) for code, times in Counter(codes).items()}


def _alike(first: Sequence[str], second: Sequence[str]) -> float:
    return sum(a == b for a, b in zip(first, second, strict=True)) / len(first)


def _chance(first: Sequence[str], second: Sequence[str]) -> float:
    other = _shares(second)
    return sum(share * other.get(code, 0) for code, share in _shares(first).items())


def _in_pairs(first: Sequence[str], second: Sequence[str]) -> float:
    mine, other = _shares(first), _shares(second)
    return sum(mine[a] * other[b] for a, b in zip(first, second, strict=True))


def _over(
    chance: Callable[[Sequence[str], Sequence[str]], float],
) -> Callable[[Sequence[str], Sequence[str]], float]:
    """Return agreement beyond some idea of what chance gives."""

    def beyond(first: Sequence[str], second: Sequence[str]) -> float:
        return (_alike(first, second) - chance(first, second)) / (1 - chance(first, second))

    return beyond


KAPPA = Question(
    "language-3-kappa",
    function("first", "second").cases(
        case(["CHA", "CHA", "ENG", "COE"], ["CHA", "COE", "ENG", "COE"], gives=7 / 11),
        case(["CHA", "CHA", "CHA", "ENG"], ["CHA", "CHA", "ENG", "ENG"], gives=1 / 2),
        case(["CHA", "ENG"], ["ENG", "CHA"], gives=-1),
    ),
    mistakes=[
        mistaken(_alike, "This is the share of sentences with the same code. Take off chance."),
        mistaken(
            lambda a, b: _alike(a, b) - _chance(a, b),
            "Chance is taken off, and the rest is not divided by what chance leaves: 1 - expected.",
        ),
        mistaken(
            lambda a, b: (_alike(a, b) - _chance(a, b)) / _chance(a, b),
            "Divide by what chance leaves over, 1 - expected, not by what it gives.",
        ),
        mistaken(
            _over(lambda a, b: 1 / len({*a, *b})),
            "Chance is taken as if all codes were equally common. Cohen asks how often each coder "
            "used each code.",
        ),
        mistaken(
            _over(lambda a, b: 1 / len(_CODEBOOK)),
            "Chance is taken as one in seven, as if all codes were equally common. Cohen asks how "
            "often each coder used each code.",
        ),
        mistaken(
            _over(lambda a, b: sum(share**2 for share in _shares([*a, *b]).values())),
            "Both coders' habits are pooled: that is Scott's pi. Cohen multiplies the share of one "
            "coder by that of the other.",
        ),
        mistaken(
            _over(_in_pairs),
            "For chance, go through the codes, each once. This goes through the sentences, pair by "
            "pair, and multiplies the shares of two codes that may differ.",
        ),
        mistaken(
            _over(lambda a, b: sum(_shares(b).get(code, 0) * _shares(a)[code] for code in a)),
            "For chance, go through the codes, each once. This goes through the sentences, so that "
            "a common code is added again and again.",
        ),
        mistaken(
            _over(lambda a, b: _chance(a, a)),
            "Chance is worked out from the first coder alone. Each of the two has habits.",
        ),
        mistaken(
            lambda a, b: max(0.0, _over(_chance)(a, b)),
            "Kappa is cut off at 0. Below 0 the two agree less often than by chance: say so.",
        ),
    ],
    again="lesson 02, section 3, kappa takes off what habits would give by chance",
)

OWN = Question(
    "language-4-own",
    setting(
        **{
            name: choice(_CODEBOOK)
            for name in (
                *("b3", "b10", "s3", "b14", "w3", "s2"),
                *("b11", "s8", "s6", "w6", "b6", "s11"),
            )
        },
        same=number(whole=True, low=0, high=12),
        kappa=number(low=-1, high=1),
    ),
    again="lesson 02, section 3, the coding desk and the cell below it",
)

NEW = Question(
    "language-5-new",
    labelling(["t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8"], codes=_CODEBOOK),
    again="lesson 02, section 3, the codes and the eight rules",
)

WORDS = Question(
    "language-6-words",
    choices("abcdefghij"),
    again="lesson 02, sections 1 to 4, with a concordance of the words in question",
)

MISSED = Question(
    "language-7-missed",
    mapping(
        ["Brussels 2021", "Strategic Concept 2022", "Vilnius 2023", "Washington 2024"],
        of=number(whole=True, low=0),
    ),
    again="lesson 02, section 1, the trap of the name",
)

QUOTED = Question(
    "language-8-quoted",
    number(low=-2, high=2),
    again="lesson 02, section 4, what a mean hides",
)

SETTING = Question(
    "language-9-setting",
    setting(
        **{
            each.name: choice(each.options)
            if isinstance(each, Choice)
            else number(low=each.low, high=each.high)
            if isinstance(each, Real)
            else text(at_least=0, at_most=100)
            for each in declared(LanguageParameters)
        }
    ),
    again="lesson 02, section 4, the explorer",
)
