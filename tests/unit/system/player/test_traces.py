"""A recording that is played out of a book leaves nothing anywhere: every call to the system is looked at."""

import os
import re
import subprocess
import sys
from pathlib import Path

from memorybook.storage.media import MediaStore
from tests import recordings
from tests.loudspeakers import loudspeaker

ROOT = Path(__file__).resolve().parents[4]
KEY = bytes(range(32))

PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from memorybook.domain.ids import MediaId
from memorybook.storage.media import MediaStore
from memorybook.system.player import Playback, probe

store = MediaStore(Path(sys.argv[2]), bytes(range(32)))
with store.open(MediaId(sys.argv[3])) as file:
    assert probe(file, file.seek(0, 2)).playable
playback = Playback(lambda: store.open(MediaId(sys.argv[3])))
playback.play()
pictures = 0
while not playback.ended:
    pictures += playback.frame() is not None
assert playback.problem is None, playback.problem
assert pictures > 5
playback.close()
"""

CALL = re.compile(
    r'\d+ +(open|openat|creat|mkdir|mkdirat|rename\w*|link|linkat|symlink\w*)\((?:AT_FDCWD, )?"([^"]+)"'
)


def is_for_writing(call: str, line: str) -> bool:
    return not call.startswith("open") or bool(re.search(r"O_WRONLY|O_RDWR|O_CREAT", line))


def test_nothing_is_written_and_nobody_is_called(tmp_path: Path) -> None:
    """Beside the sound server, which has a file of its own for those who may speak to it."""
    store, trace, home = MediaStore(tmp_path / "media", KEY), tmp_path / "trace", tmp_path / "home"
    home.mkdir()
    (tmp_path / "media").mkdir(exist_ok=True)
    media = store.write(recordings.video(seconds=0.6))
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "media").iterdir()}
    with loudspeaker(tmp_path) as (address, _):
        subprocess.run(
            ["strace", "-f", "-o", str(trace), "-e", "trace=%file,%network,write", "-s", "64",
             sys.executable, "-B", "-c", PROGRAM, str(ROOT / "src"), str(tmp_path / "media"), media],
            env={**os.environ, "PULSE_SERVER": address, "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"},
            check=True,
            timeout=120,
        )  # fmt: skip
    lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    written = {call[2] for line in lines if (call := CALL.match(line)) and is_for_writing(call[1], line)}
    own = {str(home / part) for part in (".config", ".config/pulse", ".config/pulse/cookie")}
    assert {name for name in written if "__pycache__" not in name} - own <= {"/dev/null"}
    assert set(re.findall(r"socket\((\w+)", "\n".join(lines))) == {"AF_UNIX"}
    called = set(re.findall(r'connect\(.*sun_path="([^"]+)"', "\n".join(lines)))
    server = address.removeprefix("unix:")
    assert called <= {server, "/var/run/nscd/socket"}
    assert server in called
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "media").iterdir()} == before
