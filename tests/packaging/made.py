"""The finished packages, each made once in a run, and what somebody does with the program that was in one."""

import os
from pathlib import Path

import pytest

import deb
import desktop_tree
import places
from memorybook.services.vault import Library
from tests.books import PASSPHRASE
from tests.packaging.conftest import AS_IT_IS, make
from tests.packaging.people import Person, sums


def made(command: str, file_name: str) -> Path:
    """The package that ``packaging/makers COMMAND`` makes; made when something it is made of has changed."""
    package = places.OUT / file_name
    if not (os.environ.get(AS_IT_IS) and package.is_file()):
        make(command, "--if-needed")
    return package


def other_deb(folder: Path, version: str, only: str) -> Path:
    """The same program as a package of another version, with one file more: ``only``, below its folder."""
    install_tree = desktop_tree.install_tree

    def with_more(root: Path) -> None:
        install_tree(root)
        (root / "usr" / "lib" / places.NAME / only).write_text(version)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desktop_tree, "install_tree", with_more)
        patch.setattr(deb, "version", lambda: f"{version}-1")
        return deb.build(folder, quick=True)


def own_book(person: Person, library: Library, folder: Path) -> Path:
    """A real book in the person's documents, made by the program that the tests run with."""
    vault = library.create(folder, PASSPHRASE)
    vault.close()
    return person.bring(folder, "Documents/Memory Book")


def use(person: Person, program: Path, book: Path) -> None:
    """A book's whole life passes in the program, and the book that the person has is looked through."""
    before = sums(book)
    done = person.run(program, "self-test")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("All of it holds.\n")
    looked = person.run(program, "health", book, told=f"{PASSPHRASE}\n")
    assert looked.returncode == 0, looked.stdout + looked.stderr
    assert sums(book) == before
