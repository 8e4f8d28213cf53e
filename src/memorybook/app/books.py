"""Making and exporting books without a window, for the command line."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from memorybook import files
from memorybook.app import terminal
from memorybook.app.terminal import Ask
from memorybook.domain.book import Edition
from memorybook.errors import FolderInUse, PagesNotMade
from memorybook.rendering.pdf import Typesetter
from memorybook.rendering.saving import save_book
from memorybook.services import choosing, sample
from memorybook.services.vault import Library, Vault
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder


@contextmanager
def library() -> Iterator[Library]:
    """Books opened and begun with the real clock and the real picture worker."""
    decoder = Decoder()
    try:
        yield Library(decoder=decoder, clock=SystemClock())
    finally:
        decoder.close()


def opened(books: Library, folder: Path, ask: Ask, *, words: bool) -> Vault:
    """The book in ``folder``, by what is asked for once it is known that a book is there."""
    books.look(folder, without_keys=words)
    secret = terminal.secret(ask, words=words)
    return books.open_with_words(folder, secret) if words else books.open(folder, secret)


@dataclass(frozen=True, slots=True)
class SampleBook:
    """Where the sample and its PDF are, and the words of its sheet, which is printed for nobody."""

    book: Path
    pdf: Path
    words: tuple[str, ...] = field(default=(), repr=False)


def make_sample(folder: Path, passphrase: str) -> SampleBook:
    """Make the sample book and its PDF inside ``folder``."""
    made = SampleBook(folder / "Memory Book", folder / "Memory Book.pdf")
    if folder.is_dir() and any(folder.iterdir()):
        raise FolderInUse
    files.private_folder(folder)
    with library() as books:
        vault = books.create(made.book, passphrase)
        try:
            contents = sample.make_sample(vault)
            edition = vault.editions.get(contents.edition).result().edition
            export_pdf(vault, made.pdf, datetime.datetime.now().astimezone(), edition)
            words = vault.ways.sheet().result().words
        finally:
            vault.close()
    return replace(made, words=words)


def export_pdf(
    vault: Vault, path: Path, created: datetime.datetime, edition: Edition | None = None
) -> int:
    """Make the PDF of an edition, or of everything that is marked for the book; the number of its pages."""
    material = vault.books.material().result()
    if edition is None:
        if not material.title and material.is_empty:
            raise PagesNotMade
        edition = choosing.marked(Edition(title=material.title, entries=()), material)
    plan = vault.books.plan(edition).result()
    save_book(vault, plan, path, created=created)
    return Typesetter().pages(plan, thumbnails=lambda photo: vault.album.thumbnail(photo).result()).page_count
