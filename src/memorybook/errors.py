"""Every foreseeable problem, as one exception class with the sentence a person is shown.

    MemoryBookError
    ├── VaultError
    │   ├── WrongPassphrase        the key file is whole, no way in matched
    │   ├── NoPassphrase           the key file is whole and has none: opened by its words before
    │   ├── KeyFilesDamaged        neither replica of the key file can be read
    │   ├── KeyFilesMissing        the book is there, both key files are gone
    │   ├── RecoveryWordsMistyped  not the words or the code of any sheet
    │   ├── RecoveryWordsOther     the words of a sheet, and not of this book's
    │   ├── LastWayIn              asked to remove the only passphrase there is
    │   ├── EnoughWaysIn           asked for one passphrase more than a key file holds
    │   ├── KeyringError
    │   │   ├── KeyringUnavailable this computer keeps no passwords for programs, or did not answer
    │   │   ├── KeyringLocked      what it keeps is locked, and stayed so
    │   │   ├── KeyringUnprotected it keeps them without a password of its own
    │   │   └── KeyringForgotten   it does not have this book's any more
    │   ├── BookDamaged            the pages do not verify
    │   ├── BookMissing            no book in this folder
    │   ├── BookEmpty              book.db has no bytes
    │   ├── NotABook               something else lies where the book should be
    │   ├── BookNewer              written by a newer Memory Book
    │   ├── BookOpenElsewhere      another window or computer has it open
    │   ├── BookReadOnly           the folder or its files cannot be written
    │   ├── BookUnreadable         somebody else's account; this one may not read it
    │   ├── BookMoved              the folder of the open book is not where it was
    │   ├── FolderInUse            asked to begin a book where something already is
    │   └── BookClosed             asked for something after the book was closed
    ├── StorageFull                the disk has no room left
    │   └── RenewalNeedsRoom       no room for a second book while one is written anew
    ├── RenewalStopped             writing the book anew was given up, as was asked
    ├── StorageFailed              the disk or drive stopped answering
    ├── PictureError
    │   ├── PictureNotRecognised   not one of the formats that are kept, whatever its ending
    │   ├── PictureDamaged         the right format, and it breaks off or cannot be decoded
    │   ├── PictureTooManyPixels   beyond PIXEL_LIMIT
    │   ├── PictureTooManyBytes    beyond BYTE_LIMIT
    │   ├── PictureUnreadable      the file itself cannot be read
    │   ├── PictureIsFolder        a folder was brought where single pictures are
    │   └── PictureWorkerStopped   the separate process that looks at pictures did not answer
    ├── RecordingError
    │   ├── RecordingUnreadable    the file itself cannot be read
    │   ├── RecordingEmpty         the file has no bytes
    │   ├── RecordingIsPicture     a picture was brought where recordings are
    │   ├── RecordingDamaged       a recording that is kept no longer matches its digest
    │   ├── RecordingMissing       the encrypted file of a recording is gone
    │   ├── RecordingNotPlayable   it is kept, and nothing here can play it
    │   ├── PlayerStopped          the separate process that reads sound and video did not answer
    │   └── NoSoundDevice          this computer has nothing to play sound through at the moment
    ├── SpellingError
    │   ├── DictionaryNotRecognised  not a spelling dictionary, or one that cannot be read
    │   └── SpellerStopped         the separate process that spells did not answer
    ├── SourceChanged              a file that is being taken in cannot be read to its end
    ├── TakingInStopped            taking a file in was given up, as was asked
    ├── MediaDamaged               a photo that is kept no longer matches its digest
    ├── MediaMissing               the encrypted file of a photo is gone
    ├── SupportListDamaged         the list of organisations that comes with the program cannot be read
    ├── WordListDamaged            the list of recovery words that comes with the program cannot be read
    ├── CopyNotSaved               a copy of a photo or recording could not be written where it was asked for
    ├── CalendarNotSaved           a calendar file could not be written where it was asked for
    └── PageError
        ├── PagesNotMade           the book could not be typeset
        └── PagesNotSaved          the finished PDF could not be written where it was asked for

Sentences say what happened, what is safe and what to do. They never carry names, words, titles or
file paths: an exception's text may end in a log. ``str()`` of any of these is the class name.
"""

