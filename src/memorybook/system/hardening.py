"""Makes this process keep what it knows to itself. Called before anything else, in the app and the worker."""

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

_PR_SET_DUMPABLE: Final = 4
_PT_DENY_ATTACH: Final = 31
_SEM_FAILCRITICALERRORS: Final = 0x0001
_SEM_NOGPFAULTERRORBOX: Final = 0x0002
_LIBRARY_PATHS: Final = ("LD_LIBRARY_PATH", "LIBPATH")
_KEPT_BEFORE: Final = "_ORIG"
_OF_THE_PACKER: Final = ("_PYI_", "_MEIPASS2", "PYINSTALLER_")


def harden() -> None:
    """New files are the owner's alone, memory is never dumped, other programs of the user cannot read it.

    In a packaged program all that leads into its own folder is taken out of the environment, so that a
    program that is started from here (a file manager, say) does not load its libraries. Never raises: a
    system that lacks one of these goes without it.
    """
    os.umask(0o077)
    if sys.platform != "win32":
        _forbid_core_dumps()
    if sys.platform == "linux":
        _forbid_reading_memory()
    elif sys.platform == "darwin":
        _forbid_attaching()
    elif sys.platform == "win32":
        _forbid_crash_reports()
    if getattr(sys, "frozen", False):
        _restore_environment()


def _forbid_core_dumps() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _forbid_reading_memory() -> None:
    """A core dump handed to a program ignores the limit above; a process that is not dumpable has none."""
    prctl = ctypes.CDLL(None).prctl
    prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _forbid_attaching() -> None:
    """On macOS: a debugger that asks for this process is refused. The counterpart of what Linux does."""
    ptrace = ctypes.CDLL(None).ptrace
    ptrace.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
    ptrace(_PT_DENY_ATTACH, 0, None, 0)


def _forbid_crash_reports() -> None:
    """On Windows: a crash ends the program without a report, which would carry its memory."""
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(_SEM_FAILCRITICALERRORS | _SEM_NOGPFAULTERRORBOX)
        if getattr(sys, "frozen", False):  # from a checkout it would be said of every Python program
            with suppress(OSError):
                exclude = ctypes.WinDLL("wer").WerAddExcludedApplication
                exclude.argtypes = [ctypes.c_wchar_p, ctypes.c_int]
                exclude(Path(sys.executable).name, 0)  # for this account alone


def _restore_environment() -> None:
    """What the packed program was started with, without what its own start has put in.

    The loader has read the library path long ago, and the program sets it anew whenever it is started: also
    as its own picture worker, and in the place of itself. What the start tells its children goes with it:
    they would take themselves for a part of this process and look for no library of theirs.
    """
    for name in _LIBRARY_PATHS:
        before = os.environ.pop(name + _KEPT_BEFORE, None)
        os.environ.pop(name, None)
        if before:
            os.environ[name] = before
    own = str(getattr(sys, "_MEIPASS", "")) or None
    for name, value in list(os.environ.items()):
        leads_in = own is not None and (value == own or value.startswith(own + os.sep))
        if leads_in or name.startswith(_OF_THE_PACKER):
            del os.environ[name]  # Qt finds its plugins beside its libraries
