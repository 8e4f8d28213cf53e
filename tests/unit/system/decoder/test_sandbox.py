"""The worker's process cannot do what looking at pictures does not need."""

import errno
import io
import resource
import struct
import subprocess
import sys
from pathlib import Path

import pillow_heif
import pytest

from memorybook.domain.edit import Crop, Edit
from memorybook.errors import PictureError
from memorybook.system import limited
from memorybook.system.decoder import Decoder, client, sandbox, sandbox_linux
from tests.corpus import pictures
from tests.unit.system.decoder import probes

ROOT = Path(__file__).resolve().parents[4]
START = (
    "import sys; sys.path[:0] = sys.argv[1:3]; "
    "from tests.unit.system.decoder import probes; probes.main(*sys.argv[3:])"
)
BLOCKED = {"EPERM", "EMFILE", "ENOSYS", "MemoryError"}


def attempted(name: str, state: str, folder: Path) -> str:
    (folder / "spare").touch()
    (folder / "diary").touch()
    done = subprocess.run(
        [sys.executable, "-I", "-c", START, str(ROOT), str(ROOT / "src"), name, state, str(folder / "diary")],
        env=limited.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=True,
    )
    return done.stdout.decode()


@pytest.mark.parametrize("name", probes.FORBIDDEN)
def test_what_works_elsewhere_does_not_work_in_the_worker(name: str, tmp_path: Path) -> None:
    assert attempted(name, "open", tmp_path) == "did"
    (tmp_path / "written").unlink(missing_ok=True)
    (tmp_path / "link").unlink(missing_ok=True)
    assert attempted(name, "shut", tmp_path) in BLOCKED
    assert sorted(path.name for path in tmp_path.iterdir()) == ["diary", "spare"]


@pytest.mark.parametrize("name", probes.NEVER)
def test_ways_round_the_filter_are_closed(name: str, tmp_path: Path) -> None:
    assert attempted(name, "shut", tmp_path) in BLOCKED


@pytest.mark.parametrize("name", probes.ALLOWED)
def test_what_decoding_needs_still_works(name: str, tmp_path: Path) -> None:
    assert attempted(name, "shut", tmp_path) == "did"


