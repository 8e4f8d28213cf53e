"""From an error to the sentence a person reads."""

from memorybook.errors import MemoryBookError
from memorybook.ui.core.i18n import tr


def sentence(error: MemoryBookError) -> str:
    """What happened, what is safe, what to do, in the person's language."""
    return tr(error.sentence)
