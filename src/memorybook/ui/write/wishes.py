"""What a person wants to see on the writing page besides the words: places to start, and how many words."""

from collections.abc import Sequence
from typing import Protocol

from memorybook.errors import MemoryBookError
from memorybook.services.preferences import NUMBER_OF_WORDS, OFF, ON, PROMPT_GROUP, PROMPTS, Preferences
from memorybook.services.prompts import EVERYTHING, PromptGroup, Prompts
from memorybook.ui.core.delivery import Deliver


class WishesView(Protocol):
    """What is shown or not, as it was wished."""

    def show_prompt_groups(self, groups: Sequence[PromptGroup], chosen: str) -> None:
        """What a place to start can be about; ``chosen`` is the id of one, or empty for all."""

    def show_prompt(self, text: str) -> None:
        """Offer a place to start; an empty one offers nothing."""

    def show_prompts_wanted(self, *, wanted: bool) -> None:
        """Whether places to start are offered at all."""

    def show_prompts_stopped(self) -> None:
        """They were switched off on the page itself; offer the way back."""

    def show_number_wanted(self, *, wanted: bool) -> None:
        """Whether the number of words is shown."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or kept."""


class Wishes:
    """Reads and keeps what is wished. GUI thread. Nothing is offered before it is known to be wanted."""

    def __init__(
        self, view: WishesView, *, prompts: Prompts, preferences: Preferences, deliver: Deliver, origin: str
    ) -> None:
        self._view = view
        self._prompts = prompts
        self._preferences = preferences
        self._deliver = deliver
        self._origin = origin
        self._wanted: bool | None = None
        self._group = EVERYTHING
        self._new_page = False
        self._offered = ""

    def read(self) -> None:
        """Read what is wished, as it may have been changed elsewhere."""
        problem = self._view.show_problem

        def number(value: str | None) -> None:
            self._view.show_number_wanted(wanted=value == ON)

        def group(value: str | None) -> None:
            self._group = value or EVERYTHING
            self._view.show_prompt_groups(self._prompts.groups, self._group)
            self._deliver(self._preferences.get(PROMPTS), prompts, problem)

        def prompts(value: str | None) -> None:
            self._wanted = value != OFF
            self._view.show_prompts_wanted(wanted=self._wanted)
            self._offer()

        self._deliver(self._preferences.get(NUMBER_OF_WORDS), number, problem)
        self._deliver(self._preferences.get(PROMPT_GROUP), group, problem)

    def turned(self, *, new: bool) -> None:
        """A page was turned to. Only a new one is offered a place to start."""
        self._new_page = new
        self._offered = ""
        self._offer()

    def _offer(self) -> None:
        if not (self._wanted and self._new_page):
            self._offered = ""
        elif not self._offered:
            self._offered = self._prompts.another(self._group)
        self._view.show_prompt(self._offered)

    def another(self) -> None:
        """Offer another one."""
        self._offered = ""
        self._offer()

    def about(self, group: str) -> None:
        """Offer one of this group, and from now on only those; of all groups when it is empty."""
        self._group = group
        self._view.show_prompt_groups(self._prompts.groups, group)
        self._put(PROMPT_GROUP, group)
        self.another()

    def stop_prompts(self) -> None:
        """Never offer one again, unless it is wished."""
        self.want_prompts(wanted=False)
        self._view.show_prompts_stopped()

    def want_prompts(self, *, wanted: bool) -> None:
        """Offer places to start or not, from now on."""
        self._wanted = wanted
        self._view.show_prompts_wanted(wanted=wanted)
        self._put(PROMPTS, ON if wanted else OFF)
        self._offer()

    def want_number(self, *, wanted: bool) -> None:
        """Say how many words there are or not, from now on."""
        self._view.show_number_wanted(wanted=wanted)
        self._put(NUMBER_OF_WORDS, ON if wanted else OFF)

    def _put(self, key: str, value: str) -> None:
        future = self._preferences.put(key, value, origin=self._origin)
        self._deliver(future, lambda _: None, self._view.show_problem)
