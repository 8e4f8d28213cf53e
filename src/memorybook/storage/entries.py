"""The pages of the book as rows. Every page that is read whole is compared with its digest."""

from collections.abc import Sequence
from dataclasses import replace

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import Entry, EntryDraft, EntryKind
from memorybook.domain.ids import BabyId, EntryId, PersonId
from memorybook.domain.search import beginning
from memorybook.domain.tags import folded, tidy
from memorybook.errors import BookDamaged
from memorybook.storage import attachments, search
from memorybook.storage.connection import Connection
from memorybook.storage.digest import digest_of
from memorybook.storage.text import storable

UNPROVED = "unproved"
"""A temporary table of pages whose tags or babies are lost with a page of the file."""


def normal(draft: EntryDraft) -> EntryDraft:
    """The draft as the database holds it: writing it and reading it back gives an equal one."""
    return replace(
        draft,
        title=storable(draft.title),
        body=storable(draft.body),
        recipient=storable(draft.recipient),
        photos=tuple(dict.fromkeys(draft.photos)),
        babies=tuple(dict.fromkeys(draft.babies)),
        tags=tidy(map(storable, draft.tags)),
        recordings=tuple(dict.fromkeys(draft.recordings)),
    )


def by_someone(connection: Connection, draft: EntryDraft) -> EntryDraft:
    """The draft, without its author when there is no such person any more: words are kept all the same."""
    known = connection.execute("SELECT 1 FROM person WHERE id = :id", {"id": draft.author}).fetchone()
    return draft if known is not None else replace(draft, author=None)


def get(connection: Connection, entry_id: EntryId, *, in_drawer: bool = False) -> Entry:
    """One page, whole; with ``in_drawer`` also when it was deleted and waits there.

    Raises LookupError when there is none, BookDamaged when it is not as it was kept.
    """
    row = connection.execute(
        """
        SELECT entry.*, entry_text.body, person.name AS author_name
        FROM entry LEFT JOIN entry_text ON entry_text.entry = entry.id
        LEFT JOIN person ON person.id = entry.author_id
        WHERE entry.id = :id
        """,
        {"id": entry_id},
    ).fetchone()
    if row is None or (row["deleted_at"] is not None and not in_drawer):
        raise LookupError("no such entry")
    if row["body"] is None:
        raise BookDamaged
    try:
        draft = EntryDraft(
            title=row["title"],
            body=row["body"],
            day=VagueDate.parse(row["day"]),
            kind=EntryKind(row["kind"]),
            author=None if row["author_id"] is None else PersonId(row["author_id"]),
            recipient=row["recipient"],
            photos=attachments.photos_of(connection, entry_id),
            in_book=bool(row["in_book"]),
            babies=babies_of(connection, entry_id),
            tags=tags_of(connection, entry_id),
            recordings=attachments.recordings_of(connection, entry_id),
        )
    except ValueError:
        raise BookDamaged from None
    if digest(draft, row["created_at"]) != row["digest"] and not _is_unproved(connection, entry_id):
        raise BookDamaged
    return Entry(entry_id, draft, row["author_name"], row["created_at"], row["changed_at"])


def _is_unproved(connection: Connection, entry_id: EntryId) -> bool:
    """Whether this connection shows a damaged book, in which the tags or babies of this page are lost."""
    veiled = connection.execute("SELECT 1 FROM sqlite_temp_schema WHERE name = :name", {"name": UNPROVED})
    if veiled.fetchone() is None:
        return False
    found = connection.execute(f"SELECT 1 FROM temp.{UNPROVED} WHERE entry = :id", {"id": entry_id})  # noqa: S608
    return found.fetchone() is not None


def insert(connection: Connection, draft: EntryDraft, plain: str, at: str) -> EntryId:
    """A new page. ``draft`` is :func:`normal`, ``plain`` its body without styles, ``at`` the time in UTC."""
    cursor = connection.execute(
        """
        INSERT INTO entry (day, day_key, kind, author_id, in_book, is_empty, created_at, changed_at,
                           digest, title, excerpt, recipient)
        VALUES (:day, :day_key, :kind, :author_id, :in_book, :is_empty, :at, :at,
                :digest, :title, :excerpt, :recipient)
        """,
        _values(draft, plain, at, at),
    )
    entry_id = EntryId(cursor.lastrowid)
    connection.execute(
        "INSERT INTO entry_text (entry, plain, body) VALUES (:entry, :plain, :body)",
        _text(entry_id, draft, plain),
    )
    attachments.put_photos(connection, entry_id, draft.photos)
    attachments.put_recordings(connection, entry_id, draft.recordings)
    _put_babies(connection, entry_id, draft.babies)
    _put_tags(connection, entry_id, draft.tags)
    search.index(connection, entry_id)
    return entry_id


