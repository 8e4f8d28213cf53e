"""The rules hold for every module of the app, and each rule finds what it is there to find."""

import pytest

from tests.architecture import rules
from tests.architecture.source import Module, modules

VIEW = "ui/story/view.py"

BROKEN = [
    (rules.no_nested_event_loop, VIEW, "dialog.exec()"),
    (rules.no_nested_event_loop, VIEW, "self._dialog.exec_()"),
    (rules.no_nested_event_loop, VIEW, "QMenu(self).exec(position)"),
    (rules.no_nested_event_loop, VIEW, "QMessageBox.question(self, title, text)"),
    (rules.no_nested_event_loop, VIEW, "QFileDialog.getOpenFileName(self)"),
    (rules.windows_open_in_sight, VIEW, "class Question(QtWidgets.QDialog): ..."),
    (rules.windows_open_in_sight, VIEW, "QMessageBox(self).open()"),
    (rules.windows_open_in_sight, "ui/core/dialogs.py", "dialog.open()"),
    (rules.no_process_events, VIEW, "QApplication.processEvents()"),
    (rules.no_process_events, VIEW, "pause = QCoreApplication.processEvents"),
    (rules.pictures_are_read_without_a_device, VIEW, "QImageReader(store, b'jpeg').read()"),
    (rules.pictures_are_read_without_a_device, VIEW, "reader = QtGui.QImageReader"),
    (rules.pictures_are_read_without_a_device, VIEW, "image = QImage.fromData(jpeg, 'jpeg')"),
    (rules.pictures_are_read_without_a_device, VIEW, "pixmap.loadFromData(jpeg)"),
    (rules.colours_come_from_the_theme, VIEW, "ink = '#3a3a3A'"),
    (rules.colours_come_from_the_theme, VIEW, "style = f'color: #fff; width: {width}'"),
    (rules.colours_come_from_the_theme, VIEW, "style = 'rgba(0, 0, 0, 0.5)'"),
    (rules.colours_come_from_the_theme, VIEW, "QColor('red')"),
    (rules.colours_come_from_the_theme, VIEW, "QtGui.QColor(0, 0, 0, 40)"),
    (rules.colours_come_from_the_theme, VIEW, "pen = Qt.red"),
    (rules.colours_come_from_the_theme, VIEW, "pen = Qt.GlobalColor.darkGray"),
    (rules.colours_come_from_the_theme, VIEW, "pen = QColorConstants.Svg.tomato"),
    (rules.words_are_whole_when_translated, VIEW, "tr('Kept at ' + time)"),
    (rules.words_are_whole_when_translated, VIEW, "tr(f'Kept at {time}')"),
    (rules.words_are_whole_when_translated, VIEW, "tr('Kept at {time}'.format(time=time))"),
    (rules.words_are_whole_when_translated, VIEW, "self.tr(title)"),
    (rules.words_are_whole_when_translated, VIEW, "count_text(tr('{n} day'), tr('{n} days'), 3)"),
    (rules.words_are_whole_when_translated, VIEW, "tr('Kept at ')"),
    (rules.words_are_whole_when_translated, VIEW, "QCoreApplication.translate('Book', 'Kept')"),
    (rules.no_network, VIEW, "import socket"),
    (rules.no_network, VIEW, "import urllib.request as fetch"),
    (rules.no_network, VIEW, "from http import client"),
    (rules.no_network, VIEW, "from PySide6 import QtNetwork"),
    (rules.no_network, VIEW, "from PySide6.QtQml import QQmlEngine"),
    (rules.no_network, VIEW, "def late():\n    import ssl"),
    (rules.no_network, VIEW, "importlib.import_module('requests')"),
    (rules.words_have_no_outlet, VIEW, "QSystemTrayIcon(self).showMessage(title, words)"),
    (rules.words_have_no_outlet, VIEW, "self.setWindowTitle(entry.title)"),
    (rules.words_have_no_outlet, VIEW, "self.setWindowTitle('Memory Book: ' + name)"),
    (rules.words_have_no_outlet, VIEW, "made = QLabel(words)"),
    (rules.words_have_no_outlet, VIEW, "class Words(QTextEdit): ..."),
    (rules.words_have_no_outlet, VIEW, "QGuiApplication.clipboard().setText(words)"),
    (rules.words_have_no_outlet, VIEW, "board = QtGui.QGuiApplication.clipboard()"),
    (rules.words_have_no_outlet, VIEW, "QSettings().setValue('last', title)"),
    (rules.words_have_no_outlet, VIEW, "QtWidgets.QFileDialog(self)"),
    (rules.words_have_no_outlet, VIEW, "label.setTextFormat(Qt.TextFormat.RichText)"),
    (rules.words_have_no_outlet, VIEW, "import tempfile"),
    (rules.words_have_no_outlet, VIEW, "from traceback import format_exc"),
    (rules.words_have_no_outlet, VIEW, "import faulthandler"),
    (rules.words_have_no_outlet, VIEW, "rows.setDragEnabled(True)"),
    (rules.only_the_command_line_prints, VIEW, "print(words)"),
    (rules.modules_say_what_they_are, VIEW, "import os"),
    (rules.modules_say_what_they_are, VIEW, '""" """'),
    (rules.modules_are_short, VIEW, "\n" * rules.LONGEST_MODULE),
]

