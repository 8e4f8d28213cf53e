"""Asks the player's process what a file is, when it is brought in."""

from typing import BinaryIO, Final

from memorybook.domain.recording import Probed
from memorybook.errors import PlayerStopped
from memorybook.system.player import protocol
from memorybook.system.player.process import SECONDS_PER_ANSWER, Process

_TRIES: Final = 2
"""A process that stopped is given a second try: the computer may have been busy, or gone to sleep."""


def probe(file: BinaryIO, length: int, *, patience: float = SECONDS_PER_ANSWER) -> Probed:
    """What is to be known of the recording in the first ``length`` bytes of this file. Blocks, for seconds.

    Whatever the content is, there is an answer: what is no recording, and what stops the process that looks
    at it, cannot be played. Raises ``PlayerStopped`` when there is no such process to be had, and what
    reading the file raises. ``patience`` is in seconds.
    """
    for _ in range(_TRIES):
        with Process(file, patience=patience) as process:
            try:
                kind, body = process.ask(protocol.PROBE, protocol.LENGTH.pack(min(length, process.length)))
                return protocol.unpack_probed(body) if kind == protocol.PROBED else protocol.NOTHING_KNOWN
            except (PlayerStopped, protocol.ProtocolError):
                continue
    return protocol.NOTHING_KNOWN
