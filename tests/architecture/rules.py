"""Rules for Python code, each a function from a module to the places that break it."""

import ast
import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatch

from tests.architecture.source import COMMAND_LINE, Finding, Module, called_name, last_name

Rule = Callable[[Module], Iterator[Finding]]

LONGEST_MODULE = 400

# The application's own loop, and a drag, which ends with the mouse button, are the two that may run.
_OWN_LOOPS = {"QApplication", "QCoreApplication", "application", "app", "drag", "qt"}
_BLOCKING_DIALOGS = {
    "QMessageBox": {"about", "critical", "information", "question", "warning"},
    "QFileDialog": {
        "getExistingDirectory",
        "getExistingDirectoryUrl",
        "getOpenFileName",
        "getOpenFileNames",
        "getOpenFileUrl",
        "getOpenFileUrls",
        "getSaveFileName",
        "getSaveFileUrl",
    },
    "QInputDialog": {"getDouble", "getInt", "getItem", "getMultiLineText", "getText"},
    "QColorDialog": {"getColor"},
    "QFontDialog": {"getFont"},
}

_IMAGES = "ui/core/images.py"
_THEME = "ui/core/theme.py"
_WINDOWS = "ui/core/dialogs.py"
_KNOW_WINDOWS = {_WINDOWS, "ui/core/cover.py", "ui/core/closing.py"}
COLOUR_TEXT = re.compile(
    r"(?<![\w&])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b|\b(?:rgb|hsl|hsv|cmyk)a?\(", re.IGNORECASE
)
_COLOUR_MAKERS = {"QColor", "fromRgb", "fromRgbF", "fromHsl", "fromHsv", "fromString", "qRgb", "qRgba"}

# tr() itself, and the one place that turns an error into its sentence, which is a literal of errors.py.
_MAY_TRANSLATE_A_NAME = {"ui/core/i18n.py", "ui/core/messages.py", "ui/support/tongue.py"}

_NETWORK = {
    "aiohttp",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "nntplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib",
    "urllib3",
    "webbrowser",
    "websockets",
    "xmlrpc",
}
_NETWORK_QT = re.compile(
    r"Qt(?:Network\w*|Qml\w*|Quick\w*|WebEngine\w*|WebSockets|WebChannel|WebView|HttpServer|Multimedia\w*|Pdf\w*)$"
)


def no_nested_event_loop(module: Module) -> Iterator[Finding]:
    """A dialog is opened with ``open()``: ``exec()`` would keep the lock, and every other event, waiting."""
    for call in module.calls():
        if not isinstance(call.func, ast.Attribute):
            continue
        name, owner = call.func.attr, call.func.value
        if name in {"exec", "exec_"} and last_name(owner).lstrip("_") not in _OWN_LOOPS:
            yield module.finding(call, f"{name}() runs a nested event loop; use open()")
        if name in _BLOCKING_DIALOGS.get(last_name(owner), ()):
            yield module.finding(call, f"{last_name(owner)}.{name}() runs a nested event loop; use open()")


def windows_open_in_sight(module: Module) -> Iterator[Finding]:
    """What opens late must not stand over the cover or the closed book. ``Sheet`` sees to that."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Name | ast.Attribute):
            continue
        name = _name_of(node)
        if name in {"QDialog", "QMessageBox", "QInputDialog"} and module.path not in _KNOW_WINDOWS:
            yield module.finding(node, f"{name} opens over anything; use Sheet of {_WINDOWS}")
        opens = module.path == _WINDOWS and isinstance(node, ast.Attribute) and name == "open"
        if opens and last_name(node.value) != "sheet":
            yield module.finding(node, "open() opens over anything; use cover.open_in_sight()")


def no_process_events(module: Module) -> Iterator[Finding]:
    """What takes long runs on another thread; handling events in the middle of a function re-enters it."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in {"processEvents", "sendPostedEvents"}:
            yield module.finding(node, f"{node.attr} re-enters the code that calls it")


