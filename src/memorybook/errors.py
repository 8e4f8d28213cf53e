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
    │   │   └── BookWithoutWords   all there is of one are its photos, recordings or keys
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
    │   ├── RenewalNeedsRoom       no room for a second book while one is written anew
    │   ├── CopyNeedsRoom          no room for one more copy where copies are kept
    │   ├── RestoreNeedsRoom       no room for the book that is to be brought back
    │   ├── ExportNeedsRoom        no room for what is made out of a book, or out of an archive
    │   └── UpdateNeedsRoom        no room for the copy that is made before a book is brought up to date
    ├── RenewalStopped             writing the book anew was given up, as was asked
    ├── CheckStopped               looking through the whole book was given up, as was asked
    ├── BackupError
    │   ├── BookNotCopied          the book is damaged: a copy of that would pass for a good one
    │   ├── CopyStopped            making a copy was given up, as was asked
    │   ├── CopyNotMade            the drive the copy goes to did not answer, or gave back something else
    │   ├── CopyReadOnly           the folder the copy goes to cannot be written
    │   ├── CopyPlaceGone          the drive or folder in which copies are kept is not there now
    │   ├── CopyPlaceBusy          another window is making a copy in the same place
    │   ├── CopyFileTooLarge       the drive holds no file as large as one of these
    │   ├── CopyFileExists         asked to write a copy where a file is
    │   └── PlaceInBook            asked to keep copies within the folder of the book itself
    ├── RestoreError
    │   ├── NoCopyHere             nothing in this place is a copy of a book
    │   ├── CopyDamaged            the words of a copy do not verify
    │   ├── CopyForeign            a copy whose tables are not as any Memory Book makes them
    │   ├── RestoreStopped         bringing a book back was given up, as was asked
    │   └── RestoreNotPlaced       what was brought back could not take the place of the book
    ├── ArchiveError
    │   ├── ArchiveNotSaved        an archive could not be written where it was asked for
    │   ├── ArchiveStopped         writing an archive, or reading one, was given up, as was asked
    │   ├── ArchiveTooLargeHere    the drive holds no file as large as one of these
    │   ├── NotAnArchive           what was chosen is not an archive of a Memory Book
    │   ├── ArchiveNewer           written by a newer Memory Book
    │   ├── ArchiveDamaged         its data do not match its checksums, or are not what they have to be
    │   ├── ArchiveLocked          it has a password, and none was given
    │   └── ArchivePasswordWrong   the password does not open it
    ├── NothingToSalvage           a damaged book of which nothing at all could be read
    ├── SalvageStopped             taking out what is left of a book was given up, as was asked
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


