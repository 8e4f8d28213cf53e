"""The words of a page that cannot be kept now, saved as a plain file where the person wants it."""

from concurrent.futures import Future
from pathlib import Path

from memorybook.domain.entry import EntryDraft
from memorybook.errors import MemoryBookError, StorageFull, WordsNotSaved
from memorybook.files import write_readable
from memorybook.services.pools import in_background


def save(target: Path, draft: EntryDraft) -> Future[None]:
    """Write day, title and words as Markdown, which any program for text opens. It is not protected.

    Nothing of it goes through the book: its drive may be gone. Returns at once; a file that is there is
    replaced. Fails with StorageFull or WordsNotSaved, having left nothing.
    """
    said = [str(draft.day), f"# {draft.title}" if draft.title else "", draft.body]
    data = "\n\n".join(part for part in said if part).encode("utf-8", "replace") + b"\n"

    def work() -> None:
        try:
            write_readable(target, [data])
        except StorageFull:
            raise
        except MemoryBookError:
            raise WordsNotSaved from None

    return in_background(work, name="words")
