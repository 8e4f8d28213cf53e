"""Every sentence reaches a translator, every translation reaches the window, in all its forms."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from memorybook.services import guidance
from memorybook.services.support import Support
from memorybook.ui.core import i18n, languages
from memorybook.ui.support import tongue
from tests.architecture.source import RESOURCES, Module, called_name, modules
from tests.translating import sentences
from tests.translating.catalogue import Catalogue, compile_into
from tests.translating.sentences import Sentence

CATALOGUES = sorted((RESOURCES / "i18n").glob("*.ts"))
DAYS = Sentence("{n} days", "ui/dates/view.py", 1, one="{n} day")
ME = Sentence("me", "ui/dates/view.py", 2)


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[QApplication]:
    """The application, and English again afterwards."""
    before = set(qapp.findChildren(QTranslator))
    direction = qapp.layoutDirection()
    yield qapp
    for translator in set(qapp.findChildren(QTranslator)) - before:
        QCoreApplication.removeTranslator(translator)
    qapp.setLayoutDirection(direction)


Made = Callable[[str, dict[str, list[str]]], Path]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Writes and compiles a small catalogue; its folder."""

    def make(language: str, forms: dict[str, list[str]]) -> Path:
        source = tmp_path / f"memorybook_{language}.ts"
        source.write_text(Catalogue(language, forms).written([DAYS, ME]), encoding="utf-8")
        compile_into(source, source.with_suffix(".qm"))
        return tmp_path

    return make


def test_every_sentence_that_is_marked_is_collected() -> None:
    collected = {each.text for each in sentences.of()} | {each.one for each in sentences.of()}
    for module in modules():
        for call in module.calls():
            if called_name(call) in {"tr", "count_text"} and module.path != "ui/core/messages.py":
                texts = [each.value for each in call.args if isinstance(each, ast.Constant)]
                assert set(texts) - {0} <= collected, f"{module.path}:{call.lineno}"


def test_the_form_for_one_puts_in_nothing_more_than_the_form_for_many() -> None:
    """It may say "this page" where the other says "3 pages"."""
    for each in sentences.of():
        assert set(sentences.places(each.one or "")) <= set(sentences.places(each.text)), each


def test_sentences_are_collected_from_code() -> None:
    code = 'a = tr("One {x}").format(x=1)\nb = count_text("{n} day", "{n} days", 3)\nc = "left alone"\n'
    found = sentences.of([Module("ui/a.py", code)])
    assert [(each.text, each.one, each.line) for each in found] == [
        ("One {x}", None, 1),
        ("{n} days", "{n} day", 2),
    ]


def test_what_was_translated_stays_and_what_is_new_is_unfinished(tmp_path: Path) -> None:
    file = tmp_path / "memorybook_pl.ts"
    forms = {"{n} days": ["{n} dzień", "{n} dni", "{n} dni"], "gone": ["x"]}
    file.write_text(Catalogue("pl", forms).written([DAYS, ME]), encoding="utf-8")
    read = Catalogue.read(file)
    assert read.language == "pl"
    assert read.forms == {"{n} days": ["{n} dzień", "{n} dni", "{n} dni"], "me": [""]}


def test_a_language_has_as_many_forms_as_it_needs(spoken: QApplication, made: Made) -> None:
    folder = made("pl", {"{n} days": ["{n} dzień", "{n} dni", "{n} doby"], "me": ["ja"]})
    assert languages.speak(spoken, ["pl-PL", "en-US"], folder=folder) == "pl_PL"
    said = [i18n.count_text("{n} day", "{n} days", number) for number in (1, 2, 5)]
    assert said == ["1 dzień", "2 dni", "5 doby"]
    assert QCoreApplication.translate(i18n.CONTEXT, "me") == "ja"
    assert spoken.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_english_counts_without_a_catalogue(qapp: QApplication) -> None:
    assert i18n.count_text("{n} day", "{n} days", 1) == "1 day"
    assert i18n.count_text("{n} day", "{n} days", 2) == "2 days"


def test_a_language_from_right_to_left_turns_the_page(spoken: QApplication, made: Made) -> None:
    folder = made("he", {"me": ["אני"]})
    assert languages.speak(spoken, ["he-IL"], folder=folder) == "he_IL"
    assert spoken.layoutDirection() is Qt.LayoutDirection.RightToLeft


def test_who_prefers_english_gets_english(spoken: QApplication, made: Made) -> None:
    folder = made("pl", {"me": ["ja"]})
    assert languages.speak(spoken, ["en-GB", "pl"], folder=folder) == "en"
    assert QCoreApplication.translate(i18n.CONTEXT, "me") == "me"


def test_the_next_language_stands_in_for_one_that_is_missing(spoken: QApplication, made: Made) -> None:
    folder = made("pl", {"me": ["ja"]})
    assert languages.speak(spoken, ["fi-FI", "pl-PL", "en"], folder=folder) == "pl_PL"
    assert languages.speak(spoken, ["fi-FI"], folder=folder) == "en"


def test_the_system_is_answered_with_what_is_shipped(spoken: QApplication) -> None:
    shipped = {path.stem.removeprefix("memorybook_") for path in CATALOGUES}
    assert languages.speak(spoken).partition("_")[0] in {"en", *shipped}


def test_what_is_shipped_is_compiled_and_keeps_its_places(tmp_path: Path) -> None:
    for source in CATALOGUES:
        compile_into(source, tmp_path / "again.qm")
        assert (tmp_path / "again.qm").read_bytes() == source.with_suffix(".qm").read_bytes(), source.name
        for text, forms in Catalogue.read(source).forms.items():
            for form in filter(None, forms):
                assert set(sentences.places(form)) <= set(sentences.places(text)), f"{source.name}: {text}"


def test_the_support_pane_is_whole_in_every_language_it_is_offered_in() -> None:
    ours = {each.text for each in sentences.of() if each.context == tongue.CONTEXT}
    catalogues = [path for path in CATALOGUES if path.stem.startswith("support_")]
    assert {path.stem.removeprefix("support_") for path in catalogues} == set(tongue.languages()) - {"en"}
    assert set(tongue.languages()) == set(guidance.languages()) == set(Support().languages())
    for path in catalogues:
        forms = Catalogue.read(path).forms
        assert [text for text in ours if not all(forms.get(text, [""]))] == [], path.name


def test_spanish_speaks_to_everybody_as_to_a_friend() -> None:
    """It says tú, never usted, and neither he nor she to whoever reads; “free” is one word in all files."""
    said = Catalogue.read(RESOURCES / "i18n" / "support_es.ts").forms
    for text in (form for forms in said.values() for form in forms):
        assert not re.search(r"\b(usted|ustedes|bienvenid[oa]|segur[oa] de)\b", text, re.IGNORECASE), text
        assert "!" not in text
    spanish = Support().all("es")
    free = [each for each in Support().all() if each.cost == "free"]
    costs = {each.cost for each in spanish if each.id in {other.id for other in free}}
    assert costs == {said["free"][0]}
