"""Values on their way between two processes: plain data, by value, with exact types.

A value becomes a tree that JSON can hold, and is made anew on the other side. Nothing is pickled:
what arrives can be wrong, but it cannot run code. Functions stay where they are; the other side
gets a function that asks for each call. What is neither arrives as a `Foreign`, an object of which
only the name of its type is known.
"""

from __future__ import annotations

import base64
import binascii
import collections
import datetime
import decimal
import fractions
import inspect
import math
import re
import types
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import numpy as np
import pandas as pd
from IPython.utils.text import SList

DEEPEST = 60
MOST_NODES = 2_000_000
_DTYPE = re.compile(r"[<>|=][biufcmMSU]\d+(\[\w+\])?")
_NAME = re.compile(r"[^\W\d]\w{0,99}")
_FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, np.ufunc)
_SINGLETONS = {"...": ..., "NA": pd.NA, "NaT": pd.NaT}
_MASKED = {
    pd.arrays.IntegerArray: "integer",
    pd.arrays.FloatingArray: "floating",
    pd.arrays.BooleanArray: "boolean",
}


_CONTAINERS: tuple[type, ...] = (
    collections.Counter,
    collections.OrderedDict,
    collections.defaultdict,
    collections.deque,
    SList,
    type({}.keys()),
    type({}.values()),
    type({}.items()),
)
_COLLECTIONS = {kind: f"{kind.__module__}.{kind.__qualname__}" for kind in _CONTAINERS}
_VIEWS: dict[type, Callable[[Any], Any]] = {
    type({}.keys()): lambda keys: dict.fromkeys(keys).keys(),
    type({}.values()): lambda values: dict(enumerate(values)).values(),
    type({}.items()): lambda items: dict(items).items(),
}
_FACTORIES: tuple[type, ...] = (int, float, str, list, dict, set)


class CannotCross(TypeError):
    """A value cannot go to the other process; the text says why, for a learner."""


class Foreign:
    """A thing that stays in the other process; only the name of its type is known here.

    Attributes whose names do not begin with "__" can be read, by value; equality, order and
    everything else is decided here, never by the other side.
    """

    def __getattr__(self, name: str) -> Any:
        """Ask the other side for an attribute."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self.__dict__["_far"].attribute(self.__dict__["_number"], name)


class ForeignCallable(Foreign):
    """A foreign thing that can be called, such as a class."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it where it is."""
        return self.__dict__["_far"].call(self.__dict__["_number"], args, kwargs)


class Figure(Foreign):
    """A matplotlib figure or axes; `summary` says what is drawn in it."""

    summary: dict[str, Any]


