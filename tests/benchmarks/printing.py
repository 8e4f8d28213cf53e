"""A book of 200 pages with 200 photographs of 2 MB, saved from the vault, beside other ways to make the PDF.

    python -m tests.benchmarks.printing [--photos N] [--runs N] [--peers PYTHON] [--large N]

PYTHON is one that has reportlab, weasyprint and fpdf2; they are no part of the project. They are given the
photographs as readable files and the words as a list, while ours come out of the encrypted book and are
authenticated on the way; ours alone ends when the disk has the file. Each run is a process of its own, in
turn. What is timed is from the call to the file: the libraries are loaded, the book is open, and its pages
are in view and were set for the PDF while somebody looked for a place for it. "By command" no page was set
before. The time of the whole process is said beside each. Memory is the most that all processes of a run
held together. ``--large`` makes a book of so many photographs besides, and a letter alone is timed in the
same way. Ends with 1 when ours takes more than 0.7 of reportlab's time, more than 400 MB, or more than 1.5 s
for a letter.
"""

import argparse
import hashlib
import io
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, cycle
from pathlib import Path

from PIL import Image

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId
from memorybook.domain.photo import DecodedPicture
from memorybook.services.taking_in import Place, Prepared
from memorybook.services.vault import Library
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests.benchmarks import machine, words
from tests.benchmarks.books import PASSPHRASE, QUICK
from tests.corpus import pictures

ROOT = Path(__file__).parents[2]
PEERS = ("reportlab", "weasyprint", "fpdf2")
MOST_OF_REPORTLAB, MOST_MB, MOST_LETTER_S = 0.7, 400.0, 1.5
MEGABYTES = 2.0
_SIZE = (3000, 2000)
_MOTIFS = 4
_TABLE = 69
_WORDS = 60
_PAGES_OF_LARGE = 200
_GLANCE_S = 0.01


@dataclass(frozen=True, slots=True)
class Run:
    seconds: float
    whole: float
    megabytes: float


def photographs(count: int) -> Iterator[bytes]:
    """JPEGs of 6 megapixels and about 2 MB, no two alike."""
    plain = [_of_two_megabytes(seed) for seed in range(_MOTIFS)]
    for number, data in zip(range(count), cycle(plain), strict=False):
        yield _numbered(data, number)


def _of_two_megabytes(seed: int) -> bytes:
    image = pictures.scene(*_SIZE, seed)
    grain = Image.frombytes("L", _SIZE, random.Random(seed).randbytes(_SIZE[0] * _SIZE[1]))  # noqa: S311
    image = Image.blend(image, Image.merge("RGB", (grain,) * 3), 0.06)
    made = b""
    for quality in range(75, 99, 2):
        file = io.BytesIO()
        image.save(file, "JPEG", quality=quality)
        made = file.getvalue()
        if len(made) >= MEGABYTES * 0.95e6:
            break
    return made


