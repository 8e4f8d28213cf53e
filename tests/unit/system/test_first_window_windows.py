"""What a second start says on Windows. That it is heard there is shown under Wine, with the installer."""

from pathlib import Path

import pytest

from memorybook.system.first_window import Asked
from memorybook.system.first_window_windows import Call, meet, saying, understood


@pytest.mark.parametrize("path", ["/some where/our bo\u00f6k", "/half \ud83d of a sign", "/" + "a" * 32_000])
def test_the_path_arrives_as_it_was_given(path: str) -> None:
    assert understood(saying(Path(path))) == Path(path)


def test_a_start_that_was_given_nothing_says_so() -> None:
    assert understood(saying(None)) == Path()


@pytest.mark.parametrize(
    "said", [b"", b"hello", b"memorybook", b"memorybook\0\xff", b"memorybook\0" + b"a" * (1 << 16)]
)
def test_what_no_start_of_ours_says_is_passed_over(said: bytes) -> None:
    assert understood(said) is None


def test_a_call_keeps_its_path_to_itself() -> None:
    assert repr(Call(path=Path("/our book"))) == "Call()"


def test_where_windows_does_not_answer_there_is_a_window_all_the_same() -> None:
    assert meet(Asked(), asks=True, patience=0) is None
    assert meet(Asked(), asks=False, patience=0) is None
