"""What can still be read of media files, with the book seed alone: no database, no key file, no names."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from memorybook.errors import MediaMissing
from memorybook.files import open_to_read, translate_os_error
from memorybook.storage.mediafile import Broken, name_in
from memorybook.storage.seed import Seed


@contextmanager
def broken(path: Path, seed: Seed) -> Iterator[Broken]:
    """One media file, whatever it is called now, opened to take out of it what is left.

    Raises MediaMissing, MediaDamaged when this seed does not open it (another book's, no media file at
    all, or damaged in its first bytes), or what the disk said, also while it is read.
    """
    try:
        with open_to_read(path) as file:
            yield Broken(file, name_in(file), seed.media_key())
    except (FileNotFoundError, NotADirectoryError):
        raise MediaMissing from None
    except OSError as error:
        raise translate_os_error(error) from None

