"""All the files of an archive one after the other, each with its checksum once it has been written."""

import datetime
import hashlib
import threading
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from memorybook import resources
from memorybook.domain.archive import PAGE, README, SUMS, ArchiveForm, ArchiveReport
from memorybook.domain.archive_names import Names
from memorybook.domain.backup import Step, Told
from memorybook.domain.dates import VagueDate
from memorybook.domain.dates_text import in_words
from memorybook.domain.health import Thing
from memorybook.errors import ArchiveStopped
from memorybook.services.archiving import data, markdown, page
from memorybook.services.archiving.contents import Contents
from memorybook.services.archiving.gathering import Gathered
from memorybook.services.archiving.originals import ArchivedFile, Originals
from memorybook.storage.media import MediaStore

WRITING = "writing"
_PROTECTION = {
    True: "It is protected by the password that was chosen. Without that it cannot be opened.",
    False: "It is not protected: anyone who has these files can read them. "
    "Keep them where you would keep a diary.",
}
_THINGS = {
    Thing.PAGE: ("page", "pages"),
    Thing.EARLIER_VERSION: ("earlier version of a page", "earlier versions of pages"),
    Thing.PHOTO: ("photo", "photos"),
    Thing.RECORDING: ("recording", "recordings"),
    Thing.KEEPSAKE: ("keepsake", "keepsakes"),
    Thing.DAY: ("day", "days"),
    Thing.BABY: ("baby’s record", "babies’ records"),
    Thing.CEREMONY: ("farewell", "farewells"),
    Thing.PERSON: ("person", "people"),
    Thing.EDITION: ("printed book", "printed books"),
    Thing.OTHER: ("other thing", "other things"),
}


class Archived:
    """Goes through an archive once, and knows afterwards what was in it."""

    def __init__(
        self,
        found: Gathered,
        media: MediaStore,
        form: ArchiveForm,
        made_at: str,
        *,
        told: Told,
        stop: threading.Event,
    ) -> None:
        self._found = found
        self._form = form
        self._made_at = made_at
        self._told = told
        self._stop = stop
        self._names = Names(telling=form is not ArchiveForm.LOCKED_ZIP)
        self._originals = Originals(found, media, self._names, stop)
        self._sums: list[tuple[str, str]] = []
        self._open: Generator[bytes, None, None] | None = None
        self._bytes = self._done = 0

    @property
    def report(self) -> ArchiveReport:
        """What came of it, once all files have been gone through."""
        found = self._found
        return ArchiveReport(found.counts, len(self._sums) + 1, self._bytes, tuple(found.damaged))

    def close(self) -> None:
        """Let go of the file that is being read, when its end was not come to."""
        if self._open is not None:
            self._open.close()

    def files(self) -> Iterator[ArchivedFile]:
        """Each has to be read to its end before the next one is asked for. Raises what reading raises."""
        self._told(Step(WRITING, 0, self._originals.size))
        for file in self._originals.files():
            yield self._summed(file, is_told=True)
        contents = Contents(self._found)
        for file in chain(
            markdown.files(contents, self._names),
            data.files(self._found, self._made_at),  # says where the files before it are
            [
                ArchivedFile(PAGE, page.written(contents, self._notes()), is_text=True),
                ArchivedFile(README, iter([self._readme(contents)]), is_text=True),
            ],
        ):
            if self._stop.is_set():
                raise ArchiveStopped
            yield self._summed(file)
        lines = "".join(f"{digest}  {name}\n" for name, digest in self._sums)
        self._bytes += len(lines.encode())
        yield ArchivedFile(SUMS, iter([lines.encode("utf-8")]), is_text=True)
        if self._stop.is_set():
            raise ArchiveStopped

    def _summed(self, file: ArchivedFile, *, is_told: bool = False) -> ArchivedFile:
        self._open = self._through(file, is_told=is_told)
        return replace(file, chunks=self._open)

    def _through(self, file: ArchivedFile, *, is_told: bool) -> Generator[bytes, None, None]:
        digest = hashlib.sha256()
        try:
            for chunk in file.chunks:
                digest.update(chunk)
                self._bytes += len(chunk)
                if is_told and file.size is not None:
                    self._done += len(chunk)
                    self._told(Step(WRITING, self._done, self._originals.size))
                yield chunk
        finally:
            if isinstance(file.chunks, Generator):
                file.chunks.close()  # now, and not when somebody lets go of what went wrong
        self._sums.append((file.name, digest.hexdigest()))

    def _readme(self, contents: Contents) -> bytes:
        text = (resources.folder("archive") / README).read_text("utf-8")
        counts = self._found.counts
        inside = [
            _counted(counts.pages, Thing.PAGE),
            _counted(counts.photos, Thing.PHOTO),
            _counted(counts.recordings, Thing.RECORDING),
            _counted(counts.keepsakes, Thing.KEEPSAKE),
            _counted(counts.days, Thing.DAY),
        ]
        filled = text.format(
            title=" ".join(contents.title.split()),
            day=self._day(),
            protection=_PROTECTION[self._form is ArchiveForm.LOCKED_ZIP],
            contents="\n".join(f"  {line}" for line in (*inside, *self._left_out())),
        )
        # Windows' own editor shows lines that end as Unix ends them since 2018 only.
        return filled.replace("\n", "\r\n").encode("utf-8-sig")

    def _notes(self) -> Iterator[str]:
        yield f"Taken out of a Memory Book on {self._day()}."
        yield _PROTECTION[self._form is ArchiveForm.LOCKED_ZIP]
        yield from self._left_out()

    def _left_out(self) -> Iterable[str]:
        lost = [each.thing for each in self._found.damaged]
        counted = [_counted(lost.count(thing), thing) for thing in dict.fromkeys(lost)]
        if counted:
            yield f"Not in here, because the book could not read it any more: {', '.join(counted)}."

    def _day(self) -> str:
        return in_words(VagueDate.of(datetime.date.fromisoformat(self._made_at[:10])))


def _counted(number: int, thing: Thing) -> str:
    one, many = _THINGS[thing]
    return f"{number} {one if number == 1 else many}"
