"""The page for the memory box: the recovery words on one sheet of paper, made in memory alone."""

import json
from dataclasses import asdict, dataclass
from typing import Literal

from memorybook import resources
from memorybook.domain.book_words import normal_language
from memorybook.rendering import typesetter
from memorybook.services.recovery import RecoverySheet

SheetSize = Literal["A4", "Letter"]

_PAPER = {"A4": "a4", "Letter": "us-letter"}


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What stands on the page besides words and code; ``advice`` as pairs of a heading and its sentences.

    ``made`` takes the date as it is to be read.
    """

    name: str
    place: str
    title: str
    what: str
    as_code: str
    advice: tuple[tuple[str, str], ...]
    by_hand: str
    made: str


_ENGLISH = SheetWords(
    name="Memory Book recovery words",
    place="For the memory box",
    title="Recovery words",
    what=(
        "These twelve words open a book that was written with Memory Book, if its passphrase is forgotten "
        "or a file beside it is lost. Nothing else is needed. Nobody else can make them again for you."
    ),
    as_code="The same as a code. A zero has a stroke through it; the letters O, I, L and U do not occur.",
    advice=(
        (
            "To use it",
            (
                "Open Memory Book and choose “Use my recovery words”. Type the words in this order. "
                "The first four letters of each are enough. The code alone will do."
            ),
        ),
        (
            "What it opens",
            (
                "Whoever holds this page and a copy of the book can read the book. "
                "The page alone shows nothing of it."
            ),
        ),
        (
            "Where to keep it",
            (
                "With the memory box, or with someone you trust. Not as a photo on a phone and not in an "
                "e-mail: both are copied elsewhere by themselves."
            ),
        ),
        (
            "How long it works",
            (
                "It keeps working when the passphrase is changed. It ends when this page is withdrawn in the "
                "settings of the book; copies of the book from before that day still open with it."
            ),
        ),
    ),
    by_hand="Written by hand",
    made="Made on {date} with Memory Book.",
)

_WORDS = {"en": _ENGLISH}


def words_for(language: str) -> SheetWords:
    """What stands on the page in this language; in English where there is none yet."""
    return _WORDS.get(normal_language(language).partition("-")[0], _ENGLISH)


def make_sheet(sheet: RecoverySheet, *, language: str, page_size: SheetSize, made: str) -> bytes:
    """One page as a tagged PDF/UA-1 and PDF/A-2a, in memory alone. Blocking, any thread; well under a second.

    ``made`` is the date as it is to be read. The page names no book, no person and no place, and the file
    does not say when it was made. Raises PagesNotMade.
    """
    words = words_for(language)
    code, _, region = normal_language(language).partition("-")
    content = asdict(words) | {
        "language": code if words is not _ENGLISH else "en",
        "region": region if words is not _ENGLISH or code == "en" else "",
        "paper": _PAPER[page_size],
        "words": sheet.words,
        "code": sheet.code.split("-"),
        "made": words.made.format(date=made),
    }
    template = (resources.folder("sheet") / "recovery.typ").read_bytes()
    return typesetter.single_page(template, {"sheet.json": json.dumps(content).encode("ascii")})