def _numbered(data: bytes, number: int) -> bytes:
    """The same picture with a table in it that none of its colours uses, and that no other has."""
    table = b"\xff\xdb\0\x43\x03" + bytes([1 + number % 255, 1 + number // 255 % 255, *[1] * 62])
    return data[:2] + table + data[2:]


def make(folder: Path, count: int, pages: int) -> None:
    """A book of so many entries with words, and so many photographs among them; the same as plain files."""
    (folder / "photos").mkdir(parents=True)
    with Decoder() as decoder:
        vault = Library(decoder=decoder, clock=SystemClock(), kdf=QUICK).create(folder / "book", PASSPHRASE)
        written, chosen = list(texts(pages)), list[int]()
        for title, *paragraphs in written:
            draft = EntryDraft(title=title, body="\n\n".join(paragraphs), day=VagueDate(2026, 10, 3))
            entry = vault.journal.keep(None, draft).result()
            if entry is None:
                raise RuntimeError("nothing was kept")
            chosen.append(entry.id)
        looked_at = dict[bytes, DecodedPicture]()
        for number, data in enumerate(photographs(count)):
            if count == pages:  # the others take them as files
                (folder / "photos" / f"{number:05}.jpg").write_bytes(data)
            motif = hashlib.sha256(data[2 + _TABLE :]).digest()
            looked_at[motif] = picture = looked_at.get(motif) or decoder.decode(data)
            prepared = Prepared(data, hashlib.sha256(data).digest(), picture)
            vault.album._taking_in.keep(prepared, Place(EntryId(chosen[number % pages])))
        vault.close()
    (folder / "texts.json").write_text(json.dumps(written))
    (folder / "chosen.json").write_text(json.dumps(chosen))


def texts(count: int) -> Iterator[list[str]]:
    """A title and a few paragraphs for each photograph, as many as go onto one page with it."""
    for page in words.pages(count, 1):
        some = list(accumulate(page.paragraphs, lambda before, after: f"{before} {after}"))
        most = next(number for number, text in enumerate(some, 1) if len(text.split()) >= _WORDS)
        yield [page.title, *page.paragraphs[:most]]


def run(command: Sequence[str]) -> Run:
    """One process with all that it starts. It prints how long its own work took."""
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        most = 0
        while process.poll() is None:
            most = max(most, sum(map(_resident, _tree(process.pid))))
            time.sleep(_GLANCE_S)
        took = time.perf_counter() - began
        said = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise RuntimeError(f"ended with {process.returncode}: {command[1:4]}")
    return Run(float(said), took, most / 1e6)


def _tree(root: int) -> Iterator[int]:
    yield root
    for task in Path(f"/proc/{root}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _tree(int(child))


def _resident(process: int) -> int:
    """Bytes; what processes share counts for each of them."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def main() -> int:
    """Measure, and say it in a few lines."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=200)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--large", type=int, default=0)
    given = parser.parse_args()
    print(machine.description())
    ours = [sys.executable, "-m", "tests.benchmarks.printing_ours"]
    with tempfile.TemporaryDirectory(prefix="memorybook-printing-") as name:
        folder = Path(name) / "book"
        make(folder, given.photos, given.photos)
        size = sum(path.stat().st_size for path in (folder / "photos").iterdir())
        print(f"{given.photos} photographs, {size / 1e6:.0f} MB; {given.runs} runs in turn")
        ways = {"ours": [*ours, "book", str(folder)], "by command": [*ours, "command", str(folder)]}
        for peer in PEERS if given.peers else ():
            script = Path(__file__).with_name("printing_peers.py")
            ways[peer] = [str(given.peers), str(script), peer, str(folder)]
        runs = defaultdict[str, list[Run]](list)
        letters = []
        for number in range(given.runs + 1):
            for way, command in ways.items():
                done = run(command)
                if number:
                    runs[way].append(done)
            letters.append(run([*ours, "letter", str(folder)]).seconds)
        for way, measured in runs.items():
            seconds = sorted(each.seconds for each in measured)
            print(
                f"{way:11}{statistics.median(seconds):6.2f} s ({seconds[0]:.2f}-{seconds[-1]:.2f}),"
                f" whole process {statistics.median(each.whole for each in measured):.2f} s,"
                f" {max(each.megabytes for each in measured):6.0f} MB"
            )
        letter = statistics.median(letters)
        print(f"a letter with its photograph alone, the first in its process: {letter:.2f} s")
        memory = [each.megabytes for way in ("ours", "by command") for each in runs[way]]
        pairs = list(zip(runs["ours"], runs["reportlab"], strict=False))
        shares = [us.seconds / theirs.seconds for us, theirs in pairs]
        if shares:
            by_command = zip(runs["by command"], runs["reportlab"], strict=True)
            cold = statistics.median(us.seconds / theirs.seconds for us, theirs in by_command)
            print(f"{statistics.median(shares):.2f} of reportlab's time, by command {cold:.2f}")
    if given.large:
        with tempfile.TemporaryDirectory(prefix="memorybook-printing-") as name:
            make(Path(name) / "book", given.large, _PAGES_OF_LARGE)
            done = run([*ours, "command", str(Path(name) / "book")])
            memory.append(done.megabytes)
            print(f"{given.large} photographs by command: {done.seconds:.1f} s, {done.megabytes:.0f} MB")
    slow = bool(shares) and statistics.median(shares) > MOST_OF_REPORTLAB
    return 1 if slow or max(memory) > MOST_MB or letter > MOST_LETTER_S else 0


if __name__ == "__main__":
    sys.exit(main())