from typing import ClassVar


class MemoryBookError(Exception):
    """Base of everything the app foresees. ``sentence`` is for people, in English, translatable."""

    sentence: ClassVar[str] = (
        "Something did not work. What was kept in your book is safe. Please try it once more."
    )

    def __str__(self) -> str:
        return type(self).__name__


class VaultError(MemoryBookError):
    """The book could not be opened, begun or kept open."""


class WrongPassphrase(VaultError):
    sentence = (
        "Your book is safe. The passphrase did not match. Take your time. "
        "It can help to check Caps Lock and the keyboard layout."
    )


class NoPassphrase(VaultError):
    sentence = (
        "Your book is safe. It has no passphrase at present, because its key files were made anew. The "
        "twelve recovery words of its sheet open it, and a new passphrase can be chosen then."
    )


class KeyFilesDamaged(VaultError):
    sentence = (
        "Your pages are still there. Both key files beside them are damaged, so the passphrase "
        "cannot be checked. The twelve words from your recovery sheet open the book and make the key files "
        "anew. Key files from a copy of this folder fit too."
    )


class KeyFilesMissing(VaultError):
    sentence = (
        "Your pages are still there. The two key files that belong beside them are missing. "
        "The twelve words from your recovery sheet open the book and make them anew. If the folder was "
        "moved or copied, book.keys may also be where it was; it belongs next to book.db."
    )


class RecoveryWordsMistyped(VaultError):
    """``position`` counts from 0: the word that is not one of the list, where there is one such word."""

    sentence = (
        "Your book is safe. One or more of these words are not as they stand on the sheet. "
        "Take your time, and compare them with the paper once more."
    )

    def __init__(self, position: int | None = None) -> None:
        super().__init__()
        self.position = position


class RecoveryWordsOther(VaultError):
    """``position`` counts from 0: the one word which, read differently, would open this book."""

    sentence = (
        "Your book is safe. These words are whole, and they belong to another book or to an earlier sheet. "
        "Please look for the sheet that was made last for this book."
    )

    def __init__(self, position: int | None = None) -> None:
        super().__init__()
        self.position = position


class LastWayIn(VaultError):
    sentence = (
        "This is the only passphrase of your book, so it stays. "
        "Add another one first; then this one can be removed."
    )


class EnoughWaysIn(VaultError):
    sentence = (
        "Your book has as many passphrases as it can have. "
        "Remove one that nobody needs any more; then this one can be added."
    )


class KeyringError(VaultError):
    """What this computer keeps for the book cannot be used. Every other way in stays as it is."""

    sentence = (
        "Your book is safe. What this computer keeps for it could not be used this time. "
        "The passphrase opens the book as always."
    )


class KeyringUnavailable(KeyringError):
    sentence = (
        "Your book is safe. This computer has no place that keeps passwords for programs, or it did not "
        "answer. The passphrase opens the book as always."
    )


class KeyringLocked(KeyringError):
    sentence = (
        "Your book is safe. The place where this computer keeps passwords is locked. "
        "The passphrase opens the book as always."
    )


class KeyringUnprotected(KeyringError):
    sentence = (
        "This computer keeps its passwords in a file that anyone could read, so nothing of your book is "
        "kept there. Once the computer's password store has a password of its own, this can be turned on."
    )


class KeyringForgotten(KeyringError):
    sentence = (
        "Your book is safe. This computer does not remember this book any more. The passphrase opens it "
        "as always, and remembering can be turned on again in the settings."
    )


class BookDamaged(VaultError):
    sentence = (
        "Your book is there, and this opens it. Some of its pages cannot be read as they were written. "
        "Nothing has been changed. Please make a copy of the whole folder before anything else is tried."
    )


class BookMissing(VaultError):
    sentence = (
        "There is no book in this folder. Nothing was changed. If it was on another drive, connect the "
        "drive and try again, or choose the folder where the book is now."
    )


