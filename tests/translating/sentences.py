"""Every sentence that the app can show and a translator has to see."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from memorybook.ui.core import i18n
from memorybook.ui.support import tongue
from tests.architecture.source import Module, called_name, modules

PLACE = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """``one`` is the form for a single thing, where the sentence counts."""

    text: str
    where: str
    line: int
    one: str | None = None

    @property
    def context(self) -> str:
        """The support pane has a language of its own, and its sentences stand apart."""
        return tongue.CONTEXT if self.where.startswith("ui/support/") else i18n.CONTEXT


def of(every: Iterable[Module] | None = None) -> list[Sentence]:
    """The sentences of these modules, or of the whole app, each once a context, in the order of the code."""
    found: dict[tuple[str, str], Sentence] = {}
    for module in modules() if every is None else every:
        for sentence in sorted(_of_module(module), key=lambda each: each.line):
            found.setdefault((sentence.context, sentence.text), sentence)
    return list(found.values())


def _of_module(module: Module) -> Iterator[Sentence]:
    for call in module.calls():
        texts = [text for argument in call.args if (text := _literal(argument)) is not None]
        if called_name(call) == "tr" and texts:
            yield Sentence(texts[0], module.path, call.lineno)
        elif called_name(call) == "count_text" and len(texts) == 2:
            yield Sentence(texts[1], module.path, call.lineno, one=texts[0])
    if module.path == "errors.py":
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Assign | ast.AnnAssign) and _is_sentence(node) and node.value is not None:
                text = _literal(node.value)
                if text:
                    yield Sentence(text, module.path, node.lineno)


def _is_sentence(node: ast.Assign | ast.AnnAssign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(isinstance(target, ast.Name) and target.id == "sentence" for target in targets)


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def places(text: str) -> list[str]:
    """The names of the values that are put into a sentence."""
    return sorted(PLACE.findall(text))
