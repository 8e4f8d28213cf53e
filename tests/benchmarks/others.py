"""What other programs took on the same kind of machine for the same things, with 10,000 pages.

Milliseconds and MiB, medians. They were measured by their windows or commands from outside: a start until the
program was at rest, a search from the last key to rest, or a whole command. Where two ways of keeping a diary
were measured, it is the encrypted one; RedNotebook, Zim and Joplin have none.
"""

START = {"Lifeograph": 160}
"""To the question for the passphrase."""

OPEN = {"Almanah": 210, "jrnl": 514, "Joplin": 710, "KeePassXC": 1_100, "RedNotebook": 1_620}
OPEN |= {"CherryTree": 4_700, "Lifeograph": 5_550}
"""From the passphrase (or the start, where none was asked for) to something that can be read."""

RARE = {"Joplin": 3, "RedNotebook": 216, "Almanah": 260, "jrnl": 532, "KeePassXC": 581}
RARE |= {"CherryTree": 2_700, "Zim": 4_840, "Lifeograph": 13_960}

COMMON = {"Joplin": 210, "Almanah": 470, "RedNotebook": 540, "KeePassXC": 599, "jrnl": 3_420}
COMMON |= {"Zim": 5_030, "CherryTree": 11_000, "Lifeograph": 13_950}

TYPED = {"RedNotebook": 1_940}
"""A word typed letter by letter, from the last key."""

SAVE = {"Joplin": 7, "RedNotebook": 10, "Lifeograph": 68, "CherryTree": 510, "Almanah": 607}
SAVE |= {"jrnl": 682, "KeePassXC": 1_390}

MEMORY = {"Almanah": 63, "jrnl": 130, "Joplin": 146, "Lifeograph": 171, "CherryTree": 186}
MEMORY |= {"KeePassXC": 197, "RedNotebook": 460}
"""RedNotebook's with the processes that draw for it."""

DISK = {"CherryTree": 3.1, "KeePassXC": 4.7, "Almanah": 5.9, "RedNotebook": 11.4, "Lifeograph": 11.6}
DISK |= {"jrnl": 14.4, "Joplin": 59.3}
"""Megabytes for 10.6 MB of text. The first three compress; Joplin keeps an index of words."""
