"""Where the words are that people read: in the code, and in resources."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import COMMAND_LINE, RESOURCES, Finding, Module, called_name

_TEXT_FILES = {".csv", ".html", ".json", ".md", ".toml", ".txt", ".typ"}
# Licences of the fonts are other people's words.
_NOT_OURS_TO_WORD = {"fonts"}
# Other organisations' descriptions, and what the people of the sample book wrote.
_OTHER_VOICES = {"sample", "support"}


def sentences(module: Module) -> Iterator[tuple[Finding, str]]:
    """Every sentence of our own in a module, with its place."""
    read: dict[int, ast.Constant] = {}
    for call in module.calls():
        if called_name(call) == "tr":
            read |= {id(node): node for node in _strings(call)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and _is_sentence_of_an_error(node) and node.value:
            read |= {id(string): string for string in _strings(node.value)}
    if module.path.startswith("ui/") or module.path in COMMAND_LINE:
        read |= {id(node): node for node in module.strings() if len(str(node.value).split()) > 1}
    for node in read.values():
        yield module.finding(node, ""), str(node.value)


def shipped() -> Iterator[tuple[Path, str, bool]]:
    """Every text among the resources: its file, the text, and whether it is our own voice."""
    for path in sorted(RESOURCES.rglob("*")):
        kind = path.relative_to(RESOURCES).parts[0]
        if path.suffix in _TEXT_FILES and kind not in _NOT_OURS_TO_WORD:
            for text in texts(path.suffix, path.read_text(encoding="utf-8")):
                yield path, text, kind not in _OTHER_VOICES


def texts(suffix: str, content: str) -> Iterator[str]:
    """The parts of a file that can reach a reader: values of JSON, a template without its comments."""
    if suffix == ".json":
        yield from _values(json.loads(content))
    elif suffix == ".typ":
        yield re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", content, flags=re.DOTALL)
    else:
        yield content


def _values(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner)


def _strings(node: ast.expr) -> Iterator[ast.Constant]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner


def _is_sentence_of_an_error(node: ast.Assign | ast.AnnAssign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(isinstance(target, ast.Name) and target.id == "sentence" for target in targets)
