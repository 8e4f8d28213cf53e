"""The project's own files, read once, as the checks look at them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "memorybook"
TESTS = ROOT / "tests"
RESOURCES = ROOT / "resources"

# The modules that speak to a terminal.
COMMAND_LINE = {
    "__main__.py",
    "app/command_line.py",
    *(f"app/{command}.py" for command in ("archive", "backup", "health", "restore", "salvage", "terminal")),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that breaks a rule."""

    where: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.where}:{self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file: its path below src/memorybook, and its tree."""

    path: str
    text: str
    tree: ast.Module = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tree", ast.parse(self.text, self.path))

    def finding(self, node: ast.expr | ast.stmt, what: str) -> Finding:
        return Finding(self.path, node.lineno, what)

    def strings(self) -> Iterator[ast.Constant]:
        """Every string literal that is not a docstring, the fixed parts of f-strings included."""
        skipped = {id(node) for node in self._docstrings()}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
                yield node

    def calls(self) -> Iterator[ast.Call]:
        """Every call."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node

    def _docstrings(self) -> Iterator[ast.expr]:
        """Every string that stands alone as a statement: docstrings, and what follows an attribute."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                yield node.value


def called_name(call: ast.Call) -> str:
    """The last name of what is called: ``exec`` for both ``exec()`` and ``dialog.exec()``."""
    return last_name(call.func)


def last_name(node: ast.expr) -> str:
    """``c`` for ``a.b.c``, ``a`` for ``a``, nothing for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the app."""
    return tuple(
        Module(path.relative_to(SOURCE).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(SOURCE.rglob("*.py"))
    )
