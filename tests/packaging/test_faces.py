"""The typefaces that are taken out of Typst's library are missed by no page."""

import ctypes
import json
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest
import typst

import faces
import places
from tests.packaging.conftest import ROOT

pytestmark = [pytest.mark.packaging, pytest.mark.slow, pytest.mark.timeout(1000)]

_PAGES = """
import hashlib, json, typst
from tests.unit.rendering import pages, references, test_hostile, whole
WORDS = [pages.HOSTILE, "αβγ Жж Łódź ŵ ș ẞ ﬁ Ω", "שָׁלוֹם Աննա ანა ᎠᎡ سارة नाम",
         "\\u202edrawkcab\\u202c \\u2066x\\u2069",
         "∀x ∈ ℝ: ∑ ≠ ∅ 𝓗𝓮𝓻𝔷 ♫ ✝ ☾ ⚘ ➳ ☃", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢ 👨‍👩‍👧 👍🏽 🕯️ ❤️"]
made = {name: pages.pdf(book, whole.PICTURES) for name, book in references.BOOKS.items()}
made |= {f"words {number}": test_hostile.everywhere(words) for number, words in enumerate(WORDS)}
told = {name: hashlib.sha256(pdf).hexdigest() for name, pdf in made.items()}
print(json.dumps([typst.__file__, told]))
"""

_CHARACTERS = b"""
#set page(width: 300mm, height: auto, margin: 5mm)
#set text(size: 6pt, hyphenate: false)
#let all = json("characters.json")
#for family in ("Source Serif 4", "Source Sans 3") {
  for style in ("normal", "italic") {
    for weight in (400, 600, 800) {
      par(text(font: (family, "Noto Emoji"), style: style, weight: weight, all.map(it => [#it ]).join()))
    }
  }
}
"""
"""Every weight that the pages have: of letters, of headings and names, and of what is strong in these."""

_DRAWN = """
import hashlib, json, sys, typst
from pathlib import Path
template, characters, fonts = sys.argv[1:]
given = {"main": Path(template).read_bytes(), "characters.json": Path(characters).read_bytes()}
found = typst.Fonts(include_system_fonts=False, font_paths=[fonts])
own = typst.Fonts(include_system_fonts=False)
made = typst.compile(given, font_paths=found, ignore_system_fonts=True, format="pdf", timestamp=1)
print(json.dumps([len(own.fonts()), hashlib.sha256(made).hexdigest()]))
"""


