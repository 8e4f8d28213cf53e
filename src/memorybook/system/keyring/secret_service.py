"""What has to hold on Linux before the Secret Service is used: it is open, and it protects what it keeps.

A GNOME keyring whose owner chose an empty password is a text file with every secret in clear. The service
does not say so; the first bytes of the file do.
"""

import os
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import secretstorage
from secretstorage import Collection, Item, PromptDismissedException

from memorybook.errors import KeyringLocked, KeyringUnprotected

_ENCRYPTED: Final = b"GnomeKeyring"
"""How a GNOME keyring with a password begins; one without is text and begins ``[keyring]``."""

_GNOME_DEFAULT: Final = "login"
"""The keyring GNOME takes where the file ``default`` names none."""

_ESCAPED: Final = re.compile(rb"_([0-9a-f]{2})")


def refuse_unprotected() -> None:
    """Raise KeyringUnprotected when the default keyring is a text file. Asks nobody and changes nothing.

    The default is looked for both by what the service calls it and by what GNOME's own file names, so a
    keyring without a password refuses also where another program has taken GNOME's place since.
    Raises what the library raises when there is no service or no default keyring.
    """
    with closing(secretstorage.dbus_init()) as bus:
        path = secretstorage.get_collection_by_alias(bus, "default").collection_path
    name = _unescaped(path.rpartition("/")[2])
    for folder in _folders():
        for default in (name, _default_in(folder)):
            if _is_in_clear(folder / f"{default}.keyring"):
                raise KeyringUnprotected


def unlock() -> None:
    """Make sure that the default keyring is open. Blocks while the desktop asks for its password.

    Raises KeyringLocked when it stays locked, and what the library raises when there is no keyring: none
    is made on the way, as the library would, since its password could be left empty.
    """
    with closing(secretstorage.dbus_init()) as bus:
        _open(Collection(bus))


def forget(service: str, account: str) -> None:
    """Delete every item of this account, in whichever keyring it lies. None is fine.

    Another keyring may have become the default since, and what lies in the earlier one would still open
    an old copy of the book. Blocks while the desktop asks for a password. Raises KeyringLocked when an
    item stays locked, and what the library raises.
    """
    with closing(secretstorage.dbus_init()) as bus:
        for item in list(secretstorage.search_items(bus, {"service": service, "username": account})):
            _open(item)
            try:
                item.delete()
            except PromptDismissedException:
                raise KeyringLocked from None


def _open(locked: Collection | Item) -> None:
    if locked.is_locked() and (locked.unlock() or locked.is_locked()):
        raise KeyringLocked


def _folders() -> Iterator[Path]:
    """Where GNOME may keep its keyrings; from inside a Flatpak, where the desktop outside does."""
    for variable in ("XDG_DATA_HOME", "HOST_XDG_DATA_HOME"):
        if os.environ.get(variable):
            yield Path(os.environ[variable]) / "keyrings"
    yield Path.home() / ".local" / "share" / "keyrings"
    yield Path.home() / ".gnome2" / "keyrings"


def _default_in(folder: Path) -> str:
    """The name of the default keyring, as GNOME notes it."""
    try:
        return os.fsdecode((folder / "default").read_bytes().strip()) or _GNOME_DEFAULT
    except FileNotFoundError:
        return _GNOME_DEFAULT


def _unescaped(name: str) -> str:
    """The name of a keyring's file from its place on the bus, where all but letters and digits is ``_hh``."""
    return os.fsdecode(_ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), name.encode()))


def _is_in_clear(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_ENCRYPTED)) != _ENCRYPTED
    except FileNotFoundError:
        return False
