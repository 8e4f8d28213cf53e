"""Keepsakes and recordings as lines to print: what was written down, and no line for what was not."""

from collections.abc import Iterable

from memorybook.domain.book import PlannedKeepsake, PlannedRecording
from memorybook.domain.book_words import KeepsakeWords, RecordingWords
from memorybook.domain.dates_text import in_words
from memorybook.rendering.record import Line

BETWEEN = " · "


def keepsake_title(keepsake: PlannedKeepsake, words: KeepsakeWords) -> str:
    """What stands over it: its title, else what it is. May be empty."""
    return keepsake.title.strip() or words.kinds.get(keepsake.kind, keepsake.kind).strip()


def keepsake_lines(keepsake: PlannedKeepsake, words: KeepsakeWords, language: str) -> tuple[Line, ...]:
    """The facts under it, those that are known."""
    lines = (
        Line(words.day, in_words(keepsake.day, language)),
        Line(words.given_by, keepsake.given_by),
        Line(words.kept, keepsake.kept),
    )
    return tuple(line for line in lines if line.value.strip())


def recording_title(recording: PlannedRecording, words: RecordingWords) -> str:
    """Its title, else what it is; never empty."""
    return recording.title.strip() or words.kinds.get(recording.kind, "") or words.recording


def recording_line(recording: PlannedRecording, words: RecordingWords, language: str) -> str:
    """When, from whom, where and how long, in one line. May be empty."""
    kind = words.kinds.get(recording.kind, "") if recording.title.strip() else ""
    who = recording.who.strip()
    return _joined(
        (
            kind,
            in_words(recording.day, language),
            words.by.format(name=who) if who else "",
            recording.place,
            length_text(recording.length),
        )
    )


def beside_text(recording: PlannedRecording, words: RecordingWords, language: str) -> str:
    """The line under the page that a recording belongs to."""
    what = _joined(
        (recording_title(recording, words), in_words(recording.day, language), length_text(recording.length))
    )
    return words.beside.format(what=what)


def length_text(milliseconds: int | None) -> str:
    """ "0:42", "1:02:10"; nothing for a length nobody knows."""
    if not milliseconds or milliseconds < 0:
        return ""
    minutes, seconds = divmod(max(1, round(milliseconds / 1000)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _joined(parts: Iterable[str]) -> str:
    return BETWEEN.join(part.strip() for part in parts if part.strip())
