"""What the things in the drawer are called, and what is said of them in one line."""

import datetime

from memorybook.domain.dates import VagueDate
from memorybook.domain.drawer import DrawerRow
from memorybook.domain.keepsake import Keepsake
from memorybook.domain.occasion import Occasion, OccasionKind
from memorybook.domain.photo import Photo
from memorybook.domain.recording import Recording, Sort
from memorybook.ui.core import keepsake_words, recording_words
from memorybook.ui.core.i18n import count_text, day_text, tr
from memorybook.ui.drawer.waiting import Waiting


def heading(waiting: Waiting) -> str:
    """What it is called: a title, else how it begins. Of a covered photo only its caption is said."""
    what = waiting.what
    if isinstance(what, DrawerRow):
        return what.title or what.excerpt or (tr("A photo") if what.photo_count else tr("A page"))
    if isinstance(what, Photo):
        return what.caption.strip() or tr("A photo")
    if isinstance(what, Recording):
        return recording_words.title_of(what)
    if isinstance(what, Occasion):
        return what.draft.label.strip() or _kind(what) or tr("A date")
    return keepsake_words.heading(what.draft)


def _kind(occasion: Occasion) -> str:
    """What sort of date it is, where that says something."""
    kinds = {OccasionKind.DUE_DATE: tr("Due date"), OccasionKind.ANNIVERSARY: tr("Anniversary")}
    return kinds.get(occasion.draft.kind, "")


def more(waiting: Waiting) -> str:
    """What a screen reader says beyond its name."""
    what = waiting.what
    if isinstance(what, DrawerRow):
        return what.excerpt if what.title else ""
    if isinstance(what, Photo):
        return tr("covered") if what.covered else what.description
    if isinstance(what, Keepsake):
        return keepsake_words.facts(what.draft)
    return ""


def about(waiting: Waiting) -> str:
    """What sort of thing it is, its day, and since when it waits."""
    what = waiting.what
    if isinstance(what, DrawerRow):
        photos = count_text("{n} photo", "{n} photos", what.photo_count) if what.photo_count else ""
        parts = [tr("Page"), day_text(what.day), photos]
    elif isinstance(what, Photo):
        parts = [tr("Photo"), day_text(what.taken)]
    elif isinstance(what, Recording):
        sort = tr("Video") if what.sort is Sort.VIDEO else tr("Recording")
        length = recording_words.clock(what.milliseconds) if what.milliseconds else ""
        parts = [sort, length, day_text(what.draft.taken)]
    elif isinstance(what, Occasion):
        every = tr("every year") if what.draft.comes_round else ""
        parts = [tr("Date"), day_text(what.draft.day), every]
    else:
        parts = [tr("Keepsake"), day_text(what.draft.day)]
    parts.append(tr("put away on {date}").format(date=_local_day(waiting.at)))
    return " · ".join(part for part in parts if part)


def words_of(waiting: Waiting) -> str:
    """What is written of a thing beyond what it is called."""
    what = waiting.what
    if isinstance(what, Photo):
        parts = ["" if what.covered else what.description, what.draft.who, what.draft.taken_by]
    elif isinstance(what, Recording):
        parts = [recording_words.line_of(what), what.draft.notes]
    elif isinstance(what, Keepsake):
        kind = keepsake_words.kind_text(what.draft.kind)
        named = kind if kind != heading(waiting) else ""
        parts = [named, what.draft.words, keepsake_words.facts(what.draft)]
    elif isinstance(what, Occasion):
        kind = _kind(what)
        parts = [kind if kind != heading(waiting) else "", what.draft.note, what.draft.reminder_words]
    else:
        parts = []
    return "\n".join(part.strip() for part in parts if part.strip())


def _local_day(at: str) -> str:
    moment = datetime.datetime.fromisoformat(at).astimezone()
    return day_text(VagueDate.of(moment.date()))
