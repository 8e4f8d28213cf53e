"""The player's process: it reads sound and video, and can do nothing else.

It reads requests from its standard input and writes answers to its standard output, as in ``protocol``.
Before the first request it loads FFmpeg with its codecs, then gives up the right to open a file, to reach the
network (which FFmpeg would know how to use), to start or to end a process. It ends when its input ends, and
when one answer takes longer than it may.
"""

import os
import sys
import time
from typing import Final

from memorybook.system import limited
from memorybook.system.decoder import sandbox
from memorybook.system.decoder.worker import set_alarm
from memorybook.system.hardening import harden
from memorybook.system.player import containers, probing, protocol, warming
from memorybook.system.player.picturing import Pictures
from memorybook.system.player.protocol import Opened
from memorybook.system.player.ranges import Ranges
from memorybook.system.player.sounding import Sounds

SECONDS_PER_ANSWER: Final = 90
"""An answer that takes longer ends the process. Later than the app's own patience, for when it is gone."""

_TURN: Final = 0.04
"""After so many seconds without a result the app is asked to ask again, so that it can ask something else."""

_IN: Final = 0


def main() -> None:
    """Serve until the input ends. The entry point of the process."""
    harden()
    answers = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints must not end up in the answers
    prepare()
    try:
        Server(answers).serve()
    except (limited.InputEndedError, BrokenPipeError, protocol.ProtocolError):
        sys.exit(0)


def prepare() -> None:
    """Load all that is needed, and close the sandbox behind it.

    There is no limit of processor time: a long video rightly takes hours. Each answer has one of its own.
    """
    warming.warm()
    sandbox.close(processor_seconds=None)


class Server:
    """Answers the app about one file."""

    def __init__(self, answers: int) -> None:
        self._answers = answers
        self._file: Ranges | None = None
        self._sounds: Sounds | None = None
        self._pictures: Pictures | None = None

    def serve(self) -> None:
        """One request after another, for ever."""
        while True:
            kind, body = self._heard()
            set_alarm(SECONDS_PER_ANSWER)
            try:
                answer = self._answer(kind, body)
            except (MemoryError, *containers.FALTERS):
                answer = protocol.message(protocol.REFUSED)
            limited.write(self._answers, answer)
            set_alarm(0)

    def _answer(self, kind: int, body: bytes) -> bytes:
        if kind in (protocol.PROBE, protocol.OPEN):
            (length,) = protocol.LENGTH.unpack(body)
            file = Ranges(length, self._fetch)
            return self._probed(file) if kind == protocol.PROBE else self._opened(file, length)
        if kind == protocol.SOUND:
            return self._sound()
        if kind == protocol.PICTURE:
            return self._picture(*protocol.TIME.unpack(body))
        if kind == protocol.SEEK:
            (milliseconds,) = protocol.TIME.unpack(body)
            for each in (self._sounds, self._pictures):
                if each is not None:
                    each.go_to(milliseconds)
            return protocol.message(protocol.DONE)
        if kind == protocol.FIT and self._pictures is not None:
            self._pictures.fit(*protocol.BOX.unpack(body))
        return protocol.message(protocol.DONE)

    def _probed(self, file: Ranges) -> bytes:
        try:
            found = probing.probe(file)
        except MemoryError:
            found = protocol.NOTHING_KNOWN
        if file.has_failed:
            return protocol.message(protocol.REFUSED)
        return protocol.message(protocol.PROBED, protocol.pack_probed(found))

    def _opened(self, file: Ranges, length: int) -> bytes:
        self._file = file
        with containers.opened(file) as container:
            duration = containers.duration_of(container)
            has_sound = containers.sound_of(container) is not None
            pictures = containers.pictures_of(container)
            width, height = (pictures.width, pictures.height) if pictures is not None else (0, 0)
        # Each reads the file for itself: one that holds all its sound behind all its pictures plays as well.
        if has_sound:
            self._sounds = Sounds(file)
        if pictures is not None:
            self._pictures = Pictures(Ranges(length, self._fetch))
        if not has_sound and pictures is None:
            return protocol.message(protocol.REFUSED)
        opened = Opened(duration, min(width, 0xFFFF), min(height, 0xFFFF), has_sound, pictures is not None)
        return protocol.message(protocol.OPENED, protocol.pack_opened(opened))

    def _sound(self) -> bytes:
        if self._sounds is None:
            return protocol.message(protocol.END)
        ends = time.monotonic() + _TURN
        more = True
        while more and not self._sounds.is_piece_ready:
            if time.monotonic() > ends:
                return protocol.message(protocol.NOTHING)
            more = self._sounds.step()
        piece = self._sounds.piece()
        if piece is None:
            return protocol.message(protocol.END)
        return protocol.message(protocol.PCM, protocol.pack_pcm(piece.milliseconds, piece.data))

    def _picture(self, now: int) -> bytes:
        if self._pictures is None:
            return protocol.message(protocol.END)
        ends = time.monotonic() + _TURN
        more = True
        while True:
            frame = self._pictures.take(now)
            if frame is not None:
                return protocol.message(protocol.RGB, protocol.pack_frame(frame))
            if not more:
                return protocol.message(protocol.END)
            if time.monotonic() > ends:
                return protocol.message(protocol.NOTHING)
            more = self._pictures.step()

    def _fetch(self, offset: int, number: int) -> bytes | None:
        """Have the app read a part of the file; ``None`` when it cannot."""
        number = min(number, protocol.RANGE_LIMIT)
        limited.write(self._answers, protocol.message(protocol.READ, protocol.RANGE.pack(offset, number)))
        kind, body = self._heard()
        if kind == protocol.FAILED:
            return None
        if kind != protocol.BYTES or len(body) > number:
            raise protocol.ProtocolError
        return body

    def _heard(self) -> tuple[int, bytes]:
        kind, length = protocol.HEADER.unpack(limited.read(_IN, protocol.HEADER.size))
        if length > protocol.RANGE_LIMIT:
            raise protocol.ProtocolError
        return kind, limited.read(_IN, length)


if __name__ == "__main__":
    main()