SOUND = [
    (rules.no_nested_event_loop, VIEW, "dialog.open()"),
    (rules.no_nested_event_loop, "app.py", "sys.exit(application.exec())"),
    (rules.no_nested_event_loop, VIEW, "self._drag.exec(Qt.DropAction.CopyAction)"),
    (rules.windows_open_in_sight, VIEW, "Sheet(self, title, name='late').open()"),
    (rules.windows_open_in_sight, "ui/core/dialogs.py", "class Sheet(QDialog): ..."),
    (rules.no_process_events, VIEW, "loop.events()"),
    (rules.pictures_are_read_without_a_device, VIEW, "image_from(jpeg, 'jpeg')"),
    (rules.pictures_are_read_without_a_device, "ui/core/images.py", "QImage.fromData(data, form)"),
    (rules.colours_come_from_the_theme, "ui/core/theme.py", "PAPER = '#fbf8f3'"),
    (rules.colours_come_from_the_theme, VIEW, "'''Paints in #ffffff.'''"),
    (rules.colours_come_from_the_theme, VIEW, "heading = '# Heading'\nentity = '&#160;'"),
    (rules.colours_come_from_the_theme, VIEW, "QColor(palette.ink)"),
    (rules.colours_come_from_the_theme, VIEW, "fill = Qt.GlobalColor.transparent"),
    (rules.words_are_whole_when_translated, VIEW, "tr('Kept at {time}').format(time=time)"),
    (rules.words_are_whole_when_translated, VIEW, "tr('Two lines, '\n   'one literal')"),
    (rules.words_are_whole_when_translated, VIEW, "painter.translate(0, 4)"),
    (rules.words_are_whole_when_translated, VIEW, "count_text('{n} day', '{n} days', 3)"),
    (rules.no_network, VIEW, "from memorybook.ui import http_free"),
    (rules.no_network, VIEW, "from PySide6.QtGui import QPainter"),
    (rules.words_have_no_outlet, VIEW, "self.setWindowTitle('Memory Book')"),
    (rules.words_have_no_outlet, VIEW, "clipboard.current().copy_public(number)"),
    (rules.words_have_no_outlet, VIEW, "def show(self, words: QLabel) -> None: ..."),
    (rules.words_have_no_outlet, "ui/core/dialogs.py", "dialog = QFileDialog(parent)"),
    (rules.only_the_command_line_prints, "__main__.py", "print(checked)"),
    (rules.only_the_command_line_prints, VIEW, "self.print(page)"),
    (rules.modules_say_what_they_are, VIEW, "'''The story.'''"),
    (rules.modules_are_short, VIEW, "\n" * (rules.LONGEST_MODULE - 1)),
]


@pytest.mark.parametrize("rule", rules.ALL, ids=lambda rule: rule.__name__)
def test_the_app_keeps_to(rule: rules.Rule) -> None:
    broken = [str(finding) for module in modules() for finding in rule(module)]
    assert broken == [], f"{rule.__doc__}\n" + "\n".join(broken)


@pytest.mark.parametrize(("rule", "path", "text"), BROKEN, ids=lambda value: getattr(value, "__name__", None))
def test_a_rule_finds_what_breaks_it(rule: rules.Rule, path: str, text: str) -> None:
    assert list(rule(Module(path, text)))


@pytest.mark.parametrize(("rule", "path", "text"), SOUND, ids=lambda value: getattr(value, "__name__", None))
def test_a_rule_leaves_alone_what_keeps_to_it(rule: rules.Rule, path: str, text: str) -> None:
    assert not list(rule(Module(path, text)))


def test_every_rule_has_a_control() -> None:
    assert {rule for rule, _, _ in BROKEN} == set(rules.ALL)
    assert {rule for rule, _, _ in SOUND} == set(rules.ALL)
    assert len(modules()) > 20, "the app's modules are found at all"
