"""What the help page says: situations a person may be in, and what holds in each of them.

Every promise here is one that a test holds; ``.github/SECURITY.md`` names it.
"""

from dataclasses import dataclass

from memorybook.ui.core.i18n import tr


@dataclass(frozen=True, slots=True)
class Situation:
    """One card: what it is about, and its paragraphs."""

    name: str
    title: str
    paragraphs: tuple[str, ...]


def introduction() -> str:
    """What stands above the cards."""
    return tr(
        "Your words and pictures lie locked in one folder on this computer, and nothing is sent anywhere. "
        "This is what that does for you, and where it ends."
    )


def situations() -> tuple[Situation, ...]:
    """The cards, from the most common to the rarest, and last what nobody can promise."""
    return (
        Situation(
            "shared",
            tr("A computer that others use too"),
            (
                tr(
                    "While the book is closed, nobody can read it without a passphrase or the recovery "
                    "words. While it is open, whoever sits down here sees what you see. Ctrl+L closes it at "
                    "once, and it closes by itself when nobody has touched the computer for a while."
                ),
                tr(
                    "Words you copy leave the clipboard after a minute. No title, name or picture appears in "
                    "a list of recent files or in the title of a window."
                ),
                tr(
                    "A covered photo is out of sight until someone presses it, in every place. That is for "
                    "you, and no lock: whoever sits at the open book can uncover it."
                ),
                tr(
                    "Others can see that Memory Book is installed, in which folder the book is, how many "
                    "pictures and recordings it has and how large they are, and when it was last used."
                ),
            ),
        ),
        Situation(
            "curious",
            tr("Someone who is curious"),
            (
                tr(
                    "They can try passphrases, and every try takes the computer about a second. Four or more "
                    "ordinary words that belong to no saying are out of reach. A name or a date is not."
                ),
                tr(
                    "If this computer remembers the book for you, then whoever uses your account can open "
                    "it. On an account that is shared, leave that switched off."
                ),
            ),
        ),
        Situation(
            "stolen",
            tr("A laptop that is stolen or lost"),
            (
                tr(
                    "The pages stay locked, and so does every picture. A copy of the book on another drive "
                    "is what brings them back to you. The settings keep such copies."
                ),
                tr(
                    "If the book was open, parts of it may still be in the computer’s memory, or in what "
                    "the computer wrote to its disk while it slept. Most systems can lock their whole disk. "
                    "That covers this too."
                ),
            ),
        ),
        Situation(
            "forgotten",
            tr("A forgotten passphrase"),
            (
                tr(
                    "The twelve recovery words open the book, and then you choose a new passphrase. A second "
                    "passphrase, known to someone you trust, opens it as well."
                ),
                tr(
                    "Without any of these nobody can open the book, and neither can we. "
                    "There is no other key."
                ),
            ),
        ),
        Situation(
            "separation",
            tr("A separation, or a sheet in the wrong hands"),
            (
                tr(
                    "Whoever knows a passphrase, or has the sheet with the recovery words, can open the book "
                    "and every copy of it. In the settings a passphrase can be removed. If someone may have "
                    "kept a copy of the folder, or the sheet, withdraw the sheet there too: the book is "
                    "written anew, and nothing they have opens it from then on."
                ),
                tr(
                    "Copies made before that still open as they did. In the settings, those in places where "
                    "copies are kept can be deleted. What was read before cannot be taken back."
                ),
            ),
        ),
        Situation(
            "cloud",
            tr("A copy in a cloud folder"),
            (
                tr(
                    "A folder that Dropbox, OneDrive, Nextcloud or a backup copies somewhere else holds the "
                    "book locked, as it is on the disk. The service can see the number of its files, "
                    "their sizes and their times, and no word of it."
                ),
                tr(
                    "Close the book before such a copy is made, so that the copy is complete. It opens with "
                    "the passphrase the book had on that day."
                ),
            ),
        ),
        Situation(
            "managed",
            tr("A computer from work or school"),
            (
                tr(
                    "Whoever looks after a computer can install programs that see the screen and every key. "
                    "Nothing in this app can keep your words from them while you write. A computer of "
                    "your own is the better place for this book."
                ),
            ),
        ),
        Situation(
            "limits",
            tr("What cannot be protected"),
            (
                tr("What someone sees over your shoulder, and what a screenshot or a camera keeps."),
                tr("What a spying program on this computer reads while the book is open."),
                tr(
                    "A PDF, a picture, a recording or a page you save outside the book. It is an ordinary "
                    "file, and the computer may keep a small picture of it, or its name, even after you "
                    "delete it."
                ),
                tr("What is printed. The computer and the printer may keep it for some days."),
                tr("Words you paste into another program."),
                tr(
                    "On a solid-state drive, old pieces of files can stay for a while after they are "
                    "deleted. In the book they are locked like everything else."
                ),
            ),
        ),
    )
