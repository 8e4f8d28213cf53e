"""A recording in the book: a heartbeat, a voice, a video."""

import enum
from dataclasses import dataclass, field

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.ids import BabyId, MediaId, RecordingId

POSTER_EDGE = 640
"""Longest side of the still picture of a video that is kept in the database, in pixels."""

WAVEFORM_POINTS = 1000
"""At most so many stretches of the sound have their loudness kept, one byte each."""


class Sort(enum.StrEnum):
    """What it is to the player. The value is what the database stores."""

    SOUND = "sound"
    VIDEO = "video"
    UNKNOWN = "unknown"


class RecordingKind(enum.StrEnum):
    """What it is to the parent. The value is what the database stores; most need none."""

    NONE = ""
    HEARTBEAT = "heartbeat"
    VOICE = "voice"
    VIDEO = "video"
    MUSIC = "music"


@dataclass(frozen=True, slots=True)
class Probed:
    """What the player's process found in a file. ``playable`` is false for what is kept and cannot be played.

    ``waveform`` has one byte for the loudness of each stretch, loudest 255; empty without sound.
    ``poster`` is an upright JPEG of a video, else empty. ``taken`` is what the file says of its day.
    ``format`` is the container's short name ("mov", "mp3", "wav", ...), or empty.
    """

    sort: Sort
    format: str
    playable: bool
    milliseconds: int | None
    width: int
    height: int
    taken: VagueDate = UNKNOWN
    waveform: bytes = field(default=b"", repr=False)
    poster: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class RecordingDraft:
    """What the parent says of a recording; all of it optional. A ``covered`` one is shown when asked for."""

    title: str = field(default="", repr=False)
    kind: RecordingKind = RecordingKind.NONE
    taken: VagueDate = UNKNOWN
    recorded_by: str = field(default="", repr=False)
    place: str = field(default="", repr=False)
    notes: str = field(default="", repr=False)
    babies: tuple[BabyId, ...] = ()
    covered: bool = False
    in_book: bool = True


@dataclass(frozen=True, slots=True)
class Recording:
    """One recording as it is kept; sound and pictures are read apart. Times are ISO 8601 in UTC.

    ``file_name`` is the name it came under, without its folder. ``digest`` is SHA-256 of it, in hex.
    """

    id: RecordingId
    media: MediaId
    sort: Sort
    format: str
    byte_size: int
    milliseconds: int | None
    width: int
    height: int
    playable: bool
    digest: str
    file_name: str = field(repr=False)
    draft: RecordingDraft
    created_at: str
    deleted_at: str | None = None
