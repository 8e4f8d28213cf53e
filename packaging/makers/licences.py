"""Puts the licences of all that is shipped into the frozen program; stops where one is missing or unfit."""

import argparse
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from license_expression import ExpressionError, Licensing

import parts
import places

TEXTS: Final = places.PACKAGING / "licences" / "texts"
NAME: Final = "licences"
"""The folder in the frozen program."""

# What may become a part of a program under the GNU GPL, version 3 or later; the best of a choice comes first.
FIT: Final = (
    "GPL-3.0-or-later", "GPL-3.0-only", "LGPL-3.0-or-later", "LGPL-3.0-only", "LGPL-2.1-or-later",
    "LGPL-2.0-or-later", "GPL-2.0-or-later", "MPL-2.0", "Apache-2.0", "MIT", "MIT-0", "MIT-CMU", "X11",
    "BSD-3-Clause", "BSD-2-Clause", "BSD-3-Clause-Clear", "ISC", "Zlib", "0BSD", "Unlicense", "CC0-1.0",
    "PSF-2.0", "Unicode-3.0", "bzip2-1.0.6", "blessing", "HPND-sell-variant", "libtiff", "libpng-2.0", "IJG",
    "FTL", "Apache-2.0 WITH LLVM-exception", "GPL-2.0-or-later WITH Bootloader-exception",
    "GPL-3.0-or-later WITH GCC-exception-3.1",
)  # fmt: skip
# What may be used beside it, as typefaces and word lists are, and on Windows Microsoft's C library.
FIT_AS_DATA: Final = ("OFL-1.1", "CC0-1.0", "Bitstream-Vera", "LicenseRef-GUST-Font-1.0", "LicenseRef-SCOWL",
                      "LicenseRef-Microsoft-Distributable-Code")  # fmt: skip
# What a licence is written down in, where the name alone does not say it.
_WRITTEN: Final = {
    "PSF-2.0": ("Python-2.0.1",),
    "LGPL-3.0-only": ("LGPL-3.0", "GPL-3.0"),
    "LGPL-3.0-or-later": ("LGPL-3.0", "GPL-3.0"),
}
# These are on every Debian system, so a package for it names them.
_COMMON: Final = {"Apache-2.0", "CC0-1.0", "GPL-2.0", "GPL-3.0", "LGPL-2.0", "LGPL-2.1", "LGPL-3.0",
                  "MPL-2.0"}  # fmt: skip
_READING: Final = Licensing()

_HEADER: Final = f"""\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: {places.TITLE}
Source: {places.NAME}-{places.VERSION}-source.tar.xz, which lies beside the package
Comment:
 The licence files of the parts, as they came, are in
 /usr/lib/{places.NAME}/{NAME}. Its README.txt names every part.

Files: *
Copyright: The people who make {places.TITLE}
License: GPL-3+
"""


def main(arguments: Sequence[str]) -> int:
    """Carry out ``licences``."""
    parser = argparse.ArgumentParser(prog="packaging/makers licences", description=__doc__)
    parser.add_argument("--in", dest="folder", type=Path, default=places.FROZEN, metavar="DIR")
    given = parser.parse_args(arguments)
    found = write(given.folder, parts.site_packages())
    print(f"{given.folder / NAME}: {len(found)} parts")
    return 0


def write(folder: Path, site: Path) -> list[parts.Part]:
    """Make ``licences`` in the frozen ``folder`` anew. Raises ``Stopped`` when one is missing or unfit."""
    found = check(parts.shipped(folder, site))
    target = folder / NAME
    shutil.rmtree(target, ignore_errors=True)
    (target / "texts").mkdir(parents=True)
    shutil.copyfile(places.ROOT / "LICENSE", target / "LICENSE.txt")
    for name in sorted({name for part in found for name in texts(part)}):
        shutil.copyfile(_text(name), target / "texts" / f"{name}.txt")
    for part in found:
        for name, file in part.files.items():
            to = target / part.name / name
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, to)
    (target / "README.txt").write_text(overview(found), encoding="utf-8", newline="\n")
    (target / "parts.txt").write_text("".join(map(_line, _sorted(found))), encoding="utf-8", newline="\n")
    epoch = places.source_date_epoch()
    for each in [*target.rglob("*"), target]:
        each.chmod(0o755 if each.is_dir() else 0o644)
        os.utime(each, (epoch, epoch))
    return found


def check(found: list[parts.Part]) -> list[parts.Part]:
    """The same parts. Raises ``Stopped`` with every part whose licence is missing or unfit."""
    wrong = [f"{part.title}: {trouble}" for part in found for trouble in _troubles(part)]
    if wrong:
        raise places.Stopped("Not every licence is in order:\n  " + "\n  ".join(wrong))
    return found


def _troubles(part: parts.Part) -> Iterator[str]:
    if not part.licence:
        yield "it says no licence"
        return
    try:
        used = chosen(part)
    except ExpressionError:
        used = ()
    if not used:
        yield f"{part.licence} does not go with GPL-3.0-or-later"
        return
    if not part.copyright:
        yield "nobody is named whose it is"
    for name in texts(part):
        if not _text(name).is_file():
            yield f"the text of {name} is not in {TEXTS.relative_to(places.ROOT)}"


