"""What is done to one photo before it is shown: step by step, each of which can be undone."""

from collections.abc import Callable

from memorybook.domain.edit import Edit
from memorybook.domain.photo import Photo
from memorybook.errors import MemoryBookError
from memorybook.services.album import Album
from memorybook.ui.core.delivery import Deliver


class Changing:
    """The edit of one photo while it is looked at. A step is kept at once, one after the other. GUI thread.

    It goes on when another photo is turned to. One that is being made while the book is closed is made when
    it is opened again: nobody waits for the decoder with the book open.

    ``said`` is called whenever :attr:`edit`, :attr:`can_undo` or :attr:`is_working` is another,
    ``made`` with the photo once its pixels are made anew, ``failed`` when a step could not be kept.
    """

    def __init__(
        self,
        photo: Photo,
        *,
        album: Album,
        deliver: Deliver,
        origin: str,
        said: Callable[[], None],
        made: Callable[[Photo], None],
        failed: Callable[[MemoryBookError], None],
    ) -> None:
        self._id = photo.id
        self._album = album
        self._deliver = deliver
        self._origin = origin
        self._said = said
        self._made = made
        self._failed = failed
        self._sent = photo.edit
        self._before: list[Edit] = []
        self.edit = photo.edit
        self.is_working = False

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return bool(self._before)

    def change(self, edit: Edit) -> None:
        """One more step."""
        if edit != self.edit:
            self._before.append(self.edit)
            self._turn_to(edit)

    def undo(self) -> None:
        """Take the last step back."""
        if self._before:
            self._turn_to(self._before.pop())

    def _turn_to(self, edit: Edit) -> None:
        self.edit = edit
        self._go_on()
        self._said()

    def _go_on(self) -> None:
        """Steps that follow quickly are made as one: each takes the whole original through the decoder."""
        if self.is_working:
            self._album.want(self._id, self.edit)  # the book may be closed before its turn comes
            return
        if self.edit == self._sent:
            return
        before, wanted = self._sent, self.edit
        self.is_working, self._sent = True, wanted

        def done(photo: Photo) -> None:
            self.is_working = False
            if self.edit == wanted:
                self._made(photo)
            self._go_on()
            self._said()

        def failed(error: MemoryBookError) -> None:
            self.is_working = False
            self.edit = self._sent = before
            self._before.clear()
            self._said()
            self._failed(error)

        self._deliver(self._album.edit(self._id, wanted, origin=self._origin), done, failed)
