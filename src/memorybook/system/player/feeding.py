"""The thread behind a playback: it owns the open file, the process that reads it, and the sound card."""

import threading
import time
from collections.abc import Callable
from contextlib import closing
from typing import BinaryIO, Final

from memorybook.errors import (
    MemoryBookError,
    NoSoundDevice,
    PlayerStopped,
    RecordingNotPlayable,
    StorageFailed,
)
from memorybook.system.player import protocol
from memorybook.system.player.process import Process
from memorybook.system.player.timeline import Timeline
from memorybook.system.sound import Sink

_SOON: Final = 300
"""With less sound ready than this, in milliseconds, sound comes before pictures."""

_LOOK: Final = 0.05
"""While it plays, the thread looks so often, in seconds, whether something is to be done."""

_CARD_IS_GONE: Final = 3.0
"""A sound card that asks for nothing for so many seconds is no more."""


class Feed:
    """What window and thread share, behind ``gate``; and ``run``, which the thread does."""

    def __init__(self, open_file: Callable[[], BinaryIO]) -> None:
        self.gate = threading.Condition()
        self.timeline = Timeline()
        self.problem: MemoryBookError | None = None
        self.process: Process | None = None
        self.is_over = False
        self.box: tuple[int, int] | None = None
        self._open_file = open_file
        self._turn = 0  # what was under way when another time was wished for is of no use any more
        self._wanted: int | None = None
        self._fitted: tuple[int, int] | None = None
        self._sink: Sink | None = None
        self._card_runs = False

    def go_to(self, milliseconds: int, *, has_ended: bool = False) -> None:
        """Wish for another time. Within ``gate``."""
        self._turn += 1
        self._wanted = milliseconds
        self.timeline.restart(milliseconds, has_ended=has_ended)
        self.gate.notify_all()

    def stop(self) -> None:
        """Have the thread end, also in the middle of an answer. From any thread."""
        with self.gate:
            self._end()
            if self.process is not None:
                self.process.kill()

    def run(self) -> None:
        """Feed the timeline until it is over."""
        try:
            with closing(self._open_file()) as file, Process(file) as process:
                with self.gate:
                    self.process = process
                    if self.is_over:
                        return
                self._open(process)
                while self._work(process):
                    pass
        except MemoryBookError as problem:
            self._fail(problem)
        except protocol.ProtocolError:
            self._fail(PlayerStopped())
        except OSError:
            self._fail(StorageFailed())
        finally:
            with self.gate:
                self.process = None
                self._end()
            if self._sink is not None:
                self._sink.close()

    def _open(self, process: Process) -> None:
        kind, body = process.ask(protocol.OPEN, protocol.LENGTH.pack(process.length))
        if kind != protocol.OPENED:
            raise RecordingNotPlayable
        facts = protocol.unpack_opened(body)
        with self.gate:
            self.timeline.facts = facts

    def _work(self, process: Process) -> bool:
        """Do what is most needed, or wait for something to do. Whether to go on."""
        with self.gate:
            now = time.monotonic()
            time_is = round(self.timeline.position(now))
            if self.is_over:
                return False
            turn, wanted, box = self._turn, self._wanted, self.box
            plays, line = self.timeline.is_playing, self.timeline
            sound, pictures = line.wants_sound, line.wants_pictures
            soon = line.sound_ahead < _SOON
        if self._tends_card(plays, now):
            return True
        if box is not None and box != self._fitted:
            process.ask(protocol.FIT, protocol.BOX.pack(*box))
            self._fitted = box
        elif wanted is not None:
            process.ask(protocol.SEEK, protocol.TIME.pack(wanted))
            with self.gate:
                if turn == self._turn:
                    self._wanted = None
        elif sound and (soon or not pictures):
            self._ask_sound(process, turn)
        elif pictures:
            self._ask_picture(process, turn, time_is)
        else:
            self._wait(turn, box, plays=plays)
        return True

    def _wait(self, turn: int, box: tuple[int, int] | None, *, plays: bool) -> None:
        """Until there may be something to do; not at all when there is something new already."""
        with self.gate:
            same = turn == self._turn and box == self.box and plays == self.timeline.is_playing
            if same and not self.is_over:
                self.gate.wait(_LOOK if plays else None)

    def _ask_sound(self, process: Process, turn: int) -> None:
        kind, body = process.ask(protocol.SOUND)
        pcm = protocol.unpack_pcm(body) if kind == protocol.PCM else None
        with self.gate:
            if turn != self._turn:
                return
            if pcm is not None:
                self.timeline.add_sound(pcm)
            elif kind != protocol.NOTHING:
                self.timeline.end_sound()

    def _ask_picture(self, process: Process, turn: int, time_is: int) -> None:
        kind, body = process.ask(protocol.PICTURE, protocol.TIME.pack(time_is))
        frame = protocol.unpack_frame(body) if kind == protocol.RGB else None
        with self.gate:
            if turn != self._turn:
                return
            if frame is not None:
                self.timeline.add_frame(frame)
            elif kind != protocol.NOTHING:
                self.timeline.end_pictures()

    def _tends_card(self, plays: bool, now: float) -> bool:
        """Have the sound card run while it plays, and rest while not. Whether something was done."""
        facts = self.timeline.facts
        if facts is None or not facts.has_sound or isinstance(self.problem, NoSoundDevice):
            return False
        if plays and self._card_runs:
            with self.gate:
                asked = self.timeline.supplied_at
                if asked is None:
                    self.timeline.supplied_at = now  # counts from here
                is_gone = asked is not None and now - asked > _CARD_IS_GONE
            if is_gone:
                self._let_card_go()  # another may take its place
            return is_gone
        if plays == self._card_runs:
            return False
        if not plays:
            if self._sink is not None:
                self._sink.stop()
            self._card_runs = False
            return True
        self._run_card()
        return True

    def _run_card(self) -> None:
        try:
            if self._sink is None:
                self._sink = Sink(self._supply)
            with self.gate:
                self.timeline.latency = self._sink.latency
                self.timeline.supplied_at = None
            self._sink.start()
            self._card_runs = True
        except NoSoundDevice as problem:
            self._let_card_go()
            with self.gate:
                self.problem = problem  # it goes on in silence

    def _let_card_go(self) -> None:
        sink, self._sink, self._card_runs = self._sink, None, False
        if sink is not None:
            sink.close()
        with self.gate:
            self.timeline.without_card(time.monotonic())

    def _supply(self, number: int) -> bytes:
        """Called by the sound card, on a thread of its own."""
        with self.gate:
            sound = self.timeline.supply(number, time.monotonic())
            if self.timeline.wants_sound:
                self.gate.notify_all()
            return sound

    def _fail(self, problem: MemoryBookError) -> None:
        with self.gate:
            if not self.is_over:
                self.problem = problem

    def _end(self) -> None:
        self.is_over = True
        self.timeline.pause(time.monotonic())
        self.timeline.restart(round(self.timeline.position(time.monotonic())))
        self.gate.notify_all()
