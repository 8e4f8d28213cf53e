"""Photos a second that a book takes in, beside a plain loop that protects nothing.

    python -m tests.benchmarks.importing [--photos N] [--rounds N]

The plain loop is what a short script does with Pillow: read a file, make the picture for the screen and the
small one, write all three and have the disk confirm each. It decodes in its own process, knows no damaged
file from a hostile one, compares nothing and encrypts nothing. A second one knows, as the book does, that
half of 4,000 pixels is as good as 2,048 and is decoded at once. All take turns with the same files, so that a
noisy moment does not fall on one of them alone; the seconds of processors that each used, all processes
together, say what is left of the difference on a machine that is busy with other things. Ends with 1 when the
book takes in less than 70 % of what the faster loop does.
"""

import argparse
import io
import os
import random
import resource
import statistics
import struct
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageOps

from memorybook.domain.photo import RENDITION_EDGE, THUMBNAIL_EDGE
from memorybook.services.kdf import KdfCost
from memorybook.services.vault import Library, Vault
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests.benchmarks import machine
from tests.benchmarks.stopwatch import forget_peak, peak_memory
from tests.corpus import pictures

PHOTOS, ROUNDS, MOTIFS = 200, 4, 5
MEGABYTES = 4.0
LEAST = 0.7
BOOK = "into the book"
_SIZE = (4000, 3000)


def photographs(folder: Path, count: int) -> list[Path]:
    """Files of about four megabytes at 12 megapixels, as a phone makes them; no two of them alike."""
    folder.mkdir()
    originals = [_photograph(seed) for seed in range(MOTIFS)]
    paths = []
    for number in range(count):
        path = folder / f"IMG_{number:04}.jpg"
        note = f"photo {number}".encode()
        data = originals[number % MOTIFS]
        path.write_bytes(data[:2] + b"\xff\xfe" + struct.pack(">H", len(note) + 2) + note + data[2:])
        paths.append(path)
    return paths


def _photograph(seed: int) -> bytes:
    """A picture with the grain of a real one: that is what makes the megabytes, and the work."""
    image = pictures.scene(*_SIZE, seed)
    grain = Image.frombytes("L", _SIZE, random.Random(seed).randbytes(_SIZE[0] * _SIZE[1]))  # noqa: S311
    image = Image.blend(image, Image.merge("RGB", (grain,) * 3), 0.06)
    best = b""
    for quality in (95, 92, 90, 87, 84, 80, 75, 70, 60):
        file = io.BytesIO()
        image.save(file, "JPEG", quality=quality, exif=pictures.exif())
        if not best or abs(len(file.getvalue()) / 1e6 - MEGABYTES) < abs(len(best) / 1e6 - MEGABYTES):
            best = file.getvalue()
    return best


def plainly(paths: Sequence[Path], folder: Path, *, halved: bool) -> float:
    """A plain loop. Seconds."""
    folder.mkdir(exist_ok=True)
    began = time.perf_counter()
    for path in paths:
        data = path.read_bytes()
        image = Image.open(io.BytesIO(data))
        if halved:
            image.draft("RGB", (image.width // 2, image.height // 2))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((RENDITION_EDGE, RENDITION_EDGE))
        rendition = io.BytesIO()
        upright.save(rendition, "JPEG", quality=88)
        upright.thumbnail((THUMBNAIL_EDGE, THUMBNAIL_EDGE))
        thumbnail = io.BytesIO()
        upright.save(thumbnail, "JPEG", quality=85)
        for name, content in (("o", data), ("r", rendition.getvalue()), ("t", thumbnail.getvalue())):
            with (folder / f"{path.stem}-{name}.jpg").open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
    return time.perf_counter() - began


def into(vault: Vault, paths: Sequence[Path]) -> float:
    """The same files into a book. Seconds."""
    began = time.perf_counter()
    account = vault.album.bring(paths, told=lambda _: None).done.result()
    took = time.perf_counter() - began
    if len(account.added) != len(paths):
        raise RuntimeError("not every photo came in")
    return took


def main() -> int:
    """Measure, and say it in a few lines."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=PHOTOS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="memorybook-importing-") as name, Decoder() as decoder:
        folder = Path(name)
        paths = photographs(folder / "photos", given.photos)
        vault = Library(decoder=decoder, clock=SystemClock(), kdf=KdfCost(8192, 1, 1)).create(
            folder / "book", "a passphrase for measuring"
        )
        forget_peak()
        neighbours = machine.Neighbours()
        loops: dict[str, Callable[[Sequence[Path]], float]] = {
            "plain loop": lambda part: plainly(part, folder / "plain", halved=False),
            "halved loop": lambda part: plainly(part, folder / "halved", halved=True),
            BOOK: lambda part: into(vault, part),
        }
        rates, worked = defaultdict[str, list[float]](list), defaultdict[str, float](float)
        for part in (paths[number :: given.rounds] for number in range(given.rounds)):
            for loop, run in loops.items():
                used = time.process_time()
                rates[loop].append(len(part) / run(part))
                worked[loop] += time.process_time() - used
        share = neighbours.share()
        vault.close()
        decoder.close()  # what its processes used is known when they have ended
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        worked[BOOK] += children.ru_utime + children.ru_stime
        size = statistics.mean(path.stat().st_size for path in paths) / 1e6
    print(machine.description())
    print(f"{len(paths)} photos of {size:.1f} MB and 12 megapixels, in {given.rounds} rounds in turn")
    print(f"Meanwhile other programs used {share:.0%} of the processors.")
    for loop, measured in rates.items():
        span = f"{min(measured):.2f}-{max(measured):.2f}"
        each = f"{worked[loop] / len(paths):.2f} s of processor each"
        print(f"{loop:14} {statistics.median(measured):6.2f} photos a second  ({span}; {each})")
    ratio = min(
        statistics.median(ours / theirs for ours, theirs in zip(rates[BOOK], rates[loop], strict=True))
        for loop in ("plain loop", "halved loop")
    )
    print(f"{ratio:.0%} of the faster loop; most memory of the app's own process {peak_memory():.0f} MiB")
    return 0 if ratio >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
