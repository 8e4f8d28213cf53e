"""What this computer remembers between starts, as the screens need it: nothing of what is in a book."""

from typing import Protocol


class DeviceSettings(Protocol):
    """A handful of allow-listed values. ``save`` writes them at once; setting them does not."""

    theme: str
    text_scale: int
    last_book: str
    support_country: str
    support_language: str
    window_size: tuple[int, int]
    window_maximised: bool
    window_place: tuple[int, int] | None
    idle_minutes: int
    lock_on_minimise: bool
    keyring_after_lock: bool

    def save(self) -> None:
        """Write the values for the next start. Never raises: losing them costs a click."""
