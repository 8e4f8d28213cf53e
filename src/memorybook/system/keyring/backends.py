"""The one class of the ``keyring`` package that is allowed on each system, built past its own choosing.

The package's functions (``keyring.get_password`` and so on) are never called. They let the variable
``PYTHON_KEYRING_BACKEND``, the file ``keyringrc.cfg`` or any installed package decide what stores the
secret: a text file, nothing at all, or code from anywhere. All of that happens in ``keyring.core`` when
the first of those functions is called; importing the module of one class runs none of it, which the tests
prove with a variable, a file and an installed package that would each leave a mark. What remains are the
``KEYRING_PROPERTY_*`` variables, which set attributes of a class that is built directly too. They are
removed from this process for good: nothing else in it wants them.

Imported when a keyring is asked for and not before, since the start of the program has no time for it.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from memorybook.errors import KeyringError, KeyringLocked, KeyringUnavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

Ring = TypeVar("Ring", bound="KeyringBackend")

_PROPERTY: Final = "KEYRING_PROPERTY_"
_WINDOWS_PERSISTENCE: Final = "local machine"
"""The default of the package, "enterprise", roams to other computers of the same person."""

_PLAIN: Final = (OSError, EOFError, ImportError, RuntimeError, ValueError, LookupError, AssertionError)
"""What the libraries let through. They unpack what a service answers without a look at it."""

_LOCKED_ON_THE_BUS: Final = "org.freedesktop.Secret.Error.IsLocked"

_SIGNED_BY_A_DEVELOPER: Final = (
    "=anchor apple generic and certificate 1[field.1.2.840.113635.100.6.2.6] exists "
    "and certificate leaf[field.1.2.840.113635.100.6.1.13] exists"
)
"""What Apple's tools call the requirement for a program signed with a Developer ID."""


def build() -> "KeyringBackend":
    """The store of this system, ready to be asked. Blocks for as long as the system takes to answer.

    Raises KeyringUnavailable where none is allowed, and what the package raises when its own is not there.
    """
    if sys.platform == "win32":
        return windows()
    if sys.platform == "darwin":
        return macos()
    if sys.platform == "linux":
        return secret_service()
    raise KeyringUnavailable


def secret_service() -> "KeyringBackend":
    """GNOME's keyring, KDE's wallet, KeePassXC: whatever answers as ``org.freedesktop.secrets``."""
    from keyring.backends.SecretService import Keyring

    return _built(Keyring)


def windows() -> "KeyringBackend":
    """The Credential Manager, told to keep what it is given on this computer."""
    from keyring.backends.Windows import WinVaultKeyring

    ring = _built(WinVaultKeyring)
    ring.persist = _WINDOWS_PERSISTENCE
    return ring


def macos() -> "KeyringBackend":
    """The Keychain, for a packaged program signed with a Developer ID.

    For any other it would ask at every start, and whatever else the same Python runs could read the item.
    """
    if not getattr(sys, "frozen", False) or not _is_signed(sys.executable):
        raise KeyringUnavailable
    from keyring.backends.macOS import Keyring

    return _built(Keyring)


def _built(allowed: type[Ring]) -> Ring:
    """One of ``allowed`` and nothing derived from it. Raises RuntimeError when it cannot work here."""
    for name in [name for name in os.environ if _PROPERTY in name]:
        del os.environ[name]
    ring = allowed()
    if type(ring) is not allowed:
        raise KeyringUnavailable
    _ = allowed.priority  # asks the system, and raises when there is nothing behind it
    return ring


@contextmanager
def errors_translated() -> Iterator[None]:
    """Inside, errors of the package and of what lies under it become a KeyringError.

    Their own words, which may repeat anything, are left behind. Any other error passes.
    """
    try:
        yield
    except KeyringError:
        raise
    except BaseException as error:
        problem = _translated(error)
        if problem is None:
            raise
        raise problem from None


def _translated(error: BaseException) -> KeyringError | None:
    if isinstance(error, _PLAIN):
        return KeyringUnavailable()
    from keyring import errors

    locked, others = _errors_of_the_system()
    if isinstance(error, (errors.KeyringLocked, *locked)) or getattr(error, "name", "") == _LOCKED_ON_THE_BUS:
        return KeyringLocked()
    return KeyringUnavailable() if isinstance(error, (errors.KeyringError, *others)) else None


def _errors_of_the_system() -> tuple[tuple[type[BaseException], ...], tuple[type[BaseException], ...]]:
    """Those that mean it stayed locked, and the others."""
    if sys.platform == "win32":
        from keyring.backends.Windows import pywintypes

        return (), (pywintypes.error,)
    if sys.platform == "darwin":
        return (), (subprocess.SubprocessError,)
    from jeepney import DBusErrorResponse
    from secretstorage import LockedException, PromptDismissedException, SecretStorageException

    return (LockedException, PromptDismissedException), (SecretStorageException, DBusErrorResponse)


def _is_signed(program: str) -> bool:
    verify = ["/usr/bin/codesign", "--verify", "--strict", f"-R{_SIGNED_BY_A_DEVELOPER}", program]
    return subprocess.run(verify, capture_output=True, check=False, timeout=10).returncode == 0
