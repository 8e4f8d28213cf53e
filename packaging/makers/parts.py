"""Finds out what the packaged program is made of: Python packages, what is inside them, typefaces."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Any, Final

import lean
import places
import windows_libraries

TABLE: Final = places.PACKAGING / "licences" / "parts.toml"
_LIBRARY: Final = re.compile(r"\.(so(\.[\d.]+)?|dll|dylib|pyd)$")
_SITE: Final = "site"
_LICENCES: Final = "licences/"
_LICENCE_FILE: Final = re.compile(r"(licen[cs]e|copying|notice|authors|third.party)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Part:
    """Something that is shipped and has a licence of its own.

    ``kind`` is ``pypi``, ``cargo``, ``generic`` or ``font``; ``files`` are the licence files it brings, by
    the name they shall have; ``texts`` name files in packaging/licences/texts; ``places`` are patterns of
    where it is below _internal, none for what is in the archive of modules. ``data``: beside the program, no
    part of it.
    """

    name: str
    version: str
    kind: str
    licence: str
    copyright: tuple[str, ...]
    source: str
    inside: str = ""
    texts: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict)
    data: bool = False

    @property
    def title(self) -> str:
        """How a person is told of it."""
        inside = f" (in {self.inside})" if self.inside else ""
        return f"{self.name} {self.version}".strip() + inside


def shipped(folder: Path, site: Path) -> list[Part]:
    """Everything in the frozen ``folder``, which was made of the packages in ``site``.

    Raises ``Stopped`` when a library in it belongs to nothing that is known.
    """
    below = internal(folder)
    packages = list(_packages(site, _there(folder)))
    others = list(_from_table(below, packages))
    unknown = list(_unclaimed(below, site))
    if unknown:
        raise places.Stopped(
            f"Whose are these, and under which licence? {TABLE.relative_to(places.ROOT)} has to say it:\n  "
            + "\n  ".join(unknown)
        )
    return packages + others + list(_crates(site, packages))


def internal(folder: Path) -> Path:
    """Where the libraries of a frozen program are."""
    inner = folder / "_internal"
    return inner if inner.is_dir() else folder


def site_packages(venv: Path = places.VENV) -> Path:
    """Where an environment keeps its packages. Raises ``Stopped`` when it is not there."""
    for found in sorted(venv.glob("lib/python3*/site-packages")) + sorted(venv.glob("Lib/site-packages")):
        return found
    raise places.Stopped(f"{venv} is not there: make freeze comes first.")


@cache
def table() -> dict[str, Any]:
    """The list of parts as it is written down."""
    with TABLE.open("rb") as opened:
        return tomllib.load(opened)


def locked(*lists: Path) -> set[str]:
    """The names in lists of locked versions."""
    return {
        _plain(found[1])
        for each in lists
        for found in re.finditer(r"^([A-Za-z0-9._-]+)==", each.read_text(encoding="utf-8"), re.MULTILINE)
    }


def _there(folder: Path) -> set[str]:
    """What a frozen program has of Python packages, by the names of their files, those in its archive too.

    Where there is no archive, as in a folder that is being made, all of them are taken to be there.
    """
    import gate  # which knows the folder, for which this is needed

    below = internal(folder)
    files = set(_files(below))
    if (below / _SITE).is_dir():
        return files
    if not (folder / places.NAME).is_file():
        return files | {"*"}
    names = {name.replace(".", "/") for name in gate.modules_in(folder)}
    return files | {f"{name}{ending}" for name in names for ending in (".py", "/__init__.py")}


def _packages(site: Path, there: set[str]) -> Iterator[Part]:
    wanted = locked(places.LOCKED / "runtime.txt") | {"pyinstaller"}
    installed = metadata.distributions(path=[str(site)])
    for found in sorted(installed, key=lambda each: _plain(each.metadata["Name"])):
        name = _plain(found.metadata["Name"])
        own = {"/".join(file.parts) for file in found.files or ()}
        if name not in wanted or (name != "pyinstaller" and "*" not in there and not own & there):
            continue
        files = dict(_licence_files(found))
        said = table()["text-of"].get(name, {})
        yield Part(
            name=found.metadata["Name"],
            version=found.version,
            kind="pypi",
            licence=table()["licence-of"].get(name) or _licence(found),
            copyright=tuple(said.get("copyright", ())) or _holders(files.values(), found),
            source=f"https://pypi.org/project/{name}/{found.version}/",
            texts=tuple(said.get("texts", ())),
            places=tuple(sorted(_places(own & there))),
            files=files,
        )


def _places(files: Iterable[str]) -> set[str]:
    """Where the libraries and data of a package are: its Python is in the archive."""
    kept = [PurePosixPath(file) for file in files if not file.endswith(".py")]
    return {str(file) if len(file.parts) == 1 else f"{file.parts[0]}/*" for file in kept}


def _licence(found: metadata.Distribution) -> str:
    for key in ("License-Expression", "License"):
        said = _metadata(found, key)
        if said and len(said) < 80:
            return said
    return ""


def _metadata(found: metadata.Distribution, key: str) -> str:
    return str(found.metadata[key]) if key in found.metadata else ""


def _licence_files(found: metadata.Distribution) -> Iterator[tuple[str, Path]]:
    for file in sorted(found.files or (), key=str):
        parts = file.parts
        if not parts[0].endswith(".dist-info") or len(parts) == 1 or file.suffix in {".py", ".pyc"}:
            continue
        if parts[1] in {"licenses", "license_files"}:
            yield "/".join(parts[2:]), Path(str(file.locate()))
        elif len(parts) == 2 and _LICENCE_FILE.search(file.name):
            yield file.name, Path(str(file.locate()))


def _holders(files: Iterable[Path], found: metadata.Distribution) -> tuple[str, ...]:
    """Who says in a licence that it is theirs; else who says so in the description of the package."""
    lines: list[str] = []
    for file in files:
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            match = re.match(r"[\s*#.]*(?:portions |python bindings |miniaudio |stb_vorbis )?copyright:?\s+"
                            r"(?:\(c\)|©|\d|the )(.*)", line, re.IGNORECASE)  # fmt: skip
            whole = re.sub(r"^[\s*#.]*|\(c\)|©|<[^>]*>|all rights reserved\.?", "", line, flags=re.IGNORECASE)
            whole = re.sub(r"^copyright:?", "", whole, flags=re.IGNORECASE).strip(" ,.")
            if match and whole and whole not in lines and "[" not in whole:
                lines.append(whole)
    author = _metadata(found, "Author") or re.sub(r"\s*<[^>]*>", "", _metadata(found, "Author-email"))
    author = author.replace('"', "") or f"the authors of {found.metadata['Name']}"
    said = [f"{line} {author}" if re.fullmatch(r"[\d-]+", line) else line for line in lines[:12]]
    return tuple(said) or (author,)


def _from_table(below: Path, packages: Iterable[Part]) -> Iterator[Part]:
    there = _files(below)
    others = [name for name in there if not _is_stand_in(name)]
    where = {_plain(part.name): part.places for part in packages}
    for entry in table()["part"]:
        inside = entry.get("inside", "")
        patterns = [each for each in entry.get("files", ()) if any(_called(name, [each]) for name in others)]
        if not patterns and (entry.get("files") or _plain(inside) not in where):
            continue
        files = [there[name] for name in others if _called(name, patterns)]
        for version in _versions(entry.get("version", ""), files):
            yield Part(
                name=entry["name"],
                version=version,
                kind="font" if entry.get("data") else "generic",
                licence=entry["licence"],
                copyright=tuple(entry["copyright"]),
                source=entry["source"],
                inside=inside,
                texts=tuple(entry.get("texts", ())),
                places=tuple(patterns) or where[_plain(inside)],
                data=entry.get("data", entry.get("beside", False)),
            )


def _is_stand_in(name: str) -> bool:
    """Whether it is one of our own, in the place of a library that is not shipped."""
    folder, _, file = name.rpartition("/")
    uncalled = any(re.match(rf"lib{each}-[0-9a-f]+\.so", file) for each in lean.UNCALLED.get(folder, ()))
    return uncalled or windows_libraries.is_uncalled(name)


def _versions(expression: str, files: Iterable[Path]) -> list[str]:
    """The versions that files tell of: by their content, after ``name:`` by what they are called."""
    found = set()
    for file in files:
        if expression.startswith("name:"):
            by_name = re.search(expression.removeprefix("name:"), file.name)
            found.add(by_name[1] if by_name else "")
        elif expression:
            by_content = re.search(expression.encode(), file.read_bytes())
            found.add(by_content[1].decode() if by_content else "")
    return sorted(found - {""}) or [""]


def _crates(site: Path, packages: Iterable[Part]) -> Iterator[Part]:
    """Rust libraries that wheels say they hold: their lists have licences and authors, and no texts."""
    where = {_plain(part.name): part.places for part in packages}
    seen = set()
    for file in sorted(site.glob("*.dist-info/sboms/*.json")):
        inside = re.sub(r"-[^-]*\.dist-info$", "", file.parts[-3])
        if _plain(inside) not in where:
            continue
        for crate in json.loads(file.read_text(encoding="utf-8")).get("components", ()):
            name = (crate["name"], crate.get("version", ""))
            if not str(crate.get("purl", "")).startswith("pkg:cargo/") or name in seen:
                continue
            seen.add(name)
            authors = re.sub(r"\s*<[^>]*>?", "", crate.get("author", ""))
            said = table()["authors-of"].get(crate["name"]) or authors or f"the authors of {crate['name']}"
            yield Part(
                name=crate["name"],
                version=crate["version"],
                kind="cargo",
                licence=" AND ".join(_crate_licence(each) for each in crate.get("licenses", ())),
                copyright=(said,),
                source=f"https://crates.io/crates/{crate['name']}/{crate['version']}",
                inside=inside,
                places=where[_plain(inside)],
            )


def _crate_licence(said: Mapping[str, Any]) -> str:
    named = said.get("license", {})
    return str(said.get("expression") or named.get("id") or named.get("name", ""))


def _unclaimed(below: Path, site: Path) -> Iterator[str]:
    """Libraries that neither the table names nor a wheel with a licence of its own has as its own work."""
    patterns = [pattern for entry in table()["part"] for pattern in entry.get("files", ())]
    own = {
        str(file)
        for found in metadata.distributions(path=[str(site)])
        if _plain(found.metadata["Name"]) in locked(places.LOCKED / "runtime.txt")
        for file in found.files or ()
        if not file.parts[0].endswith(".libs")
    }
    for name in _files(below):
        if _LIBRARY.search(name) and name not in own and not _called(name, patterns):
            yield name


def _files(below: Path) -> dict[str, Path]:
    """The files of a folder by their place in it, links left out: what they lead to is there as well.

    In the program for Windows the packages have a folder of their own, and modules no source: both are named
    as in a folder that was frozen.
    """
    files = {
        file.relative_to(below).as_posix(): file
        for file in sorted(below.rglob("*"))
        if file.is_file() and not file.is_symlink()
    }
    if not (below / _SITE).is_dir():
        return files
    return {
        re.sub(r"\.pyc$", ".py", name.removeprefix(f"{_SITE}/")): file
        for name, file in files.items()
        if not name.startswith(_LICENCES)
    }


def _called(name: str, patterns: Iterable[str]) -> bool:
    """Whether one of the patterns is this name; a star stands for anything within one folder."""
    return any(re.fullmatch(re.escape(each).replace(r"\*", "[^/]*"), name) for each in patterns)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower() if name else ""