class Far(Protocol):
    """What the other side can be asked for."""

    def call(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call the function with this number."""

    def attribute(self, number: int, name: str) -> Any:
        """Read an attribute of the thing with this number."""

    def advance(self, number: int) -> Any:
        """Return the next value of the iterator with this number, or raise StopIteration."""


class Held:
    """The things of this side that the other side may ask for, by number."""

    def __init__(self) -> None:
        self._things: list[Any] = []

    def number(self, thing: Any) -> int:
        """Keep a thing; return its number."""
        for number, held in enumerate(self._things):
            if held is thing:
                return number
        if len(self._things) >= 10_000:
            raise CannotCross("There are too many functions and objects to keep track of.")
        self._things.append(thing)
        return len(self._things) - 1

    def __getitem__(self, number: int) -> Any:
        """Return the thing with this number."""
        if type(number) is not int or not 0 <= number < len(self._things):
            raise CannotCross("There is no such thing here.")
        return self._things[number]


# --- Sending -----------------------------------------------------------------------------------


class Packer:
    """Turn values into trees of None, bool, int, float, str and lists."""

    def __init__(self, held: Held, far: Far | None = None) -> None:
        self._held, self._far = held, far
        self._nodes = 0

    def pack(self, value: Any, depth: int = 0) -> Any:
        """Return the tree of a value.

        Raises
        ------
        CannotCross
            If it is too large or too deep, or refers to itself.
        """
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise CannotCross("The value is too large to be tested.")
        if depth > DEEPEST:
            raise CannotCross(f"The value is nested more than {DEEPEST} deep, or contains itself.")
        kind = type(value)
        if value is None or kind in (bool, float, str):
            return value
        if kind is int:
            return value if -(2**63) <= value < 2**63 else ["int", hex(value)]
        for tag, exact in (("list", list), ("tuple", tuple), ("set", set), ("frozen", frozenset)):
            if kind is exact:
                return [tag, [self.pack(item, depth + 1) for item in value]]
        if kind is dict:
            pairs = [[self.pack(k, depth + 1), self.pack(v, depth + 1)] for k, v in value.items()]
            return ["dict", pairs]
        if kind in _COLLECTIONS or _is_named_tuple(kind):
            return self._collection(kind, value, depth)
        for tag, one in _SINGLETONS.items():
            if value is one:
                return ["one", tag]
        stays = _stays(value)
        if stays is not None and stays[0] is self._far:
            return ["yours", stays[1]]
        return self._scalar(kind, value, depth) or self._table(kind, value, depth)

    def _collection(self, kind: type, value: Any, depth: int) -> list[Any]:
        """Pack a container of the standard library or IPython, of exactly that type."""
        if _is_named_tuple(kind):
            items = [self.pack(item, depth + 1) for item in value]
            return ["named", kind.__name__, list(kind._fields), items]  # type: ignore[attr-defined]
        plain = dict(value) if isinstance(value, dict) else list(value)
        extra = ""
        if kind is collections.defaultdict and value.default_factory in _FACTORIES:
            extra = value.default_factory.__name__
        return ["collection", _COLLECTIONS[kind], self.pack(plain, depth + 1), extra]

    def _scalar(self, kind: type, value: Any, depth: int) -> list[Any] | None:
        if isinstance(value, np.generic) and kind.__module__ == "numpy":
            array = np.asarray(value)
            if _DTYPE.fullmatch(array.dtype.str):
                return ["scalar", array.dtype.str, _text(array.tobytes())]
        if kind in (bytes, bytearray):
            return [kind.__name__, _text(bytes(value))]
        if kind is complex:
            return ["complex", value.real, value.imag]
        if kind is range:
            return ["range", *(self.pack(n) for n in (value.start, value.stop, value.step))]
        if kind is pd.Timestamp:
            stamp = value.tz_convert("UTC").tz_localize(None) if value.tz else value
            return ["stamp", self.pack(stamp.asm8), str(value.tz) if value.tz else None]
        if kind is pd.Timedelta:
            return ["delta", self.pack(value.asm8)]
        if kind in (datetime.datetime, datetime.date, datetime.time):
            return [kind.__name__, value.isoformat()]
        if kind is datetime.timedelta:
            return ["timedelta", value.days, value.seconds, value.microseconds]
        if kind is decimal.Decimal:
            return ["decimal", str(value)]
        if kind is fractions.Fraction:
            return ["fraction", hex(value.numerator), hex(value.denominator)]
        return None

    def _table(self, kind: type, value: Any, depth: int) -> list[Any]:
        try:
            if kind is np.ndarray:
                return self._array(value, depth)
            if kind is pd.Series:
                name = self.pack(value.name, depth + 1)
                return ["series", self._array(value.array), self._index(value.index), name]
            if kind is pd.DataFrame:
                columns = [self._array(value.iloc[:, i].array) for i in range(value.shape[1])]
                return ["frame", self._index(value.columns), self._index(value.index), columns]
            if isinstance(value, pd.Index):
                return self._index(value)
            if isinstance(value, pd.api.extensions.ExtensionArray):
                return self._array(value)
        except CannotCross as error:
            if kind in (pd.Series, pd.DataFrame, np.ndarray) and "large" in str(error):
                raise
        if isinstance(value, _FUNCTIONS):
            return [
                "function",
                self._held.number(value),
                *_description(value),
                self._signature(value),
            ]
        if isinstance(value, Iterator):
            return ["iterator", self._held.number(value), kind.__name__]
        if kind.__module__.startswith("matplotlib") and kind.__name__ in ("Figure", "Axes"):
            summary = self.pack(summary_of(value), depth + 1)
            return ["figure", self._held.number(value), kind.__name__, summary]
        tag = "callable" if callable(value) else "foreign"
        return [tag, self._held.number(value), kind.__name__]

    def _array(self, value: Any, depth: int = 0) -> list[Any]:
        if type(value) is pd.arrays.NumpyExtensionArray:
            value = value.to_numpy()
        kind = type(value)
        if kind is np.ndarray:
            if value.nbytes > 4 * MOST_NODES * 8:
                raise CannotCross("The array is too large to be tested.")
            if _DTYPE.fullmatch(value.dtype.str):
                return ["array", value.dtype.str, list(value.shape), _text(value.tobytes())]
            if value.dtype == object:
                items = [self.pack(item, depth + 1) for item in value.ravel().tolist()]
                return ["objects", list(value.shape), items]
        elif kind in _MASKED:
            mask = value.isna()
            data = value.to_numpy(dtype=value.dtype.numpy_dtype, na_value=0)
            return ["masked", _MASKED[kind], self._array(data), self._array(mask)]
        elif isinstance(value.dtype, pd.StringDtype):
            texts = [None if pd.isna(t) else str(t) for t in value]
            missing = "NA" if value.dtype.na_value is pd.NA else "nan"
            return ["strings", value.dtype.storage, missing, texts]
        elif isinstance(value.dtype, pd.CategoricalDtype):
            categories = self._index(value.categories)
            return ["categories", self._array(np.asarray(value.codes)), categories, value.ordered]
        elif isinstance(value.dtype, pd.PeriodDtype):
            return ["periods", self._array(value.asi8), value.freqstr]
        elif isinstance(value.dtype, pd.IntervalDtype):
            return [
                "intervals",
                self._array(np.asarray(value.left)),
                self._array(np.asarray(value.right)),
                value.closed,
            ]
        elif isinstance(value.dtype, pd.DatetimeTZDtype):
            naive = pd.DatetimeIndex(value).tz_convert("UTC").tz_localize(None).to_numpy()
            return ["zoned", self._array(naive), str(value.dtype.tz)]
        elif value.dtype.kind in "mM":
            return self._array(np.asarray(value))
        raise CannotCross(f"An array of {value.dtype} cannot be tested.")

    def _index(self, value: pd.Index) -> list[Any]:
        if type(value) is pd.RangeIndex:
            return ["rows", value.start, value.stop, value.step, self.pack(value.name)]
        if type(value) is pd.MultiIndex:
            levels = [self._index(level) for level in value.levels]
            codes = [self._array(np.asarray(code)) for code in value.codes]
            return ["levels", levels, codes, [self.pack(name) for name in value.names]]
        freq = getattr(value, "freqstr", None) if value.dtype.kind in "mM" else None
        array = self._array(value.to_numpy() if value.dtype == object else value.array)
        return ["index", array, self.pack(value.name), freq]

    def _signature(self, function: Any) -> list[Any] | None:
        try:
            found = inspect.signature(function)
        except Exception:
            return None
        listed = []
        for one in found.parameters.values():
            default = None if one.default is one.empty else [self._default(one.default)]
            listed.append([one.name, int(one.kind), default])
        return listed

    def _default(self, value: Any) -> Any:
        plain = value is None or type(value) in (bool, int, float, str, tuple, list, dict)
        return self.pack(value) if plain else ["one", "..."]


def _stays(value: Any) -> tuple[Any, int] | None:
    """Say on which side a stand-in's original is, and its number there."""
    if type(value) is types.FunctionType:
        found: tuple[Any, int] | None = value.__dict__.get("__stays__")
        return found
    if Foreign in type(value).__mro__:
        return value.__dict__["_far"], value.__dict__["_number"]
    return None


def _is_named_tuple(kind: type) -> bool:
    """Whether a type is what `collections.namedtuple` makes."""
    return kind.__bases__ == (tuple,) and type(kind.__dict__.get("_fields")) is tuple


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _description(function: Any) -> list[str]:
    name = getattr(function, "__name__", "")
    text = getattr(function, "__doc__", "")
    return [t[:2000] if type(t) is str else "" for t in (name, text)]


def summary_of(drawn: Any) -> dict[str, Any]:
    """Say what is drawn in a matplotlib figure or axes, as plain data."""
    if hasattr(drawn, "axes") and isinstance(drawn.axes, list):
        title = drawn._suptitle.get_text() if getattr(drawn, "_suptitle", None) else ""
        return {"title": title, "axes": [summary_of(axes) for axes in drawn.axes[:50]]}
    legend = drawn.get_legend()
    return {
        "title": drawn.get_title(),
        "xlabel": drawn.get_xlabel(),
        "ylabel": drawn.get_ylabel(),
        "xlim": tuple(map(float, drawn.get_xlim())),
        "ylim": tuple(map(float, drawn.get_ylim())),
        "xscale": drawn.get_xscale(),
        "yscale": drawn.get_yscale(),
        "legend": [text.get_text() for text in legend.get_texts()] if legend else [],
        "texts": [text.get_text() for text in drawn.texts[:200]],
        "lines": [
            {
                "label": str(line.get_label()),
                "x": np.asarray(line.get_xdata(), dtype=object),
                "y": np.asarray(line.get_ydata(), dtype=object),
            }
            for line in drawn.lines[:200]
        ],
        "bars": [
            {"x": float(p.get_x()), "width": float(p.get_width()), "height": float(p.get_height())}
            for p in drawn.patches[:2000]
            if hasattr(p, "get_height") and hasattr(p, "get_x")
        ],
        "points": [np.asarray(c.get_offsets(), dtype=float) for c in drawn.collections[:200]],
    }


# --- Receiving ---------------------------------------------------------------------------------


class Unpacker:
    """Make values from trees that may be anything at all."""

    def __init__(self, far: Far, held: Held | None = None) -> None:
        self._far = far
        self._held = held or Held()
        self._made: dict[int, Any] = {}

    def unpack(self, tree: Any) -> Any:
        """Return the value.

        Raises
        ------
        CannotCross
            For a tree that no `Packer` made, whatever is wrong with it.
        """
        try:
            return self._value(tree, 0)
        except CannotCross:
            raise
        except (
            ValueError,
            TypeError,
            KeyError,
            IndexError,
            OverflowError,
            RecursionError,
            AttributeError,
            MemoryError,
            ArithmeticError,
            binascii.Error,
        ) as error:
            raise CannotCross("The value cannot be read.") from error

    def _value(self, tree: Any, depth: int) -> Any:
        if depth > DEEPEST + 8:
            raise CannotCross("The value is nested too deep.")
        if type(tree) is not list:
            return tree
        tag, *rest = tree
        if tag in ("list", "tuple", "set", "frozen"):
            (inner,) = rest
            found = [self._value(item, depth + 1) for item in _a_list(inner)]
            make = {"list": list, "tuple": tuple, "set": set, "frozen": frozenset}[tag]
            return make(found)
        if tag == "dict":
            (pairs,) = rest
            return {self._value(k, depth + 1): self._value(v, depth + 1) for k, v in _a_list(pairs)}
        if tag in ("collection", "named"):
            return self._collection(tag, rest, depth)
        if tag in ("function", "callable", "foreign", "figure", "iterator"):
            return self._stand_in(tag, rest, depth)
        if tag == "yours":
            return self._held[rest[0]]
        if tag in ("series", "frame"):
            return self._table(tag, rest, depth)
        if tag in ("rows", "levels", "index"):
            return self._index(tree, depth)
        if tag in _SCALARS:
            return _SCALARS[tag](self, *rest)
        return self._array(tree, depth)

    def _collection(self, tag: str, rest: list[Any], depth: int) -> Any:
        if tag == "named":
            name, fields, items = rest
            if not all(type(f) is str and _NAME.fullmatch(f) for f in [name, *_a_list(fields)]):
                raise CannotCross("The value cannot be read.")
            made = collections.namedtuple(name, fields)  # type: ignore[misc]
            return made(*(self._value(item, depth + 1) for item in _a_list(items)))
        name, tree, extra = rest
        kind = next(kind for kind, known in _COLLECTIONS.items() if known == name)
        plain = self._value(tree, depth + 1)
        if kind is collections.defaultdict:
            factory = next((f for f in _FACTORIES if f.__name__ == extra), None)
            return collections.defaultdict(factory, plain)
        if kind in _VIEWS:
            return _VIEWS[kind](plain)
        return kind(plain)

    def _table(self, tag: str, rest: list[Any], depth: int) -> pd.Series | pd.DataFrame:
        if tag == "series":
            array, index, name = rest
            data = self._array(array, depth + 1)
            return pd.Series(
                data,
                index=self._index(index, depth),
                name=self._value(name, depth + 1),
                dtype=data.dtype,
            )
        columns, index, arrays = rest
        rows = self._index(index, depth)
        made = [
            pd.Series(a, index=rows, dtype=a.dtype)
            for a in (self._array(t, depth + 1) for t in _a_list(arrays))
        ]
        frame = pd.DataFrame(dict(enumerate(made)), index=rows)
        frame.columns = self._index(columns, depth)
        return frame

    def _array(self, tree: Any, depth: int) -> Any:
        tag, *rest = _a_list(tree)
        if tag == "array":
            dtype, shape, data = rest
            if type(dtype) is not str or not _DTYPE.fullmatch(dtype):
                raise CannotCross("The array cannot be read.")
            flat = np.frombuffer(base64.b64decode(data, validate=True), dtype=dtype)
            return flat.reshape(_shape(shape, flat.size)).copy()
        if tag == "objects":
            shape, items = rest
            made = np.empty(len(_a_list(items)), dtype=object)
            for place, item in enumerate(items):
                made[place] = self._value(item, depth + 1)
            return made.reshape(_shape(shape, made.size))
        if tag == "masked":
            kind, data, mask = rest
            make = {name: one for one, name in _MASKED.items()}[kind]
            return make(self._array(data, depth), self._array(mask, depth).astype(bool))
        if tag == "strings":
            storage, missing, texts = rest
            dtype = pd.StringDtype(storage, na_value=pd.NA if missing == "NA" else math.nan)
            return pd.array([t if type(t) is str else None for t in _a_list(texts)], dtype=dtype)
        if tag == "categories":
            codes, categories, ordered = rest
            kind = pd.CategoricalDtype(self._index(categories, depth), ordered=ordered is True)
            return pd.Categorical.from_codes(self._array(codes, depth), dtype=kind)
        if tag == "periods":
            ordinals, freq = rest
            kind_of: Any = pd.PeriodDtype(freq)
            return pd.arrays.PeriodArray(self._array(ordinals, depth), dtype=kind_of)
        if tag == "intervals":
            left, right, closed = rest
            return pd.arrays.IntervalArray.from_arrays(
                self._array(left, depth), self._array(right, depth), closed=closed
            )
        if tag == "zoned":
            naive, zone = rest
            return (
                pd.DatetimeIndex(self._array(naive, depth))
                .tz_localize("UTC")
                .tz_convert(_zone(zone))
                .array
            )
        raise CannotCross("The value cannot be read.")

    def _index(self, tree: Any, depth: int) -> pd.Index:
        tag, *rest = _a_list(tree)
        if tag == "rows":
            start, stop, step, name = rest
            return pd.RangeIndex(start, stop, step, name=self._value(name, depth + 1))
        if tag == "levels":
            levels, codes, names = rest
            parts: Any = [self._index(level, depth + 1) for level in _a_list(levels)]
            return pd.MultiIndex(
                levels=parts,
                codes=[self._array(code, depth) for code in _a_list(codes)],
                names=[self._value(name, depth + 1) for name in _a_list(names)],
            )
        array, name, freq = rest
        data = self._array(array, depth + 1)
        made = pd.Index(data, dtype=data.dtype, name=self._value(name, depth + 1))
        if type(freq) is str and isinstance(made, pd.DatetimeIndex | pd.TimedeltaIndex):
            again: Any = type(made)
            made = again(made, freq=freq, name=made.name)
        return made

    def _stand_in(self, tag: str, rest: list[Any], depth: int) -> Any:
        number, name, *more = rest
        if type(number) is not int or type(name) is not str:
            raise CannotCross("The value cannot be read.")
        if number in self._made:
            return self._made[number]
        if tag == "function":
            made: Any = self._function(number, name, *more)
        elif tag == "iterator":
            made = self._iterator(number)
        else:
            base = {"callable": ForeignCallable, "figure": Figure, "foreign": Foreign}[tag]
            made = type(name if _NAME.fullmatch(name) else "object", (base,), {})()
            made.__dict__.update(_far=self._far, _number=number)
            if tag == "figure":
                made.__dict__["summary"] = self._value(more[0], depth + 1)
        self._made[number] = made
        return made

    def _function(self, number: int, name: str, text: Any, signature: Any) -> Callable[..., Any]:
        far = self._far

        def stand_in(*args: Any, **kwargs: Any) -> Any:
            return far.call(number, args, kwargs)

        stand_in.__name__ = stand_in.__qualname__ = name if _NAME.fullmatch(name) else "function"
        stand_in.__doc__ = text if type(text) is str else None
        stand_in.__stays__ = (far, number)  # type: ignore[attr-defined]
        stand_in.__module__ = "__main__"
        if signature is not None:
            kinds = list(inspect._ParameterKind)
            stand_in.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
                [
                    inspect.Parameter(
                        name,
                        kinds[kind],
                        default=self._value(default[0], 1) if default else inspect.Parameter.empty,
                    )
                    for name, kind, default in _a_list(signature)
                ]
            )
        return stand_in

    def _iterator(self, number: int) -> Iterator[Any]:
        while True:
            try:
                yield self._far.advance(number)
            except StopIteration:
                return


