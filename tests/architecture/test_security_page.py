"""The security page names the test of each promise, and every test it names is there."""

import re

from tests.architecture.source import ROOT

PAGE = (ROOT / ".github" / "SECURITY.md").read_text(encoding="utf-8")
_TEST = re.compile(r"`(tests/[\w/]+\.py)`")
_MODULE = re.compile(r"`(storage/\w+\.py)`")


def test_every_test_and_module_that_is_named_exists() -> None:
    tests, modules = _TEST.findall(PAGE), _MODULE.findall(PAGE)
    assert len(set(tests)) > 20
    assert modules
    assert [name for name in tests if not (ROOT / name).is_file()] == []
    assert [name for name in modules if not (ROOT / "src" / "memorybook" / name).is_file()] == []


def test_every_promise_names_a_test() -> None:
    table = PAGE.partition("## What is promised, and its tests")[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 15
    assert [row for row in rows if not _TEST.search(row)] == []


def test_the_page_names_no_address_to_write_to() -> None:
    assert not re.search(r"@|https?:", PAGE)