@pytest.mark.parametrize("name", probes.BY_LIMITS_ALONE)
def test_no_file_and_no_connection_even_where_there_is_no_filter(name: str, tmp_path: Path) -> None:
    # A descriptor beyond the limit is called invalid.
    assert attempted(name, "unfiltered", tmp_path) in BLOCKED | {"EINVAL"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["diary", "spare"]


def test_pictures_are_looked_at_where_there_is_no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    start = (
        "import sys; sys.path[:0] = sys.argv[1:]; "
        "from tests.unit.system.decoder import probes; probes.work_without_filter()"
    )
    command = [sys.executable, "-I", "-c", start, str(ROOT), str(ROOT / "src")]
    monkeypatch.setattr(client, "worker_command", lambda: command)
    with Decoder(workers=1) as decoder:
        for kind, make in pictures.PICTURES.values():
            assert decoder.decode(make()).format == kind
        process = decoder.worker_id
        assert process is not None
        assert status_of(process)["Seccomp"] == "0"
        assert "Max open files            0 " in Path(f"/proc/{process}/limits").read_text(encoding="ascii")


def test_where_the_system_takes_no_limit_either_the_worker_goes_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Closing never raises: a system that lacks one of the limits has to do with the others."""
    asked = []

    def refuse(kind: int, limits: tuple[int, int]) -> None:
        asked.append(kind)
        raise ValueError

    monkeypatch.setattr(resource, "setrlimit", refuse)
    monkeypatch.setattr(sandbox_linux, "close", lambda: False)
    sandbox.close()
    assert len(asked) == 4


def status_of(process: int) -> dict[str, str]:
    text = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return dict(line.split(":\t", 1) for line in text.splitlines())


def test_the_working_worker_is_under_the_filter_and_the_limits() -> None:
    with Decoder() as decoder:
        decoder.decode(pictures.jpeg())
        process = decoder.worker_id
        assert process is not None
        status = status_of(process)
        assert (status["Seccomp"], status["Seccomp_filters"], status["NoNewPrivs"]) == ("2", "1", "1")
        assert status["Umask"] == "0077"
        limits = Path(f"/proc/{process}/limits").read_text(encoding="ascii").splitlines()
        values = {line[:26].strip(): line[26:].split()[:2] for line in limits}
        assert values["Max address space"] == [str(sandbox.MEMORY)] * 2
        assert values["Max cpu time"] == [str(sandbox.PROCESSOR_SECONDS)] * 2
        for name in ("Max file size", "Max open files", "Max core file size"):
            assert values[name] == ["0", "0"]
        found = {link.name: str(link.readlink()) for link in Path(f"/proc/{process}/fd").iterdir()}
        # Standard input, output and errors, and the copy of the output that answers are written to.
        assert len(found) == 4
        assert {name for name, target in found.items() if target == "/dev/null"} == {"1", "2"}
        assert all(target.startswith("pipe:") for name, target in found.items() if name not in {"1", "2"})


def test_nothing_of_the_user_is_in_the_workers_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEMORYBOOK_CANARY", "canary-of-the-parent")
    monkeypatch.setenv("PYTHONPATH", "/canary")
    with Decoder() as decoder:
        decoder.decode(pictures.jpeg())
        found = Path(f"/proc/{decoder.worker_id}/environ").read_bytes()
        assert b"canary" not in found
        assert {line.split(b"=")[0].decode() for line in found.split(b"\0") if line} == set(
            limited.environment()
        )
        assert str(Path.home()).encode() not in found
        assert Path(f"/proc/{decoder.worker_id}/cwd").readlink() == Path("/")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "mode", "options"),
    [
        ("PNG", "RGBA", {"compress_level": 1}),
        ("TIFF", "CMYK", {"compression": "tiff_lzw"}),
        ("WEBP", "RGBA", {"lossless": True, "quality": 0, "method": 0}),
        ("JPEG", "RGB", {"progressive": True}),
        ("HEIF", "RGB", {"quality": 30, "tile_size": 512, "enc_params": {"preset": "ultrafast"}}),
    ],
)
def test_the_largest_picture_allowed_fits_into_the_limits(
    kind: str, mode: str, options: dict[str, object]
) -> None:
    pillow_heif.register_heif_opener()
    file = io.BytesIO()
    image = pictures.motif(8944, 6708).convert(mode)
    if mode == "RGBA":
        image.putalpha(128)
    image.save(file, kind, **options)
    with Decoder() as decoder:
        picture = decoder.decode(file.getvalue())
        assert (picture.width, picture.height) == (8944, 6708)
        for edit in (Edit(), Edit(90, grey=True), Edit(270, Crop(100, 100, 9900, 9900), soft=True)):
            assert decoder.printable(file.getvalue(), longest=9000, quality=80, edit=edit)
        assert decoder.clean(file.getvalue())


# --- the filter itself, run as the kernel would run it, for both processor families


def verdict(program: bytes, architecture: int, number: int, *arguments: int) -> int:
    """What this filter says of a call: a classic BPF machine with the four instructions that are used."""
    data = struct.pack("<iIQ6Q", number, architecture, 0, *(*arguments, *[0] * 6)[:6])
    lines = [struct.unpack_from("=HBBI", program, at) for at in range(0, len(program), 8)]
    at, accumulator = 0, 0
    while True:
        code, jump_true, jump_false, constant = lines[at]
        at += 1
        if code == 0x20:
            accumulator = struct.unpack_from("<I", data, constant)[0]
        elif code == 0x15:
            at += jump_true if accumulator == constant else jump_false
        elif code == 0x45:
            at += jump_true if accumulator & constant else jump_false
        elif code == 0x06:
            return int(constant)
        else:
            raise AssertionError


ALLOW, KILL = 0x7FFF_0000, 0x8000_0000
NOT_PERMITTED, UNKNOWN = 0x0005_0000 | errno.EPERM, 0x0005_0000 | errno.ENOSYS
FAMILIES = {
    # name: (audit, calls let through, calls not let through, clone, clone3, mmap, mprotect)
    "x86_64": (
        0xC000_003E,
        {"read": 0, "write": 1, "munmap": 11, "brk": 12, "futex": 202, "exit_group": 231, "rt_sigreturn": 15},
        {"open": 2, "socket": 41, "connect": 42, "fork": 57, "vfork": 58, "execve": 59, "kill": 62,
         "ptrace": 101, "prctl": 157, "openat": 257, "execveat": 322, "prlimit64": 302, "openat2": 437,
         "process_vm_readv": 310, "io_uring_setup": 425, "tgkill": 234, "pidfd_getfd": 438, "bpf": 321},
        (56, 435, 9, 10),
    ),
    "aarch64": (
        0xC000_00B7,
        {"read": 63, "write": 64, "munmap": 215, "brk": 214, "futex": 98, "exit_group": 94,
         "rt_sigreturn": 139},
        {"openat": 56, "socket": 198, "connect": 203, "execve": 221, "kill": 129, "ptrace": 117, "prctl": 167,
         "execveat": 281, "prlimit64": 261, "openat2": 437, "process_vm_readv": 270, "io_uring_setup": 425,
         "tgkill": 131, "pidfd_getfd": 438, "bpf": 280, "unlinkat": 35, "dup3": 24, "pipe2": 59},
        (220, 435, 222, 226),
    ),
}  # fmt: skip


@pytest.mark.parametrize("family", FAMILIES)
def test_the_filter_lets_through_what_it_should(family: str) -> None:
    audit, let_through, not_let_through, (clone, clone3, mmap, mprotect) = FAMILIES[family]
    program = sandbox_linux.program(sandbox_linux.ARCHITECTURES[family])
    assert len(program) // 8 < 4096
    assert {verdict(program, audit, number) for number in let_through.values()} == {ALLOW}
    assert {verdict(program, audit, number) for number in not_let_through.values()} == {NOT_PERMITTED}
    thread, fork = 0x3D0F00, 0x1200011
    assert verdict(program, audit, clone, thread) == ALLOW
    assert verdict(program, audit, clone, fork) == NOT_PERMITTED
    assert verdict(program, audit, clone3) == UNKNOWN
    for number in (mmap, mprotect):
        assert verdict(program, audit, number, 0, 4096, 3) == ALLOW
        assert verdict(program, audit, number, 0, 4096, 7) == NOT_PERMITTED
    assert verdict(program, audit, 39 | 0x4000_0000) == NOT_PERMITTED
    assert verdict(program, 0x4000_0003, 1) == KILL


@pytest.mark.parametrize("family", FAMILIES)
def test_few_calls_are_let_through(family: str) -> None:
    audit = FAMILIES[family][0]
    program = sandbox_linux.program(sandbox_linux.ARCHITECTURES[family])
    passed = [number for number in range(600) if verdict(program, audit, number) == ALLOW]
    assert len(passed) <= 34


def test_a_picture_of_every_kind_is_decoded_in_there(decoder: Decoder) -> None:
    """A library that reaches for something new would show here first."""
    failed = []
    for name, (_, make) in pictures.PICTURES.items():
        try:
            decoder.decode(make())
        except PictureError as error:
            failed.append((name, str(error)))
    assert failed == []
