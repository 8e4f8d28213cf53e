"""Nothing but the program decides what stores a secret: not the environment, a file or what is installed.

Each test runs a process of its own, because the keyring package remembers what it has chosen once.
"""

import json
import secrets
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

from tests.keyrings import SECONDS, Session

SOURCE = Path(__file__).resolve().parents[4] / "src"
SECRET = secrets.token_hex(32)

EVIL = """
import os, pathlib
pathlib.Path(os.environ["MARK"]).write_text("imported")
from keyring.backend import KeyringBackend
class Keyring(KeyringBackend):
    priority = 99
    def set_password(self, service, username, password):
        pathlib.Path(os.environ["MARK"]).write_text(password)
    def get_password(self, service, username):
        return pathlib.Path(os.environ["MARK"]).read_text()
    def delete_password(self, service, username):
        pass
"""
OURS = """
import json, sys
from memorybook.errors import KeyringError
from memorybook.system.keyring import ComputerKeyring
ring = ComputerKeyring()
said = ""
try:
    ring.look()
    ring.check()
    ring.store("account", sys.argv[1])
    assert ring.fetch("account") == sys.argv[1]
except KeyringError as error:
    said = str(error)
print(json.dumps({"said": said}))
"""
THEIRS = """
import keyring, sys
keyring.set_password("org.memorybook", "account", sys.argv[1])
"""
PROPERTIES = {
    "KEYRING_PROPERTY_SCHEME": "KeePassXC",
    "KEYRING_PROPERTY_PREFERRED_COLLECTION": "/org/freedesktop/secrets/collection/session",
    "KEYRING_PROPERTY_APPID": "someone",
    "KEYRING_PROPERTY_GET_PASSWORD": "not a function",
    "KEYRING_PROPERTY_PERSIST": "enterprise",
}


def run(session: Session, program: str, **environment: str) -> dict[str, object]:
    """Run ``program`` as a member of the session, outside any checkout."""
    done = subprocess.run(
        [sys.executable, "-c", program, SECRET],
        env=session.environment | {"PYTHONPATH": str(SOURCE)} | environment,
        cwd=session.environment["HOME"],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, object] = json.loads(done.stdout or "{}")
    return said


def ways_to_choose(session: Session, evil: Path) -> dict[str, dict[str, str]]:
    """The environment by which each way of choosing takes effect. ``evil`` is a folder outside the home."""
    evil.mkdir()
    (evil / "evil.py").write_text(EVIL)
    installed = evil / "evil-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n")
    (installed / "entry_points.txt").write_text("[keyring.backends]\nevil = evil\n")
    configured = evil / "config"
    (configured / "python_keyring").mkdir(parents=True)
    (configured / "python_keyring" / "keyringrc.cfg").write_text(
        f"[backend]\ndefault-keyring=evil.Keyring\nkeyring-path={evil}\n"
    )
    reachable = {"PYTHONPATH": f"{SOURCE}:{evil}"}
    return {
        "variable": {"PYTHON_KEYRING_BACKEND": "evil.Keyring"} | reachable,
        "file": {"XDG_CONFIG_HOME": str(configured)},
        "package": reachable,
    }


@pytest.mark.parametrize("way", ["variable", "file", "package"])
def test_what_would_choose_another_store_is_not_asked(
    desktop_keyring: Session, tmp_path: Path, way: str
) -> None:
    chosen = ways_to_choose(desktop_keyring, tmp_path / "evil")[way]
    mark = tmp_path / "mark"
    assert run(desktop_keyring, OURS, MARK=str(mark), **chosen) == {"said": ""}
    assert not mark.exists()
    assert f"secret = {SECRET}" in desktop_keyring.search("service", "org.memorybook", "username", "account")
    run(desktop_keyring, THEIRS, MARK=str(mark), **chosen)
    assert mark.read_text() == SECRET, "positive control: the package by itself hands the secret over"


def test_a_store_in_a_plain_file_is_installed_and_never_chosen(bus: Session) -> None:
    assert distribution("keyrings.alt").version
    home = Path(bus.environment["HOME"])
    nothing = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus"}
    assert run(bus, OURS, **nothing)["said"] == "KeyringUnavailable"
    assert [path for path in home.rglob("*") if path.is_file()] == []
    # Which of its stores it takes by itself depends on what else is installed; this one needs nothing.
    run(bus, THEIRS, PYTHON_KEYRING_BACKEND="keyrings.alt.file.PlaintextKeyring", **nothing)
    (plain,) = (path for path in home.rglob("*") if path.is_file())
    assert plain.name == "keyring_pass.cfg", "positive control: the package by itself writes a plain file"


