"""A private desktop for a command: X screens with a window manager, a session bus, a keyring, a home.

    python -m tests.desktop [--seats N] [--seconds S] COMMAND...

The whole suite runs inside one such desktop, in one pytest process with two xdist workers, for these reasons:

- A process has one Qt platform for life, and the accessibility bridge exists on xcb alone. So every test
  that meets Qt meets the real xcb platform, unit tests too, instead of two kinds of run that may differ.
- Windows of two workers on one screen would take the focus from each other. So there is a screen, with its
  own window manager, for each worker; ``tests.desktop.worker`` gives a worker its screen and its home.
- Tests marked ``desktop`` share the keyring and the accessibility bus. So they form one xdist group and run
  one after another on one worker, while the other works on the rest.
- One process prints one closing line, which people and machines can trust.

Outside of a desktop, ``pytest tests/unit`` works as well, on Qt's offscreen platform and in a home of its
own; a test marked ``desktop`` then fails and says how to run it.

Nothing of the desktop the command was started from reaches it: no screen, no bus, no home, no settings, no
language. Whatever it leaves running ends with it, also after Ctrl+C, a time limit, or a killed runner.
"""
