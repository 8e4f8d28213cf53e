"""What an archive says of each kind of thing in a book: which tables, which columns, under which names.

What can be worked out of the rest (sort keys, first words, the index of words, small pictures) is not in an
archive. Digests are: a book that is made of an archive proves by them that it says what the first one said.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from memorybook.domain.health import Thing
from memorybook.domain.ids import EditionId
from memorybook.storage import editions, kinds
from memorybook.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Linked:
    """A list of an item, in its order: rows of ``table``. One column is a list of values, more of objects."""

    key: str
    table: str
    owner: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """One kind of thing. ``names`` are columns whose name in an archive is another one.

    ``flags`` are columns that are true or false, ``blobs`` are digests, in hex there. ``numbers`` are
    columns that hold ids with blanks between, ``lines`` those that hold one thing a line: lists there.
    ``check`` reads one as the book does, against its digest: BookDamaged when it is not as it was kept.
    """

    name: str
    table: str
    thing: Thing
    columns: tuple[str, ...]
    key: str = "id"
    title: str = ""
    day: str = ""
    names: dict[str, str] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    blobs: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    lists: tuple[Linked, ...] = ()
    check: Callable[[Connection, int], object] = lambda _connection, _id: None

    def named(self, column: str) -> str:
        """What a column is called in an archive."""
        return self.names.get(column, column)


def _columns(names: str) -> tuple[str, ...]:
    return tuple(names.split())


_READ = {kind.table: kind.read for kind in kinds.KINDS}
_OF_BABIES = ("baby",)
_OF_PHOTOS = ("photo",)
_WRITER = {"author_id": "author"}

PEOPLE = Kind("people", "person", Thing.PERSON, ("id", "name", "created_at"), title="name")

BABIES = Kind(
    "babies",
    "baby",
    Thing.BABY,
    _columns(
        "id position in_book created_at changed_at deleted_at digest names word due learned born died "
        "gestation place carers met notes"
    ),
    title="names",
    flags=frozenset({"in_book"}),
    blobs=frozenset({"digest"}),
    lists=(Linked("measurements", "measurement", "baby", ("what", "value")),),
    check=_READ["baby"],
)

CEREMONIES = Kind(
    "ceremonies",
    "ceremony",
    Thing.CEREMONY,
    _columns(
        "id day baby_id in_book created_at changed_at deleted_at digest label place readings music "
        "who rests notes"
    ),
    title="label",
    day="day",
    names={"baby_id": "baby"},
    flags=frozenset({"in_book"}),
    blobs=frozenset({"digest"}),
    check=_READ["ceremony"],
)

PHOTOS = Kind(
    "photos",
    "photo",
    Thing.PHOTO,
    _columns(
        "id digest format byte_size width height per_mm edit kind covered in_book taken created_at "
        "changed_at deleted_at words_digest taken_by who caption description"
    ),
    title="caption",
    day="taken",
    names={"digest": "sha256", "words_digest": "digest"},
    flags=frozenset({"covered", "in_book"}),
    blobs=frozenset({"digest", "words_digest"}),
    lists=(Linked("babies", "photo_baby", "photo", _OF_BABIES),),
    check=_READ["photo"],
)

RECORDINGS = Kind(
    "recordings",
    "recording",
    Thing.RECORDING,
    _columns(
        "id digest sort format byte_size milliseconds width height playable kind covered in_book "
        "taken created_at changed_at deleted_at words_digest file_name title recorded_by place notes"
    ),
    title="title",
    day="taken",
    names={"digest": "sha256", "words_digest": "digest"},
    flags=frozenset({"playable", "covered", "in_book"}),
    blobs=frozenset({"digest", "words_digest"}),
    lists=(Linked("babies", "recording_baby", "recording", _OF_BABIES),),
    check=_READ["recording"],
)

PAGES = Kind(
    "pages",
    "entry",
    Thing.PAGE,
    _columns(
        "id day kind author_id in_book created_at changed_at deleted_at digest title recipient"
    ),
    title="title",
    day="day",
    names=_WRITER,
    flags=frozenset({"in_book"}),
    blobs=frozenset({"digest"}),
    lists=(
        Linked("photos", "entry_photo", "entry", _OF_PHOTOS),
        Linked("recordings", "entry_recording", "entry", ("recording",)),
        Linked("babies", "entry_baby", "entry", _OF_BABIES),
        Linked("tags", "entry_tag", "entry", ("name",)),
    ),
    check=_READ["entry"],
)

VERSIONS = Kind(
    "earlier-versions",
    "entry_version",
    Thing.EARLIER_VERSION,
    _columns(
        "id entry kept_at made_at day kind author_id in_book photos recordings babies digest title "
        "recipient tags body"
    ),
    title="title",
    day="day",
    names={**_WRITER, "entry": "page"},
    flags=frozenset({"in_book"}),
    blobs=frozenset({"digest"}),
    numbers=frozenset({"photos", "recordings", "babies"}),
    lines=frozenset({"tags"}),
    check=_READ["entry_version"],
)

KEEPSAKES = Kind(
    "keepsakes",
    "keepsake",
    Thing.KEEPSAKE,
    _columns(
        "id position day in_book created_at changed_at deleted_at digest kind title words kept "
        "given_by"
    ),
    title="title",
    day="day",
    flags=frozenset({"in_book"}),
    blobs=frozenset({"digest"}),
    lists=(
        Linked("photos", "keepsake_photo", "keepsake", _OF_PHOTOS),
        Linked("babies", "keepsake_baby", "keepsake", _OF_BABIES),
    ),
    check=_READ["keepsake"],
)

DAYS = Kind(
    "days",
    "occasion",
    Thing.DAY,
    _columns(
        "id uid day kind yearly baby_id remembrance reminder dismissed in_book created_at changed_at "
        "deleted_at digest label note reminder_words"
    ),
    title="label",
    day="day",
    names={"baby_id": "baby"},
    flags=frozenset({"yearly", "in_book"}),
    blobs=frozenset({"digest"}),
    check=_READ["occasion"],
)

EDITIONS = Kind(
    "editions",
    "edition",
    Thing.EDITION,
    _columns(
        "id name choices created_at changed_at deleted_at digest"
    ),
    title="name",
    blobs=frozenset({"digest"}),
    check=lambda connection, number: editions.check(connection, EditionId(number)),
)

SPELLING = Kind(
    "spelling-words", "spelling_word", Thing.OTHER, ("word", "created_at"), key="word", title="word"
)
PREFERENCES = Kind("preferences", "preference", Thing.OTHER, ("key", "value"), key="key")

KINDS = (
    PEOPLE,
    BABIES,
    CEREMONIES,
    PHOTOS,
    RECORDINGS,
    PAGES,
    VERSIONS,
    KEEPSAKES,
    DAYS,
    EDITIONS,
    SPELLING,
    PREFERENCES,
)
"""All of them, those first that others name."""

BY_NAME = {kind.name: kind for kind in KINDS}
