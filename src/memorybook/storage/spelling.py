"""The words that a family spells its own way, as rows, and the names that are in the book anyway."""

from memorybook.storage.connection import Connection
from memorybook.storage.text import storable


def kept(connection: Connection) -> tuple[str, ...]:
    """The words that were kept, by alphabet."""
    rows = connection.execute("SELECT word FROM spelling_word").fetchall()
    return tuple(sorted((str(row["word"]) for row in rows), key=str.casefold))


def keep(connection: Connection, word: str, now: str) -> bool:
    """Keep one word; ``False`` when it is there already and nothing was written."""
    if storable(word) in kept(connection):
        return False
    connection.execute(
        "INSERT INTO spelling_word (word, created_at) VALUES (:word, :now)",
        {"word": storable(word), "now": now},
    )
    return True


def forget(connection: Connection, word: str) -> bool:
    """Keep it no longer; ``False`` when it was not there."""
    if storable(word) not in kept(connection):
        return False
    connection.execute("DELETE FROM spelling_word WHERE word = :word", {"word": storable(word)})
    return True


def names(connection: Connection) -> tuple[str, ...]:
    """The names of the babies and of those who write, as typed, and the words on the cover."""
    rows = connection.execute(
        "SELECT name AS words FROM person UNION ALL SELECT names FROM baby"
        " UNION ALL SELECT value FROM preference WHERE key = 'title'"
    ).fetchall()
    return tuple(str(row["words"]) for row in rows)
