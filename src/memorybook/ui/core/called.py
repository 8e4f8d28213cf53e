"""What a baby is called on the screen: by name, or by the word the family uses."""

from memorybook.domain.people import BabyDraft
from memorybook.domain.wording import Word, word_for
from memorybook.ui.core.i18n import tr


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
