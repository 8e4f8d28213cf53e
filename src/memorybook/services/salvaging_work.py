"""One book being taken out of a damaged one, step by step, in a workshop that becomes the new book."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from memorybook.domain.backup import Step, Told
from memorybook.domain.ids import MediaId
from memorybook.domain.salvage import (
    CHECKING,
    COPYING,
    PICTURES,
    READING,
    WRITING,
    SalvageMarks,
    SalvageReport,
    Tally,
)
from memorybook.errors import BookDamaged, BookNewer, MemoryBookError, NothingToSalvage, SalvageStopped
from memorybook.files import private_folder, sync_file
from memorybook.services import markup
from memorybook.services.salvaging_keys import Key
from memorybook.services.salvaging_pictures import PicturesLeft
from memorybook.storage import connection as connections
from memorybook.storage import (
    header,
    keyfile,
    origin,
    rebuilding_media,
    rebuilding_rest,
    replicas,
    salvage_files,
    sql_rows,
)
from memorybook.storage.book import DATABASE, MEDIA
from memorybook.storage.carving import Pages
from memorybook.storage.connection import Connection
from memorybook.storage.faults import DatabaseFault
from memorybook.storage.header import PAGE_BYTES
from memorybook.storage.media import MediaStore
from memorybook.storage.migrate import migrate, newest
from memorybook.storage.origin import Origin
from memorybook.storage.rebuilding import File, Rebuilding
from memorybook.storage.rebuilding_pages import RebuildingPages
from memorybook.storage.rows import Carved, Source
from memorybook.storage.seed import SEED_BYTES
from memorybook.system.decoder import Decoder

_GLANCE_SECONDS = 0.05
_READING_PLACE = "reading"
_STEPS = 2_000

_OTHERS = ("person", "baby", "ceremony", "occasion", "keepsake", "edition", "entry_version")
_ROWS = ("photo", "recording", "entry", "entry", *_OTHERS)


class SalvagingWork:
    """Does it once. Blocks; raises as ``BookSalvage.salvage``, and database errors of the new book."""

    def __init__(
        self,
        book: Path,
        workshop: Path,
        key: Key,
        decoder: Decoder,
        *,
        at: str,
        told: Told,
        stop: threading.Event,
        marks: SalvageMarks,
    ) -> None:
        self._book = book
        self._workshop = workshop
        self._key = key
        self._decoder = decoder
        self._at = at
        self._told = told
        self._stop = stop
        self._marks = marks
        self._raw = key.seed.database_key()
        self._salt = key.salt if key.key_file is not None and key.salt else os.urandom(header.SALT_BYTES)
        self._done = 0

    def run(self, to: Path, refused: MemoryBookError) -> SalvageReport:
        """Make the book in the workshop; ``refused`` is raised when the key opens nothing at all of it."""
        with self._watching():
            database = self._workshop / DATABASE
            connection = connections.begin(database, self._raw, self._salt)
            try:
                migrate(connection)
                with connections.unsynced(connection):
                    report = self._fill(connection, to, refused)
            finally:
                connection.close()
            sync_file(database)
            self._put_keys()
            header.keep_copy(self._workshop, database)
            self._check(database)
        return report

    def _fill(self, connection: Connection, to: Path, refused: MemoryBookError) -> SalvageReport:
        roots = connection.execute("SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 1")
        expected = {str(row["name"]): int(row["rootpage"]) for row in roots.fetchall()}
        with self._pages() as pages:
            if (pages.version or 0) > newest():
                raise BookNewer
            carved = Carved(pages, expected)
            files = self._copied(self._unwanted(carved))
            opens = self._key.fits or (self._key.salt is None and carved.ids("entry"))
            if not opens and not any(file.digest for file in files.values()):
                raise refused
            sources: list[Source] = [carved]
            sql = self._sql()
            if sql is not None:
                sources.append(sql)
            try:
                return self._rebuild(connection, carved, sources, files, pages, to)
            finally:
                if sql is not None:
                    sql.close()
                shutil.rmtree(self._workshop / _READING_PLACE, ignore_errors=True)

    def _rebuild(
        self,
        connection: Connection,
        carved: Carved,
        sources: list[Source],
        files: dict[MediaId, File],
        pages: Pages,
        to: Path,
    ) -> SalvageReport:
        new = Rebuilding(
            connection,
            carved,
            sources,
            at=self._at,
            marks=self._marks,
            plain=markup.composed,
            glance=self._written,
        )
        self._total = sum(len(new.ids(table)) for table in _ROWS)
        self._done = 0
        media = MediaStore(self._workshop / MEDIA, self._key.seed.media_key())
        left = PicturesLeft(
            new,
            media,
            files,
            self._decoder,
            stop=self._stop,
            told=lambda done, total: self._tell(PICTURES, done, total),
        )
        new.begin()
        new.people()
        new.babies()
        missing = rebuilding_media.rebuild(new, files)
        left.bring(missing, self._unwanted(carved))
        pages_of_book = RebuildingPages(new)
        pages_of_book.rebuild()
        rebuilding_rest.rebuild(new)
        new.settings()
        new.numbering()
        known = origin.get(connection)
        if known is None:
            connection.execute("DELETE FROM meta WHERE key IN ('book_id', 'created')")
            origin.put(connection, self._origin())
        new.end()
        counts = new.counts
        if not any(each.whole or each.in_part for each in counts.values()):
            raise NothingToSalvage
        others = [counts[table].tally for table in _OTHERS]
        return SalvageReport(
            folder=to,
            pages=counts["entry"].tally,
            photos=counts["photo"].tally,
            recordings=counts["recording"].tally,
            others=Tally(
                sum(each.whole for each in others),
                sum(each.in_part for each in others),
                sum(each.lost for each in others),
            ),
            bad_pages=len(pages.bad),
            all_pages=pages.count,
            from_earlier=pages_of_book.from_earlier,
            strays=left.strays,
            has_passphrase=self._has_passphrase(),
        )

    def _pages(self) -> Pages:
        database = self._book / DATABASE
        if not database.exists():
            database = self._workshop / "nothing"
            database.touch()
        total = max(1, database.stat().st_size)
        spare = salvage_files.readable_bytes(self._book / header.COPY_NAME, PAGE_BYTES)
        try:
            return Pages(
                database,
                self._raw,
                self._key.salt,
                spare=spare if len(spare) == PAGE_BYTES else b"",
                glance=lambda number: self._tell(READING, min(total, number * PAGE_BYTES), total),
                look=self._look,
            )
        finally:
            (self._workshop / "nothing").unlink(missing_ok=True)

    def _sql(self) -> sql_rows.SqlRows | None:
        """The database as SQLite reads it, from a copy; with the copy of page 1 where that helps."""
        database = self._book / DATABASE
        if self._key.salt is None or not database.is_file():
            return None
        copy = private_folder(self._workshop / _READING_PLACE) / DATABASE
        check = header.checker(self._raw, self._key.salt)
        own = salvage_files.readable_bytes(database, PAGE_BYTES)
        spare = salvage_files.readable_bytes(self._book / header.COPY_NAME, PAGE_BYTES)
        page_one = spare if check(spare, 1) and not check(own, 1) else b""
        salvage_files.copy_database(database, copy, page_one, lambda _: self._look())
        return sql_rows.SqlRows(copy, self._raw, self._key.salt, self._look)

    def _copied(self, unwanted: frozenset[MediaId]) -> dict[MediaId, File]:
        source, target = self._book / MEDIA, private_folder(self._workshop / MEDIA)
        found = [(name, size) for name, size in salvage_files.media_in(source) if name not in unwanted]
        total = sum(size for _, size in found)
        key = self._key.seed.media_key()
        done = 0

        def glance(more: int) -> None:
            nonlocal done
            done += more
            self._tell(COPYING, done, total)

        files = {}
        for name, _ in found:
            file = salvage_files.copy_media(source, target, name, key, glance)
            if file is not None:
                files[name] = file
        salvage_files.sync_media(target, glance)
        return files

    @staticmethod
    def _unwanted(carved: Carved) -> frozenset[MediaId]:
        """Files that were to be destroyed when the book was closed last: the person wanted them gone."""
        keys = [str(row.values["key"]) for row in carved.all("meta") if row.is_sure]
        start = "unfinished "
        return frozenset(MediaId(key.removeprefix(start)) for key in keys if key.startswith(start))

    def _origin(self) -> Origin:
        key_file = self._key.key_file
        if key_file is not None:
            return Origin(key_file.book_id, str(key_file.body.get("created", self._at)))
        return Origin(os.urandom(SEED_BYTES).hex(), self._at)

    def _has_passphrase(self) -> bool:
        key_file = self._key.key_file
        return key_file is not None and any(
            keyfile.slot_id(slot) not in {"", keyfile.KEYRING} for slot in key_file.slots
        )

    def _put_keys(self) -> None:
        key_file = self._key.key_file
        if key_file is None:
            known = self._origin()
            body = keyfile.begin(
                book_id=bytes.fromhex(known.book_id), db_salt=self._salt, created=known.created
            )
            key_file = keyfile.seal(body, self._key.seed)
        replicas.save(self._workshop, key_file, self._key.seed)

    def _check(self, database: Path) -> None:
        """Open the new book afresh: every page as it was written, and every row in its place."""
        total, done = database.stat().st_size, 0
        for whole in header.whole_pages(database, self._raw, self._salt):
            if not whole:
                raise BookDamaged
            done += PAGE_BYTES
            self._tell(CHECKING, min(done, total), total)
        connection = connections.connect_to_check(database, self._raw, self._salt)
        try:
            connection.set_progress_handler(self._stop.is_set, _STEPS)
            found = connection.execute("PRAGMA integrity_check").fetchall()
            loose = connection.execute("PRAGMA foreign_key_check").fetchall()
        except DatabaseFault:
            self._look()
            raise
        finally:
            connection.close()
        if [row[0] for row in found] != ["ok"] or loose:
            raise BookDamaged

    def _written(self) -> None:
        self._done += 1
        self._tell(WRITING, min(self._done, self._total), self._total)

    def _tell(self, stage: str, done: int, total: int) -> None:
        self._look()
        self._told(Step(stage, done, total))

    def _look(self) -> None:
        if self._stop.is_set():
            raise SalvageStopped

    @contextmanager
    def _watching(self) -> Iterator[None]:
        """End a look at a picture that is under way, when everything is to end."""
        over = threading.Event()

        def watch() -> None:
            while not over.wait(_GLANCE_SECONDS):
                if self._stop.is_set():
                    self._decoder.interrupt()
                    return

        watcher = threading.Thread(target=watch, name="memorybook-salvage", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()
