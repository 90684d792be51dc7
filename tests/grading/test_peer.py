"""What a learner's process may do to the one that asks it."""

import contextlib
import socket
import threading
import time

import pytest

from indopacific.grading.peer import Peer
from indopacific.grading.wire import Wire, WireClosed


def never(n):
    raise StopIteration


def two(n):
    yield n
    yield n + 1


THINGS = {"never": never, "two": two}


def wire(end):
    file = end.makefile("rwb", buffering=0)
    end.close()
    return Wire(file, file, most_bytes=10**6)


@pytest.fixture
def ends():
    """Return the two ends of a connection."""
    here, there = map(wire, socket.socketpair())
    yield here, there
    here.close()
    there.close()


@pytest.fixture
def asking(ends):
    """Return the asking side of a pair of processes; the other side holds `THINGS`."""
    theirs = Peer(ends[1], attributes=True)
    theirs.handle("get", lambda message: {"value": theirs.pack(THINGS[message["name"]])})

    def serve():
        with contextlib.suppress(WireClosed):
            while True:
                theirs.answer(ends[1].receive())

    threading.Thread(target=serve, daemon=True).start()
    ours = Peer(ends[0])
    ours.until = time.monotonic() + 20
    return ours


def test_a_function_cannot_end_the_loop_of_a_test(asking):
    function = asking.unpack(asking.ask("get", name="never")["value"])
    with pytest.raises(RuntimeError):
        all(x == 4 for x in map(function, [1, 2]))


def test_an_iterator_still_ends(asking):
    function = asking.unpack(asking.ask("get", name="two")["value"])
    assert list(function(3)) == [3, 4]


@pytest.mark.parametrize("nonsense", [None, 3, [], {"a": 1}, "text"])
def test_a_question_that_makes_no_sense_is_answered_with_an_error(ends, nonsense):
    asked = Peer(ends[0])
    asked.answer({"do": "call", "number": nonsense, "args": nonsense, "kwargs": nonsense})
    assert "raised" in ends[1].receive(until=time.monotonic() + 20)


def test_a_side_that_sends_more_than_it_was_asked_fills_nobodys_memory(ends):
    def flood():
        with contextlib.suppress(WireClosed):
            while True:
                ends[1].send({"x": "y" * 500_000})

    threading.Thread(target=flood, daemon=True).start()
    time.sleep(0.5)
    assert ends[0].waiting <= 2
