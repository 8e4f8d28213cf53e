"""The parts of a form that only the family's has: how far along, the word used, whom it was for."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox

from memorybook.domain.gestation import Gestation
from memorybook.domain.ids import BabyId
from memorybook.ui.core.gestation_words import gestation_text
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.gestation_field import GestationField
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.parts import Part
from memorybook.ui.kit.word_choice import WordChoice


class GestationPart(Part):
    """Weeks and days; where two dates tell them, they are offered."""

    def __init__(self, caption: str, *, name: str) -> None:
        super().__init__()
        self._field = GestationField(name=name)
        self.column.addWidget(label(caption, "field"))
        self.column.addWidget(self._field)
        self._hint = label("", "small")
        self._hint.hide()
        self.column.addWidget(self._hint)
        self._offered: Gestation | None = None
        self._offer = Button("", self._take, name=f"{name}-offer", variant="link")
        self._offer.hide()
        self.column.addWidget(self._offer)
        self.setFocusProxy(self._field)
        self._field.changed.connect(self._changed)

    def show_gestation(self, gestation: Gestation | None) -> None:
        """Fill the fields."""
        self._field.show_gestation(gestation)
        self._changed()

    def gestation(self) -> Gestation | None:
        """What the fields say."""
        return self._field.value()

    @property
    def is_whole(self) -> bool:
        """Whether all that stands in the fields is in :meth:`gestation`."""
        return not self._field.what_is_missing()

    def offer(self, gestation: Gestation | None) -> None:
        """What the due date says, to be taken over with one press while nothing stands here."""
        self._offered = gestation
        self._show_offer()

    def _show_offer(self) -> None:
        shown = self._offered is not None and self._field.is_empty
        if self._offered is not None and shown:
            text = tr("Counted from the due date: {weeks}").format(weeks=gestation_text(self._offered))
            self._offer.setText(text)
            self._offer.setAccessibleName(text)
        self._offer.setVisible(shown)

    def _take(self) -> None:
        self._field.show_gestation(self._offered)
        self._field.weeks.setFocus()

    def _changed(self) -> None:
        missing = self._field.what_is_missing()
        self._hint.setText(missing)
        self._hint.setVisible(bool(missing))
        self._show_offer()
        self.edited.emit()

    def holds(self) -> bool:
        return not self._field.is_empty


class WordPart(Part):
    """The word for this one, where it differs from the book's."""

    def __init__(self, caption: str, *, name: str) -> None:
        super().__init__()
        self.column.addWidget(label(caption, "field"))
        self._choice = WordChoice(name=name, as_usual=tr("As in the rest of the book"))
        self._choice.changed.connect(self.edited)
        self.column.addWidget(self._choice)

    def show_word(self, word: str) -> None:
        """Mark what is kept; empty for the book's word."""
        self._choice.show_word(word)

    def word(self) -> str:
        """A code, own words, or nothing."""
        return self._choice.word()

    def holds(self) -> bool:
        return bool(self.word())


class ForWhomPart(Part):
    """Whom something is for: one of the babies, or all of them."""

    def __init__(self, caption: str, *, name: str) -> None:
        super().__init__()
        self._ids: list[BabyId | None] = [None]
        self._box = QComboBox()
        self._box.setObjectName(name)
        self._box.setAccessibleName(caption)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(12)
        caption_label = label(caption, "field")
        caption_label.setBuddy(self._box)
        self.column.addWidget(caption_label)
        self.column.addWidget(self._box)
        self.setFocusProxy(self._box)
        self._box.activated.connect(lambda _: self.edited.emit())

    def show_babies(self, babies: Sequence[tuple[BabyId, str]], chosen: BabyId | None) -> None:
        """The babies to choose from, by what they are called."""
        self._ids = [None, *(baby for baby, _ in babies)]
        self._box.clear()
        self._box.addItems([tr("For all"), *(name for _, name in babies)])
        if chosen is not None and chosen not in self._ids:  # put away, and still the one it was for
            self._ids.append(chosen)
            self._box.addItem(tr("As it was"))
        self._box.setCurrentIndex(self._ids.index(chosen))

    def baby(self) -> BabyId | None:
        """The one that is chosen."""
        return self._ids[max(self._box.currentIndex(), 0)]

    def holds(self) -> bool:
        return len(self._ids) > 1

