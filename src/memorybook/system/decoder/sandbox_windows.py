"""What the picture worker gives up on Windows: memory beyond a limit, other programs, writing files.

A job that it puts itself into ends it when it takes too much, lets it start nothing, and keeps it from the
clipboard, the desktop and the windows of other programs. Its integrity level is lowered to "low": it can then
write to no file of the person but below ``AppData/LocalLow``, and to no other process. Reading files, and
reaching the network, it could still try: on Windows only a container of its own would take that away.

From Microsoft's documentation. Under Wine, which takes the calls and enforces little of it, it does no harm.
"""

import ctypes
from ctypes import wintypes
from typing import Any, Final

_LIMIT_PROCESS_TIME: Final = 0x2
_LIMIT_ACTIVE_PROCESS: Final = 0x8
_LIMIT_PROCESS_MEMORY: Final = 0x100
_DIE_ON_UNHANDLED_EXCEPTION: Final = 0x400
_EXTENDED_LIMITS: Final = 9
_UI_RESTRICTIONS: Final = 4
_NOTHING_OF_THE_DESKTOP: Final = 0xFF  # handles, clipboard, system parameters, display, atoms, desktop, exit
_HUNDRED_NANOSECONDS: Final = 10_000_000
_ADJUST_DEFAULT: Final = 0x80
_QUERY: Final = 0x8
_INTEGRITY_LEVEL: Final = 25
_LOW: Final = "S-1-16-4096"
_IS_INTEGRITY: Final = 0x20


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", wintypes.DWORD),
        ("least_memory", ctypes.c_size_t),
        ("most_memory", ctypes.c_size_t),
        ("active_processes", wintypes.DWORD),
        ("affinity", ctypes.c_size_t),
        ("priority", wintypes.DWORD),
        ("scheduling", wintypes.DWORD),
    )


class _ExtendedLimits(ctypes.Structure):
    _fields_ = (
        ("basic", _BasicLimits),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


class _Label(ctypes.Structure):
    _fields_ = (("sid", ctypes.c_void_p), ("attributes", wintypes.DWORD))


def close(memory: int, processor_seconds: int | None) -> None:
    """Give it all up; ``memory`` in bytes. There is no way back. What Windows refuses is left out.

    Raises ``OSError`` or ``AttributeError`` where Windows does not know one of its functions.
    """
    kernel, rights = _library("kernel32"), _library("advapi32")
    own = kernel.GetCurrentProcess()
    _join_limited_job(kernel, own, memory, processor_seconds)
    _lower_integrity(kernel, rights, own)


def _library(name: str) -> Any:
    return ctypes.WinDLL(name)  # type: ignore[attr-defined, unused-ignore]


def _join_limited_job(kernel: Any, own: Any, memory: int, processor_seconds: int | None) -> None:
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
    kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
    job = kernel.CreateJobObjectW(None, None)
    if not job:
        return
    limits = _ExtendedLimits()
    limits.basic.flags = _LIMIT_ACTIVE_PROCESS | _LIMIT_PROCESS_MEMORY | _DIE_ON_UNHANDLED_EXCEPTION
    limits.basic.active_processes = 1
    limits.process_memory = memory
    if processor_seconds is not None:
        limits.basic.flags |= _LIMIT_PROCESS_TIME
        limits.basic.process_time = processor_seconds * _HUNDRED_NANOSECONDS
    kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
    desktop = wintypes.DWORD(_NOTHING_OF_THE_DESKTOP)
    kernel.SetInformationJobObject(job, _UI_RESTRICTIONS, ctypes.byref(desktop), ctypes.sizeof(desktop))
    kernel.AssignProcessToJobObject(job, wintypes.HANDLE(own))  # the job lasts as long as the process


def _lower_integrity(kernel: Any, rights: Any, own: Any) -> None:
    kernel.CloseHandle.argtypes = [wintypes.HANDLE]
    kernel.LocalFree.argtypes = [ctypes.c_void_p]
    rights.OpenProcessToken.argtypes = [wintypes.HANDLE, wintypes.DWORD, ctypes.POINTER(wintypes.HANDLE)]
    rights.GetLengthSid.argtypes = [ctypes.c_void_p]
    rights.SetTokenInformation.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
    token, sid = wintypes.HANDLE(), ctypes.c_void_p()
    if not rights.OpenProcessToken(wintypes.HANDLE(own), _ADJUST_DEFAULT | _QUERY, ctypes.byref(token)):
        return
    if rights.ConvertStringSidToSidW(_LOW, ctypes.byref(sid)):
        label = _Label(sid.value, _IS_INTEGRITY)
        length = ctypes.sizeof(label) + rights.GetLengthSid(sid)
        rights.SetTokenInformation(token, _INTEGRITY_LEVEL, ctypes.byref(label), length)
        kernel.LocalFree(sid)
    kernel.CloseHandle(token)
