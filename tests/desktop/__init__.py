"""A private desktop for a command: seats with a screen, a window manager, buses, a keyring, a home.

    python -m tests.desktop [--seats N] [--seconds S] COMMAND...

The whole suite runs inside one such desktop, in one pytest process with two xdist workers, for these reasons:

- A process has one Qt platform for life, and the accessibility bridge exists on xcb alone. So every test
  that meets Qt meets the real xcb platform, unit tests too, instead of two kinds of run that may differ.
- Windows of two workers on one screen would take the focus from each other, and at one bus they would hear
  each other. So there is a seat for each worker: a screen with its window manager, the buses, a keyring, a
  home. ``tests.desktop.worker`` gives a worker its own.
- One process prints one closing line, which people and machines can trust.

Outside of a desktop, ``pytest tests/unit`` works as well, on Qt's offscreen platform and in a home of its
own; a test marked ``desktop`` then fails and says how to run it.

Nothing of the desktop the command was started from reaches it: no screen, no bus, no home, no settings, no
language. Whatever it leaves running ends with it, also after Ctrl+C, a time limit, or a killed runner.
"""