class BookEmpty(VaultError):
    sentence = (
        "The file that should hold your book is empty. Nothing was written to it. Please keep the folder "
        "as it is: a backup or another copy of the folder may hold the pages."
    )


class NotABook(VaultError):
    sentence = (
        "What lies in this folder is not a Memory Book. Nothing was changed. "
        "Please choose the folder in which your book is kept."
    )


class BookNewer(VaultError):
    sentence = (
        "This book was made by a newer Memory Book. It is safe, and nothing in it was changed. "
        "To open it, please install the newer version."
    )


class BookOpenElsewhere(VaultError):
    sentence = (
        "This book is already open in another window or by another person. It is safe. "
        "Close it there first, then open it here."
    )


class BookReadOnly(VaultError):
    sentence = (
        "This folder cannot be written to. Nothing was changed. Please choose another folder, "
        "or ask the person who looks after this computer to allow writing here."
    )


class BookUnreadable(VaultError):
    sentence = (
        "This account of the computer is not allowed to read the folder, so nothing in it was opened or "
        "changed. If the book is yours, please open it from the account in which it was begun."
    )


class BookMoved(VaultError):
    sentence = (
        "The folder of this book is not where it was. Everything kept so far is in it, and what you see is "
        "still here. Please put the folder back, or connect its drive; what waits is kept then."
    )


class FolderInUse(VaultError):
    sentence = (
        "There is already something in this folder, and it was left as it is. "
        "Please choose an empty folder, or open the book that is there."
    )


class BookClosed(VaultError):
    sentence = "The book is closed. What was kept is safe. Open it again to go on."


class StorageFull(MemoryBookError):
    sentence = (
        "There is no room left on this disk. Everything kept so far is safe, and what you see is still "
        "here. Please free some room; it will be kept as soon as there is."
    )


class RenewalNeedsRoom(StorageFull):
    sentence = (
        "Your book is safe and was not changed; the sheet still opens it. To withdraw the sheet, the whole "
        "book is written a second time before the old one goes, and this disk has too little room for both. "
        "Please free some room and try again."
    )


class RenewalStopped(MemoryBookError):
    sentence = (
        "The sheet was not withdrawn. Your book was not changed: the passphrases and the sheet open it "
        "as before."
    )


class StorageFailed(MemoryBookError):
    sentence = (
        "The disk did not answer. Everything kept so far is safe, and what you see is still here. "
        "If the book is on a drive that can be unplugged, please connect it again."
    )


class PictureError(MemoryBookError):
    """A picture could not be taken into the book. The file it came from is never touched."""


class PictureNotRecognised(PictureError):
    sentence = (
        "This file is not a picture that can be kept here. The file itself was not changed. "
        "JPEG, PNG, HEIC, WebP, TIFF, GIF and BMP pictures can be added. "
        "Sounds and videos can be added in Recordings."
    )


class PictureDamaged(PictureError):
    sentence = (
        "This picture breaks off part of the way, so it could not be added. The file itself was not "
        "changed. If it came from a phone or a card, copying it once more may help."
    )


class PictureTooManyPixels(PictureError):
    sentence = (
        "This picture is larger than 60 megapixels, more than can be kept here. The file itself was not "
        "changed. A copy saved at a smaller size can be added."
    )


class PictureTooManyBytes(PictureError):
    sentence = (
        "This picture's file is larger than 60 MB, more than can be kept here. The file itself was not "
        "changed. A copy saved at a smaller size can be added."
    )


class PictureUnreadable(PictureError):
    sentence = (
        "This file could not be opened. Nothing was changed. If it is on a phone or a card, "
        "please check that it is connected."
    )


class PictureIsFolder(PictureError):
    sentence = (
        "This is a folder. Nothing was changed. In Photos a whole folder can be added; "
        "here its pictures can be added one by one."
    )


class PictureWorkerStopped(PictureError):
    sentence = (
        "Looking at this picture took too long or too much memory, so it was stopped. Your book is safe "
        "and the file itself was not changed. A copy saved as JPEG can be added."
    )


