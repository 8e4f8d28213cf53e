"""The program as it is started by a person, ended as soon as its window has been painted.

    python -m tests.benchmarks.program BEGAN BOOK

``BEGAN`` is ``time.monotonic()`` of the process that started this one. Prints what took how long, as JSON.
"""

import sys
import time
from pathlib import Path
from typing import Any

BEGAN = float(sys.argv.pop(1)) if __name__ == "__main__" else 0.0


def main() -> int:
    # The class is needed in any case; taking it early, before the program's own first line, costs nothing.
    from PySide6.QtCore import QEvent

    from memorybook.ui.shell.application import Application

    show = Application.show

    def watched(self: Application, book: Path | None, **how: Any) -> None:
        from tests.benchmarks.stopwatch import Watch

        show(self, book, **how)
        Watch(self.window.windowHandle(), QEvent.Type.Expose, lambda: shown(self))

    def shown(self: Application) -> None:
        milliseconds = (time.monotonic() - BEGAN) * 1000
        from tests.benchmarks.stopwatch import peak_memory

        print(f'{{"start": [{milliseconds}], "start memory": [{peak_memory()}]}}', flush=True)
        self.window.close()

    Application.show = watched  # type: ignore[method-assign]  # looked at, not changed
    from memorybook.__main__ import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