def pictures_are_read_without_a_device(module: Module) -> Iterator[Finding]:
    """Qt looks for the decoder under one lock for all threads, and asks the device under it. A device that is
    made here answers only with Python's own lock, which the thread that paints holds while it waits for Qt's:
    the window stands still for good. ``QImage.fromData`` has a device of its own; it wants to be told the
    format, since every other decoder it asks may ask for its own words, which a translator can make here."""
    kept = {"QImageReader", "QMovie"} | (set() if module.path == _IMAGES else {"fromData", "loadFromData"})
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name | ast.Attribute) and _name_of(node) in kept:
            yield module.finding(node, f"{_name_of(node)} may stop the window for good; use {_IMAGES}")


def _name_of(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def colours_come_from_the_theme(module: Module) -> Iterator[Finding]:
    """A colour outside of the theme is wrong in the dark, or in high contrast."""
    if module.path == _THEME:
        return
    for string in module.strings():
        if COLOUR_TEXT.search(str(string.value)):
            yield module.finding(string, "a colour outside of the theme")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and _is_named_colour(node):
            yield module.finding(node, "a colour outside of the theme")
        if isinstance(node, ast.Call) and _is_fixed_colour(node):
            yield module.finding(node, "a colour outside of the theme")


def _is_named_colour(node: ast.Attribute) -> bool:
    """``Qt.red``, ``Qt.GlobalColor.red``, ``QColorConstants.Red``; transparent is no colour."""
    named = {"red", "green", "blue", "cyan", "magenta", "yellow", "gray", "black", "white"}
    colours = named | {"dark" + name.capitalize() for name in named} | {"lightGray"}
    owner = last_name(node.value)
    return (owner in {"Qt", "GlobalColor"} and node.attr in colours) or owner == "QColorConstants"


def _is_fixed_colour(call: ast.Call) -> bool:
    return (
        called_name(call) in _COLOUR_MAKERS
        and bool(call.args)
        and all(isinstance(argument, ast.Constant) for argument in call.args)
    )


def words_are_whole_when_translated(module: Module) -> Iterator[Finding]:
    """``tr()`` gets one literal: a sentence put together in code has one word order, languages have many."""
    if module.path in _MAY_TRANSLATE_A_NAME:
        return
    for call in module.calls():
        if isinstance(call.func, ast.Attribute) and _is_qt_translation(call.func):
            yield module.finding(call, "text is translated by tr()")
        if called_name(call) == "count_text" and not all(_is_literal(form) for form in call.args[:2]):
            yield module.finding(call, "count_text() takes two literals, for one and for many")
        if called_name(call) != "tr":
            continue
        text = call.args[0] if call.args else None
        if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
            yield module.finding(call, "tr() takes one literal; put values in with .format()")
        elif text.value != text.value.strip() or not text.value:
            yield module.finding(call, "blanks around a text are a sign of a sentence in pieces")


def _is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_qt_translation(function: ast.Attribute) -> bool:
    return function.attr == "translate" and last_name(function.value).startswith("Q")


def no_network(module: Module) -> Iterator[Finding]:
    """Nothing leaves the device, so nothing that could take it away is imported."""
    for node in ast.walk(module.tree):
        for name in _imported(node):
            if name.split(".")[0] in _NETWORK or any(_NETWORK_QT.match(part) for part in name.split(".")):
                assert isinstance(node, ast.expr | ast.stmt)
                yield module.finding(node, f"{name} speaks to a network")


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.level == 0:
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Call) and called_name(node) in {"import_module", "__import__"}:
        yield from (str(name.value) for name in node.args[:1] if isinstance(name, ast.Constant))


