"""What was chosen for this book. It is kept inside the book, not beside it."""

from concurrent.futures import Future

from memorybook.domain.changes import ChangeSet
from memorybook.storage import preferences
from memorybook.storage.connection import Connection
from memorybook.storage.worker import VaultWorker

TITLE = "title"
"""The key of the words on the cover and in the sidebar."""

ME = "me"
"""The key of the name under the letters of the person who keeps the book; mostly nothing."""

GIVEN_UP = "pictures given up"
"""The key of the number of pictures that were not taken in before the book was closed, until it is told."""

RECORDINGS_GIVEN_UP = "recordings given up"
"""The key of the same number for recordings."""

COPY_NOT_MADE = "copy not made"
"""The key of why no last copy was made when the book was closed, until it is told: the name of an error."""

PROMPTS = "prompts"
"""The key of whether places to start are offered on a new page: not at all when the value is :data:`OFF`."""

PROMPT_GROUP = "prompts about"
"""The key of what they are about; nothing for all there are."""

NUMBER_OF_WORDS = "number of words"
"""The key of whether the writing page says how many words there are: only when the value is :data:`ON`."""

COVER_NEW = "cover-new"
"""The key of whether photos and videos that come into the book are covered at first: only when it is "1"."""

DATES = "dates"
"""The key of whether the dates have a page: put away when the value is :data:`OFF`; reminders rest too."""

REMINDERS = "reminders"
"""The key of whether reminders are shown when the book is opened: they rest when it is :data:`OFF`."""

ON, OFF = "on", "off"


class Preferences:
    """Every method returns at once; its future resolves on the vault's thread. Any thread may call."""

    def __init__(self, worker: VaultWorker) -> None:
        self._worker = worker

    def get(self, key: str) -> Future[str | None]:
        """The value, or ``None`` when nothing was chosen."""
        return self._worker.browse(lambda connection: preferences.get(connection, key))

    def put(self, key: str, value: str, *, origin: str = "") -> Future[None]:
        """Keep the value. The same value again writes nothing."""

        def work(connection: Connection) -> tuple[None, ChangeSet | None]:
            written = preferences.put(connection, key, value)
            return None, ChangeSet(preferences=True, origin=origin) if written else None

        return self._worker.write(work)
