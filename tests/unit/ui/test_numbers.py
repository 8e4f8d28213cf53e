"""Numbers as people write them, in every locale."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from memorybook.ui.core.i18n import count_text, number_text


@pytest.fixture(autouse=True)
def same_locale_afterwards() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("locale", "said"), [("C", "12,450"), ("en_GB", "12,450"), ("de_DE", "12.450")]
)
def test_thousands_stand_apart(locale: str, said: str) -> None:
    QLocale.setDefault(QLocale(locale))
    assert number_text(12_450) == said
    assert count_text("{n} page", "{n} pages", 12_450) == f"{said} pages"
    assert count_text("{n} page", "{n} pages", 1) == "1 page"
