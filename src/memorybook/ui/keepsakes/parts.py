"""What only the form of a keepsake has: its kind, and its pictures."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QMenu, QVBoxLayout, QWidget

from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import Photo
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.keepsake_words import kind_names, life_size
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.fields import OWN_WORDS
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import ElidedLabel, label
from memorybook.ui.kit.parts import Part
from memorybook.ui.kit.pasted import pictures_in
from memorybook.ui.kit.pictures import Picture

_TILE = (196, 132)
_ADD = (132, 132)


class KindPart(Part):
    """One of the kinds there is a word for, or own words, or none."""

    def __init__(self, caption: str, *, name: str) -> None:
        super().__init__()
        self._names = kind_names()
        self._box = QComboBox()
        self._box.setEditable(True)
        self._box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._box.setCompleter(None)  # type: ignore[arg-type]  # none: own words stay as typed
        self._box.setObjectName(name)
        self._box.setAccessibleName(caption)
        self._box.addItems(list(self._names.values()))
        self._box.setCurrentIndex(-1)
        self._box.setMaxVisibleItems(12)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(12)
        line = self._box.lineEdit()
        if line is not None:
            line.setInputMethodHints(OWN_WORDS)
            line.setObjectName(f"{name}-line")
            line.setAccessibleName(caption)
            line.setPlaceholderText(tr("Choose, or type your own words"))
        above = label(caption, "field")
        above.setBuddy(self._box)
        self.column.addWidget(above)
        self.column.addWidget(self._box)
        self.setFocusProxy(self._box)
        self._box.editTextChanged.connect(lambda _: self.edited.emit())

    def show_kind(self, kind: str) -> None:
        """Fill the line: a code in its words, or own words."""
        self._box.setCurrentIndex(-1)
        self._box.setEditText(self._names.get(kind, kind))

    def kind(self) -> str:
        """The code of a kind of ours, or what was typed."""
        typed = self._box.currentText()
        return {text: code for code, text in self._names.items()}.get(typed.strip(), typed)

    def holds(self) -> bool:
        return bool(self.kind().strip())


class _AddButton(Button):
    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(_ADD[0]), px(_ADD[1]))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def heightForWidth(self, width: int) -> int:
        del width
        return self.sizeHint().height()


class _Tile(QWidget):
    """One picture with what is known of its size below it."""

    def __init__(self, photo: Photo) -> None:
        super().__init__()
        px = theme.current().px
        self.photo = photo
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        said = photo.description or photo.caption or tr("Photo")
        self.picture = Picture(name=f"keepsake-photo-{photo.id}", says=said, edge=_TILE)
        column.addWidget(self.picture)
        for words in (photo.caption, life_size(photo)):
            if words:
                below = ElidedLabel(words, "small")
                below.setFixedWidth(px(_TILE[0]))
                column.addWidget(below)
        column.addStretch(1)


class PicturesPart(Part):
    """Tiles in the parent's order, and the ways to bring another. A tile has a menu of what can be done."""

    addWanted = Signal()
    chooseWanted = Signal()
    offered = Signal(list)
    uncoverWanted = Signal(int)
    lookWanted = Signal(int)
    moveWanted = Signal(int, int)
    takeOffWanted = Signal(int)

    def __init__(self, caption: str, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAcceptDrops(True)
        self._tiles: dict[PhotoId, _Tile] = {}
        self._order: tuple[PhotoId, ...] = ()
        self.column.addWidget(label(caption, "field"))
        row = QWidget()
        self._flow = FlowLayout(row, gap=theme.current().px(12))
        self._add = _AddButton(
            tr("Add a photo\nor drop it here"),
            self.addWanted.emit,
            name=f"{name}-add",
            variant="add-picture",
            says=tr("Add a photo"),
        )
        self._last = QWidget()  # as tall as the tiles, so that the button stands at their pictures
        last = QVBoxLayout(self._last)
        last.setContentsMargins(0, 0, 0, 0)
        last.addWidget(self._add)
        last.addStretch(1)
        self._flow.addWidget(self._last)
        self.column.addWidget(row)
        choose = Button(
            tr("Choose from the book…"), self.chooseWanted.emit, name=f"{name}-choose", variant="link"
        )
        self.column.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeading)
        self.begin_at(self._add)

    def show_photos(self, photos: Sequence[Photo]) -> None:
        """One tile for each photo, in order; tiles that stay as they are keep their pixels."""
        before, self._tiles = self._tiles, {}
        for photo in photos:
            tile = before.get(photo.id)
            if tile is None or tile.photo != photo:
                tile = self._make(photo)
            else:
                del before[photo.id]
                self._flow.removeWidget(tile)
            self._flow.insertWidget(len(self._tiles), tile)
            tile.show()
            self._tiles[photo.id] = tile
        for gone in before.values():
            self._flow.removeWidget(gone)
            if gone.picture.hasFocus():
                self._add.setFocus()
            gone.hide()
            gone.deleteLater()
        self._order = tuple(photo.id for photo in photos)
        tallest = max((tile.sizeHint().height() for tile in self._tiles.values()), default=0)
        for part in (*self._tiles.values(), self._last):
            part.setMinimumHeight(tallest)
        tab = [*(tile.picture for tile in self._tiles.values()), self._add]
        for earlier, later in pairwise(tab):
            QWidget.setTabOrder(earlier, later)
        self.updateGeometry()

    def _make(self, photo: Photo) -> _Tile:
        tile = _Tile(photo)
        number = int(photo.id)
        tile.picture.pressed.connect(lambda: self._show_menu(photo.id))
        tile.picture.uncoverWanted.connect(lambda: self.uncoverWanted.emit(number))
        return tile

    def tiles_of(self, photo: PhotoId) -> list[Picture]:
        """Where a photo is shown."""
        return [tile.picture for known, tile in self._tiles.items() if known == photo]

    def waiting(self) -> list[PhotoId]:
        """The photos that have neither pixels nor the plain surface yet."""
        pictures = ((photo, tile.picture) for photo, tile in self._tiles.items())
        return [photo for photo, picture in pictures if not (picture.is_shown or picture.is_covered)]

    def show_adding(self, *, on: bool) -> None:
        """Say on the button that pictures are being taken in."""
        self._add.setText(tr("Adding…") if on else tr("Add a photo\nor drop it here"))

    def _show_menu(self, photo: PhotoId) -> None:
        number, at = int(photo), self._order.index(photo)
        picture = self._tiles[photo].picture
        menu = QMenu(picture)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Look at it"), lambda: self.lookWanted.emit(number))
        if at > 0:
            menu.addAction(tr("Move it earlier"), lambda: self.moveWanted.emit(number, -1))
        if at < len(self._order) - 1:
            menu.addAction(tr("Move it later"), lambda: self.moveWanted.emit(number, 1))
        menu.addAction(tr("Take it off this keepsake"), lambda: self.takeOffWanted.emit(number))
        menu.popup(picture.mapToGlobal(picture.rect().center()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if pictures_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.offered.emit(pictures_in(event.mimeData()))

    def holds(self) -> bool:
        return bool(self._order)