# What could take words out of the window or leave them somewhere, why, and the modules that know how.
_OUTLETS: dict[str, tuple[str, set[str]]] = {
    "QSystemTrayIcon": ("a notification is shown on locked screens and kept in a history", set()),
    "setWindowFilePath": ("a title is read by whoever sees the list of windows", set()),
    "QDrag": ("what takes a drag may write it down", set()),
    "QTextBrowser": ("it follows links and loads what they name", set()),
    "setHtml": ("HTML names files and other computers, and loads them", set()),
    "insertHtml": ("HTML names files and other computers, and loads them", set()),
    "RichText": ("HTML names files and other computers, and loads them", set()),
    "QLabel": ("a label reads as HTML what looks like it; kit.labels makes plain ones", {"ui/kit/*"}),
    "QTextEdit": ("it loads what pasted HTML names, and publishes a selection", {"ui/kit/editor.py"}),
    "QTextDocument": ("it loads what HTML names; kit has a sealed one", {"ui/kit/rich_text.py"}),
    "QClipboard": ("copied words need the hints and an end", {"ui/core/clipboard.py"}),
    "clipboard()": ("copied words need the hints and an end", {"ui/core/clipboard.py"}),
    "QSettings": ("a file in clear", {"ui/shell/application.py"}),
    "QFileDialog": ("a native one writes names to a list of recent files", {"ui/core/dialogs.py"}),
    "tempfile": ("a file in clear, unless all of it is encrypted", {"app/self_test.py", "storage/trial.py"}),
    "faulthandler": ("a crash report", set()),
    "traceback": ("it repeats what an exception says", {"log.py"}),
    "format_exc": ("it repeats what an exception says", set()),
}
_TITLE = "Memory Book"


def words_have_no_outlet(module: Module) -> Iterator[Finding]:
    """Words leave the book when a person takes them out, and in no other way."""
    for node in ast.walk(module.tree):
        for name in _used(node):
            reason, allowed = _OUTLETS.get(name, ("", {module.path}))
            if not any(fnmatch(module.path, pattern) for pattern in allowed):
                assert isinstance(node, ast.expr | ast.stmt)
                yield module.finding(node, f"{name}: {reason}")
    for call in module.calls():
        if called_name(call) == "setWindowTitle" and not _is_text(call, _TITLE):
            yield module.finding(call, f"a window is called {_TITLE}, whatever it shows")
        if called_name(call) == "setDragEnabled" and not _is_text(call, value=False):
            yield module.finding(call, "what takes a drag may write it down")


def _used(node: ast.AST) -> Iterator[str]:
    """What is called, looked up, derived from, or imported as a whole; a type alone is no use of it."""
    if isinstance(node, ast.Call):
        yield called_name(node)
        yield f"{called_name(node)}()" if not node.args else ""
    elif isinstance(node, ast.Attribute):
        yield node.attr
        yield last_name(node.value)
    elif isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.level == 0:
        yield str(node.module)
    elif isinstance(node, ast.ClassDef):
        yield from (last_name(base) for base in node.bases)


def _is_text(call: ast.Call, value: object) -> bool:
    only = call.args[0] if call.args else None
    return isinstance(only, ast.Constant) and only.value == value


def only_the_command_line_prints(module: Module) -> Iterator[Finding]:
    """Words printed by a window end in a terminal or a system log that other people can read."""
    if module.path in COMMAND_LINE:
        return
    for call in module.calls():
        if isinstance(call.func, ast.Name) and call.func.id == "print":
            yield module.finding(call, "print() outside of the command line")


def modules_say_what_they_are(module: Module) -> Iterator[Finding]:
    """A module begins with a sentence."""
    if not (ast.get_docstring(module.tree) or "").strip():
        yield Finding(module.path, 1, "no docstring")


def modules_are_short(module: Module) -> Iterator[Finding]:
    """A long file is several files that were not told apart yet. The errors are one list under one tree."""
    lines = module.text.count("\n") + 1
    if lines > LONGEST_MODULE and module.path != "errors.py":
        yield Finding(module.path, lines, f"{lines} lines, more than {LONGEST_MODULE}")


ALL: tuple[Rule, ...] = (
    no_nested_event_loop,
    windows_open_in_sight,
    no_process_events,
    pictures_are_read_without_a_device,
    colours_come_from_the_theme,
    words_are_whole_when_translated,
    no_network,
    words_have_no_outlet,
    only_the_command_line_prints,
    modules_say_what_they_are,
    modules_are_short,
)
