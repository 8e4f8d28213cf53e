"""What may be written down when something goes wrong: where it was and of what sort, never any text.

An exception's own words often repeat what a person typed (``int()``, a dictionary key, a file name),
so they are left out: a line names the exception's class and the places in the code it passed through.
"""

import logging
import sys
import threading
import warnings
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_LOG = logging.getLogger("memorybook")


def describe(error: BaseException) -> str:
    """The class of ``error`` and the places it passed through, innermost last; nothing it says."""
    places: list[str] = []
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return f"{type(error).__name__} at {' > '.join(places) or 'an unknown place'}"


class _WithoutText(logging.Formatter):
    """Formats an exception by :func:`describe` and never keeps the long form."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{record.levelname} {record.name}: {record.msg}"
        error = record.exc_info[1] if record.exc_info else None
        return f"{line}: {describe(error)}" if error is not None else line


def install() -> None:
    """Send all that is logged, every warning and every exception nobody caught to stderr, without text.

    Call once, first thing in the program. Values handed to a log call are dropped with the rest.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_WithoutText())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.raiseExceptions = False  # else a line that cannot be written is printed with all it was given
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = _unraisable
    warnings.showwarning = _warned


def _warned(
    message: Warning | str,  # noqa: ARG001 - it may repeat anything
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001
) -> None:
    place = f"{category.__name__} at {Path(filename).name}:{lineno}"
    _LOG.warning(place)


def _uncaught(kind: type[BaseException], error: BaseException, _traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _LOG.error("not caught", exc_info=error)


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
        _LOG.error("not caught in a thread", exc_info=args.exc_value)


def _unraisable(args: "UnraisableHookArgs") -> None:
    if args.exc_value is not None:
        _LOG.error("not caught while cleaning up", exc_info=args.exc_value)
