"""Shut a forked process in for good: namespaces of its own, no rights, limits.

Called in a process that already stands in the sandbox (`sandbox.py`), for each submission anew,
so that no submission meets what another left behind. Plain calls to the kernel, because there is
no program to start: the process that is shut in is the warm one that was just forked.
"""

from __future__ import annotations

import ctypes
import os
import struct

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC = 1, 2, 4, 8
_MS_REMOUNT, _MS_BIND, _MS_REC, _MS_PRIVATE = 32, 4096, 16384, 1 << 18
_PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _PR_SET_DUMPABLE = 24, 38, 4
_LAST_CAPABILITY = 63
_CAPABILITY_VERSION = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def _check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def leave_namespaces() -> None:
    """Give this process a user, network and IPC of its own, and its children a process tree.

    Raises
    ------
    OSError
        If the kernel does not allow it here.
    """
    uid, gid = os.geteuid(), os.getegid()
    flags = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWNET
    _check(_libc.unshare(flags), "unshare")
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{uid} {uid} 1")
    _write("/proc/self/gid_map", f"{gid} {gid} 1")


def shut_in(*, scratch_bytes: int, folder: str) -> None:
    """Give this process empty folders of limited size, then take all its rights.

    Raises
    ------
    OSError
        If any of it fails; the process must then end.
    """
    _check(_libc.unshare(CLONE_NEWNS), "unshare")
    _mount("none", "/", "", _MS_REC | _MS_PRIVATE, "")
    # A course that itself lies in /tmp stays in sight there, and nothing else of it.
    course = {
        found.path: os.open(found.path, os.O_PATH)
        for found in os.scandir("/tmp")
        if found.is_dir(follow_symlinks=False)
    }
    for place in ("/tmp", "/dev/shm", folder):
        _mount("tmpfs", place, "tmpfs", _MS_NOSUID | _MS_NODEV, f"size={scratch_bytes},mode=0700")
    for place, opened in course.items():
        os.mkdir(place)
        _mount(f"/proc/self/fd/{opened}", place, "", _MS_BIND | _MS_REC, "")
        os.close(opened)
        frozen = _MS_BIND | _MS_REMOUNT | _MS_RDONLY | _MS_NOSUID | _MS_NODEV
        _mount("", place, "", frozen, "")
    try:
        _mount("proc", "/proc", "proc", _MS_NOSUID | _MS_NODEV | _MS_NOEXEC, "")
        _write("/proc/sys/user/max_user_namespaces", "0")
    except OSError:
        # The processes outside must not be seen: rather no /proc than theirs.
        _mount("tmpfs", "/proc", "tmpfs", _MS_NOSUID | _MS_NODEV | _MS_NOEXEC, "size=4k,mode=0555")
    os.chdir(folder)
    for capability in range(_LAST_CAPABILITY + 1):
        _libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    _check(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    header = ctypes.create_string_buffer(struct.pack("Ii", _CAPABILITY_VERSION, 0))
    nothing = ctypes.create_string_buffer(struct.pack("6I", *[0] * 6))
    _check(_libc.capset(header, nothing), "capset")


def _mount(source: str, target: str, kind: str, flags: int, data: str) -> None:
    made = _libc.mount(
        source.encode(), target.encode(), kind.encode() or None, flags, data.encode() or None
    )
    _check(made, f"mount {target}")


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
