"""The system call filter of the picture worker on Linux, for x86-64 and aarch64.

An allow-list: memory, waiting, time, and reading and writing what is already open. Everything else fails
with "not permitted": opening, connecting, starting, ending and tracing, also those calls that a later
kernel may bring. Threads are let through because the HEIC decoder starts some: ``clone`` with the thread
flag, while ``clone3``, whose flags a filter cannot see, fails as unknown, upon which the C library falls
back to ``clone``. Memory can be had but not made executable.

The filter is written out as classic BPF, so that no library is needed for it.
"""

import ctypes
import errno
import platform
import struct
import sys
from dataclasses import dataclass
from typing import Final

_PR_SET_NO_NEW_PRIVS: Final = 38
_SECCOMP_SET_MODE_FILTER: Final = 1
_SECCOMP_FILTER_FLAG_TSYNC: Final = 1

_RET_KILL_PROCESS: Final = 0x8000_0000
_RET_ERRNO: Final = 0x0005_0000
_RET_ALLOW: Final = 0x7FFF_0000

_LOAD_WORD: Final = 0x20  # BPF_LD | BPF_W | BPF_ABS
_JUMP_IF_EQUAL: Final = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_JUMP_IF_SET: Final = 0x45  # BPF_JMP | BPF_JSET | BPF_K
_RETURN: Final = 0x06  # BPF_RET | BPF_K

# struct seccomp_data: int nr; u32 arch; u64 instruction_pointer; u64 args[6], low word first
_NUMBER_AT: Final = 0
_ARCHITECTURE_AT: Final = 4
_ARGUMENTS_AT: Final = 16

_CLONE_THREAD: Final = 0x0001_0000
_PROT_EXEC: Final = 0x4


@dataclass(frozen=True, slots=True)
class Architecture:
    """What one processor family calls its system calls."""

    audit: int
    seccomp: int
    clone: int
    clone3: int
    mmap: int
    mprotect: int
    allowed: tuple[int, ...]


_X86_64: Final = Architecture(
    audit=0xC000_003E,
    seccomp=317,
    clone=56,
    clone3=435,
    mmap=9,
    mprotect=10,
    allowed=(
        0,  # read
        1,  # write
        3,  # close
        11,  # munmap
        12,  # brk
        13,  # rt_sigaction
        14,  # rt_sigprocmask
        15,  # rt_sigreturn
        20,  # writev
        24,  # sched_yield
        25,  # mremap
        28,  # madvise
        35,  # nanosleep
        37,  # alarm
        38,  # setitimer
        39,  # getpid
        60,  # exit
        96,  # gettimeofday
        131,  # sigaltstack
        186,  # gettid
        201,  # time
        202,  # futex
        204,  # sched_getaffinity
        219,  # restart_syscall
        228,  # clock_gettime
        229,  # clock_getres
        230,  # clock_nanosleep
        231,  # exit_group
        273,  # set_robust_list
        309,  # getcpu
        318,  # getrandom
        334,  # rseq
    ),
)

_AARCH64: Final = Architecture(
    audit=0xC000_00B7,
    seccomp=277,
    clone=220,
    clone3=435,
    mmap=222,
    mprotect=226,
    allowed=(
        57,  # close
        63,  # read
        64,  # write
        66,  # writev
        93,  # exit
        94,  # exit_group
        98,  # futex
        99,  # set_robust_list
        101,  # nanosleep
        103,  # setitimer
        113,  # clock_gettime
        114,  # clock_getres
        115,  # clock_nanosleep
        123,  # sched_getaffinity
        124,  # sched_yield
        128,  # restart_syscall
        132,  # sigaltstack
        134,  # rt_sigaction
        135,  # rt_sigprocmask
        139,  # rt_sigreturn
        168,  # getcpu
        169,  # gettimeofday
        172,  # getpid
        178,  # gettid
        214,  # brk
        215,  # munmap
        216,  # mremap
        233,  # madvise
        278,  # getrandom
        293,  # rseq
    ),
)

ARCHITECTURES: Final = {"x86_64": _X86_64, "aarch64": _AARCH64}


class _Program(ctypes.Structure):
    """``struct sock_fprog``."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def close() -> bool:
    """Close the filter behind every thread of this process, for good. Whether the kernel took it."""
    architecture = ARCHITECTURES.get(platform.machine())
    if architecture is None or sys.maxsize < 1 << 32 or sys.byteorder != "little":
        return False
    instructions = program(architecture)
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    if library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    library.syscall.argtypes = [ctypes.c_long, ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p]
    library.syscall.restype = ctypes.c_long
    handed = _Program(len(instructions) // 8, instructions)
    result: int = library.syscall(
        architecture.seccomp, _SECCOMP_SET_MODE_FILTER, _SECCOMP_FILTER_FLAG_TSYNC, ctypes.byref(handed)
    )
    return result == 0


def program(architecture: Architecture) -> bytes:
    """The filter for this processor family as BPF instructions of eight bytes each."""
    not_permitted = _RET_ERRNO | errno.EPERM
    lines = [
        (_LOAD_WORD, 0, 0, _ARCHITECTURE_AT),
        (_JUMP_IF_EQUAL, 1, 0, architecture.audit),
        (_RETURN, 0, 0, _RET_KILL_PROCESS),
        (_LOAD_WORD, 0, 0, _NUMBER_AT),
        (_JUMP_IF_EQUAL, 0, 1, architecture.clone3),
        (_RETURN, 0, 0, _RET_ERRNO | errno.ENOSYS),
    ]
    for number in architecture.allowed:
        lines += [(_JUMP_IF_EQUAL, 0, 1, number), (_RETURN, 0, 0, _RET_ALLOW)]
    lines += [
        *_on_bit(architecture.clone, 0, _CLONE_THREAD, present=_RET_ALLOW, absent=not_permitted),
        *_on_bit(architecture.mmap, 2, _PROT_EXEC, present=not_permitted, absent=_RET_ALLOW),
        *_on_bit(architecture.mprotect, 2, _PROT_EXEC, present=not_permitted, absent=_RET_ALLOW),
        (_RETURN, 0, 0, not_permitted),
    ]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def _on_bit(
    number: int, argument: int, bit: int, *, present: int, absent: int
) -> list[tuple[int, int, int, int]]:
    """For the call of this number: one verdict when the argument has the bit, another when it has not."""
    return [
        (_JUMP_IF_EQUAL, 0, 4, number),
        (_LOAD_WORD, 0, 0, _ARGUMENTS_AT + 8 * argument),
        (_JUMP_IF_SET, 0, 1, bit),
        (_RETURN, 0, 0, present),
        (_RETURN, 0, 0, absent),
    ]
