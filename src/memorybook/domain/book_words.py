"""The few words of our own that stand in a printed book, by language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from memorybook.domain.occasion import OccasionKind
from memorybook.domain.wording import Word


@dataclass(frozen=True, slots=True)
class RecordWords:
    """What stands before the lines of a baby's page and of a farewell's; ``called`` is by the word's code."""

    called: Mapping[str, str] = field(
        default_factory=lambda: {
            Word.BABY.value: "our baby",
            Word.PREGNANCY.value: "our pregnancy",
            Word.SON.value: "our son",
            Word.DAUGHTER.value: "our daughter",
            Word.CHILD.value: "our child",
            Word.NAME.value: "",
        }
    )
    measures: Mapping[str, str] = field(
        default_factory=lambda: {
            "weight": "Weight",
            "length": "Length",
            "head": "Head",
            "hand": "Hand",
            "foot": "Foot",
        }
    )
    learned: str = "When we knew"
    due: str = "Due date"
    born: str = "Born"
    died: str = "Died"
    gestation: str = "How far along"
    place: str = "Where it was"
    carers: str = "Who cared for us"
    met: str = "Who was there"
    whose: str = "For {name}"
    where: str = "Where"
    who: str = "Who was there"
    music: str = "Music"
    rests: str = "The resting place"
    readings: str = "What was read or said"


@dataclass(frozen=True, slots=True)
class KeepsakeWords:
    """What stands over the keepsakes and before their lines; ``kinds`` by the code of the kind."""

    heading: str = "What we keep"
    kinds: Mapping[str, str] = field(
        default_factory=lambda: {
            "prints": "Hand and foot prints",
            "cast": "Cast of hands or feet",
            "hair": "Lock of hair",
            "band": "ID band",
            "card": "Cot card",
            "measure": "Tape measure",
            "clothes": "Hat or clothes",
            "blanket": "Blanket or wrap",
            "bear": "Bear or toy",
            "candle": "Candle",
            "jewellery": "Jewellery or ribbon",
            "scan": "Scan picture",
            "test": "Pregnancy test",
            "papers": "Appointment cards and notes",
            "certificate": "Certificate",
            "ceremony": "From the farewell",
            "book": "Book, poem or song",
            "drawing": "Drawing",
            "cards": "Cards that were sent",
            "garden": "Tree or plant",
            "medical": "Medical papers",
        }
    )
    day: str = "When"
    kept: str = "Where it is"
    given_by: str = "From"


@dataclass(frozen=True, slots=True)
class RecordingWords:
    """What stands over the recordings and in their lines; ``kinds`` by the code of the kind."""

    heading: str = "Recordings"
    kinds: Mapping[str, str] = field(
        default_factory=lambda: {
            "heartbeat": "Heartbeat",
            "voice": "Voice",
            "video": "Video",
            "music": "Music",
        }
    )
    recording: str = "A recording"
    by: str = "Recorded by {name}"
    beside: str = "Kept with this page: {what}"


@dataclass(frozen=True, slots=True)
class Words:
    """``to`` takes the name a letter is written to; ``book`` names a book that has no title.

    ``day_kinds`` names a day without words of its own. ``covered`` stands alone on the page before the photos
    that were covered, ``credit`` behind a caption.
    """

    to: str
    days: str
    day_kinds: Mapping[OccasionKind, str]
    contents: str
    photograph: str
    book: str
    record: RecordWords
    keepsakes: KeepsakeWords
    recordings: RecordingWords
    photographs: str
    covered: str
    covered_note: str
    credit: str


_ENGLISH = Words(
    to="To {name}",
    days="The days we keep",
    day_kinds={OccasionKind.DUE_DATE: "Due date", OccasionKind.ANNIVERSARY: "Anniversary"},
    contents="Contents",
    photograph="Photograph",
    book="A memory book",
    record=RecordWords(),
    keepsakes=KeepsakeWords(),
    recordings=RecordingWords(),
    photographs="Photographs",
    covered="Photographs kept covered",
    covered_note="They begin when this page is turned.",
    credit="Photograph by {name}",
)

_WORDS = {"en": _ENGLISH}


def words_for(language: str) -> Words:
    """The words in this language ("en", "en-US"); in English where there are none yet."""
    return _WORDS.get(language.partition("-")[0], _ENGLISH)


def normal_language(name: str) -> str:
    """A language as PDF and Typst name it, from "en", "en_GB", "EN-us"; English for anything else."""
    code, _, rest = name.replace("_", "-").partition("-")
    code, region = code.lower(), rest.partition("-")[0].upper()
    if not (code.isascii() and code.isalpha() and len(code) in {2, 3}):
        return "en"
    return f"{code}-{region}" if region.isascii() and region.isalpha() and len(region) == 2 else code
