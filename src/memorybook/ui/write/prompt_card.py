"""A place to start, below the page: one question, another one, or none ever again."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout, QWidget

from memorybook.services.prompts import EVERYTHING, PromptGroup
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout, lie_or_stand
from memorybook.ui.kit.labels import label, surface


class PromptCard(QWidget):
    """Hidden while there is nothing to offer. It asks for nothing and stays where it is."""

    def __init__(
        self,
        *,
        another: Callable[[], object],
        about: Callable[[str], object],
        stop: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._about = about
        self._groups: Sequence[PromptGroup] = ()
        self._chosen = EVERYTHING
        px = theme.current().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, px(22), 0, 0)
        frame = surface("quiet")
        outer.addWidget(frame)
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, frame)
        row.setContentsMargins(px(20), px(16), px(20), px(16))
        row.setSpacing(px(14))
        words = QVBoxLayout()
        words.setSpacing(px(4))
        words.addWidget(label(tr("A place to start, if you would like one"), "small"))
        self._text = label("", "prompt")
        self._text.setObjectName("prompt-text")
        words.addWidget(self._text)
        row.addLayout(words, 1)
        self._links = QWidget()
        links = FlowLayout(self._links, gap=px(10), trailing=True)
        self._group = Button("", self._choose, name="prompt-about", variant="link")
        self._buttons = (
            Button(tr("Another"), another, name="prompt-another", variant="link"),
            self._group,
            Button(tr("No prompts"), stop, name="prompt-none", variant="link"),
        )
        for button in self._buttons:
            links.addWidget(button)
        row.addWidget(self._links, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_groups((), EVERYTHING)
        self.hide()

    def show_prompt(self, text: str) -> None:
        """Offer a place to start; an empty one puts the card away."""
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self.setVisible(bool(text))

    def show_groups(self, groups: Sequence[PromptGroup], chosen: str) -> None:
        """What a place to start can be about, and what is chosen of it."""
        self._groups, self._chosen = groups, chosen
        name = next((group.name for group in groups if group.id == chosen), "")
        self._group.setText(name or tr("About…"))
        says = tr("Places to start are about: {name}").format(name=name or tr("Anything"))
        self._group.setAccessibleName(says)
        self._fit()

    def _choose(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("prompt-about-menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add(menu, EVERYTHING, tr("Anything"))
        menu.addSeparator()
        for group in self._groups:
            self._add(menu, group.id, group.name)
        menu.popup(self._group.mapToGlobal(self._group.rect().bottomLeft()))

    def _add(self, menu: QMenu, group: str, name: str) -> None:
        action = menu.addAction(name.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(group == self._chosen)
        action.triggered.connect(lambda: self._about(group))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Beside the words while there is room for all links in one line, else below them."""
        gaps = (len(self._buttons) - 1) * theme.current().px(10)
        wanted = sum(button.sizeHint().width() for button in self._buttons) + gaps
        narrow = wanted > self.width() // 2
        lie_or_stand(self._row, narrow=narrow)
        self._links.setMinimumWidth(0 if narrow else wanted)
