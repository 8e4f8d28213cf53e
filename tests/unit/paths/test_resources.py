"""The files that come with the program are found."""

import pytest

from memorybook import resources


def test_a_folder_of_the_checkout_is_found() -> None:
    assert resources.folder("fonts").is_dir()


def test_an_incomplete_program_says_so() -> None:
    with pytest.raises(FileNotFoundError):
        resources.folder("no such folder")
