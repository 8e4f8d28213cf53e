"""What is worth a look before a book is saved; none of it is a reason not to save it."""

from dataclasses import dataclass, field, replace

from memorybook.domain.book import BookPlan, PlannedPicture
from memorybook.domain.material import Key, Material
from memorybook.rendering import looking_over
from memorybook.rendering.looking_over import SoftPicture


@dataclass(frozen=True, slots=True)
class Findings:
    """``undrawn`` are names and codes of signs no face here can draw; pictures are in the book's order.

    ``made_smaller`` were asked to be printed so, ``too_large`` are of a known size that no page has room for.
    ``damaged`` are things that are not as they were kept, ``damaged_days`` and ``damaged_editions`` how many
    of those there are: none of them can be in a book.
    """

    undrawn: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    undescribed: tuple[PlannedPicture, ...] = ()
    soft: tuple[SoftPicture, ...] = ()
    made_smaller: tuple[PlannedPicture, ...] = ()
    too_large: tuple[PlannedPicture, ...] = ()
    damaged: tuple[Key, ...] = ()
    damaged_days: int = 0
    damaged_editions: int = 0

    @property
    def has_damage(self) -> bool:
        """Whether something is not as it was kept."""
        return bool(self.damaged or self.damaged_days or self.damaged_editions)

    @property
    def are_none(self) -> bool:
        """Whether there is nothing to say."""
        pictures = self.undescribed or self.soft or self.made_smaller or self.too_large
        return not (self.undrawn or pictures or self.has_damage)

    def with_damage_of(self, material: Material) -> "Findings":
        """These, and what of all that could be chosen is not as it was kept."""
        return replace(
            self,
            damaged=tuple(dict.fromkeys((*material.damaged, *self.damaged))),
            damaged_days=material.damaged_days,
            damaged_editions=material.damaged_editions,
        )


def look(plan: BookPlan) -> Findings:
    """Look a book over. Blocking, for some hundredths of a second and more; any thread."""
    return Findings(
        looking_over.unprintable(plan),
        looking_over.without_description(plan),
        looking_over.soft_pictures(plan),
        looking_over.printed_smaller(plan),
        looking_over.smaller_than_they_are(plan),
        plan.damaged,
    )
