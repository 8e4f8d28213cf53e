"""What the things that can be printed are called on the screen."""

from memorybook.domain.book import Chapters, PageSize, Paper, Preset, Purpose, Style
from memorybook.domain.entry import EntryKind
from memorybook.domain.material import Came, Item, Part
from memorybook.domain.photo import PhotoKind
from memorybook.domain.recording import RecordingKind
from memorybook.ui.book.selection import Section
from memorybook.ui.core import i18n, keepsake_words, recording_words
from memorybook.ui.core.called import phrase
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.kit.covered import covered_photo
from memorybook.ui.kit.photo_form import photo_kind_text


def section_names() -> dict[Section, str]:
    """The sections, as they are listed beside their boxes."""
    return {
        Section.PAGES: tr("Letters and entries"),
        Section.PHOTOS: tr("Photos"),
        Section.KEEPSAKES: tr("Keepsakes"),
        Section.RECORDINGS: tr("Recordings"),
        Section.BABIES: tr("Dates and measurements"),
        Section.FAREWELLS: tr("Farewells"),
        Section.OTHERS: tr("Words written by others"),
    }


def part_names() -> dict[Part, str]:
    """What is chosen from, one part after another."""
    return {
        Part.ENTRIES: tr("Pages"),
        Part.PHOTOS: tr("Photos"),
        Part.KEEPSAKES: tr("Keepsakes"),
        Part.RECORDINGS: tr("Recordings"),
        Part.BABIES: tr("Dates and measurements"),
        Part.CEREMONIES: tr("Farewells"),
    }


def came_text(came: Came) -> str:
    """What has come since a book was looked through."""
    kinds = {part for part, _ in came.keys}
    if kinds == {Part.ENTRIES}:
        return count_text(
            "{n} page has come since you made this book.",
            "{n} pages have come since you made this book.",
            len(came),
        )
    if kinds == {Part.PHOTOS}:
        return count_text(
            "{n} photo has come since you made this book.",
            "{n} photos have come since you made this book.",
            len(came),
        )
    return count_text(
        "{n} thing has come since you made this book.",
        "{n} things have come since you made this book.",
        len(came),
    )


def item_text(item: Item, word: str) -> str:
    """One line for a thing: its title, or how its words begin, or what it is. ``word`` is the book's."""
    given = item.title.strip() or item.words.strip()
    if item.part is Part.PHOTOS and item.covered:
        return covered_photo(item.title.strip())
    if given:
        return given
    kind = kind_text(item.part, item.kind)
    if item.part is Part.BABIES:
        said = phrase(item.kind or word)
        return said[:1].upper() + said[1:] if said else tr("What is written down of dates and measurements")
    whats = {
        Part.ENTRIES: kind or tr("A page"),
        Part.PHOTOS: tr("A photo"),
        Part.KEEPSAKES: kind or tr("A keepsake"),
        Part.RECORDINGS: kind or tr("A recording"),
        Part.CEREMONIES: tr("A farewell"),
    }
    return whats[item.part]


def line_of(item: Item, word: str) -> str:
    """The same with its day in front and who it is from behind, in one line."""
    parts = (i18n.short_day(item.day), item_text(item, word), item.person)
    return " · ".join(part for part in parts if part)


def said_of(item: Item, word: str) -> str:
    """The same for somebody who hears it."""
    parts = (i18n.day_text(item.day), item_text(item, word), item.person)
    return ", ".join(part for part in parts if part)


def kind_text(part: Part, kind: str) -> str:
    """What a kind is called; own words as they were typed."""
    if part is Part.KEEPSAKES:
        return keepsake_words.kind_text(kind)
    if part is Part.RECORDINGS:
        return recording_words.kind_texts().get(RecordingKind(kind), "") if _is_kind(kind) else kind
    if part is Part.PHOTOS:
        return photo_kind_text(PhotoKind(kind)) if kind in frozenset(PhotoKind) else kind
    return _page_kinds().get(kind, kind)


def _is_kind(kind: str) -> bool:
    return kind in frozenset(RecordingKind)


def _page_kinds() -> dict[str, str]:
    return {
        EntryKind.ENTRY: tr("A page"),
        EntryKind.LETTER: tr("A letter"),
        EntryKind.MEMORY: tr("A memory"),
        EntryKind.READING: tr("A reading"),
        EntryKind.WORDS: tr("Someone’s words"),
    }


def preset_names() -> dict[Preset, str]:
    """What a PDF can be for."""
    return {
        Preset.KEEP: tr("To keep"),
        Preset.PRESS: tr("For a print service"),
        Preset.HOME: tr("To print at home"),
    }


SIZES = {
    Preset.KEEP: (PageSize.A5, PageSize.A4, PageSize.LETTER, PageSize.EIGHT_TEN),
    Preset.PRESS: (
        PageSize.A5, PageSize.DIGEST, PageSize.SIX_NINE, PageSize.EIGHT_TEN, PageSize.SQUARE, PageSize.A4,
    ),
    Preset.HOME: (PageSize.A4, PageSize.LETTER),
}  # fmt: skip
"""The pages that each of them has; the first is offered."""

BOOKLET_SIZES = (PageSize.A5, PageSize.DIGEST)
"""The pages of a booklet: half a sheet of A4, or of Letter."""


def sizes_for(purpose: Purpose) -> tuple[PageSize, ...]:
    """The pages that a purpose has; the first is offered."""
    return BOOKLET_SIZES if purpose is Purpose.BOOKLET else SIZES[Preset(purpose.value)]


def size_names() -> dict[PageSize, str]:
    """The sizes of pages, and of sheets at home."""
    return {
        PageSize.A5: tr("A5 book"),
        PageSize.A4: tr("A4"),
        PageSize.LETTER: tr("Letter"),
        PageSize.EIGHT_TEN: tr("8 × 10″"),
        PageSize.DIGEST: tr("5.5 × 8.5″"),
        PageSize.SIX_NINE: tr("6 × 9″"),
        PageSize.SQUARE: tr("8.5″ square"),
    }


def booklet_names() -> dict[PageSize, str]:
    """The sheets that a booklet is printed on, by the size of its pages."""
    return {PageSize.A5: tr("A4 sheets"), PageSize.DIGEST: tr("Letter sheets")}


def style_names() -> dict[Style, str]:
    """How pages can look."""
    return {Style.QUIET: tr("Quiet"), Style.CLASSIC: tr("Classic"), Style.ALBUM: tr("Album")}


def chapter_names() -> dict[Chapters, str]:
    """What can part the pages."""
    return {
        Chapters.NONE: tr("None"),
        Chapters.TIME: tr("By year"),
        Chapters.PERSON: tr("By who wrote"),
    }


def paper_names() -> dict[Paper, str]:
    """The paper of a print service."""
    return {Paper.STANDARD: tr("Standard"), Paper.PREMIUM: tr("Heavier"), Paper.PHOTO: tr("Photo paper")}
