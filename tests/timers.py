"""The deadlines that are running in this process, for tests that wait until something has been asked."""

import threading


def running() -> list[threading.Timer]:
    """Those that were neither called off nor are over; their threads may be there a moment longer."""
    return [
        thread
        for thread in threading.enumerate()
        if isinstance(thread, threading.Timer) and not thread.finished.is_set()
    ]
