"""Runs a command in a private desktop and ends with its exit code."""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from types import FrameType

from tests.desktop.session import Desktop, DesktopNotStartedError

_GRACE_SECONDS = 15
_OUT_OF_TIME = 124  # as timeout(1) has it
_PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _Command:
    """The command, in a session of its own, to which signals are passed on and which has a time limit."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._out_of_time = False
        for number in _PASSED_ON:
            signal.signal(number, self._pass_on)
        signal.signal(signal.SIGALRM, self._end)

    def run(self, command: Sequence[str], environment: dict[str, str], seconds: int) -> int:
        """Its exit code; 128 + n when signal n ended it, 124 when the time was up."""
        # A runner that is itself killed takes the command along.
        self._process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", *command], env=environment, start_new_session=True
        )
        signal.alarm(seconds)
        code = self._process.wait()
        for number in (*_PASSED_ON, signal.SIGALRM):
            signal.signal(number, signal.SIG_IGN)  # what follows is the clearing up, and it is short
        if self._out_of_time:
            return _OUT_OF_TIME
        return code if code >= 0 else 128 - code

    def _pass_on(self, number: int, _frame: FrameType | None) -> None:
        if self._process is None:
            raise SystemExit(128 + number)
        self._send(number)
        signal.alarm(_GRACE_SECONDS)

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        """The time is up, or a signal that was passed on had no effect: ask once, then end it."""
        self._send(signal.SIGKILL if self._out_of_time else signal.SIGTERM)
        self._out_of_time = True
        signal.alarm(_GRACE_SECONDS)

    def _send(self, number: int) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)


def main(arguments: Sequence[str]) -> int:
    """The exit code of the command, or 2 with a reason when the desktop cannot be made."""
    parser = argparse.ArgumentParser(prog="python -m tests.desktop", description=__doc__)
    parser.add_argument("--seats", type=int, default=1, help="one for each pytest worker")
    parser.add_argument("--seconds", type=int, default=0, help="end the command after this long; 0: never")
    parser.add_argument("command", nargs=argparse.REMAINDER, metavar="COMMAND...")
    asked = parser.parse_args(arguments)
    words = asked.command[1:] if asked.command[:1] == ["--"] else asked.command
    if not words:
        parser.error("a command is needed")
    command = _Command()
    try:
        with Desktop(seats=asked.seats) as desktop:
            return command.run(words, desktop.environment, asked.seconds)
    except DesktopNotStartedError as error:
        print(f"No private desktop: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
