"""Questions and file choices. Each opens and answers by a callback; none blocks, none keeps a name."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import label

_OURS = QFileDialog.Option.DontUseNativeDialog  # native ones write chosen names to a list of recent files


class Sheet(QDialog):
    """A small window with a title, room for content in ``column``, and its buttons in one row."""

    def __init__(self, parent: QWidget, title: str, *, name: str) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.WindowCloseButtonHint)
        px = theme.current().px
        self.setObjectName(name)
        self.setWindowTitle("Memory Book")
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(min(px(420), max(parent.window().width() - 60, 280)))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(28), px(24), px(28), px(24))
        outer.setSpacing(px(16))
        outer.addWidget(label(title, "card-title"))
        self.column = QVBoxLayout()
        self.column.setSpacing(px(12))
        outer.addLayout(self.column)
        outer.addStretch(1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(px(10))
        self._buttons.addStretch(1)
        outer.addLayout(self._buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """As tall as its words need at this width, and no taller."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(layout.totalHeightForWidth(self.width()), 1))
        super().showEvent(event)

    def add_button(
        self, text: str, pressed: Callable[[], object], *, name: str, primary: bool = False
    ) -> Button:
        """One more button at the end of the row. The primary one answers to Return."""
        button = Button(text, pressed, name=name, variant="primary" if primary else "")
        button.setDefault(primary)
        self._buttons.addWidget(button)
        return button


def ask(
    parent: QWidget, title: str, text: str, *, yes: str, no: str, name: str, agreed: Callable[[], object]
) -> Sheet:
    """Ask one question; ``agreed`` is called when the answer is yes, nothing happens when it is no."""
    sheet = Sheet(parent, title, name=name)
    sheet.column.addWidget(label(text))

    def accept() -> None:
        sheet.accept()
        agreed()

    sheet.add_button(no, sheet.reject, name=f"{name}-no")
    sheet.add_button(yes, accept, name=f"{name}-yes", primary=True)
    sheet.open()
    return sheet


def choose_pictures(parent: QWidget, start: Path, chosen: Callable[[list[Path]], object]) -> QFileDialog:
    """Let the person pick picture files. Every file is offered: the content decides, not the ending."""
    dialog = _file_dialog(parent, tr("Add photos"), start, "choose-pictures")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.open()
    return dialog


def choose_folder(parent: QWidget, title: str, start: Path, chosen: Callable[[Path], object]) -> QFileDialog:
    """Let the person pick a folder, new or there already."""
    dialog = _file_dialog(parent, title, start, "choose-folder")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def choose_pdf(parent: QWidget, start: Path, chosen: Callable[[Path], object]) -> QFileDialog:
    """Let the person say where the PDF goes. The name offered is neutral."""
    dialog = _file_dialog(parent, tr("Save the book as a PDF"), start.parent, "choose-pdf")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")
    dialog.setNameFilter(tr("PDF documents (*.pdf)"))
    dialog.selectFile(start.name)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def _file_dialog(parent: QWidget, title: str, start: Path, name: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(start))
    dialog.setObjectName(name)
    dialog.setOption(_OURS)
    dialog.setFilter(QDir.Filter.AllDirs | QDir.Filter.Files | QDir.Filter.NoDotAndDotDot)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    px = theme.current().px
    dialog.resize(min(px(760), parent.window().width()), min(px(500), parent.window().height()))
    return dialog
