"""What is remembered outside a book: little, private, and never a reason to fail."""

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from memorybook import paths
from memorybook.system.settings import Settings

LOCKING = {"idle_minutes", "lock_on_minimise", "keyring_after_lock"}
SUPPORT = {"support_country", "support_language"}
KEYS = {"theme", "text_scale", "window", "maximised", "last_book", "place"} | SUPPORT | LOCKING
DEFAULTS = ("system", 100, (0, 0), False, "", "", "", 10, False, False, None)


def values(found: Settings) -> tuple[object, ...]:
    return (
        found.theme,
        found.text_scale,
        found.window_size,
        found.window_maximised,
        found.last_book,
        found.support_country,
        found.support_language,
        found.idle_minutes,
        found.lock_on_minimise,
        found.keyring_after_lock,
        found.window_place,
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "memorybook" / "settings.json"


def written(file: Path, content: bytes) -> Settings:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return Settings(file)


def test_without_a_file_there_are_defaults_and_none_is_made(file: Path) -> None:
    assert values(Settings(file)) == DEFAULTS
    assert not file.exists()


def test_values_come_back(file: Path) -> None:
    found = Settings(file)
    found.theme, found.text_scale = "dark", 140
    found.window_size, found.window_maximised = (1280, 800), True
    found.last_book, found.support_country = "/home/someone/Büch er/\u00a0", "GB"
    found.support_language = "es"
    found.idle_minutes, found.lock_on_minimise, found.keyring_after_lock = 0, True, True
    found.window_place = (-1200, 40)
    assert values(Settings(file)) == DEFAULTS
    found.save()
    assert values(Settings(file)) == values(found)


def test_the_file_is_the_owners_alone_and_holds_only_known_keys(file: Path) -> None:
    found = written(file, b'{"diary": "canary", "theme": "light"}')
    file.chmod(0o644)
    found.save()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert set(json.loads(file.read_bytes())) == KEYS
    assert b"canary" not in file.read_bytes()
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"{",
        b"[]",
        b"null",
        b'"theme"',
        b"\xff\xfe{}",
        b"[" * 50_000,
        b'{"theme": ' * 5000,
        b'{"theme": "dark", "padding": "' + b"x" * 100_000 + b'"}',
        b'{"text_scale": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_file_that_cannot_be_read_gives_the_defaults(content: bytes, file: Path) -> None:
    assert values(written(file, content)) == DEFAULTS


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", "blue"), ("theme", 1), ("theme", ["dark"]),
        ("text_scale", 79), ("text_scale", 201), ("text_scale", True), ("text_scale", "100"),
        ("text_scale", 1e400),
        ("window", [1, 1]), ("window", [1280]), ("window", [1280, 1e9]), ("window", "1280x800"),
        ("window", {}),
        ("maximised", 1), ("maximised", "yes"),
        ("last_book", "relative/folder"), ("last_book", "/with\0nul"), ("last_book", "/lone \ud800"),
        ("last_book", "/" + "x" * 5000), ("last_book", 7),
        ("support_country", "gb"), ("support_country", "../.."), ("support_country", "ÄÖ"),
        ("support_country", None),
        ("support_language", "ES"), ("support_language", "../x"), ("support_language", 7),
    ],
)  # fmt: skip
def test_a_wrong_value_gives_its_own_default(key: str, value: object, file: Path) -> None:
    sound: dict[str, object] = {
        "theme": "dark", "text_scale": 120, "window": [1280, 800], "maximised": True,
        "last_book": "/books/ours", "support_country": "IE", "support_language": "es",
    }  # fmt: skip
    whole = values(written(file, json.dumps(sound).encode()))
    found = values(written(file, json.dumps(sound | {key: value}).encode()))
    order = ["theme", "text_scale", "window", "maximised", "last_book", *sorted(SUPPORT)]
    place = order.index(key)
    assert found == (*whole[:place], DEFAULTS[place], *whole[place + 1 :])


@given(content=some.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_survived(content: bytes, file: Path) -> None:
    values(written(file, content))


@given(
    found=some.dictionaries(
        some.sampled_from(sorted(KEYS)),
        some.recursive(
            some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8),
            lambda inner: (
                some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=3), inner, max_size=3)
            ),
        ),
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_values_are_survived_and_what_is_taken_is_kept(found: dict[str, object], file: Path) -> None:
    first = written(file, json.dumps(found).encode())
    first.save()
    assert values(Settings(file)) == values(first)


def test_something_else_in_its_place_is_not_waited_for(file: Path) -> None:
    file.parent.mkdir(parents=True)
    os.mkfifo(file)
    assert values(Settings(file)) == DEFAULTS
    file.unlink()
    file.mkdir()
    found = Settings(file)
    assert values(found) == DEFAULTS
    found.save()
    assert file.is_dir()


def test_a_place_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "config").write_bytes(b"a file where a folder should be")
    found = Settings(tmp_path / "config" / "memorybook" / "settings.json")
    found.theme = "dark"
    found.save()
    assert found.theme == "dark"


def test_it_lies_where_this_person_keeps_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    Settings().save()
    assert (tmp_path / "memorybook" / "settings.json").is_file()
    assert paths.settings_file() == tmp_path / "memorybook" / "settings.json"
