"""What is said above the button that saves: signs without a face, pictures without words, soft pictures."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from memorybook.domain.material import Part
from memorybook.rendering.looking_over import SoftPicture
from memorybook.ui.book.findings import Findings
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import label

_NAMED = 6


class FindingsCard(QFrame):
    """Hidden while there is nothing to say. ``describeWanted`` and ``softWanted`` lead to the pictures."""

    describeWanted = Signal()
    softWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        self.setProperty("surface", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(14), px(8))
        column.setSpacing(px(4))
        column.addWidget(label(tr("Before you save"), "section"))
        self._damaged = label("", "small")
        self._damaged.setObjectName("book-damaged")
        column.addWidget(self._damaged)
        self._undrawn = label("", "small")
        self._undrawn.setObjectName("book-undrawn")
        self._undescribed = label("", "small")
        self._undescribed.setObjectName("book-undescribed")
        self._describe = Button(
            tr("Look, and write words"), self.describeWanted.emit, name="book-describe", variant="link"
        )
        self._soft = label("", "small")
        self._soft.setObjectName("book-soft")
        self._look = Button(
            tr("Look, and choose"), self.softWanted.emit, name="book-soft-look", variant="link"
        )
        self._large = label("", "small")
        self._large.setObjectName("book-too-large")
        for words in (self._undrawn, self._undescribed):
            column.addWidget(words)
        column.addWidget(self._describe, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._soft)
        column.addWidget(self._look, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._large)
        self.hide()

    def show_findings(self, findings: Findings) -> None:
        """Say what was found, or nothing."""
        self._damaged.setText(damaged_text(findings) if findings.has_damage else "")
        self._damaged.setVisible(findings.has_damage)
        self._undrawn.setText(undrawn_text(findings.undrawn))
        self._undrawn.setVisible(bool(findings.undrawn))
        number = len(findings.undescribed)
        self._undescribed.setText(
            count_text(
                "{n} picture has no words for somebody who cannot see it. It is printed all the same.",
                "{n} pictures have no words for somebody who cannot see them. They are printed all the same.",
                number,
            )
        )
        self._soft.setText(_soft_text(findings))
        has_soft = bool(findings.soft or findings.made_smaller)
        self._large.setText(_large_text(len(findings.too_large)))
        for widget, shown in (
            (self._undescribed, number > 0),
            (self._describe, number > 0),
            (self._soft, has_soft),
            (self._look, has_soft),
            (self._large, bool(findings.too_large)),
        ):
            widget.setVisible(shown)
        self.setVisible(not findings.are_none)


def damaged_text(findings: Findings) -> str:
    """What is not as it was kept, kind by kind, and that all the rest is there."""

    def number(part: Part) -> int:
        return sum(of is part for of, _ in findings.damaged)

    pages, photos, keepsakes = number(Part.ENTRIES), number(Part.PHOTOS), number(Part.KEEPSAKES)
    recordings, records, farewells = number(Part.RECORDINGS), number(Part.BABIES), number(Part.CEREMONIES)
    days, books = findings.damaged_days, findings.damaged_editions
    counted = (
        (pages, count_text("{n} page", "{n} pages", pages)),
        (photos, count_text("{n} photo", "{n} photos", photos)),
        (keepsakes, count_text("{n} keepsake", "{n} keepsakes", keepsakes)),
        (recordings, count_text("{n} recording", "{n} recordings", recordings)),
        (
            records,
            count_text("{n} page of dates and measurements", "{n} pages of dates and measurements", records),
        ),
        (farewells, count_text("{n} farewell", "{n} farewells", farewells)),
        (days, count_text("{n} date", "{n} dates", days)),
        (books, count_text("{n} book made before", "{n} books made before", books)),
    )
    things = QLocale().createSeparatedList([text for n, text in counted if n])
    return tr(
        "Cannot be read as it was written, and is left out: {things}. Nothing of it was changed, and all the "
        "rest can go in. Please make a copy of the book’s whole folder before anything else is tried."
    ).format(things=things)


def undrawn_text(undrawn: tuple[tuple[str, str], ...]) -> str:
    """Which signs cannot be printed, by name; beyond a few of them how many more there are."""
    named = [f"{name} ({code})" if name else code for name, code in undrawn[:_NAMED]]
    more = len(undrawn) - len(named)
    if more > 0:
        named.append(count_text("{n} more", "{n} more", more))
    signs = QLocale().createSeparatedList(named)
    return tr(
        "No typeface on this computer has these signs: {signs}. Their names are printed in their place."
    ).format(signs=signs)


def soft_sentence(soft: SoftPicture) -> str:
    """What is said of one soft picture."""
    size = tr("This photo is {width} × {height}.").format(
        width=soft.picture.width, height=soft.picture.height
    )
    said = [size]
    if soft.is_very:
        said.append(tr("At this size it will look soft."))
    else:
        said.append(tr("At this size it will look a little soft."))
    if soft.has_choice:
        said.append(tr("It can be smaller on the page, or kept as it is."))
    return " ".join(said)


def made_smaller_sentence() -> str:
    """What is said of a picture that is printed smaller."""
    return tr("This photo is printed smaller, so that it looks as sharp as it can.")


def _soft_text(findings: Findings) -> str:
    number, made = len(findings.soft), len(findings.made_smaller)
    said = []
    if number == 1:
        said.append(soft_sentence(findings.soft[0]))
    elif number:
        said.append(
            count_text(
                "{n} photo will look soft at its size on the page. It is printed all the same.",
                "{n} photos will look soft at their size on the page. They are printed all the same.",
                number,
            )
        )
    if made:
        said.append(
            count_text(
                "{n} photo is printed smaller, as you chose.",
                "{n} photos are printed smaller, as you chose.",
                made,
            )
        )
    return " ".join(said)


def _large_text(number: int) -> str:
    return count_text(
        "{n} picture is larger than the page in its true size. It is printed as large as the page allows.",
        "{n} pictures are larger than the page in true size. They are printed as large as the page allows.",
        number,
    )
