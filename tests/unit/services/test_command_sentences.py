"""What a person reads from the commands: in the time of this computer, and only what is so."""

import pytest

from memorybook.app import command_line
from memorybook.app.telling import local_time, named
from memorybook.domain.health import WORDS, DamagedThing, Thing
from memorybook.errors import MemoryBookError, StorageFailed, StorageFull


def test_a_name_of_ours_is_not_told_and_a_time_that_is_none_breaks_nothing() -> None:
    lost = named(DamagedThing(Thing.OTHER, 0, "spelling_word", "", WORDS), titles=True)
    assert lost == "Something else in the book: it cannot be read as it was kept."
    assert local_time("2026-11-21T23:52:36Z").startswith("2026-11-2")
    assert "Z" not in local_time("2026-11-21T23:52:36Z")
    assert local_time("") == "at a time that is not known"


@pytest.mark.parametrize(
    ("error", "then"),
    [(StorageFull, "Please free some room there"), (StorageFailed, "same command once more")],
)
def test_no_command_promises_to_keep_words_that_wait(
    error: type[MemoryBookError],
    then: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(_arguments: object) -> int:
        raise error

    monkeypatch.setattr(command_line, "_archive", refused)
    assert command_line.run(["archive"]) == 1
    said = capsys.readouterr().err
    assert then in said
    assert "it will be kept" not in said
    assert "what you see" not in said
