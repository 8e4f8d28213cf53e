"""The card that makes a book of an archive: an archive has no lock, so the new book needs a passphrase."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.closed_card import Card
from memorybook.ui.kit.fields import PassphraseLine
from memorybook.ui.kit.labels import ElidedLabel, label


class NewBookCard(Card):
    """``given`` carries the password of the archive, which may be empty, and the passphrase, twice."""

    given = Signal(str, str, str)
    placeWanted = Signal()

    width_wanted = 580

    def __init__(self) -> None:
        super().__init__(name="new-book")
        px = theme.current().px
        self.lines.addWidget(label(tr("A new book from an archive"), "title"))
        self.lines.addWidget(
            label(
                tr(
                    "Everything that is in the archive is taken into a new book, which is locked with a "
                    "passphrase of its own. The archive is only read."
                ),
                "soft",
            )
        )
        self.lines.addWidget(self.notice)
        self._password = PassphraseLine(tr("The password of the archive"), name="archive-password")
        self.passphrase = PassphraseLine(tr("Choose a passphrase"), name="archive-passphrase")
        self.again = PassphraseLine(tr("The same once more"), name="archive-again")
        self._password.line.returnPressed.connect(self.passphrase.setFocus)
        self.passphrase.line.returnPressed.connect(self.again.setFocus)
        self.again.line.returnPressed.connect(self._go_on)
        for line in (self._password, self.passphrase, self.again):
            self.lines.addWidget(line)
        self.lines.addWidget(
            label(tr("Four or more ordinary words are quick to type and hard to guess."), "small")
        )
        where = QHBoxLayout()
        where.setSpacing(px(8))
        where.addWidget(label(tr("It is put into"), "field", wraps=False))
        self._place = ElidedLabel("", "small", elide=Qt.TextElideMode.ElideMiddle)
        self._place.setObjectName("archive-place")
        where.addWidget(self._place, 1)
        where.addWidget(
            Button(tr("Change"), self.placeWanted.emit, name="archive-change-place", variant="link")
        )
        self.lines.addLayout(where)
        self._button = Button(tr("Make the book"), self._go_on, name="archive-go-on", variant="primary")
        self.lines.addWidget(self._button)

    def ask(self, place: str, *, locked: bool) -> None:
        """Begin anew; ``locked`` archives ask for the password they were saved with."""
        self.forget()
        self._password.setVisible(locked)
        self.begin_at(self._password if locked else self.passphrase)
        self.show_place(place)
        self.notice.hide()
        self.rest()

    def show_place(self, place: str) -> None:
        """Where the new book will be."""
        self._place.show_text(place)

    def forget(self) -> None:
        for line in (self._password, self.passphrase, self.again):
            line.forget()

    def _go_on(self) -> None:
        self.given.emit(self._password.text(), self.passphrase.text(), self.again.text())
