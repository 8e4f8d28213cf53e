"""What a recording is called on the screen, and what is said of it in one line."""

from collections.abc import Sequence

from memorybook.domain.recording import Recording, RecordingKind, Sort
from memorybook.ui.core import i18n
from memorybook.ui.core.i18n import tr


def kind_texts() -> dict[RecordingKind, str]:
    """The kinds there is a word for."""
    return {
        RecordingKind.HEARTBEAT: tr("Heartbeat"),
        RecordingKind.VOICE: tr("Voice"),
        RecordingKind.VIDEO: tr("Video"),
        RecordingKind.MUSIC: tr("Music"),
    }


def title_of(recording: Recording) -> str:
    """Its title as typed, or what it is."""
    if title := recording.draft.title.strip():
        return title
    sorts = {Sort.SOUND: tr("A sound"), Sort.VIDEO: tr("A video"), Sort.UNKNOWN: tr("A recording")}
    return kind_texts().get(recording.draft.kind) or sorts[recording.sort]


def line_of(recording: Recording, about: Sequence[str] = ()) -> str:
    """Its day, who recorded it, where, and whom it is of; what is not known is left out.

    One without a title is told from others by the name of its file.
    """
    draft = recording.draft
    parts = ["" if draft.title.strip() else recording.file_name, i18n.day_text(draft.taken)]
    if draft.recorded_by.strip():
        begins = not any(parts)
        by = tr("Recorded by {name}") if begins else tr("recorded by {name}")
        parts.append(by.format(name=draft.recorded_by.strip()))
    parts += [draft.place.strip(), *about]
    if not draft.in_book:
        parts.append(tr("only me"))
    return " · ".join(part for part in parts if part)


def clock(milliseconds: int) -> str:
    """Minutes and seconds, and hours where there are any: "0:42", "1:02:03"."""
    seconds = max(milliseconds, 0) // 1000
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
