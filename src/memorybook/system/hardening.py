"""Makes this process keep what it knows to itself. Called before anything else, in the app and the worker."""

import ctypes
import os
import sys
from typing import Final

_PR_SET_DUMPABLE: Final = 4
_LIBRARY_PATH: Final = "LD_LIBRARY_PATH"


def harden() -> None:
    """New files are the owner's alone, memory is never dumped, other programs of the user cannot read it.

    In a packaged program the path to the bundle's own libraries is taken out of the environment, so that
    a program that is started from here (a file manager, say) does not load them. Never raises: a system
    that lacks one of these goes without it.
    """
    os.umask(0o077)
    if sys.platform != "win32":
        _forbid_core_dumps()
    if sys.platform == "linux":
        _forbid_reading_memory()
    if getattr(sys, "frozen", False):
        _restore_library_path()


def _forbid_core_dumps() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _forbid_reading_memory() -> None:
    """A core dump handed to a program ignores the limit above; a process that is not dumpable has none."""
    prctl = ctypes.CDLL(None).prctl
    prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _restore_library_path() -> None:
    original = os.environ.pop(f"{_LIBRARY_PATH}_ORIG", None)
    os.environ.pop(_LIBRARY_PATH, None)
    if original:
        os.environ[_LIBRARY_PATH] = original
