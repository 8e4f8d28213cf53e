"""Earlier versions of a page as rows. Every one that is read whole is compared with its digest."""

import datetime

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import Entry, EntryDraft, EntryKind
from memorybook.domain.ids import BabyId, EntryId, PersonId, PhotoId, RecordingId, VersionId
from memorybook.domain.search import beginning
from memorybook.domain.versions import KEPT_FOR, Newest, Version, VersionRow, text
from memorybook.errors import BookDamaged
from memorybook.storage.attachments import with_what_is_shown
from memorybook.storage.connection import Connection, Row
from memorybook.storage.digest import digest_of

LAST_WITH_WORDS = """
    SELECT last.id FROM entry_version AS last WHERE last.entry = entry.id
    ORDER BY last.words = 0, last.id DESC LIMIT 1
"""
"""The last version of an ``entry`` that holds words, or else the last one, in SQL."""


def put(connection: Connection, entry: Entry, plain: str, at: str) -> VersionId:
    """Keep the page as it is now. ``plain`` is its body without styles, ``at`` is now, in UTC."""
    draft = entry.draft
    cursor = connection.execute(
        """
        INSERT INTO entry_version (entry, kept_at, made_at, length, words, day, kind, author_id, in_book,
                                   photos, recordings, babies, digest, title, excerpt, recipient, tags, body)
        VALUES (:entry, :kept_at, :made_at, :length, :words, :day, :kind, :author_id, :in_book,
                :photos, :recordings, :babies, :digest, :title, :excerpt, :recipient, :tags, :body)
        """,
        {
            "entry": entry.id,
            "kept_at": entry.changed_at,
            "made_at": at,
            "length": len(text(draft)),
            "words": len(draft.title.split()) + len(plain.split()),
            "day": str(draft.day),
            "kind": draft.kind.value,
            "author_id": draft.author,
            "in_book": int(draft.in_book),
            "photos": _numbers(draft.photos),
            "recordings": _numbers(draft.recordings),
            "babies": _numbers(draft.babies),
            "digest": _digest(draft, entry.changed_at),
            "title": draft.title,
            "excerpt": beginning(plain),
            "recipient": draft.recipient,
            "tags": "\n".join(draft.tags),
            "body": draft.body,
        },
    )
    return VersionId(cursor.lastrowid)


def newest(connection: Connection, entry_id: EntryId) -> Newest | None:
    """When the last version of a page was made, and how long it is."""
    row = connection.execute(
        "SELECT made_at, length FROM entry_version WHERE entry = :entry ORDER BY id DESC LIMIT 1",
        {"entry": entry_id},
    ).fetchone()
    return None if row is None else Newest(time(row["made_at"]), row["length"])


def expire(connection: Connection, entry_id: EntryId, now: datetime.datetime) -> None:
    """Let versions go that were left more than thirty days ago; the last one that holds words stays.

    What was made behind one that stays, or on a page that is younger, is not old: the clock was wrong then.
    """
    connection.execute(
        """
        DELETE FROM entry_version
        WHERE entry = :entry AND made_at < :before
          AND :before > (SELECT created_at FROM entry WHERE id = :entry)
          AND NOT EXISTS (SELECT 1 FROM entry_version AS earlier WHERE earlier.entry = :entry
                          AND earlier.id < entry_version.id AND earlier.made_at >= :before)
          AND id <> (SELECT id FROM entry_version WHERE entry = :entry ORDER BY words = 0, id DESC LIMIT 1)
        """,
        {"entry": entry_id, "before": (now - KEPT_FOR).strftime("%Y-%m-%dT%H:%M:%SZ")},
    )


def rows(connection: Connection, entry_id: EntryId) -> tuple[VersionRow, ...]:
    """The versions of a page, the newest first."""
    found = connection.execute(
        """
        SELECT id, kept_at, title, excerpt, words FROM entry_version
        WHERE entry = :entry ORDER BY id DESC
        """,
        {"entry": entry_id},
    )
    return tuple(
        VersionRow(VersionId(row["id"]), row["kept_at"], row["title"], row["excerpt"], row["words"])
        for row in found
    )


def get(connection: Connection, version_id: VersionId) -> Version:
    """One version, whole, but for photos and recordings that are no longer shown anywhere.

    LookupError when there is none, BookDamaged when it is not as it was kept.
    """
    row = connection.execute(
        "SELECT * FROM entry_version WHERE id = :id", {"id": version_id}
    ).fetchone()
    if row is None:
        raise LookupError("no such version")
    try:
        draft = _draft(row)
    except ValueError:
        raise BookDamaged from None
    if _digest(draft, row["kept_at"]) != row["digest"]:
        raise BookDamaged
    shown = with_what_is_shown(connection, draft)
    return Version(version_id, EntryId(row["entry"]), row["kept_at"], shown)


def last(connection: Connection, entry_id: EntryId) -> Version | None:
    """The last version that holds words, or else the last one, whole; ``None`` when there is none."""
    row = connection.execute(
        f"SELECT ({LAST_WITH_WORDS}) AS id FROM entry WHERE entry.id = :entry",  # noqa: S608 - a constant
        {"entry": entry_id},
    ).fetchone()
    return None if row is None or row["id"] is None else get(connection, VersionId(row["id"]))


def time(stamp: str) -> datetime.datetime:
    """The moment that a stamp in the book names, in UTC. Raises BookDamaged when it names none."""
    try:
        return datetime.datetime.fromisoformat(stamp)
    except ValueError:
        raise BookDamaged from None


def _draft(row: Row) -> EntryDraft:
    return EntryDraft(
        title=row["title"],
        body=row["body"],
        day=VagueDate.parse(row["day"]),
        kind=EntryKind(row["kind"]),
        author=None if row["author_id"] is None else PersonId(row["author_id"]),
        recipient=row["recipient"],
        photos=tuple(PhotoId(int(number)) for number in row["photos"].split()),
        in_book=bool(row["in_book"]),
        babies=tuple(BabyId(int(number)) for number in row["babies"].split()),
        tags=tuple(tag for tag in row["tags"].split("\n") if tag),
        recordings=tuple(RecordingId(int(number)) for number in row["recordings"].split()),
    )


def _numbers(ids: tuple[PhotoId, ...] | tuple[RecordingId, ...] | tuple[BabyId, ...]) -> str:
    return " ".join(str(int(number)) for number in ids)


def _digest(draft: EntryDraft, kept_at: str) -> bytes:
    return digest_of(
        kept_at,
        str(draft.day),
        draft.kind.value,
        "" if draft.author is None else str(int(draft.author)),
        "1" if draft.in_book else "0",
        draft.title,
        draft.recipient,
        draft.body,
        _numbers(draft.photos),
        _numbers(draft.recordings),
        _numbers(draft.babies),
        "\n".join(draft.tags),
    )
