"""Words are asked about once, in batches, and what was known is forgotten when something else holds."""

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

from memorybook.errors import SpellerStopped
from memorybook.ui.write.verdicts import Verdicts


class Asked:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.futures: list[Future[dict[str, bool]]] = []
        self.told = 0
        self.verdicts = Verdicts(self.ask, deliver, self.tell)

    def ask(self, words: Sequence[str]) -> Future[dict[str, bool]]:
        self.batches.append(list(words))
        self.futures.append(Future())
        return self.futures[-1]

    def answer(self, *wrong: str) -> None:
        future, words = self.futures[-1], self.batches[-1]
        future.set_result({word: word not in wrong for word in words})

    def tell(self) -> None:
        self.told += 1


def deliver(future: Future[Any], done: Any, failed: Any, /) -> None:
    def act(answered: Future[Any]) -> None:
        error = answered.exception()
        done(answered.result()) if error is None else failed(error)

    future.add_done_callback(act)


def test_each_word_is_asked_once() -> None:
    asked = Asked()
    assert not asked.verdicts.settle(["sea", "sae", "sea"])
    assert not asked.verdicts.is_wrong("sae")
    assert not asked.verdicts.settle(["other"]), "one question is under way at a time"
    asked.answer("sae")
    assert asked.told == 1
    assert asked.verdicts.settle(["sea", "sae"])
    assert asked.verdicts.is_wrong("sae")
    assert not asked.verdicts.is_wrong("sea")
    assert not asked.verdicts.settle(["sea", "other"])
    assert asked.batches == [["sea", "sae"], ["other"]]


def test_a_long_page_is_asked_about_in_pieces() -> None:
    asked = Asked()
    words = [f"word{number}" for number in range(2500)]
    while not asked.verdicts.settle(words):
        asked.answer()
    assert [len(batch) for batch in asked.batches] == [1000, 1000, 500]


def test_an_answer_from_before_is_not_taken() -> None:
    asked = Asked()
    asked.verdicts.settle(["sea"])
    early = asked.futures[-1]
    asked.verdicts.forget()
    asked.verdicts.settle(["sea"])
    early.set_result({"sea": False})
    assert (asked.told, asked.verdicts.is_wrong("sea")) == (0, False)
    asked.answer()
    assert (asked.told, asked.verdicts.is_wrong("sea")) == (1, False)


def test_without_an_answer_nothing_is_marked_and_nothing_asked_again() -> None:
    asked = Asked()
    asked.verdicts.settle(["sae"])
    asked.futures[-1].set_exception(SpellerStopped())
    assert asked.verdicts.settle(["sae"])
    assert not asked.verdicts.is_wrong("sae")
    assert len(asked.batches) == 1
