"""What is worth a look before a book is saved; none of it is a reason not to save it."""

from dataclasses import dataclass, field

from memorybook.domain.book import BookPlan, PlannedPicture
from memorybook.rendering import looking_over
from memorybook.rendering.looking_over import SoftPicture


@dataclass(frozen=True, slots=True)
class Findings:
    """``undrawn`` are names and codes of signs no face here can draw; pictures are in the book's order."""

    undrawn: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    undescribed: tuple[PlannedPicture, ...] = ()
    soft: tuple[SoftPicture, ...] = ()

    @property
    def are_none(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.undrawn or self.undescribed or self.soft)


def look(plan: BookPlan) -> Findings:
    """Look a book over. Blocking, for some hundredths of a second and more; any thread."""
    return Findings(
        looking_over.unprintable(plan),
        looking_over.without_description(plan),
        looking_over.soft_pictures(plan),
    )
