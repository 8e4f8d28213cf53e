"""Windows: whose process this is and what has started it, and what keeps something for this person alone."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import wintypes
from functools import cache
from typing import Any, Final

_QUERY, _USER = 0x8, 1
_KERNEL_OBJECT, _OWNER = 6, 1
_FIRST_REVISION: Final = 1
_THIS: Final = -1
_THIS_PERSON_ALONE: Final = "O:{sid}D:P(A;;GA;;;{sid})S:(ML;;NRNW;;;ME)"
"""Who it belongs to, who may come in, and that no process may that has given up its rights."""


class _Security(ctypes.Structure):
    _fields_ = (
        ("length", wintypes.DWORD),
        ("descriptor", ctypes.c_void_p),
        ("is_inherited", wintypes.BOOL),
    )


@contextmanager
def for_alone(person: str) -> Iterator[int]:
    """For ``person``: the address of what says so when something with a name is made. Raises ``OSError``."""
    descriptor = ctypes.c_void_p()
    said = ctypes.c_wchar_p(_THIS_PERSON_ALONE.format(sid=person))
    convert = library("advapi32").ConvertStringSecurityDescriptorToSecurityDescriptorW
    if not convert(said, wintypes.DWORD(_FIRST_REVISION), ctypes.byref(descriptor), None):
        raise OSError
    security = _Security(ctypes.sizeof(_Security), descriptor.value)
    try:
        yield ctypes.addressof(security)
    finally:
        library("kernel32").LocalFree(descriptor)


def own() -> str:
    """The person whose process this is, as Windows writes it. Raises ``OSError``."""
    token, length = wintypes.HANDLE(), wintypes.DWORD()
    rights = library("advapi32")
    this = wintypes.HANDLE(_THIS)
    if not rights.OpenProcessToken(this, wintypes.DWORD(_QUERY), ctypes.byref(token)):
        raise OSError
    try:
        user = (ctypes.c_void_p * 64)()  # begins with the address of the name, which follows
        if not rights.GetTokenInformation(token, _USER, user, ctypes.sizeof(user), ctypes.byref(length)):
            raise OSError
        return _written(ctypes.c_void_p(user[0]))
    finally:
        library("kernel32").CloseHandle(token)


def owner(handle: int) -> str:
    """Whose something is that was opened. Raises ``OSError``."""
    whose, descriptor = ctypes.c_void_p(), ctypes.c_void_p()
    if library("advapi32").GetSecurityInfo(
        wintypes.HANDLE(handle), _KERNEL_OBJECT, wintypes.DWORD(_OWNER), ctypes.byref(whose), None, None,
        None, ctypes.byref(descriptor),
    ):  # fmt: skip
        raise OSError
    try:
        return _written(whose)
    finally:
        library("kernel32").LocalFree(descriptor)


def _written(sid: ctypes.c_void_p) -> str:
    text = ctypes.c_wchar_p()
    if not library("advapi32").ConvertSidToStringSidW(sid, ctypes.byref(text)):
        raise OSError
    try:
        return str(text.value)
    finally:
        library("kernel32").LocalFree(text)


def session() -> int:
    """The number of the desktop on which this person is. Raises ``OSError``."""
    number = wintypes.DWORD()
    if not library("kernel32").ProcessIdToSessionId(wintypes.DWORD(os.getpid()), ctypes.byref(number)):
        raise OSError
    return number.value


def parent() -> int:
    """The number of the process that has started this one. Raises ``OSError``.

    Python asks for it by a copy of the process, which Wine cannot make.
    """
    told = (ctypes.c_size_t * 6)()  # the last of them
    this = wintypes.HANDLE(_THIS)
    if library("ntdll").NtQueryInformationProcess(this, 0, told, ctypes.sizeof(told), None):
        raise OSError
    return told[-1]


@cache
def library(name: str) -> Any:
    """One of Windows itself. Raises ``AttributeError`` on any other system."""
    return ctypes.WinDLL(name)  # type: ignore[attr-defined, unused-ignore]
