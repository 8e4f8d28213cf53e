"""What a baby is called on the screen: by name, or by the word the family uses."""

from collections.abc import Sequence

from memorybook.domain.ids import BabyId
from memorybook.domain.people import Baby, BabyDraft
from memorybook.domain.wording import Word, word_for
from memorybook.ui.core.i18n import day_text, tr


def word_choices() -> dict[str, str]:
    """The words to choose from, by their codes."""
    return {
        Word.BABY: tr("Baby"),
        Word.PREGNANCY: tr("Pregnancy"),
        Word.SON: tr("Son"),
        Word.DAUGHTER: tr("Daughter"),
        Word.CHILD: tr("Child"),
        Word.NAME: tr("The name alone"),
    }


def phrase(word: str) -> str:
    """ "our baby" for a code, own words as they were typed; empty where only the name is used."""
    phrases: dict[str, str] = {
        Word.BABY: tr("our baby"),
        Word.PREGNANCY: tr("our pregnancy"),
        Word.SON: tr("our son"),
        Word.DAUGHTER: tr("our daughter"),
        Word.CHILD: tr("our child"),
        Word.NAME: "",
    }
    return phrases.get(word, word)


def called(baby: BabyDraft, word: str) -> str:
    """The name as typed, or the word of this baby or of the book. Empty for the name alone without one."""
    return baby.names.strip() or phrase(word_for(baby.word, word))


def heading(baby: BabyDraft, word: str) -> str:
    """:func:`called` where it begins a line: a phrase of ours gets a capital, a name stays as it is."""
    if baby.names.strip():
        return baby.names.strip()
    used = word_for(baby.word, word)
    said = phrase(used)
    return said[:1].upper() + said[1:] if used in frozenset(Word) else said


def names(babies: Sequence[Baby], word: str) -> dict[BabyId, str]:
    """What each baby is called; where several are called the same, with the date that tells them apart.

    One without a name in a book that uses names alone cannot be asked for.
    """
    all_names = [called(baby.draft, word) for baby in babies]
    found = {}
    for baby, name in zip(babies, all_names, strict=True):
        draft = baby.draft
        day = next((d for d in (draft.died, draft.born, draft.due, draft.learned) if d.is_known), None)
        if day is not None and all_names.count(name) > 1:
            found[baby.id] = tr("{name}, {date}").format(name=name, date=day_text(day))
        elif name:
            found[baby.id] = name
    return found


def add_text(word: str) -> str:
    """What the button says that begins a new record."""
    texts: dict[str, str] = {
        Word.BABY: tr("Add a baby"),
        Word.PREGNANCY: tr("Add a pregnancy"),
        Word.SON: tr("Add a son"),
        Word.DAUGHTER: tr("Add a daughter"),
        Word.CHILD: tr("Add a child"),
    }
    return texts.get(word_for("", word), tr("Add someone"))
