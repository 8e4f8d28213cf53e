"""What the writing page says in its notice, and when a sentence no longer holds."""

from collections.abc import Callable

from memorybook.errors import MemoryBookError
from memorybook.ui.core import i18n, messages
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.notice import Notice, is_large

_REFUSALS_SHOWN = 5
_NAME_SHOWN = 24  # letters of the name of a file, where there is little room


class Saying:
    """Speaks through one :class:`Notice`. GUI thread."""

    def __init__(self, notice: Notice) -> None:
        self._notice = notice
        self._of_keeping = self._elsewhere = ""
        self._refused: list[str] = []

    def problem(self, error: MemoryBookError) -> None:
        """Something could not be read or done."""
        self._notice.say(messages.sentence(error))

    def not_kept(self, error: MemoryBookError, save_elsewhere: Callable[[str], object]) -> None:
        """The page could not be kept. It is said until it is; the words can be saved elsewhere meanwhile.

        ``save_elsewhere`` asks first, in a window with room for the sentence that it is given. Where letters
        are large that is where all of it is read, so that the page is not covered by it.
        """
        also = tr("The words of this page are also in “{name}”.").format(name=self._elsewhere)
        said = messages.sentence(error)
        full = f"{said} {also}" if self._elsewhere else said
        if is_large():
            self._of_keeping = tr("Not kept yet. Your words are still here.")
            self._notice.say(self._of_keeping, action=tr("What to do"), acts=lambda: save_elsewhere(full))
        else:
            self._of_keeping = full
            action = tr("Save the words elsewhere")
            self._notice.say(self._of_keeping, action=action, acts=lambda: save_elsewhere(""))

    def saved_elsewhere(self, name: str) -> None:
        """The words are in a plain file as well, which is said for as long as they are not in the book."""
        self._elsewhere = name
        if is_large():
            shown = f"{name[:_NAME_SHOWN].rstrip()}…" if len(name) > _NAME_SHOWN else name
            self._of_keeping = tr("The words are also in “{name}” now.").format(name=shown)
            self._notice.say(self._of_keeping)
            return
        self._of_keeping = tr(
            "The words of this page are also in “{name}” now. Anyone who finds that file can read it. They "
            "stay here too, and go into the book as soon as they can be kept."
        ).format(name=name)
        self._notice.say(self._of_keeping)

    def kept(self) -> None:
        """All of the page is kept: that it was not does not hold any more."""
        if self._of_keeping and self._notice.text() == self._of_keeping:
            self._notice.hide()
        self._of_keeping = self._elsewhere = ""

    def taken_off(self, put_back: Callable[[], object]) -> None:
        """A picture is no longer on the page."""
        self._notice.say(
            tr("The photo is off this page. It stays in your book."),
            action=tr("Put it back"),
            acts=put_back,
        )

    def recording_taken_off(self, put_back: Callable[[], object]) -> None:
        """A recording is no longer on the page."""
        self._notice.say(
            tr("The recording is off this page. It stays in your book."),
            action=tr("Put it back"),
            acts=put_back,
        )

    def put_away(self, bring_back: Callable[[], object]) -> None:
        """The page is in the drawer."""
        self._notice.say(
            tr("The page is in the drawer."),
            action=tr("Bring it back"),
            acts=bring_back,
        )

    def brought_back(self, undo: Callable[[], object] | None) -> None:
        """An earlier version is on the page again."""
        self._notice.say(
            tr("The page is as it was then."),
            action=tr("Undo") if undo is not None else "",
            acts=undo,
        )

    def prompts_stopped(self, again: Callable[[], object]) -> None:
        """Places to start are not offered any more."""
        self._notice.say(
            tr("No more places to start."),
            action=tr("Show them again"),
            acts=again,
        )

    def page_put_away(self, again: Callable[[], object]) -> None:
        """There is no page for dates any more."""
        self._notice.say(
            tr("Dates are put away. The settings bring them back, too."),
            action=tr("Bring them back"),
            acts=again,
        )

    def refused(self, error: MemoryBookError, name: str) -> None:
        """One picture could not be added; several are told together."""
        told = messages.sentence(error)
        self._refused.append(f"{name}: {told}" if name else told)
        shown = self._refused[:_REFUSALS_SHOWN]
        more = len(self._refused) - len(shown)
        if more:
            shown.append(tr("{n} more could not be added.").format(n=i18n.number_text(more)))
        self._notice.say("\n".join(shown))

    def all_added(self) -> None:
        """No picture is being taken in: the next that is refused begins a new list."""
        self._refused.clear()

    def given_up(self, number: int) -> None:
        """So many pictures were not taken in before the book was closed."""
        self._notice.say(
            i18n.count_text(
                "One picture was not added before the book was closed. The file is where it was; "
                "please add it once more.",
                "{n} pictures were not added before the book was closed. The files are where they were; "
                "please add them once more.",
                number,
            )
        )
