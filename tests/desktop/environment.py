"""The environment of the private desktop: what is taken away, and the private folders put in its place."""

from collections.abc import Mapping
from pathlib import Path

SEATS_VARIABLE = "MEMORYBOOK_TEST_SEATS"

# What describes the desktop the command was started from, and must not reach it.
_FOREIGN = ("DBUS_", "DESKTOP_", "GNOME_", "GTK_", "KDE_", "LC_", "QT_", "SESSION_", "WAYLAND_", "XDG_")
_FOREIGN_NAMES = ("AT_SPI_BUS_ADDRESS", "DISPLAY", "LANG", "LANGUAGE", "SSH_AUTH_SOCK", "XAUTHORITY")


def private_environment(outside: Mapping[str, str], folder: Path) -> dict[str, str]:
    """``outside`` without its desktop, and with private folders below ``folder``, which are made here."""
    inside = {
        name: value
        for name, value in outside.items()
        if not name.startswith(_FOREIGN) and name not in _FOREIGN_NAMES
    }
    inside |= {
        "LANG": "C.UTF-8",
        "XAUTHORITY": str(folder / "authority"),
        "XDG_SESSION_TYPE": "x11",
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }
    return inside | private_folders(folder)


def private_folders(folder: Path) -> dict[str, str]:
    """A home, and every folder that would otherwise be found through it, empty and owner-only."""
    home = folder / "home"
    places = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_STATE_HOME": home / ".local" / "state",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_RUNTIME_DIR": folder / "run",
        "TMPDIR": folder / "tmp",
    }
    for place in places.values():
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {name: str(place) for name, place in places.items()}
