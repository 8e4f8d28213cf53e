"""An edit has one text form, and says how large the picture is afterwards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorybook.domain.edit import SCALE, UNTOUCHED, WHOLE, Crop, Edit

spans = st.integers(0, SCALE - 1).flatmap(
    lambda start: st.tuples(st.just(start), st.integers(start + 1, SCALE))
)
crops = st.builds(lambda across, down: Crop(across[0], down[0], across[1], down[1]), spans, spans)
edits = st.builds(Edit, st.sampled_from((0, 90, 180, 270)), crops, grey=st.booleans(), soft=st.booleans())


@given(edits)
def test_what_is_written_is_read_back(edit: Edit) -> None:
    assert Edit.parse(str(edit)) == edit
    assert (str(edit) == "") == edit.is_untouched == (edit == UNTOUCHED)


@given(edits, st.integers(1, 9000), st.integers(1, 9000))
def test_there_is_always_something_left(edit: Edit, width: int, height: int) -> None:
    left, top, right, bottom = edit.crop.box(width, height)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    expected = (bottom - top, right - left) if edit.turn in {90, 270} else (right - left, bottom - top)
    assert edit.size(width, height) == expected


def test_nothing_done_changes_no_size() -> None:
    assert UNTOUCHED.size(4000, 3000) == (4000, 3000)
    assert Edit(turn=90).size(4000, 3000) == (3000, 4000)
    assert WHOLE.is_whole
    assert not Crop(1).is_whole


@pytest.mark.parametrize(
    "text", ["0", "45 0 0 10000 10000", "0 5 0 5 10000", "0 0 0 10000 10000 x", "a b c d e"]
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Edit.parse(text)


@pytest.mark.parametrize("sides", [(0, 0, 0, 1), (0, 5, 9, 5), (-1, 0, 9, 9), (0, 0, SCALE + 1, 9)])
def test_an_impossible_cut_is_refused(sides: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="no such crop"):
        Crop(*sides)
