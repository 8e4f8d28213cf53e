"""What second starts find on Windows, a line for each. Run under Wine by the Python that is shipped."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from memorybook.system import first_window_windows, windows_person
from memorybook.system.first_window import Asked, FirstWindow, meet

BOOK = Path("C:\\some where\\our bo\u00f6k")
HERE = [sys.executable, __file__]
API: Any = import_module("_winapi")
READ_AND_WRITE, OPEN_EXISTING = 0xC0000000, 3
DUPLEX, MESSAGES = 3, 4
SYSTEM = "S-1-5-18"


def told(met: object) -> str:
    return met if isinstance(met, str) else "nobody can tell" if met is None else "first"


def second(*, patience: float = 60.0, then: str = "ends") -> "subprocess.Popen[str]":
    command = [*HERE, str(patience), then]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def outcome(process: "subprocess.Popen[str]") -> str:
    return process.communicate(timeout=60)[0].strip()


def call_of(first: FirstWindow) -> first_window_windows.Call:
    while not (calls := first.calls()):
        time.sleep(0.01)
    (call,) = calls
    assert isinstance(call, first_window_windows.Call)
    return call


def opened(first: FirstWindow, name: str) -> Any:
    """The pipe, as soon as it has been heard that the one before has gone."""
    while True:
        first.calls()
        with suppress(OSError):
            return API.CreateFile(name, READ_AND_WRITE, 0, 0, OPEN_EXISTING, 0, 0)


def main() -> None:
    first = meet(Asked())
    assert isinstance(first, first_window_windows.Pipe)
    for _ in range(2):
        process = second()
        call = call_of(first)
        print("is heard:", call.path == BOOK, call.answer(), outcome(process))
    print("nobody waits any more:", first.calls(), call.answer())

    print("one that hangs:", outcome(second(patience=0.5)))
    process = second()
    print("and answers again:", call_of(first).answer(), outcome(process))

    name = rf"\\.\pipe\memorybook-{windows_person.own()}-{windows_person.session()}"
    pipe = opened(first, name)
    API.WriteFile(pipe, b"hello")
    print("none of ours:", first.calls())
    API.CloseHandle(pipe)
    process = second()
    print("is passed over:", call_of(first).answer(), outcome(process))

    print("in the place of one that stays:", told(meet(Asked(), asks=False, patience=0.2)))
    waiting = second()
    call_of(first)  # and no answer: the window is about to go away
    first.close()
    print("one that goes is followed:", outcome(waiting))

    killed = second(then="stays")
    assert killed.stdout is not None
    print("begun:", killed.stdout.readline().strip())
    waiting = second()
    killed.kill()
    print("one that was killed is followed:", outcome(waiting))

    print("in the place of one that ends:", outcome(second(then="gives way")))
    print("in the place of one that ended:", outcome(second(then="apart")))
    last = meet(Asked())
    print("begun:", told(last))
    if isinstance(last, first_window_windows.Pipe):
        last.close()
    of_somebody_else()


def of_somebody_else() -> None:
    """A pipe that bears the name, and belongs to another than the person who begins the program."""
    windows_person.own = lambda: SYSTEM
    name = rf"\\.\pipe\memorybook-{SYSTEM}-{windows_person.session()}"
    pipe = API.CreateNamedPipe(name, DUPLEX, MESSAGES, 1, 4096, 4096, 0, 0)
    print("somebody else's:", told(meet(Asked(BOOK))))
    try:
        print("and hears:", API.PeekNamedPipe(pipe))
    except BrokenPipeError:
        print("and hears nothing")


def as_second(patience: float, then: str) -> None:
    if then == "apart":  # nobody holds on to what this one starts, so that nothing is left of it when it ends
        subprocess.Popen([*HERE, "60", "is gone"])
        return
    if then == "takes the place":
        time.sleep(patience)
        print(told(meet(Asked(), asks=False)), flush=True)
        return
    met = meet(Asked(BOOK), patience=patience)
    print(told(met), flush=True)
    if then == "stays":
        sys.stdin.read()
    elif then == "gives way":
        subprocess.Popen([*HERE, "0", "takes the place"])
        time.sleep(0.5)  # what has taken its place finds it still there
        os._exit(0)
    elif then == "is gone":
        subprocess.Popen([*HERE, "2", "takes the place"])
        os._exit(0)
    if isinstance(met, first_window_windows.Pipe):
        met.close()


if __name__ == "__main__":
    if sys.argv[1:]:
        as_second(float(sys.argv[1]), sys.argv[2])
    else:
        main()