def _a_list(tree: Any) -> list[Any]:
    if type(tree) is not list:
        raise CannotCross("The value cannot be read.")
    return tree


def _shape(shape: Any, size: int) -> tuple[int, ...]:
    """Return the shape of an array that has this many elements."""
    found = tuple(_a_list(shape))
    if (
        any(type(n) is not int or n < 0 for n in found)
        or len(found) > 16
        or math.prod(found) != size
    ):
        raise CannotCross("The array cannot be read.")
    return found


def _zone(name: Any) -> str:
    if (
        type(name) is not str
        or len(name) > 60
        or not re.fullmatch(r"[\w+\-:/]+", name)
        or ".." in name
    ):
        raise CannotCross("The time zone cannot be read.")
    return name.removeprefix("pytz.FixedOffset")


def _scalar(self: Unpacker, dtype: Any, data: Any) -> Any:
    return self._array(["array", dtype, [1], data], 0)[0]


def _stamp(self: Unpacker, moment: Any, zone: Any) -> Any:
    made = pd.Timestamp(self._value(moment, 1))
    return made if zone is None else made.tz_localize("UTC").tz_convert(_zone(zone))


def _whole(text: Any) -> int:
    return int(text, 16)


_SCALARS: dict[str, Callable[..., Any]] = {
    "int": lambda self, text: _whole(text),
    "one": lambda self, name: _SINGLETONS[name],
    "scalar": _scalar,
    "bytes": lambda self, data: base64.b64decode(data, validate=True),
    "bytearray": lambda self, data: bytearray(base64.b64decode(data, validate=True)),
    "complex": lambda self, real, imag: complex(real, imag),
    "range": lambda self, *ends: range(*(self._value(n, 1) for n in ends)),
    "stamp": _stamp,
    "delta": lambda self, length: pd.Timedelta(self._value(length, 1)),
    "datetime": lambda self, text: datetime.datetime.fromisoformat(text),
    "date": lambda self, text: datetime.date.fromisoformat(text),
    "time": lambda self, text: datetime.time.fromisoformat(text),
    "timedelta": lambda self, *parts: datetime.timedelta(*parts),
    "decimal": lambda self, text: decimal.Decimal(text),
    "fraction": lambda self, top, bottom: fractions.Fraction(_whole(top), _whole(bottom)),
}


def put_back(target: Any, now: Any) -> None:
    """Change a value in place to what the other side's copy of it has become."""
    kind = type(target)
    if kind is not type(now):
        return
    if kind is list:
        target[:] = now
    elif kind in (dict, set):
        target.clear()
        target.update(now)
    elif kind is bytearray:
        target[:] = now
    elif kind is np.ndarray and target.shape == now.shape and target.flags.writeable:
        target[...] = now
    elif kind in (pd.DataFrame, pd.Series):
        kind.__init__(target, now)
