"""What the ways to choose pages are called on chips and in the menu."""

from dataclasses import replace

from memorybook.domain.entry import EntryKind
from memorybook.domain.ids import PersonId
from memorybook.domain.story import Me, StoryFilter
from memorybook.ui.core.called import names
from memorybook.ui.core.i18n import tr
from memorybook.ui.story.choosing import Choices

LETTERS = frozenset({EntryKind.LETTER})
"""The kinds behind the chip that is always there."""


def kind_names() -> dict[EntryKind, str]:
    """What several pages of a kind are called."""
    return {
        EntryKind.ENTRY: tr("Pages"),
        EntryKind.LETTER: tr("Letters"),
        EntryKind.MEMORY: tr("Memories"),
        EntryKind.READING: tr("Readings"),
        EntryKind.WORDS: tr("Someone’s words"),
    }


def writer_name(choices: Choices, author: PersonId | Me) -> str:
    """Who wrote: a name, or the person who keeps the book."""
    if isinstance(author, Me):
        return tr("me")
    return next((each.name for each in choices.people if each.id == author), "")


def still_there(wanted: StoryFilter, choices: Choices) -> StoryFilter:
    """``wanted`` without those who can no longer be asked for: there is nothing to call them by."""
    if wanted.baby not in names(choices.babies, choices.word):
        wanted = replace(wanted, baby=None)
    if wanted.author is not None and not writer_name(choices, wanted.author):
        wanted = replace(wanted, author=None)
    return wanted


def active(wanted: StoryFilter, choices: Choices) -> list[tuple[str, str, StoryFilter]]:
    """What is chosen beyond the chips that are always there: a key, its words, and the rest without it."""
    found: list[tuple[str, str, StoryFilter]] = []
    if wanted.kinds and wanted.kinds != LETTERS:
        kinds = kind_names()
        words = ", ".join(kinds[kind] for kind in EntryKind if kind in wanted.kinds)
        found.append(("kind", words, replace(wanted, kinds=frozenset())))
    if wanted.photos is False:
        found.append(("photos", tr("Without photos"), replace(wanted, photos=None)))
    if wanted.author is not None:
        words = tr("By {name}").format(name=writer_name(choices, wanted.author))
        found.append(("author", words, replace(wanted, author=None)))
    if wanted.baby is not None:
        words = names(choices.babies, choices.word).get(wanted.baby, "")
        found.append(("baby", words, replace(wanted, baby=None)))
    if wanted.tag:
        found.append(("tag", wanted.tag, replace(wanted, tag="")))
    if wanted.in_book is not None:
        words = tr("In our book") if wanted.in_book else tr("Only me")
        found.append(("in-book", words, replace(wanted, in_book=None)))
    return found
