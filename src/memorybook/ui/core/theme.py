"""The look in one place: colours, type, sizes, icons, and the style sheet made from them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
    QTransform,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from memorybook import resources

Appearance = Literal["system", "light", "dark"]

SERIF = "Source Serif 4"
SANS = "Source Sans 3"


@dataclass(frozen=True, slots=True)
class Palette:
    """The named colours of the design, as ``#rrggbb``."""

    paper: str
    linen: str
    card: str
    line: str
    edge: str
    ink: str
    ink_soft: str
    sage: str
    sage_hover: str
    sage_wash: str
    on_sage: str
    clay: str
    clay_wash: str
    dusk: str
    candle: str
    on_candle: str
    shadow: str
    sheet: str


LIGHT = Palette(
    paper="#FBF9F5", linen="#F3EFE8", card="#FFFFFF", line="#E4DDD2", edge="#CFC6B8",
    ink="#2E2A27", ink_soft="#6B645C",
    sage="#4F6B5B", sage_hover="#435C4E", sage_wash="#E6EDE7", on_sage="#FFFFFF", clay="#9C5739",
    clay_wash="#F7EAE3", dusk="#56708A", candle="#C58F2F",
    on_candle="#2E2A27", shadow="#CFC8BC", sheet="#FFFFFF",
)  # fmt: skip
DARK = Palette(
    paper="#1E2022", linen="#17191A", card="#26292B", line="#34383B", edge="#6C7377",
    ink="#E9E4DC", ink_soft="#A8A198",
    sage="#9DB8A7", sage_hover="#B0C7B8", sage_wash="#2B3530", on_sage="#1E2022", clay="#D79B80",
    clay_wash="#3A2B25", dusk="#9DB3C8", candle="#C58F2F",
    on_candle="#1E2022", shadow="#0D0E0F", sheet="#FFFFFF",
)  # fmt: skip

_ALONG_THE_LINE = {"back", "next", "previous"}
_COLOUR = re.compile(r"\$(\w+)")
_SIZE = re.compile(r"(\d+)sp\b")


class Theme(QObject):
    """The look that is on: a palette and a text size. ``changed`` asks widgets that paint to repaint."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance: Appearance = "system"
        self.scale = 1.0
        self.palette = LIGHT

    def px(self, size: float) -> int:
        """A length of the design (in pixels at 100 %) at the text size the person chose."""
        return round(size * self.scale)

    def colour(self, token: str) -> QColor:
        """A named colour of the palette that is on."""
        return QColor(getattr(self.palette, token))

    def font(self, size: float, *, serif: bool = False, weight: int = 400, italic: bool = False) -> QFont:
        """A face of the design. ``size`` is in pixels at 100 %."""
        font = QFont(SERIF if serif else SANS)
        font.setPixelSize(max(1, self.px(size)))
        font.setWeight(QFont.Weight(weight))
        font.setItalic(italic)
        return font

    def apply(self, appearance: Appearance, text_scale: int) -> None:
        """Dress the whole application. ``text_scale`` is in per cent, 80 to 200. GUI thread."""
        self._appearance = appearance
        self.scale = max(80, min(200, text_scale)) / 100
        self.palette = DARK if self._is_dark() else LIGHT
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            return
        application.setFont(self.font(15))
        application.setPalette(self._qt_palette())
        application.setStyleSheet(self.style_sheet())
        self.changed.emit()

    def follow_system(self) -> None:
        """Change with the desktop when the person left the choice to it. Call once."""
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(lambda _: self.apply(self._appearance, round(self.scale * 100)))

    def _is_dark(self) -> bool:
        if self._appearance == "system":
            return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._appearance == "dark"

    def style_sheet(self) -> str:
        """The style sheet template with the colours and sizes of this moment."""
        template = (resources.folder("styles") / "memorybook.qss").read_text(encoding="utf-8")
        template = _COLOUR.sub(lambda match: getattr(self.palette, match[1]), template)
        icons = resources.folder("icons").as_posix()
        mode = "dark" if self.palette is DARK else "light"
        return (
            _SIZE.sub(lambda match: f"{self.px(int(match[1]))}px", template)
            .replace("%icons%", icons)
            .replace("%mode%", mode)
        )

    def _qt_palette(self) -> QPalette:
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: "paper",
            QPalette.ColorRole.Base: "card",
            QPalette.ColorRole.Text: "ink",
            QPalette.ColorRole.WindowText: "ink",
            QPalette.ColorRole.Button: "card",
            QPalette.ColorRole.ButtonText: "ink",
            QPalette.ColorRole.Highlight: "sage",
            QPalette.ColorRole.HighlightedText: "on_sage",
            QPalette.ColorRole.PlaceholderText: "ink_soft",
            QPalette.ColorRole.ToolTipBase: "card",
            QPalette.ColorRole.ToolTipText: "ink",
            QPalette.ColorRole.Link: "dusk",
            QPalette.ColorRole.AlternateBase: "linen",
            QPalette.ColorRole.Accent: "sage",
        }
        for role, token in roles.items():
            palette.setColor(role, self.colour(token))
        faint = self.colour("ink_soft")
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, faint)
        return palette

    def icon(self, name: str, tint: str = "ink", on_tint: str | None = None) -> QIcon:
        """One icon of the drawn set, tinted. ``on_tint`` is its colour when checked.

        Arrows that follow the line point the other way where lines begin at the right.
        """
        icon = QIcon()
        icon.addPixmap(self.pixmap(name, tint, 20))
        if on_tint:
            pixmap = self.pixmap(name, on_tint, 20)
            icon.addPixmap(pixmap, QIcon.Mode.Normal, QIcon.State.On)
        return icon

    def pixmap(self, name: str, token: str, size: int) -> QPixmap:
        """An icon as pixels, ``size`` at 100 %, sharp on the densest screen in use."""
        application = QGuiApplication.instance()
        ratio = application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0
        edge = self.px(size)
        pixmap = QPixmap(round(edge * ratio), round(edge * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        svg = _icon_source(name).replace("currentColor", getattr(self.palette, token))
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(pixmap.rect()))
        painter.end()
        if name in _ALONG_THE_LINE and QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            pixmap = pixmap.transformed(QTransform.fromScale(-1, 1))
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


@lru_cache(maxsize=64)
def _icon_source(name: str) -> str:
    return (resources.folder("icons") / f"{name}.svg").read_text(encoding="utf-8")


def load_fonts() -> None:
    """Register the two shipped families. GUI thread, once, before the first widget."""
    for path in sorted(resources.folder("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


_current: list[Theme] = []


def current() -> Theme:
    """The one theme of this process. It is made by the application and read by everything painted."""
    if not _current:
        _current.append(Theme())
    return _current[0]
