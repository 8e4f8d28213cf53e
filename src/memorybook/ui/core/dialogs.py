"""Questions and file choices. Each opens and answers by a callback; none blocks, none keeps a name."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, QSize, QStandardPaths, QStorageInfo, Qt, QUrl
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from memorybook.ui.core import closing, cover, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.long_words import breakable
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label

_EDGE = 40  # pixels of the window behind that stay in sight
_OURS = QFileDialog.Option.DontUseNativeDialog  # native ones write chosen names to a list of recent files


class Sheet(QDialog):
    """A small window with a title, room for content in ``column``, and its buttons in one row.

    It is as tall as its content and never taller than the window behind it: then the content scrolls.
    """

    def __init__(self, parent: QWidget, title: str, *, name: str, width: int = 420) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.WindowCloseButtonHint)
        px = theme.current().px
        self.setObjectName(name)
        self.setWindowTitle("Memory Book")
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        closing.listen_in(self)
        cover.listen_in(self)
        self._behind = parent.window()
        self._room = self._behind.size() - QSize(_EDGE, _EDGE)
        self.setFixedWidth(min(px(width), max(self._room.width(), 280)))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, px(22), 0, px(22))
        outer.setSpacing(px(14))
        self._sides = px(28)
        outer.addLayout(self._indented(label(title, "card-title")))
        self._scroll = ScrollColumn()
        self._scroll.set_margins(self._sides, 2, self._sides, 2)
        self.column = self._scroll.column
        outer.addWidget(self._scroll, 1)
        self._sought: QWidget | None = None
        row = QWidget()
        self._buttons = FlowLayout(row, gap=px(10), trailing=True)
        outer.addLayout(self._indented(row))

    def _indented(self, widget: QWidget) -> QHBoxLayout:
        across = QHBoxLayout()
        across.setContentsMargins(self._sides, 0, self._sides, 0)
        across.addWidget(widget)
        return across

    def open(self) -> None:
        """As every dialog: above what it was asked from, and nowhere else."""
        cover.open_in_sight(self)

    def showEvent(self, event: QShowEvent) -> None:
        self.fit()
        super().showEvent(event)

    def fit(self) -> None:
        """As tall as its words need at this width, if there is room; again when there are more of them."""
        for each in reversed(self._scroll.findChildren(QWidget)):  # the innermost first
            inner = each.layout()
            if inner is not None:
                inner.activate()
        # A scroll bar from before takes room from the words, which then need it.
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setMinimumHeight(self._scroll.height_for(self.width()))
        layout = self.layout()
        if layout is not None:
            layout.activate()
            wanted = layout.totalHeightForWidth(self.width())
            self._scroll.setMinimumHeight(0)
            layout.activate()
            self.resize(self.width(), min(wanted, self._room.height()))
            layout.activate()
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        if self.isVisible():
            self._stay_in_front()

    def _stay_in_front(self) -> None:
        """A window that has grown since it opened may reach below the one behind it, and below the screen."""
        behind, here = self._behind.frameGeometry(), self.frameGeometry()
        if here.bottom() > behind.bottom():
            self.move(here.left(), max(behind.top(), behind.center().y() - here.height() // 2))

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll to a part of the content, where it is taller than the window, and again at each new size.

        A window system answers late, and with every size that was asked for one after another: in a taller
        window that is there for a moment nothing is scrolled any more.
        """
        self._sought = widget
        self._scroll.bring_into_view(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._sought is not None:
            self._scroll.bring_into_view(self._sought)

    def add_button(
        self, text: str, pressed: Callable[[], object], *, name: str, primary: bool = False
    ) -> Button:
        """One more button at the end of the row. The primary one answers to Return."""
        button = Button(text, pressed, name=name, variant="primary" if primary else "")
        button.setDefault(primary)
        self._buttons.addWidget(button)
        return button


def ask(
    parent: QWidget,
    title: str,
    text: str,
    *,
    yes: str,
    no: str,
    name: str,
    agreed: Callable[[], object],
    destroys: bool = False,
) -> Sheet:
    """Ask one question; ``agreed`` is called when the answer is yes, nothing happens when it is no.

    Return answers yes; where yes ``destroys`` what nothing brings back, it answers no.
    """
    sheet = Sheet(parent, title, name=name)
    words = label(breakable(text))
    words.setAccessibleName(text)
    sheet.column.addWidget(words)

    def accept() -> None:
        sheet.accept()
        agreed()

    sheet.add_button(no, sheet.reject, name=f"{name}-no", primary=destroys)
    sheet.add_button(yes, accept, name=f"{name}-yes", primary=not destroys)
    sheet.open()
    return sheet


def choose_pictures(parent: QWidget, start: Path, chosen: Callable[[list[Path]], object]) -> QFileDialog:
    """Let the person pick picture files. Every file is offered: the content decides, not the ending."""
    dialog = _file_dialog(parent, tr("Add photos"), start, "choose-pictures")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    cover.open_in_sight(dialog)
    return dialog


def choose_recordings(parent: QWidget, start: Path, chosen: Callable[[list[Path]], object]) -> QFileDialog:
    """Let the person pick sound and video files. Every file is offered, as with pictures."""
    dialog = _file_dialog(parent, tr("Add recordings"), start, "choose-recordings")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    cover.open_in_sight(dialog)
    return dialog


def choose_dictionary(parent: QWidget, start: Path, chosen: Callable[[Path], object]) -> QFileDialog:
    """Let the person pick the file of a spelling dictionary."""
    dialog = _file_dialog(parent, tr("Add a dictionary"), start, "choose-dictionary")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(tr("Dictionaries (*.oxt *.dic *.aff)"))
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    cover.open_in_sight(dialog)
    return dialog


def choose_folder(parent: QWidget, title: str, start: Path, chosen: Callable[[Path], object]) -> QFileDialog:
    """Let the person pick a folder, new or there already."""
    dialog = _file_dialog(parent, title, start, "choose-folder")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    cover.open_in_sight(dialog)
    return dialog


def choose_source(parent: QWidget, title: str, start: Path, chosen: Callable[[Path], object]) -> QFileDialog:
    """Let the person pick the file of a copy or an archive. Every file is offered: the content decides."""
    dialog = _file_dialog(parent, title, start, "choose-source")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    cover.open_in_sight(dialog)
    return dialog


def choose_pdf(
    parent: QWidget, start: Path, chosen: Callable[[Path], object], *, title: str = ""
) -> QFileDialog:
    """Let the person say where the PDF goes. The name offered is neutral."""
    dialog = _file_dialog(parent, title or tr("Save the book as a PDF"), start.parent, "choose-pdf")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")
    dialog.setNameFilter(tr("PDF documents (*.pdf)"))
    dialog.selectFile(start.name)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    cover.open_in_sight(dialog)
    return dialog


def choose_copy(
    parent: QWidget, start: Path, chosen: Callable[[Path], object], *, title: str, may_replace: bool = True
) -> QFileDialog:
    """Let the person say where a copy of a file goes. The name offered is ``start``'s, its ending too.

    Unless it ``may_replace`` a file that is there, nobody is asked whether it should.
    """
    dialog = _file_dialog(parent, title, start.parent, "choose-copy")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(start.suffix.lstrip("."))
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not may_replace)
    dialog.selectFile(start.name)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    cover.open_in_sight(dialog)
    return dialog


def _file_dialog(parent: QWidget, title: str, start: Path, name: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(start))
    dialog.setObjectName(name)
    dialog.setOption(_OURS)
    closing.listen_in(dialog)
    cover.listen_in(dialog)
    dialog.setFilter(QDir.Filter.AllDirs | QDir.Filter.Files | QDir.Filter.NoDotAndDotDot)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setSidebarUrls(_places())
    px = theme.current().px
    dialog.resize(min(px(760), parent.window().width()), min(px(500), parent.window().height()))
    return dialog


def _places() -> list[QUrl]:
    """Where people keep things: their own folders, and drives that are connected."""
    standard = QStandardPaths.StandardLocation
    wanted = (
        standard.HomeLocation,
        standard.DesktopLocation,
        standard.DocumentsLocation,
        standard.PicturesLocation,
    )
    folders = [path for place in wanted if Path(path := QStandardPaths.writableLocation(place)).is_dir()]
    drives = [
        drive.rootPath()
        for drive in QStorageInfo.mountedVolumes()
        if drive.isReady() and drive.rootPath().startswith(("/media/", "/run/media/", "/Volumes/"))
    ]
    return [QUrl.fromLocalFile(path) for path in dict.fromkeys(folders + drives)]
