"""What is taken out of the frozen program is missed by nothing: whole libraries, and most of ICU's data."""

import ctypes
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging import qt_set
from tests.packaging.test_gate import maker

pytestmark = [pytest.mark.packaging, pytest.mark.slow, pytest.mark.timeout(1000)]

_LANGUAGES = """
import json, sys
from PySide6.QtCore import QCollator, QDate, QLocale, QTime
WORDS = ["Zebra", "Äpfel", "Apfel", "öl", "ol", "straße", "strasse", "zebra", "å", "ä", "ñu", "nz", "cs",
         "cz", "ı", "i", "İ", "ё", "е", "ж", "爸", "阿", "中", "あ", "ア", "漢", "9", "10", "كتاب", "א", "가"]
def told(name):
    locale, order = QLocale(name), QCollator(QLocale(name))
    order.setNumericMode(True)
    day, hour = QDate(2026, 3, 1), QTime(5, 7)
    formats = (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat)
    return [
        sorted(WORDS, key=order.sortKey), locale.toUpper("straße ıi ά"), locale.toLower("STRASSE İI Ά"),
        [locale.toString(day, each) for each in formats], locale.toString(hour, formats[1]),
        locale.createSeparatedList(["a", "b", "c"]),
        [locale.standaloneMonthName(each) for each in range(1, 13)],
    ]
names = ["de", "sv", "es", "hu", "tr", "lt", "ru", "zh", "ja", "ko", "ar", "he", "el", "pl", "en_GB"]
print(json.dumps({name: told(name) for name in names}))
"""


def test_words_stand_in_the_same_order_with_the_part_of_the_data_that_is_shipped(
    frozen: Path, tmp_path: Path
) -> None:
    def languages(packages: Path) -> dict[str, list[object]]:
        environment = os.environ | {"PYTHONPATH": str(packages), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-c", _LANGUAGES]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        told: dict[str, list[object]] = json.loads(done.stdout)
        return told

    folder = qt_set.set_up(tmp_path / "packages")
    whole = languages(folder)
    (cut,) = (frozen / "_internal" / "PySide6" / "Qt" / "lib").glob("libicudata.so.*")
    (there,) = (folder / "PySide6" / "Qt" / "lib").glob("libicudata.so.*")
    assert cut.stat().st_size < 0.2 * there.stat().st_size, "control"
    shutil.copy(cut, there)
    assert languages(folder) == whole
    assert whole["sv"][0] != whole["de"][0], "control: each language has its order"


def test_a_stand_in_has_every_name_that_is_asked_for_and_answers_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compiled(name: str, text: str, *more: str) -> Path:
        (tmp_path / f"{name}.c").write_text(text)
        made = tmp_path / f"lib{name}.so"
        gcc = ["gcc", "-shared", "-fPIC", "-o", made, tmp_path / f"{name}.c", f"-Wl,-soname,lib{name}.so"]
        subprocess.run([*gcc, *more], check=True)
        return made

    (tmp_path / "versions").write_text("V_1 { global: said; asked; size; local: *; };\n")
    library = compiled(
        "heavy",
        "int size = 7; int said(void) { return 7; } int asked(int a) { return a; }\n",
        f"-Wl,--version-script={tmp_path / 'versions'}",
    )
    user = compiled(
        "user",
        "extern int size; int said(void); int both(void) { return said() * 10 + size; }\n",
        str(library),
        f"-Wl,-rpath,{tmp_path}",
    )
    both = "import ctypes, sys; print(ctypes.CDLL(sys.argv[1]).both())"

    def answered() -> str:
        done = subprocess.run(
            [sys.executable, "-c", both, str(user)], capture_output=True, text=True, check=True
        )
        return done.stdout.strip() + done.stderr

    assert answered() == "77"
    maker("lean", monkeypatch).stand_in(library, "libheavy.so", [user])
    assert answered() == "0", "and the loader has no complaint about versions"
    left = ctypes.CDLL(str(library))
    assert left.said() == 0
    assert not hasattr(left, "asked"), "what nobody asks for is gone"


def test_what_wheels_do_not_bring_any_more_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lean, places = maker("lean", monkeypatch), maker("places", monkeypatch)
    for where in lean.UNCALLED:
        (tmp_path / "_internal" / where).mkdir(parents=True)
    with pytest.raises(places.Stopped, match=r"av.libs does not have any more: SvtAv1Enc, avdevice"):
        lean.trim(tmp_path)