def update(connection: Connection, entry: Entry, draft: EntryDraft, plain: str, at: str) -> None:
    """Put ``draft`` in the place of what ``entry`` holds."""
    if draft.day != entry.draft.day:
        search.forget(connection, entry.id, entry.draft.day.sort_key)
    connection.execute(
        """
        UPDATE entry SET day = :day, day_key = :day_key, kind = :kind, author_id = :author_id,
               in_book = :in_book, is_empty = :is_empty, changed_at = :at, digest = :digest,
               title = :title, excerpt = :excerpt, recipient = :recipient
        WHERE id = :id
        """,
        {**_values(draft, plain, entry.created_at, at), "id": entry.id},
    )
    if draft.body != entry.draft.body:
        connection.execute(
            "UPDATE entry_text SET plain = :plain, body = :body WHERE entry = :entry",
            _text(entry.id, draft, plain),
        )
    if draft.photos != entry.draft.photos:
        attachments.order_photos(connection, entry.id, draft.photos)
    if draft.recordings != entry.draft.recordings:
        attachments.order_recordings(connection, entry.id, draft.recordings)
    if draft.babies != entry.draft.babies:
        connection.execute("DELETE FROM entry_baby WHERE entry = :entry", {"entry": entry.id})
        _put_babies(connection, entry.id, draft.babies)
    if draft.tags != entry.draft.tags:
        connection.execute("DELETE FROM entry_tag WHERE entry = :entry", {"entry": entry.id})
        _put_tags(connection, entry.id, draft.tags)
    search.index(connection, entry.id)


def refresh(connection: Connection, entry_id: EntryId) -> None:
    """Make a page agree with its photos and recordings, some of which were put away or came back."""
    entry = get(connection, entry_id, in_drawer=True)
    connection.execute(
        "UPDATE entry SET is_empty = :is_empty WHERE id = :id",
        {"is_empty": int(entry.draft.is_empty), "id": entry_id},
    )
    search.index(connection, entry_id)


def babies_of(connection: Connection, entry_id: EntryId) -> tuple[BabyId, ...]:
    """The babies a page is about, in the order they were chosen."""
    rows = connection.execute(
        "SELECT baby FROM entry_baby WHERE entry = :entry ORDER BY position", {"entry": entry_id}
    )
    return tuple(BabyId(row["baby"]) for row in rows)


def tags_of(connection: Connection, entry_id: EntryId) -> tuple[str, ...]:
    """The tags of a page, as they were typed on it."""
    rows = connection.execute(
        "SELECT name FROM entry_tag WHERE entry = :entry ORDER BY position", {"entry": entry_id}
    )
    return tuple(row["name"] for row in rows)


def _put_babies(connection: Connection, entry_id: EntryId, babies: Sequence[BabyId]) -> None:
    connection.executemany(
        "INSERT INTO entry_baby (entry, baby, position) VALUES (:entry, :baby, :position)",
        [{"entry": entry_id, "baby": baby, "position": n} for n, baby in enumerate(babies)],
    )


def _put_tags(connection: Connection, entry_id: EntryId, tags: Sequence[str]) -> None:
    connection.executemany(
        "INSERT INTO entry_tag (entry, folded, name, position) VALUES (:entry, :folded, :name, :position)",
        [
            {"entry": entry_id, "folded": folded(tag), "name": tag, "position": n}
            for n, tag in enumerate(tags)
        ],
    )


def _values(draft: EntryDraft, plain: str, created_at: str, at: str) -> dict[str, object]:
    return {
        "day": str(draft.day),
        "day_key": draft.day.sort_key,
        "kind": draft.kind.value,
        "author_id": draft.author,
        "in_book": int(draft.in_book),
        "is_empty": int(draft.is_empty),
        "at": at,
        "digest": digest(draft, created_at),
        "title": draft.title,
        "excerpt": beginning(plain),
        "recipient": draft.recipient,
    }


def _text(entry_id: EntryId, draft: EntryDraft, plain: str) -> dict[str, object]:
    is_told_by_body = plain == draft.body.replace("\n\n", "\n")
    return {"entry": entry_id, "plain": None if is_told_by_body else plain, "body": draft.body}


def digest(draft: EntryDraft, created_at: str) -> bytes:
    """Over everything a person wrote or chose but the pictures, which have digests of their own."""
    return digest_of(
        created_at,
        str(draft.day),
        draft.kind.value,
        "" if draft.author is None else str(int(draft.author)),
        "1" if draft.in_book else "0",
        draft.title,
        draft.recipient,
        draft.body,
        " ".join(str(int(baby)) for baby in draft.babies),
        "\n".join(draft.tags),
    )
