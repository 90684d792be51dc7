"""Functions and things of one process, asked for from the other by number."""

from __future__ import annotations

import builtins
import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Any

from .crossing import CannotCross, Held, Packer, Unpacker, put_back
from .wire import Message, TimeIsUp, Wire, WireClosed

_NESTED = 20
_EXCEPTIONS: dict[str, type[Exception]] = {"CannotCross": CannotCross} | {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, Exception)
}

# From a function, these would end the loop in which a test calls it before anything was compared.
_ENDS_A_LOOP = (StopIteration, StopAsyncIteration)

#: Runs a function apart from the outputs of a cell, and returns what it printed.
Apart = Callable[[], contextlib.AbstractContextManager[Callable[[], str]]]


class Gone(KeyboardInterrupt):
    """The learner's process has ended, or had to be ended.

    A KeyboardInterrupt, because a test that catches every other error must not catch this.
    """


@contextlib.contextmanager
def _not_apart() -> Iterator[Callable[[], str]]:
    yield lambda: ""


class Peer:
    """One side of a pair of processes that call each other's functions.

    Parameters
    ----------
    wire : Wire
    apart : context manager factory, optional
        Around each call that the other side makes; yields what returns the text printed.
    attributes : bool
        Whether the other side may read attributes and advance iterators, not only call.
    """

    def __init__(self, wire: Wire, *, apart: Apart = _not_apart, attributes: bool = False) -> None:
        self.wire = wire
        self.until: float | None = None
        self.held = Held()
        self.on_call: Callable[[], None] = lambda: None
        self._apart = apart
        self._unpacker = Unpacker(self, self.held)
        self._depth = 0
        self._handlers: dict[str, Callable[[Message], Message]] = {"call": self._on_call}
        if attributes:
            self._handlers |= {"attribute": self._on_attribute, "advance": self._on_advance}

    def pack(self, value: Any) -> Any:
        """Return the tree of a value."""
        return Packer(self.held, self).pack(value)

    def unpack(self, tree: Any) -> Any:
        """Return the value of a tree."""
        return self._unpacker.unpack(tree)

    # --- asking

    def ask(self, do: str, **fields: Any) -> Message:
        """Send a question; answer the other side's own until its answer comes."""
        if self._depth > _NESTED:
            raise CannotCross("Functions of the two processes call each other too often.")
        self._depth += 1
        try:
            self.wire.send({"do": do, **fields})
            while "do" in (message := self.wire.receive(until=self.until)):
                self.answer(message)
            return message
        finally:
            self._depth -= 1

    def call(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function of the other side."""
        self.on_call()
        trees = [self.pack(value) for value in args]
        named = {name: self.pack(value) for name, value in kwargs.items()}
        reply = self.ask("call", number=number, args=trees, kwargs=named)
        printed = reply.get("printed")
        if type(printed) is str and printed:
            print(printed, end="")
        changed = reply.get("changed")
        for place, tree in changed if type(changed) is list else ():
            if type(place) is int and 0 <= place < len(args):
                put_back(args[place], self.unpack(tree))
        return self._result(reply)

    def attribute(self, number: int, name: str) -> Any:
        """Read an attribute of a thing of the other side."""
        return self._result(self.ask("attribute", number=number, name=name))

    def advance(self, number: int) -> Any:
        """Return the next value of an iterator of the other side."""
        return self._result(self.ask("advance", number=number), ends_loop=True)

    def _result(self, reply: Message, *, ends_loop: bool = False) -> Any:
        if "raised" in reply:
            raise self._error(reply["raised"], ends_loop=ends_loop)
        return self.unpack(reply.get("value"))

    def _error(self, told: Any, *, ends_loop: bool = False) -> BaseException:
        """Make the exception that the other side has met."""
        told = told if type(told) is dict else {}
        names = [n for n in told.get("kinds") or ["RuntimeError"] if type(n) is str]
        first = names[0] if names and names[0].isidentifier() and len(names[0]) < 100 else "Error"
        base = next((_EXCEPTIONS[name] for name in names if name in _EXCEPTIONS), RuntimeError)
        if issubclass(base, _ENDS_A_LOOP) and not ends_loop:
            base = RuntimeError
        kind = base if first == base.__name__ else type(first, (base,), {})
        args: Any = ()
        with contextlib.suppress(CannotCross):
            args = self.unpack(told.get("args"))
        try:
            error = kind(*(args if type(args) is tuple else ()))
        except Exception:
            error = RuntimeError(first)
        line = told.get("line")
        error.learner_line = line if type(line) is int else None
        return error

    # --- answering

    def answer(self, message: Message) -> None:
        """Answer one question of the other side."""
        handler = self._handlers.get(str(message.get("do")))
        try:
            reply = handler(message) if handler else {"raised": {"kinds": ["TypeError"]}}
        except (WireClosed, TimeIsUp):
            raise
        except Exception as error:  # whatever it was, the question was not one that is asked here
            reply = {"raised": _told(error, self.pack)}
        self.wire.send(reply)

    def handle(self, do: str, handler: Callable[[Message], Message]) -> None:
        """Answer a further kind of question."""
        self._handlers[do] = handler

    def _on_call(self, message: Message) -> Message:
        function = self.held[message["number"]]
        args = [self.unpack(tree) for tree in message["args"]]
        kwargs = {name: self.unpack(tree) for name, tree in message["kwargs"].items()}
        reply: Message = {}
        with self._apart() as printed:
            try:
                value = function(*args, **kwargs)
            except (WireClosed, TimeIsUp):
                raise
            except BaseException as error:
                reply["raised"] = _told(error, self.pack, getattr(function, "__code__", None))
            reply["printed"] = printed()
        changed = []
        for place, (sent, now) in enumerate(zip(message["args"], args, strict=True)):
            with contextlib.suppress(CannotCross):
                tree = self.pack(now)
                if tree != sent:
                    changed.append([place, tree])
        reply["changed"] = changed
        if "raised" not in reply:
            try:
                reply["value"] = self.pack(value)
            except CannotCross as error:
                reply["raised"] = _told(error, self.pack)
        return reply

    def _on_attribute(self, message: Message) -> Message:
        try:
            return {"value": self.pack(getattr(self.held[message["number"]], message["name"]))}
        except Exception as error:
            return {"raised": _told(error, self.pack)}

    def _on_advance(self, message: Message) -> Message:
        with self._apart():
            try:
                return {"value": self.pack(next(self.held[message["number"]]))}
            except BaseException as error:
                return {"raised": _told(error, self.pack)}


def _told(error: BaseException, pack: Callable[[Any], Any], code: Any = None) -> dict[str, Any]:
    """Describe an exception."""
    args: Any = None
    with contextlib.suppress(Exception):
        args = pack(tuple(error.args))
    if args is None:
        args = ["tuple", []]
    step, line = error.__traceback__, None
    while step is not None:
        if code is not None and step.tb_frame.f_code is code and step.tb_lineno:
            line = step.tb_lineno - code.co_firstlineno + 1
        step = step.tb_next
    kinds = [kind.__name__ for kind in type(error).__mro__ if kind is not object]
    return {"kinds": kinds, "args": args, "line": line}


def seconds_left(until: float) -> float:
    """Return the time to a moment of `time.monotonic`; 0 if it is over."""
    return max(0.0, until - time.monotonic())