class BookWithoutWords(BookMissing):
    sentence = (
        "Photos, recordings or keys of a book are in this folder. The file that holds its words is not. "
        "Nothing was changed. If the folder is still being copied or synchronised, please wait for that and "
        "look again. Otherwise the book can be brought back from a copy, or what is here can be gathered "
        "into a new book."
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


class CopyNeedsRoom(StorageFull):
    sentence = (
        "There is too little room for a copy where it was to go, so none was made. Your book is safe, and so "
        "are the copies made before. Please free some room there, or choose another drive."
    )


class RestoreNeedsRoom(StorageFull):
    sentence = (
        "This disk has too little room for what is to be brought back, so nothing was brought back, and "
        "nothing else was changed. Please free some room, or choose a folder on another disk."
    )


class BackupError(MemoryBookError):
    """A copy of the book could not be made. The book and the copies made before are as they were."""


class BookNotCopied(BackupError):
    """``report`` is a :class:`memorybook.domain.health.HealthReport`, or nothing when the look failed too.

    ``may_go_on`` says that every word is whole, and only originals of photos or recordings are not: the rest
    can be copied when the person wants that.
    """

    sentence = (
        "No copy was made, because something in the book cannot be read as it was kept. The copies made "
        "before are untouched. Please look through the whole book in the settings: what is damaged is named "
        "there, and may still be whole in one of those copies."
    )

    def __init__(self, report: object = None, *, may_go_on: bool = False) -> None:
        super().__init__()
        self.report = report
        self.may_go_on = may_go_on


class CopyStopped(BackupError):
    sentence = (
        "The copy was not finished, as was asked. Your book and the copies made before are as they were."
    )


class CopyNotMade(BackupError):
    sentence = (
        "The drive for the copy did not answer, or gave back something else than was written, so this copy "
        "does not count. Your book is safe, and so are the copies made before. Please connect the drive "
        "again, or choose another one."
    )


class CopyReadOnly(BackupError):
    sentence = (
        "Nothing can be written in the folder for copies, so no copy was made. Your book is safe, and copies "
        "that are there already stay. Please choose another folder, or a drive that is not write-protected."
    )


class CopyPlaceGone(BackupError):
    sentence = (
        "The folder for copies is not there at the moment, so no copy was made. Your book is safe. If it is "
        "on a drive that can be unplugged, please connect it; it will be found again."
    )


class CopyPlaceBusy(BackupError):
    sentence = (
        "Another window is making a copy in the same folder, so this one was not begun. Your book is safe. "
        "Please try again when the other is done."
    )


class CopyFileTooLarge(BackupError):
    sentence = (
        "This drive is formatted so that it holds no file of 4 GB or more, and one is needed for this copy. "
        "Nothing was written, and your book is safe. A drive formatted as exFAT, or another folder, takes "
        "it; kept as a folder of copies, many books fit where a single file does not."
    )


class CopyFileExists(BackupError):
    sentence = (
        "There is already a file of this name, and it was left as it is: it may be a copy that is wanted. "
        "Please choose another name."
    )


class PlaceInBook(BackupError):
    sentence = (
        "This folder is within the folder of the book itself, so copies in it would be lost together with "
        "the book. Nothing was changed. Please choose a folder elsewhere, best on another drive."
    )


class RestoreError(MemoryBookError):
    """A book could not be brought back from a copy. The copy and the book there may be stay as they are."""

    sentence = (
        "The book could not be brought back from this copy. The copy and your book were not changed. "
        "Please try once more, or choose another copy."
    )


class NoCopyHere(RestoreError):
    sentence = (
        "No copy of a book was found here. Nothing was changed. Please choose the folder in which copies "
        "are kept, a file ending in .mbbackup, or the folder of a book that was copied."
    )


class CopyDamaged(RestoreError):
    sentence = (
        "Some of this copy cannot be read as it was made, so it was not brought back. The copy and your book "
        "were not changed. Another copy may be whole. What is left of this one can be looked for, too."
    )


class CopyForeign(RestoreError):
    sentence = (
        "This copy holds something that no Memory Book puts into a book, so it was not opened. Nothing was "
        "changed. Please choose another copy."
    )


class RestoreStopped(RestoreError):
    sentence = (
        "Bringing the book back was stopped. Nothing was changed, and the copy is as it was. "
        "It can be begun again at any time."
    )


class RestoreNotPlaced(RestoreError):
    sentence = (
        "The folder of your book could not be given another name, so nothing was replaced. Your book is as "
        "it was, and the copy too. Please close other programs that use the folder, and try again."
    )


class ExportNeedsRoom(StorageFull):
    sentence = (
        "There is too little room there, so nothing was saved and no part of it was left behind. Your book "
        "is safe. Please free some room there and try again, or choose another place."
    )


class UpdateNeedsRoom(StorageFull):
    sentence = (
        "Your book is safe and was not changed. It was last opened with an earlier version of Memory Book. "
        "Before this version brings it up to date it makes a copy, and this disk has too little room for "
        "that. Please free some room and open the book again."
    )


class RenewalStopped(MemoryBookError):
    sentence = (
        "The sheet was not withdrawn. Your book was not changed: the passphrases and the sheet open it "
        "as before."
    )


class ArchiveError(MemoryBookError):
    """An archive in open formats could not be written, or not be read back."""


class ArchiveNotSaved(ArchiveError):
    sentence = (
        "The archive could not be saved there. No part of it was left behind, and your book is safe. "
        "Please choose another place."
    )


class ArchiveStopped(ArchiveError):
    sentence = "This was stopped, as you asked. No part of it was left behind, and nothing else was changed."


class ArchiveTooLargeHere(ArchiveError):
    sentence = (
        "One file of this archive is larger than this drive can hold in one piece, as some memory sticks "
        "cannot. No part of it was left behind, and your book is safe. Please choose another drive."
    )


class NotAnArchive(ArchiveError):
    sentence = (
        "This is not an archive of a Memory Book. Nothing was changed. An archive is a folder or a zip file "
        "with a page called “Memory Book.html” and a folder called “data” in it."
    )


class ArchiveNewer(ArchiveError):
    sentence = (
        "This archive was made by a newer Memory Book. It was left as it is. To read it into a book, please "
        "install the newer version. Its page opens in any browser meanwhile."
    )


class ArchiveDamaged(ArchiveError):
    sentence = (
        "The words in this archive are not as they were written, so no book was made of it. The archive was "
        "left as it is. Please try another copy of it. Its pages may still open in a browser."
    )


class ArchiveLocked(ArchiveError):
    sentence = "This archive has a password. Please type the one that was chosen when it was made."


class ArchivePasswordWrong(ArchiveError):
    sentence = (
        "The password did not open this archive. It was left as it is. Take your time. "
        "It can help to check Caps Lock and the keyboard layout."
    )


class NothingToSalvage(MemoryBookError):
    sentence = (
        "Nothing in this book could be read any more. The folder was only looked at and is as it was; "
        "please keep it. A copy of the book on another drive may still be whole."
    )


class SalvageStopped(MemoryBookError):
    sentence = "This was stopped, and no new book was made. The damaged book is as it was."


class CheckStopped(MemoryBookError):
    sentence = (
        "The book was not looked through to its end. Nothing in it was changed, and it can be looked "
        "through again at any time."
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


class WordsNotSaved(MemoryBookError):
    sentence = (
        "Your words could not be saved there, and no part of them was left behind. They stay on the page. "
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
