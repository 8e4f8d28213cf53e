"""The picture worker: a separate process that looks at pictures and can do nothing else.

It reads requests from its standard input and writes answers to its standard output, as in ``protocol``.
Before the first request it loads everything it will ever need, then gives up the right to open a file, to
reach the network, to start or to end a process (``sandbox``). It ends when its input ends, when the app
is gone, and when one picture takes longer than it may.
"""

import os
import signal
import sys
from typing import Final

from memorybook.errors import PictureError, PictureWorkerStopped
from memorybook.system import limited
from memorybook.system.decoder import cleaning, developing, protocol, sandbox
from memorybook.system.hardening import harden

SECONDS_PER_PICTURE: Final = 40
"""A picture that takes longer ends the worker. Later than the app's own patience, for when it is gone."""

def main() -> None:
    """Serve until the input ends. The entry point of the process."""
    harden()
    answers = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints must not end up in the answers
    prepare()
    try:
        while True:
            _serve_one(0, answers)
    except (limited.InputEndedError, BrokenPipeError, protocol.ProtocolError):
        sys.exit(0)


def prepare() -> None:
    """Load all that is needed, and close the sandbox behind it."""
    developing.prepare()
    developing.warm()
    cleaning.warm()
    sandbox.close()


def _serve_one(questions: int, answers: int) -> None:
    header = limited.read(questions, protocol.REQUEST_HEADER.size)
    request, length = protocol.read_request_header(header)
    data = limited.read(questions, length)
    set_alarm(SECONDS_PER_PICTURE)
    try:
        status, parts = protocol.ACCEPTED, _answer(request, data)
    except PictureError as refusal:
        status, parts = protocol.REFUSAL_CODES[type(refusal)], b""
    except MemoryError:
        status, parts = protocol.REFUSAL_CODES[PictureWorkerStopped], b""
    limited.write(answers, protocol.ANSWER_HEADER.pack(status, len(parts)) + parts)
    set_alarm(0)


def _answer(request: protocol.Request, data: bytes) -> bytes:
    if request.task == protocol.PRINTABLE:
        return developing.printable(data, request.longest, request.quality, request.edit)
    if request.task == protocol.CLEAN:
        return protocol.pack_clean(*cleaning.clean(data))
    return protocol.pack_picture(developing.decode(data, request.edit))


def set_alarm(seconds: int) -> None:
    """Have the system end this process after so many seconds; 0 calls that off."""
    if sys.platform != "win32":
        signal.alarm(seconds)


if __name__ == "__main__":
    main()