@pytest.fixture(scope="module")
def packages(frozen: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Typst in it as it is shipped."""
    folder = tmp_path_factory.mktemp("packages")
    (folder / "typst").mkdir()
    shutil.copy(frozen / "_internal" / faces.LIBRARY, folder / "typst")
    shutil.copy(str(typst.__file__), folder / "typst")
    return folder


def _said(script: str, *words: str | Path, packages: Path | None = None) -> list[object]:
    """What a script prints. A warning fails the test."""
    environment = dict(os.environ) | ({"PYTHONPATH": str(packages)} if packages else {})
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    told: list[object] = json.loads(done.stdout)
    return told


def test_every_page_of_the_books_of_the_tests_is_the_same_to_the_byte(packages: Path) -> None:
    (_, whole), (library, shipped) = _said(_PAGES), _said(_PAGES, packages=packages)
    assert Path(str(library)).is_relative_to(packages), "control: it was the other library"
    assert shipped == whole
    assert isinstance(whole, dict)
    assert len(whole) == 15


def test_no_character_is_drawn_with_the_face_that_is_left_out(packages: Path, tmp_path: Path) -> None:
    """Of each that it has, and every way in which the pages can ask for one."""
    data = Path(str(typst.__file__)).with_name(Path(faces.LIBRARY).name).read_bytes()
    face = next(each for each in faces.faces(data) if each.name == faces.UNCHOSEN)
    characters = [chr(code) for code in _codes(data[face.start : face.start + face.size]) if code >= ord(" ")]
    assert len(characters) > 4000, "control"
    template, listed = tmp_path / "all.typ", tmp_path / "characters.json"
    template.write_bytes(_CHARACTERS)
    listed.write_text(json.dumps(characters), encoding="utf-8")
    words = (template, listed, ROOT / "resources" / "fonts")
    own, drawn = _said(_DRAWN, *words, packages=packages)
    assert (own, drawn) == (len(faces.KNOWN) - 1, _said(_DRAWN, *words)[1])


def _codes(face: bytes) -> list[int]:
    """The characters that a typeface has, by its table for all of Unicode."""
    (count,) = struct.unpack_from(">H", face, 4)
    tables = [struct.unpack_from(">4s4xI", face, 12 + 16 * each) for each in range(count)]
    (start,) = (offset for tag, offset in tables if tag == b"cmap")
    (count,) = struct.unpack_from(">H", face, start + 2)
    parts = [start + struct.unpack_from(">I", face, start + 8 + 8 * each)[0] for each in range(count)]
    part = next(each for each in parts if face[each : each + 2] == b"\0\x0c")
    (count,) = struct.unpack_from(">I", face, part + 12)
    groups = [struct.unpack_from(">2I", face, part + 16 + 12 * each) for each in range(count)]
    return [code for first, last in groups for code in range(first, last + 1)]


def test_a_library_with_other_typefaces_stops_the_packages(tmp_path: Path) -> None:
    fonts = [ROOT / "resources" / "fonts" / f"SourceSerif4-{name}.ttf" for name in ("It", "Bold")]
    data = b"OTTO\0\x0bno face" + bytes(98) + b"".join(font.read_bytes() + b"between" for font in fonts)
    library = tmp_path / faces.LIBRARY
    library.parent.mkdir()
    library.write_bytes(data + bytes(1000))
    assert [data[face.start :][: face.size] for face in faces.faces(library.read_bytes())] == [
        font.read_bytes() for font in fonts
    ]
    with pytest.raises(places.Stopped, match=r"other typefaces.*: Source Serif 4 Italic, Source Serif"):
        faces.trim(tmp_path)
    assert library.read_bytes() == data + bytes(1000)


def test_what_is_cut_out_of_a_library_is_zeros_in_memory(tmp_path: Path) -> None:
    pattern = bytes(range(1, 251)) * 400
    (tmp_path / "pattern").write_bytes(pattern)
    (tmp_path / "it.c").write_text(
        f'__asm__(".section .rodata\\n.globl held\\nheld: .incbin \\"{tmp_path / "pattern"}\\"\\n.text");\n'
        "extern const unsigned char held[]; int changing = 7;\n"
        "int at(int place) { return held[place]; } int *seven(void) { return &changing; }\n"
    )
    library = tmp_path / "libit.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", library, tmp_path / "it.c"], check=True)
    whole = library.read_bytes()
    start = whole.index(pattern) + 10_000
    made = faces.without(whole, start, start + 70_000)
    assert len(whole) - len(made) == (start + 70_000) // 4096 * 4096 - -(-start // 4096) * 4096
    library.unlink()
    library.write_bytes(made)
    library.chmod(0o755)
    loaded = ctypes.CDLL(str(library))
    loaded.seven.restype = ctypes.POINTER(ctypes.c_int)
    held = [loaded.at(place) for place in range(len(pattern))]
    gone = [place for place, value in enumerate(held) if value != pattern[place]]
    assert gone == list(range(gone[0], gone[0] + len(whole) - len(made)))
    assert {held[place] for place in gone} == {0}
    assert loaded.seven().contents.value == 7
    readelf = ["readelf", "--all", "--wide", str(library)]
    told = subprocess.run(readelf, capture_output=True, text=True, check=True)
    assert told.stderr == ""
    with pytest.raises(places.Stopped, match="no place for another segment"):
        faces.without(made, made.index(pattern[:5000]), made.index(pattern[:5000]) + 9000)
