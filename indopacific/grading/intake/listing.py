"""List the files of a folder or an archive without opening what is not a plain file."""

from __future__ import annotations

import gzip
import io
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, cast

from .limits import Limits, Refused, is_litter, parts_of, quoted

_CHUNK = 1 << 20
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# A download counts as suspicious only from this size on; a page of zeros packs well too.
_SMALL = 4_000_000
# What zipfile, tarfile and the decompressors raise when the bytes are not what they say.
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    OverflowError,
    LookupError,
)


@dataclass(frozen=True)
class Entry:
    """A file that can be read.

    Attributes
    ----------
    parts : tuple of str
        Folders and name.
    read : callable
        Returns the bytes, at most as many as its argument; raises `Refused`.
    time : datetime or None
        When it was handed in, as far as whoever packed the listing knows.
    """

    parts: tuple[str, ...]
    read: Callable[[int], bytes]
    time: datetime | None = None

    @property
    def name(self) -> str:
        """The path with forward slashes."""
        return "/".join(self.parts)


@dataclass(frozen=True)
class Listing:
    """The files of a folder or archive, and one sentence for each that was refused."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...]


def _listed(found: Iterator[Entry | str], limits: Limits) -> Listing:
    """Collect entries and notes, up to the limit; of two with one name, the first."""
    entries: dict[tuple[str, ...], Entry] = {}
    notes: list[str] = []
    for one in found:
        if len(entries) + len(notes) >= limits.files:
            notes.append(f"There are more than {limits.files:,} files; the rest was left out.")
            break
        if isinstance(one, str):
            notes.append(one)
        elif one.parts in entries:
            notes.append(f"{quoted(one.name)} is there twice; the first one was taken.")
        else:
            entries[one.parts] = one
    return Listing(tuple(entries.values()), tuple(notes))


def _bounded(stream: IO[bytes], most: int, packed: int, ratio: int, shown: str) -> bytes:
    """Read a stream to its end, unless it is larger than it may be."""
    chunks: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > most:
            raise Refused(f"{shown} was left out: it is larger than {most / 1e6:,.0f} MB.")
        if packed and size > max(_SMALL, ratio * packed):
            raise Refused(
                f"{shown} was left out: it unpacks to more than {ratio} times its size, as files "
                "do that are made to fill a disk."
            )
        chunks.append(chunk)
    return b"".join(chunks)


# --- Folders -----------------------------------------------------------------------------------


def list_folder(root: Path, limits: Limits, *, owner: int | None = None) -> Listing:
    """List a folder without following links.

    Parameters
    ----------
    root : Path
    limits : Limits
    owner : int, optional
        The user id to whom every file must belong.

    Returns
    -------
    Listing

    Raises
    ------
    Refused
        If the folder itself is a link, or is not there.
    """
    if root.is_symlink():
        raise Refused(f"{quoted(root.name)} is a link to another folder; it was left out.")
    if not root.is_dir():
        raise Refused(f"There is no folder {quoted(root.name)}.")
    return _listed(_walk(root, limits, owner), limits)


def _walk(root: Path, limits: Limits, owner: int | None) -> Iterator[Entry | str]:
    for folder, folders, files in os.walk(root, followlinks=False):
        here = Path(folder).relative_to(root).parts
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        folders[:] = sorted(set(folders) - set(links) if len(here) < limits.depth else ())
        for name in sorted([*links, *files]):
            parts = (*here, name)
            if is_litter(parts):
                continue
            try:
                parts_of("/".join(parts), limits)
                state = os.lstat(Path(folder) / name)
                _allow(state, "/".join(parts), owner)
            except Refused as refused:
                yield str(refused)
            except OSError:
                yield f"{quoted(name)} was left out: it could not be looked at."
            else:
                read = partial(_read_file, root, parts, owner)
                yield Entry(parts, read, datetime.fromtimestamp(state.st_mtime, UTC))


def _allow(state: os.stat_result, name: str, owner: int | None) -> None:
    """Refuse what is not a plain file of its own."""
    shown = quoted(name)
    if stat.S_ISLNK(state.st_mode):
        raise Refused(f"{shown} was left out: it is a link to another file.")
    if not stat.S_ISREG(state.st_mode):
        raise Refused(f"{shown} was left out: it is not a file but a device, pipe or socket.")
    if state.st_nlink > 1:
        raise Refused(f"{shown} was left out: it is a hard link, the same file as another.")
    if owner is not None and state.st_uid != owner:
        raise Refused(f"{shown} was left out: it belongs to another user.")


def _read_file(root: Path, parts: tuple[str, ...], owner: int | None, most: int) -> bytes:
    """Read a file; the way to it is checked again, because it can change after it was listed."""
    name = "/".join(parts)
    try:
        with open(_open_beneath(root, parts), "rb") as file:
            _allow(os.fstat(file.fileno()), name, owner)
            return _bounded(file, most, 0, 0, quoted(name))
    except OSError:
        raise Refused(f"{quoted(name)} was left out: it could not be read.") from None


def _open_beneath(root: Path, parts: tuple[str, ...]) -> int:
    """Open a file step by step, so that no folder on the way can be a link."""
    if os.open not in os.supports_dir_fd:  # Windows, where links need an administrator
        return os.open(root.joinpath(*parts), os.O_RDONLY | _NO_LINKS)
    steps = [*parts]
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | _NO_LINKS)
    try:
        for step in steps[:-1]:
            inner = os.open(step, os.O_RDONLY | os.O_DIRECTORY | _NO_LINKS, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(steps[-1], os.O_RDONLY | _NO_LINKS, dir_fd=folder)
    finally:
        os.close(folder)


# --- Archives ----------------------------------------------------------------------------------

#: Archives that can be opened.
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".gz")
#: Archives that cannot, and look as if they could.
CLOSED = (".rar", ".7z", ".bz2", ".xz", ".zst")


def list_archive(opened: IO[bytes], name: str, limits: Limits) -> Listing:
    """List an archive by what it holds, not by what it says about itself.

    Parameters
    ----------
    opened : binary file
        Read when an entry is read: it must stay open.
    name : str
        Its file name, which says what kind it is.
    limits : Limits

    Returns
    -------
    Listing

    Raises
    ------
    Refused
        If it is no such archive, or too large.
    """
    low = name.lower()
    try:
        if low.endswith(".zip"):
            return _listed(_zip(opened, name, limits), limits)
        data = opened.read(limits.total_bytes + 1)
        if low.endswith((".gz", ".tgz")):
            packed = cast(IO[bytes], gzip.GzipFile(fileobj=io.BytesIO(data)))
            data = _bounded(packed, limits.total_bytes, len(data), limits.ratio, quoted(name))
            if not low.endswith((".tar.gz", ".tgz")):
                inner = tuple(name.removesuffix(name[-3:]).split("/"))
                return Listing((Entry(inner, partial(_whole, data, name)),), ())
        return _listed(_tar(data, limits), limits)
    except _BROKEN:
        raise Refused(f"{quoted(name)} was left out: it is not an archive, or damaged.") from None


def _whole(data: bytes, name: str, most: int) -> bytes:
    return _bounded(io.BytesIO(data), most, 0, 0, quoted(name))


def _zip(opened: IO[bytes], name: str, limits: Limits) -> Iterator[Entry | str]:
    _count(opened, name, limits)
    archive = zipfile.ZipFile(opened)
    for info in archive.infolist():
        if info.is_dir():
            continue
        try:
            parts = parts_of(info.filename, limits)
            kind = stat.S_IFMT(info.external_attr >> 16)
            if kind not in (0, stat.S_IFREG):
                raise Refused(
                    f"{quoted(info.filename)} was left out: it is a link, device or pipe."
                )
            if info.flag_bits & 1:
                raise Refused(f"{quoted(info.filename)} was left out: it asks for a password.")
        except Refused as refused:
            yield str(refused)
            continue
        if not is_litter(parts):
            yield Entry(parts, partial(_read_zipped, archive, info, limits), _zip_time(info))


def _count(opened: IO[bytes], name: str, limits: Limits) -> None:
    """Refuse an archive with very many entries before its table of contents is read."""
    mark, found, tail = b"PK\x01\x02", 0, b""
    opened.seek(0)
    while chunk := opened.read(_CHUNK):
        found += (tail + chunk).count(mark)
        tail = chunk[-3:]
    opened.seek(0)
    if found > 10 * limits.files:
        raise Refused(f"{quoted(name)} was left out: it has more than {limits.files:,} files.")


def _zip_time(info: zipfile.ZipInfo) -> datetime | None:
    try:
        time = datetime(*info.date_time, tzinfo=UTC)
    except ValueError:
        return None
    return time if time.year > 1990 else None


def _read_zipped(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits, most: int
) -> bytes:
    shown = quoted(info.filename)
    try:
        with archive.open(info) as stream:
            return _bounded(stream, most, max(info.compress_size, 1), limits.ratio, shown)
    except _BROKEN:
        raise Refused(f"{shown} was left out: it is damaged in its archive.") from None


def _tar(data: bytes, limits: Limits) -> Iterator[Entry | str]:
    archive = tarfile.open(fileobj=io.BytesIO(data), mode="r:")  # noqa: SIM115 (entries read it)
    for member in archive:
        if member.isdir():
            continue
        try:
            parts = parts_of(member.name, limits)
            if not member.isreg() or member.issparse():
                raise Refused(f"{quoted(member.name)} was left out: it is a link, device or pipe.")
        except Refused as refused:
            yield str(refused)
            continue
        if not is_litter(parts):
            yield Entry(parts, partial(_read_tarred, archive, member))


def _read_tarred(archive: tarfile.TarFile, member: tarfile.TarInfo, most: int) -> bytes:
    shown = quoted(member.name)
    try:
        stream = archive.extractfile(member)
        assert stream is not None  # a regular member has content
        return _bounded(stream, most, 0, 0, shown)
    except _BROKEN:
        raise Refused(f"{shown} was left out: it is damaged in its archive.") from None
