"""The player's process cannot do what reading sound and video does not need, whatever FFmpeg knows to do."""

import io
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from memorybook.domain.recording import Probed
from memorybook.system import limited
from memorybook.system.decoder import sandbox
from memorybook.system.player import containers, probe, probing, process
from memorybook.system.player.ranges import Ranges
from tests import recordings
from tests.unit.system.decoder import probes
from tests.unit.system.decoder.test_sandbox import BLOCKED, status_of
from tests.unit.system.player.watching import next_frame, opened

ROOT = Path(__file__).resolve().parents[4]
START = (
    "import sys; sys.path[:0] = sys.argv[1:3]; "
    "from memorybook.system.decoder import worker as w; from memorybook.system.player import worker; "
    "from tests.unit.system.decoder import probes; w.prepare = worker.prepare; probes.main(*sys.argv[3:])"
)


def attempted(name: str, folder: Path) -> str:
    (folder / "diary").touch()
    (folder / "spare").touch()
    told = [str(ROOT), str(ROOT / "src"), name, "shut", str(folder / "diary")]
    done = subprocess.run(
        [sys.executable, "-I", "-c", START, *told],
        env=limited.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=True,
    )
    return done.stdout.decode()


@pytest.mark.parametrize("name", [*probes.FORBIDDEN, *probes.NEVER])
def test_what_works_elsewhere_does_not_work_in_there(name: str, tmp_path: Path) -> None:
    """That each works elsewhere is shown with the picture worker."""
    assert attempted(name, tmp_path) in BLOCKED
    assert sorted(path.name for path in tmp_path.iterdir()) == ["diary", "spare"]


@pytest.mark.parametrize("name", probes.ALLOWED)
def test_what_decoding_needs_still_works(name: str, tmp_path: Path) -> None:
    assert attempted(name, tmp_path) == "did"


def test_the_working_process_is_under_the_filter_and_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEMORYBOOK_CANARY", "canary-of-the-parent")
    with opened(recordings.video()) as playback:
        next_frame(playback)
        number = playback.worker_id
        assert number is not None
        status = status_of(number)
        assert (status["Seccomp"], status["Seccomp_filters"], status["NoNewPrivs"]) == ("2", "1", "1")
        assert status["Umask"] == "0077"
        limits = Path(f"/proc/{number}/limits").read_text(encoding="ascii").splitlines()
        values = {line[:26].strip(): line[26:].split()[:2] for line in limits}
        assert values["Max address space"] == [str(sandbox.MEMORY)] * 2
        for name in ("Max file size", "Max open files", "Max core file size"):
            assert values[name] == ["0", "0"]
        found = {link.name: str(link.readlink()) for link in Path(f"/proc/{number}/fd").iterdir()}
        assert len(found) == 4
        assert {name for name, target in found.items() if target == "/dev/null"} == {"1", "2"}
        assert all(target.startswith("pipe:") for name, target in found.items() if name not in {"1", "2"})
        assert b"canary" not in Path(f"/proc/{number}/environ").read_bytes()
        assert Path(f"/proc/{number}/cwd").readlink() == Path("/")


def test_the_app_itself_loads_no_ffmpeg() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import io\n"
        "from memorybook.system.player import Playback, probe\n"
        "probe(io.BytesIO(b'x'), 1)\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('av', 'numpy')])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(ROOT / "src")], capture_output=True, check=True, timeout=60
    )
    assert done.stdout.strip() == b"[]"


def test_a_packaged_program_is_its_own_player(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert process.worker_command() == [sys.executable, process.WORKER_ARGUMENT]


# --- files that name others. They are read here in the open, where nothing but the lists would hold them


class Listener:
    """A server on this computer that counts who comes."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.visits = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                visitor, _ = self._socket.accept()
            except OSError:
                return
            self.visits += 1
            visitor.close()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


def naming(other: str) -> dict[str, bytes]:
    """Files of many kinds whose content is to be had elsewhere."""
    return {
        "hls": f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{other}\n#EXT-X-ENDLIST\n".encode(),
        "concat": f"ffconcat version 1.0\nfile '{other}'\n".encode(),
        "dash": (
            '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
            'mediaPresentationDuration="PT1S"><Period><AdaptationSet mimeType="audio/mp4">'
            f'<Representation id="1" bandwidth="1"><BaseURL>{other}</BaseURL></Representation>'
            "</AdaptationSet></Period></MPD>"
        ).encode(),
        "sdp": b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n",
        "asx": f'<asx version="3.0"><entry><ref href="{other}"/></entry></asx>'.encode(),
        "ram": other.encode() + b"\n",
        "mov with a reference": _reference(other),
    }


def _reference(other: str) -> bytes:
    """A film whose samples lie in a file of another name: its data reference is turned into a URL."""
    data = recordings.video(with_sound="")
    plain = b"\0\0\0\x0curl \0\0\0\1"
    assert data.count(plain) == 1
    return data.replace(plain, b"\0\0\0\x0curl \0\0\0\0")


def looked_at(data: bytes) -> Probed:
    return probing.probe(Ranges(len(data), lambda at, number: data[at : at + number]))


@pytest.mark.parametrize("kind", naming("x"))
def test_a_file_that_names_another_opens_nothing(kind: str, tmp_path: Path) -> None:
    (tmp_path / "voice.wav").write_bytes(recordings.wav())
    opened_files: list[str] = []

    def listen(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and str(tmp_path) in str(arguments[0]):
            opened_files.append(str(arguments[0]))

    sys.addaudithook(listen)
    listener = Listener()
    try:
        for other in (f"{tmp_path}/voice.wav", f"file://{tmp_path}/voice.wav",
                      f"http://127.0.0.1:{listener.port}/voice.wav", f"tcp://127.0.0.1:{listener.port}"):
            found = looked_at(naming(other)[kind])
            assert not found.playable or kind == "mov with a reference"
    finally:
        listener.close()
    assert listener.visits == 0
    assert opened_files == []


def test_the_same_list_without_our_rules_is_followed(tmp_path: Path) -> None:
    """What the test above would not see, if the library never followed anything."""
    import av

    (tmp_path / "voice.wav").write_bytes(recordings.wav())
    (tmp_path / "list.ffconcat").write_bytes(naming("voice.wav")["concat"])
    with av.open(str(tmp_path / "list.ffconcat"), options={"safe": "0"}) as container:
        assert container.streams.audio
    listener = Listener()
    with pytest.raises(av.FFmpegError):
        av.open(f"tcp://127.0.0.1:{listener.port}")
    listener.close()
    assert listener.visits == 1


def test_no_list_and_no_fetcher_is_let_in() -> None:
    import av

    names = {name for entry in containers.CONTAINERS for name in entry.split(",")}
    assert not names & {"hls", "dash", "concat", "sdp", "rtsp", "rtp", "image2", "lavfi", "alsa", "x11grab"}
    assert names <= {name for entry in av.formats_available for name in entry.split(",")}
    unknown = containers.CODECS - av.codec.codecs_available
    assert unknown <= {"adpcm_g726", "msmpeg4v3"}  # known by another name in some builds


def test_pixels_that_would_fill_the_memory_are_not_had() -> None:
    """A film of one billion pixels, by its own account, which are three gigabytes."""
    data = recordings.video("avi", "rawvideo", width=16, height=16, seconds=0.2, with_sound="")
    assert looked_at(data).playable
    at = data.index(b"strf") + 12
    bomb = data[:at] + (32_000).to_bytes(4, "little") * 2 + data[at + 8 :]
    found = probe(io.BytesIO(bomb), len(bomb))
    assert (found.playable, found.poster) == (False, b"")
