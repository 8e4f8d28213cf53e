"""The sessions these tests run in."""

from tests.keyrings import bus, desktop_keyring

__all__ = ["bus", "desktop_keyring"]
