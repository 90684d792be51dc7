"""Picks from given options: one, several, all in an order, or one for each text."""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from .answers import is_blank, listed
from .entries import keyed, read_each
from .kind import Kind, distinct_words
from .limits import MOST_CHARACTERS
from .verdicts import Refused, Verdict
from .wording import count, describe, shown, some, suggest


def above_half(share: float) -> float:
    """Count a share only above one half, so that guessing earns next to nothing.

    A blind guess has a share of 0 on average. Cut off at 0 alone, a lucky guess would still gain
    what an unlucky one does not lose.
    """
    return share if share > 0.5 else 0.0


@dataclass(frozen=True)
class choice(Kind):
    """One of several options.

    Parameters
    ----------
    options : str or sequence of str
        A text of letters ("abcd"), or a list of words. Case does not matter.
    """

    options: Sequence[str]
    wanted: str | None = field(default=None, kw_only=True, repr=False)
    reasons: Mapping[str, str] = field(default_factory=dict, kw_only=True, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", distinct_words(self.options))

    def right(self, option: str, *, reasons: Mapping[str, str] | None = None) -> choice:
        """Name the right option, and why each of the others is not."""
        reasons = {self._own_answer(k): v for k, v in (reasons or {}).items()}
        return dataclasses.replace(self, wanted=self._own_answer(option), reasons=reasons)

    @property
    def _expects(self) -> str:
        return f"one of {', '.join(repr(o) for o in self.options)}"

    def _read(self, answer: Any) -> str:
        if type(answer) is np.str_:
            answer = str(answer)
        if type(answer) is not str:
            raise Refused(
                f"This is {describe(answer)}. Write one option in quotation marks, "
                f"for example {self.options[0]!r}."
            )
        if len(answer) > MOST_CHARACTERS:
            raise Refused("The text is far too long to be one of the options.")
        for option in self.options:
            if answer.strip().casefold() == option.casefold():
                return option
        raise Refused(
            f"{shown(answer)} is none of the options." + suggest(answer[:200], self.options)
        )

    def _judge(self, value: Any) -> Verdict:
        share = float(value == self.wanted)
        return Verdict(share, shown(value), "" if share else self.reasons.get(value, ""))


@dataclass(frozen=True)
class choices(Kind):
    """Several of the options, in any order.

    Parameters
    ----------
    options : str or sequence of str
        As for `choice`. Part marks: right picks less wrong picks, over the number of right ones,
        if that is more than one half.
    """

    options: Sequence[str]
    wanted: frozenset[str] | None = field(default=None, kw_only=True, repr=False)
    reasons: Mapping[str, str] = field(default_factory=dict, kw_only=True, repr=False)
    _parts: ClassVar[bool] = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", distinct_words(self.options))

    def right(self, options: Iterable[str], *, reasons: Mapping[str, str] | None = None) -> choices:
        """Name the right options, and why the others do not belong."""
        single = choice(self.options)
        reasons = {single._own_answer(k): v for k, v in (reasons or {}).items()}
        return dataclasses.replace(self, wanted=self._own_answer(list(options)), reasons=reasons)

    @property
    def _expects(self) -> str:
        return f"a list with some of {', '.join(repr(o) for o in self.options)}"

    def _read(self, answer: Any) -> frozenset[str]:
        picks = list(answer) if type(answer) in (set, frozenset) else listed(answer)
        if picks is None:
            raise Refused(
                f"This is {describe(answer)}. Write a list, for example {list(self.options[:2])!r}."
            )
        if not 0 < len(picks) <= len(self.options):
            raise Refused(
                f"{count(len(picks), 'option')} picked; pick from 1 to {len(self.options)}."
            )
        single = choice(self.options)
        picked = frozenset(single._read(a) for a in picks)
        if len(picked) != len(picks):
            raise Refused("An option stands twice in the list.")
        return picked

    def _show(self, value: Any) -> str:
        return shown(sorted(value))

    def _judge(self, value: Any) -> Verdict:
        assert self.wanted is not None
        false = sorted(value - self.wanted)
        missed = len(self.wanted - value)
        net = (len(value & self.wanted) - len(false)) / len(self.wanted)
        share = above_half(net)
        said = [f"{o!r} does not belong: {self.reasons[o]}" for o in false if o in self.reasons]
        if len(said) < len(false):
            said.append(f"{count(len(false) - len(said), 'pick')} that should not be there.")
        if missed:
            said.append(f"You left out {count(missed, 'option')} that should be there.")
        return Verdict(share, self._show(value), " ".join(said))


@dataclass(frozen=True)
class ordering(Kind):
    """The given items, each once, in the right order.

    Parameters
    ----------
    items : sequence of str
        Part marks: Kendall's tau with the right order, if that is more than one half.
    """

    items: Sequence[str]
    wanted: tuple[str, ...] | None = field(default=None, kw_only=True, repr=False)
    _parts: ClassVar[bool] = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", distinct_words(self.items))
        if len(self.items) < 2:
            raise ValueError("an ordering needs two items")

    def right(self, order: Sequence[str]) -> ordering:
        """Give the items in the right order."""
        return dataclasses.replace(self, wanted=tuple(self._own_answer(list(order))))

    @property
    def _expects(self) -> str:
        return f"a list with {', '.join(repr(i) for i in self.items)}, each once, in order"

    def _read(self, answer: Any) -> list[str]:
        entries = listed(answer)
        if entries is None:
            raise Refused(f"This is {describe(answer)}. Write a list.")
        if len(entries) > 10 * len(self.items):
            raise Refused(f"The list has {len(entries):,} entries; there are {len(self.items)}.")
        single = choice(self.items)
        found = [single._read(a) for a in entries]
        missing = [i for i in self.items if i not in found]
        if missing:
            raise Refused(f"Not in the list: {some(missing)}.")
        if len(found) > len(self.items):
            raise Refused(
                f"More than once in the list: {some(i for i in self.items if found.count(i) > 1)}."
            )
        return found

    def _judge(self, value: Any) -> Verdict:
        assert self.wanted is not None
        place = {item: i for i, item in enumerate(self.wanted)}
        pairs = list(itertools.combinations(value, 2))
        wrong = [(a, b) for a, b in pairs if place[a] > place[b]]
        share = above_half(1 - 2 * len(wrong) / len(pairs))
        if not wrong:
            return Verdict(1.0, shown(value))
        a, b = wrong[0]
        return Verdict(share, shown(value), f"For one, {a!r} and {b!r} stand the wrong way round.")


@dataclass(frozen=True)
class labelling(Kind):
    """A code for each text: a dict from text id to code.

    Parameters
    ----------
    ids : sequence of str
        The texts. A text that is still `...` counts as wrong, not as an error.
    codes : sequence of str
        The codebook. Part marks: the share of right codes, less what one code for everything
        would get, if more than half of the texts are right and this is at least one half.
    """

    ids: Sequence[str]
    codes: Sequence[str]
    wanted: Mapping[str, str] | None = field(default=None, kw_only=True, repr=False)
    also: Mapping[str, Sequence[str]] = field(default_factory=dict, kw_only=True, repr=False)
    reasons: Mapping[Any, str] = field(default_factory=dict, kw_only=True, repr=False)
    _parts: ClassVar[bool] = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", distinct_words(self.ids))
        object.__setattr__(self, "codes", distinct_words(self.codes))

    def right(
        self,
        labels: Mapping[str, str],
        *,
        also: Mapping[str, Sequence[str]] | None = None,
        reasons: Mapping[Any, str] | None = None,
    ) -> labelling:
        """Give the right codes.

        Parameters
        ----------
        labels : dict of str to str
        also : dict of str to sequence of str
            By text id, further codes that are right, where the codebook leaves a text open.
        reasons : dict
            By text id, or by (text id, wrong code).
        """
        reasons = dict(reasons or {})
        open_ = {name: tuple(codes) for name, codes in (also or {}).items()}
        for name, codes in open_.items():
            if name not in self.ids or not set(codes) <= set(self.codes):
                raise ValueError(f"a further code is given for {name!r}: {', '.join(codes)}")
        for key in reasons:
            if (key[0] if type(key) is tuple else key) not in self.ids:
                raise ValueError(f"a reason is given for {key!r}, which is not one of the texts")
        wanted = self._own_answer(dict(labels))
        if None in wanted.values():
            raise ValueError("a right code is missing")
        return dataclasses.replace(self, wanted=wanted, also=open_, reasons=reasons)

    @property
    def _expects(self) -> str:
        return (
            f"a dict with one of {', '.join(repr(c) for c in self.codes)} for each of "
            f"{len(self.ids)} texts"
        )

    def _read(self, answer: Any) -> dict[str, str | None]:
        if type(answer) is not dict:
            raise Refused(
                f"This is {describe(answer)}. Write a dict: "
                f"{{{self.ids[0]!r}: {self.codes[0]!r}, ...}}."
            )
        found = keyed(answer, self.ids, "text ids")
        done = {i: found[i] for i in self.ids if not is_blank(found[i])}
        return dict.fromkeys(self.ids) | read_each(done.items(), choice(self.codes))

    def _show(self, value: Any) -> str:
        return f"codes for {sum(v is not None for v in value.values())} of {len(value)} texts"

    def _judge(self, value: Any) -> Verdict:
        assert self.wanted is not None
        right = {i: {self.wanted[i], *self.also.get(i, ())} for i in self.ids}
        wrong = [i for i in self.ids if value[i] not in right[i]]
        if not wrong:
            return Verdict(1.0, self._show(value))
        most = max(Counter(code for codes in right.values() for code in codes).values())
        floor = max(most / len(self.ids), 1 / len(self.codes))
        hits = 1 - len(wrong) / len(self.ids)
        share = (hits - floor) / (1 - floor) if floor < 1 else 0.0
        if hits <= 0.5 or share < 0.5:
            share = 0.0
        said = [
            f"{len(self.ids) - len(wrong)} of {len(self.ids)} right. "
            f"Read again: {some(wrong, most=5)}."
        ]
        for i in wrong:
            reason = self.reasons.get((i, value[i])) or self.reasons.get(i)
            if reason:
                said.append(f"{i}: {reason}")
        return Verdict(share, self._show(value), " ".join(said))
