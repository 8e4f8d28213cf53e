"""Places to start: a few dozen, in groups, none twice before all have been there."""

import random
from pathlib import Path

from memorybook.services.prompts import Prompts


def prompts(language: str = "en", folder: Path | None = None) -> Prompts:
    return Prompts(language, chance=random.Random(1), folder=folder)  # noqa: S311


def test_there_are_a_few_dozen_and_each_is_a_question_of_its_own() -> None:
    texts = [text for group in prompts().groups for text in group.prompts]
    assert 36 <= len(texts) == len(set(texts))
    assert all(text.endswith("?") for text in texts)
    assert len({group.id for group in prompts().groups}) == len(prompts().groups) >= 6


def test_none_comes_twice_before_all_have_been_there() -> None:
    asked = prompts()
    for group in asked.groups:
        seen = {asked.another(group.id) for _ in group.prompts}
        assert seen == set(group.prompts)
    everything = [text for group in asked.groups if not group.when_chosen for text in group.prompts]
    assert {asked.another() for _ in everything} == set(everything)


def test_what_may_hurt_is_asked_only_of_those_who_chose_it() -> None:
    asked = prompts()
    (hard,) = [group for group in asked.groups if group.when_chosen]
    assert not {asked.another() for _ in range(100)} & set(hard.prompts)
    assert asked.another(hard.id) in hard.prompts


def test_a_group_that_is_gone_is_every_group(tmp_path: Path) -> None:
    assert prompts().another("a group of an older version")


def test_another_language_is_taken_whole_and_english_stands_in(tmp_path: Path) -> None:
    (tmp_path / "en.json").write_text('{"groups": [{"id": "a", "name": "A day", "prompts": ["When?"]}]}')
    (tmp_path / "de.json").write_text('{"groups": [{"id": "a", "name": "Ein Tag", "prompts": ["Wann?"]}]}')
    assert prompts("de", tmp_path).another() == "Wann?"
    assert prompts("fr", tmp_path).another() == "When?"


def test_a_damaged_list_offers_nothing_and_stops_nobody(tmp_path: Path) -> None:
    wrong = '{"groups": [{"id": "a", "name": "b", "prompts": 3}]}'
    for content in ("", "[]", '{"groups": [{"id": 1}]}', wrong):
        (tmp_path / "en.json").write_text(content)
        assert prompts("en", tmp_path).groups == ()
        assert prompts("en", tmp_path).another() == ""
    assert prompts("en", tmp_path / "gone").another() == ""
