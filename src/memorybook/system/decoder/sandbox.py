"""The limits of the picture worker, on whichever system it runs.

Everywhere but on Windows: 1,280 MiB of address space, no new file descriptor (so no file and no
connection, even where the system call filter is missing), no byte written to any file, 120 seconds of
processor time in all. On Linux a system call filter comes on top (``sandbox_linux``).

Where there is no filter (macOS, a Linux kernel or processor without it) a worker that a hostile picture has
taken over cannot read or write a file or reach another computer, but it could start a program or remove a
file by its name. On Windows (``sandbox_windows``) the limits of memory and time hold as well, it can start
no program and write to nothing of the person's, but it could read a file or try to reach another computer.
Everywhere the worker is a process of its own: it holds one picture, no key, no word of the book and nothing
of the user's environment, its answers are read as a stranger's (``protocol``), and its death costs nothing.

Address space at its highest with pictures of 60 megapixels, whatever is done with them, measured on Linux
x86-64 in MiB: JPEG 805, HEIC 835, PNG 805, TIFF 810, WebP 975. WebP is what the limit is set by: its decoder
holds the picture three times. Taking one in needs less: JPEG 245, TIFF 390, PNG 610. A phone's 12 megapixels
need 190 as JPEG and 230 as HEIC.
"""

import sys
from contextlib import suppress
from typing import Final

from memorybook.system.decoder import sandbox_linux

MEMORY: Final = 1280 * 1024 * 1024
"""Address space of the worker, in bytes."""

PROCESSOR_SECONDS: Final = 120
"""Processor time of one worker over its whole life; the app replaces it long before."""


def close(processor_seconds: int | None = PROCESSOR_SECONDS) -> None:
    """Give up everything that looking at pictures does not need. There is no way back.

    ``processor_seconds`` is ``None`` where a process may rightly work for hours, as with a long video.
    Never raises: where a limit does not exist the remaining ones have to do.
    """
    if sys.platform != "win32":
        import resource

        limits = [(resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, 0)]
        if processor_seconds is not None:
            limits.append((resource.RLIMIT_CPU, processor_seconds))
        for kind, limit in limits:
            with suppress(OSError, ValueError):
                resource.setrlimit(kind, (limit, limit))
    if sys.platform == "linux":
        sandbox_linux.close()
    elif sys.platform == "win32":
        from memorybook.system.decoder import sandbox_windows

        with suppress(OSError, AttributeError):  # a Windows without one of these
            sandbox_windows.close(MEMORY, processor_seconds)
