"""One page or letter alone as a PDF: asked for where it is written or read."""

import datetime
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from memorybook.domain.book import BookPlan, CoveredPhotos, Edition
from memorybook.domain.ids import EntryId
from memorybook.errors import MemoryBookError
from memorybook.rendering import looking_over
from memorybook.rendering.preview import each_picture
from memorybook.rendering.saving import save_entry
from memorybook.services.vault import Vault
from memorybook.ui.book.findings_card import undrawn_text
from memorybook.ui.core import dialogs, messages
from memorybook.ui.core.course import Course
from memorybook.ui.core.delivery import Deliver, Run
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.core.long_words import breakable
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.progress_sheet import ProgressSheet


class OnePage:
    """Asks for a place above the page it was asked on, and says there what became of it. GUI thread."""

    def __init__(
        self,
        vault: Vault,
        run: Run,
        deliver: Deliver,
        *,
        now: Callable[[], datetime.datetime],
        language: str,
    ) -> None:
        self._vault, self._run, self._deliver = vault, run, deliver
        self._now, self._language = now, language
        self._closed = False
        self._folder = Path.home()

    def stop(self) -> None:
        """The book is being closed: what is not finished is given up, nothing of it is written."""
        self._closed = True

    def ask(self, above: QWidget, entry: EntryId | None) -> None:
        """Say what the file will be, then ask where it goes, then make it; ``None`` is an empty page."""
        if entry is None:
            _tell(above, tr("There is nothing on this page yet."))
            return
        whole = Edition("", (), language=self._language, covered=CoveredPhotos.IN_PLACE)

        def failed(error: MemoryBookError) -> None:
            _failed(above, error)

        def planned(plan: BookPlan) -> None:
            covered = sum(it.covered for it in each_picture(plan))
            self._deliver(
                self._run(lambda: looking_over.unprintable(plan)),
                lambda undrawn: self._offer(above, entry, covered=covered, undrawn=undrawn),
                failed,
            )

        self._deliver(self._vault.books.one_page(entry, whole), planned, failed)

    def _offer(
        self, above: QWidget, entry: EntryId, *, covered: int, undrawn: tuple[tuple[str, str], ...]
    ) -> None:
        sheet = Sheet(above, tr("Save this page as a PDF"), name="one-page")
        words = tr(
            "The PDF is an ordinary file that anyone holding it can open. "
            "It leaves the locked book only when you save it."
        )
        sheet.column.addWidget(label(words))
        if undrawn:
            sheet.column.addWidget(label(undrawn_text(undrawn)))
        too = CheckBox(
            count_text("Print its covered photo too", "Print its {n} covered photos too", covered),
            name="one-page-covered",
        )
        sheet.column.addWidget(too)
        too.setVisible(covered > 0)

        def choose() -> None:
            photos = CoveredPhotos.IN_PLACE if too.isChecked() else CoveredPhotos.LEAVE_OUT
            sheet.accept()
            dialogs.choose_pdf(
                above,
                self._folder / "Memory Book page.pdf",
                lambda path: self._save(above, entry, path, photos),
                title=tr("Save this page as a PDF"),
            )

        sheet.add_button(tr("Not now"), sheet.reject, name="one-page-no")
        sheet.add_button(tr("Choose a place…"), choose, name="one-page-yes", primary=True)
        sheet.open()

    def _save(self, above: QWidget, entry: EntryId, path: Path, covered: CoveredPhotos) -> None:
        self._folder = path.parent
        created = self._now()
        course = Course()
        waiting = ProgressSheet(
            above,
            tr("Save this page as a PDF"),
            tr("The page is being made. If you stop it, nothing of it is written."),
            course,
            lambda _: "",
            name="one-page-making",
        )
        waiting.open()

        def work() -> Path:
            save_entry(
                self._vault,
                entry,
                path,
                created=created,
                language=self._language,
                covered=covered,
                cancelled=lambda: self._closed or course.stop.is_set(),
            )
            return path

        def saved(where: Path) -> None:
            waiting.finish()
            _tell(above, _saved(where))

        def failed(error: MemoryBookError) -> None:
            waiting.finish()
            if course.stop.is_set():
                _tell(above, tr("Stopped. Nothing was written."))
            else:
                _failed(above, error)

        self._deliver(self._run(work), saved, failed)


def _saved(path: Path) -> str:
    said = tr("Saved as {name} in {folder}. This file is not locked: keep it where you would keep a letter.")
    return said.format(name=path.name, folder=path.parent.name or str(path.parent))


def _failed(above: QWidget, error: MemoryBookError) -> None:
    _tell(above, messages.sentence(error))


def _tell(above: QWidget, text: str) -> None:
    sheet = Sheet(above, tr("Save this page as a PDF"), name="one-page-told")
    words = label(breakable(text))
    words.setAccessibleName(text)
    sheet.column.addWidget(words)
    sheet.add_button(tr("Done"), sheet.accept, name="one-page-done", primary=True)
    sheet.open()