class SourceChanged(MemoryBookError):
    sentence = (
        "This file could not be read to its end, so it was not added. Nothing was changed. If it is on a "
        "phone or a card, please check that it is connected."
    )


class TakingInStopped(MemoryBookError):
    sentence = "This file was not added, because adding was stopped. The file itself was not changed."


class MediaDamaged(MemoryBookError):
    sentence = (
        "One photo could not be read as it was kept. Everything else is whole. "
        "Another copy of this book may still hold it."
    )


class MediaMissing(MemoryBookError):
    sentence = (
        "The file of one photo is not in the book's folder any more. Everything else is whole. "
        "If the folder was moved by hand, please look for the missing part of “media”."
    )


class RecordingError(MemoryBookError):
    """A recording could not be taken into the book, listened to or handed back."""


class RecordingUnreadable(RecordingError):
    sentence = (
        "This file could not be opened, so nothing was added and nothing was changed. If it is on a phone "
        "or a card, please check that it is connected."
    )


class RecordingEmpty(RecordingError):
    sentence = (
        "This file is empty, so there is nothing in it to keep. The file itself was not changed. If it came "
        "from a phone or a card, copying it once more may help."
    )


class RecordingIsPicture(RecordingError):
    sentence = (
        "This file is a picture. It was not added here, and the file itself was not changed. "
        "In Photos it can be added."
    )


class RecordingDamaged(RecordingError):
    sentence = (
        "This recording could not be read as it was kept. Everything else is whole. "
        "Another copy of this book may still hold it."
    )


class RecordingMissing(RecordingError):
    sentence = (
        "The file of this recording is not in the book's folder any more. Everything else is whole. "
        "If the folder was moved by hand, please look for the missing part of “media”."
    )


class RecordingNotPlayable(RecordingError):
    sentence = (
        "This recording is kept whole, and cannot be played here. A copy of it can be saved and opened with "
        "another program."
    )


class PlayerStopped(RecordingError):
    sentence = (
        "The part of Memory Book that plays recordings stopped. The recording itself is kept and was not "
        "changed. Please play it once more; if it stops again, a copy of it can be saved and opened with "
        "another program."
    )


class NoSoundDevice(RecordingError):
    sentence = (
        "This computer has nothing to play sound through at the moment, so it stays silent. Your recordings "
        "are safe. Once headphones or loudspeakers are connected, please play it again."
    )


class SpellingError(MemoryBookError):
    """Words could not be compared with a dictionary."""


class DictionaryNotRecognised(SpellingError):
    sentence = (
        "This is not a spelling dictionary that can be used. A dictionary is one file ending in .oxt, or two "
        "files of the same name ending in .dic and .aff. Nothing was changed."
    )


class SpellerStopped(SpellingError):
    sentence = (
        "The spelling could not be looked at, because the part of Memory Book that does so stopped. Your "
        "words are not touched. Closing the book and opening it again brings it back."
    )


class SupportListDamaged(MemoryBookError):
    sentence = (
        "The list of people to talk to could not be read. Your book is safe. Installing Memory Book "
        "once more brings the list back. If you are in danger, please call your emergency number."
    )


class WordListDamaged(MemoryBookError):
    sentence = (
        "The list of recovery words that comes with Memory Book could not be read. Your book and your sheet "
        "are safe. Installing Memory Book once more brings the list back."
    )


class CopyNotSaved(MemoryBookError):
    sentence = (
        "The copy could not be saved there. No part of it was left behind, and your book is safe. "
        "Please choose another place."
    )


class CalendarNotSaved(MemoryBookError):
    sentence = (
        "The calendar file could not be saved there. No part of it was left behind, and your book is safe. "
        "Please choose another place."
    )


class PageError(MemoryBookError):
    """The printed book could not be made."""


class PagesNotMade(PageError):
    sentence = "The pages could not be made this time. Everything in your book is safe. Please try once more."


class PagesNotSaved(PageError):
    sentence = (
        "The PDF could not be saved there. No part of it was left behind, and your book is safe. "
        "Please choose another place."
    )