def test_variables_change_nothing_about_the_store(desktop_keyring: Session) -> None:
    assert run(desktop_keyring, OURS, **PROPERTIES)["said"] == ""
    found = desktop_keyring.search("service", "org.memorybook", "username", "account")
    assert f"secret = {SECRET}" in found
    assert "attribute.application = Python keyring library" in found
    default = run(desktop_keyring, PATHS)
    assert default == {"paths": 1, "in": "login"}


PATHS = """
import json, secretstorage
from contextlib import closing
with closing(secretstorage.dbus_init()) as bus:
    paths = [item.item_path for item in secretstorage.search_items(bus, {"service": "org.memorybook"})]
print(json.dumps({"paths": len(paths), "in": paths[0].split("/")[-2]}))
"""


def test_variables_do_change_a_store_that_is_built_directly(bus: Session) -> None:
    """The positive control: without them being taken away the class would have obeyed."""
    program = """
import json
from keyring.backends.SecretService import Keyring
print(json.dumps({"scheme": Keyring().scheme, "found": Keyring().get_password}))
"""
    assert run(bus, program, **PROPERTIES) == {"scheme": "KeePassXC", "found": "not a function"}


WINDOWS = """
import json, os, sys, types
cred = types.ModuleType("win32cred")
cred.CRED_TYPE_GENERIC, cred.CRED_PERSIST_SESSION = 1, 1
cred.CRED_PERSIST_LOCAL_MACHINE, cred.CRED_PERSIST_ENTERPRISE = 2, 3
kept = {}
class error(Exception):
    winerror, funcname = 1168, "CredRead"
def read(Type, TargetName):
    if TargetName not in kept:
        raise error
    found = dict(kept[TargetName])
    found["CredentialBlob"] = found["CredentialBlob"].encode("utf-16")
    return found
cred.CredWrite = lambda credential, flags: kept.update({credential["TargetName"]: credential})
cred.CredRead = read
cred.CredDelete = lambda Type, TargetName: kept.pop(TargetName)
names = types.ModuleType("pywintypes")
names.error = error
sys.modules |= {"win32cred": cred, "pywintypes": names}
from memorybook.system.keyring import backends
ring = backends.windows()
ring.set_password("org.memorybook", "one", sys.argv[1])
ring.set_password("org.memorybook", "two", "ab")
print(json.dumps({
    "class": f"{type(ring).__module__}.{type(ring).__qualname__}",
    "persist": [each["Persist"] for each in kept.values()],
    "size": max(len(each["CredentialBlob"].encode("utf-16")) for each in kept.values()),
    "one": ring.get_password("org.memorybook", "one"),
    "left": [name for name in os.environ if "KEYRING" in name],
}))
"""


def test_windows_keeps_the_secret_on_this_computer(bus: Session) -> None:
    """The class of Windows with a Credential Manager made up for it: the real one was not at hand."""
    seen = run(bus, WINDOWS, **PROPERTIES)
    assert seen["class"] == "keyring.backends.Windows.WinVaultKeyring"
    assert set(seen["persist"]) == {2}, "CRED_PERSIST_LOCAL_MACHINE"  # type: ignore[call-overload]
    assert seen["one"] == SECRET
    assert int(str(seen["size"])) < 2560, "what Windows takes in one item"
    assert seen["left"] == []


def test_the_start_of_the_program_loads_no_keyring(bus: Session) -> None:
    program = """
import json, sys
import memorybook.app.command_line, memorybook.app.window, memorybook.services.vault
import memorybook.system.keyring
print(json.dumps({name: name in sys.modules for name in ("keyring", "secretstorage", "jeepney")}))
"""
    assert run(bus, program) == {"keyring": False, "secretstorage": False, "jeepney": False}


def test_macos_offers_nothing_to_a_program_that_is_not_signed(bus: Session) -> None:
    program = """
import json, sys
from memorybook.errors import KeyringUnavailable
from memorybook.system.keyring import backends
try:
    backends.macos()
except KeyringUnavailable as error:
    print(json.dumps({"said": str(error), "loaded": "keyring" in sys.modules}))
"""
    assert run(bus, program) == {"said": "KeyringUnavailable", "loaded": False}
