"""Messages between two processes: JSON in frames of known length, and questions both ways."""

from __future__ import annotations

import contextlib
import json
import queue
import struct
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

_LENGTH = struct.Struct(">I")

Message = dict[str, Any]


class Stream(Protocol):
    """What is needed of a file."""

    def read(self, size: int, /) -> bytes | None:
        """Return at most so many bytes."""

    def write(self, data: Any, /) -> int | None:
        """Write what can be written now; return how much it was."""

    def flush(self) -> None:
        """Write what is held back."""

    def close(self) -> None:
        """Close it."""


class WireClosed(Exception):
    """The other side has gone, or sent what no message is."""


class TimeIsUp(Exception):
    """The other side did not answer in time."""


class Wire:
    """One end of a connection.

    Parameters
    ----------
    reader, writer : unbuffered binary files
    most_bytes : int
        A longer message closes the connection.
    urgent : callable, optional
        Called at once, in the reading thread, with a message that has the key "urgent"; such
        messages are not received.
    """

    def __init__(
        self,
        reader: Stream,
        writer: Stream,
        *,
        most_bytes: int,
        urgent: Callable[[Message], None] | None = None,
    ) -> None:
        self._reader, self._writer = reader, writer
        self._most = most_bytes
        self._urgent = urgent
        # Each question waits for its answer, so a side that sends more only fills our memory.
        self._come: queue.Queue[Message | None] = queue.Queue(maxsize=2)
        threading.Thread(target=self._read, daemon=True).start()

    def send(self, message: Message) -> None:
        """Send a message.

        Raises
        ------
        WireClosed
        """
        data = json.dumps(message).encode("ascii")
        try:
            # An unbuffered file may write a part only.
            left = memoryview(_LENGTH.pack(len(data)) + data)
            while left:
                left = left[self._writer.write(left) or 0 :]
            self._writer.flush()
        except (OSError, ValueError):
            raise WireClosed from None

    def receive(self, *, until: float | None = None) -> Message:
        """Wait for the next message.

        Parameters
        ----------
        until : float, optional
            A moment of `time.monotonic`.

        Raises
        ------
        WireClosed, TimeIsUp
        """
        left = None if until is None else max(0.0, until - time.monotonic())
        try:
            message = self._come.get(timeout=left)
        except queue.Empty:
            raise TimeIsUp from None
        if message is None:
            self._come.put(None)
            raise WireClosed
        return message

    @property
    def waiting(self) -> int:
        """Messages that have come and were not received yet."""
        return self._come.qsize()

    def close(self) -> None:
        """Let the other side see that nothing more comes."""
        for file in (self._writer, self._reader):
            with contextlib.suppress(OSError):
                file.close()

    def _read(self) -> None:
        while (message := self._next()) is not None:
            if self._urgent is not None and "urgent" in message:
                self._urgent(message)
            else:
                self._come.put(message)
        self._come.put(None)

    def _next(self) -> Message | None:
        try:
            head = self._exactly(_LENGTH.size)
            (length,) = _LENGTH.unpack(head)
            if length > self._most:
                return None
            message = json.loads(self._exactly(length))
        except (OSError, EOFError, ValueError, RecursionError, MemoryError):
            return None
        return message if type(message) is dict else None

    def _exactly(self, count: int) -> bytes:
        parts = []
        while count:
            part = self._reader.read(min(count, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            count -= len(part)
        return b"".join(parts)
