"""The lock by which the folder that an AppImage was unpacked into stays as long as the program runs."""

import os
import sys
from pathlib import Path
from typing import Final

_FOLDER: Final = "APPDIR"
_LOCK: Final = "in-use"


def is_lock(descriptor: int) -> bool:
    """Whether an open descriptor is the lock that the start of the AppImage gave to this very program.

    It belongs to an empty file beside the unpacked program. A later start takes away unpacked copies that
    nobody holds, so it has to reach the program that takes the place of this one. Never raises.
    """
    named = os.environ.get(_FOLDER, "")
    if not named or not getattr(sys, "frozen", False):
        return False
    folder = Path(named)
    try:
        # The variable is handed on to whatever is started from here, which may be another Memory Book.
        if folder.resolve() not in Path(sys.executable).resolve().parents:
            return False
        return os.path.samestat(os.fstat(descriptor), (folder.parent / _LOCK).stat())
    except OSError:
        return False