def chosen(part: parts.Part) -> tuple[str, ...]:
    """The licences under which a part is shipped, one of each choice; none where that cannot be."""
    fit = FIT + FIT_AS_DATA if part.data else FIT
    return _choose(_READING.parse(part.licence), fit)


def _choose(said: object, fit: Sequence[str]) -> tuple[str, ...]:
    if isinstance(said, _READING.OR):
        ways = [way for way in (_choose(each, fit) for each in said.args) if way]
        return min(ways, key=lambda way: max(fit.index(name) for name in way), default=())
    if isinstance(said, _READING.AND):
        all_of = [_choose(each, fit) for each in said.args]
        return tuple(dict.fromkeys(name for each in all_of for name in each)) if all(all_of) else ()
    return (str(said),) if str(said) in fit else ()


def texts(part: parts.Part) -> tuple[str, ...]:
    """The names of the general texts that apply to a part. One that brings its own files needs none."""
    if part.files:
        return ()
    if part.texts:
        return part.texts
    return tuple(name for licence in chosen(part) for name in written(licence))


def written(licence: str) -> tuple[str, ...]:
    """The names of the texts that a licence is written down in."""
    if licence in _WRITTEN:
        return _WRITTEN[licence]
    names = licence.removeprefix("LicenseRef-").split(" WITH ")
    return tuple(each.removesuffix("-or-later").removesuffix("-only") for each in names)


def _text(name: str) -> Path:
    return places.ROOT / "LICENSE" if name == "GPL-3.0" else TEXTS / f"{name}.txt"


def _sorted(found: Iterable[parts.Part]) -> list[parts.Part]:
    return sorted(found, key=lambda part: (part.name.lower(), part.version, part.inside))


def _line(part: parts.Part) -> str:
    """What the app shows of a part: its name, its licence, where its sources are."""
    return f"{part.title}\t{part.licence.replace('LicenseRef-', '')}\t{part.source}\n"


def overview(found: Sequence[parts.Part]) -> str:
    """The list for people: every part, whose it is, its licence, and where its text and its sources are."""
    lines = [
        f"{places.TITLE} {places.VERSION} is free software under the GNU General Public License, version 3",
        f"or later: see LICENSE.txt. Its sources are in {places.NAME}-{places.VERSION}-source.tar.xz, which",
        "lies beside the packages.",
        "",
        f"It is made of {len(found)} other parts. Each stays under its own licence. Where a part brings the",
        "text of its licence, that lies in a folder of its name; the others are in the folder texts.",
        "",
    ]
    for part in _sorted(found):
        where = [f"{part.name}/{name}" for name in part.files]
        where = where or [f"texts/{name}.txt" for name in texts(part)]
        lines += [part.title, f"    Copyright: {'; '.join(part.copyright)}", f"    Licence: {part.licence}"]
        lines += [f"    Text: {', '.join(where)}", f"    Sources: {part.source}", ""]
    return "\n".join(lines)


def copyright_text(folder: Path = places.FROZEN, site: Path | None = None) -> str:
    """The copyright file (DEP-5) of a Debian package of ``folder``. Raises ``Stopped`` as ``write``."""
    found = check(parts.shipped(folder, site or parts.site_packages()))
    modules = f"usr/lib/{places.NAME}/{places.NAME}"
    below = f"usr/lib/{places.NAME}/_internal"
    said = [_HEADER]
    used = {"GPL-3+"}
    for where, group in groupby(sorted(found, key=lambda part: part.places), key=lambda part: part.places):
        together = _sorted(group)
        licences = sorted({_short(name) for part in together for name in chosen(part)})
        used.update(licences)
        files = [f"{below}/{place}" for place in where] or [modules]
        holders = dict.fromkeys(holder for part in together for holder in part.copyright)
        said.append(
            "Files:\n" + "".join(f" {file}\n" for file in files)
            + "Copyright:\n" + "".join(f" {holder}\n" for holder in holders)
            + f"License: {' and '.join(licences)}\n"
            + "Comment:\n" + "".join(f" {part.title}: {part.licence}\n" for part in together)
        )  # fmt: skip
    names = {_short(name): name for name in (*FIT, *FIT_AS_DATA)}
    said += [f"License: {short}\n{_paragraph(names[short])}" for short in sorted(used)]
    return "\n".join(said)


def _short(licence: str) -> str:
    """The name that Debian uses for a licence, without a space, so that it can stand in a list."""
    if licence.startswith(("GPL", "LGPL")):
        base, _, rest = licence.partition("-or-later")
        base = base.removesuffix("-only").replace(".0", "") + ("+" if "-or-later" in licence else "")
        return base + rest.replace(" WITH ", "-with-")
    return licence.removeprefix("LicenseRef-").replace(" WITH ", "-with-")


def _paragraph(licence: str) -> str:
    lines = []
    for name in written(licence):
        if name in _COMMON:
            file = name.replace(".0", "") if name.startswith(("GPL", "LGPL")) else name
            lines += [f"On Debian systems {name} is in", f"/usr/share/common-licenses/{file}.", ""]
        else:
            lines += [*_text(name).read_text(encoding="utf-8").splitlines(), ""]
    return "".join(f" {line.rstrip()}\n" if line.strip() else " .\n" for line in lines[:-1])
