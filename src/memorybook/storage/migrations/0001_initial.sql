-- The first version. This file is never edited again.

CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE preference (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

-- Days are EDTF text everywhere; a day_key is yyyymmdd with 0 for what is unknown. A gestation is "22+3".
CREATE TABLE baby (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    position   INTEGER NOT NULL,
    in_book    INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT,
    digest     BLOB NOT NULL,
    names      TEXT NOT NULL,
    word       TEXT NOT NULL,
    due        TEXT NOT NULL,
    learned    TEXT NOT NULL,
    born       TEXT NOT NULL,
    died       TEXT NOT NULL,
    gestation  TEXT NOT NULL,
    place      TEXT NOT NULL,
    carers     TEXT NOT NULL,
    met        TEXT NOT NULL,
    notes      TEXT NOT NULL
) STRICT;

-- As it was entered, in any unit; "what" is a code of ours or the parent's own word.
CREATE TABLE measurement (
    baby     INTEGER NOT NULL REFERENCES baby (id),
    position INTEGER NOT NULL,
    what     TEXT NOT NULL,
    value    TEXT NOT NULL,
    PRIMARY KEY (baby, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE ceremony (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    day        TEXT NOT NULL,
    day_key    INTEGER NOT NULL,
    baby_id    INTEGER REFERENCES baby (id),
    in_book    INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT,
    digest     BLOB NOT NULL,
    label      TEXT NOT NULL,
    place      TEXT NOT NULL,
    readings   TEXT NOT NULL,
    music      TEXT NOT NULL,
    who        TEXT NOT NULL,
    rests      TEXT NOT NULL,
    notes      TEXT NOT NULL
) STRICT;

-- What lists show of a page. Its words are a table of their own, so that they are not read for lists.
CREATE TABLE entry (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    day        TEXT NOT NULL,
    day_key    INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    author_id  INTEGER REFERENCES person (id),
    in_book    INTEGER NOT NULL,
    is_empty   INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT,
    digest     BLOB NOT NULL,
    title      TEXT NOT NULL,
    excerpt    TEXT NOT NULL,
    recipient  TEXT NOT NULL
) STRICT;

-- The order of the story, with what it is filtered by, so that pages that are left out are not read.
CREATE INDEX entry_story ON entry (day_key DESC, id DESC, kind, author_id, in_book)
WHERE is_empty = 0 AND deleted_at IS NULL;

-- What is of a day of the year, whatever the year: "-05-22" for an exact date, and for no other of that day.
CREATE INDEX entry_of_day ON entry (substr(day, 5), day_key DESC, id DESC) WHERE is_empty = 0 AND deleted_at IS NULL;

CREATE INDEX entry_author ON entry (author_id) WHERE author_id IS NOT NULL;

CREATE INDEX entry_drawer ON entry (deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL;

CREATE INDEX entry_emptied ON entry (id) WHERE is_empty = 1 AND deleted_at IS NULL;

-- "plain" is the body without its styles, or NULL when that is the body with one line end for two.
CREATE TABLE entry_text (
    entry INTEGER PRIMARY KEY REFERENCES entry (id),
    plain TEXT,
    body  TEXT NOT NULL
) STRICT;

CREATE TABLE entry_baby (
    entry    INTEGER NOT NULL REFERENCES entry (id),
    baby     INTEGER NOT NULL REFERENCES baby (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (entry, baby)
) STRICT, WITHOUT ROWID;

CREATE INDEX entry_baby_baby ON entry_baby (baby);

-- A tag is there while a page has it. "name" is as it was typed on this page, "folded" is what is compared.
CREATE TABLE entry_tag (
    entry    INTEGER NOT NULL REFERENCES entry (id),
    folded   TEXT NOT NULL,
    name     TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (entry, folded)
) STRICT, WITHOUT ROWID;

CREATE INDEX entry_tag_folded ON entry_tag (folded);

-- A page as it was before: left so at kept_at, and put aside when it went on, at made_at. Photos, recordings and babies
-- are ids with blanks between, tags are one to a line.
CREATE TABLE entry_version (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    entry     INTEGER NOT NULL REFERENCES entry (id),
    kept_at   TEXT NOT NULL,
    made_at   TEXT NOT NULL,
    length    INTEGER NOT NULL,
    words     INTEGER NOT NULL,
    day       TEXT NOT NULL,
    kind      TEXT NOT NULL,
    author_id INTEGER REFERENCES person (id),
    in_book   INTEGER NOT NULL,
    photos    TEXT NOT NULL,
    recordings TEXT NOT NULL,
    babies    TEXT NOT NULL,
    digest    BLOB NOT NULL,
    title     TEXT NOT NULL,
    excerpt   TEXT NOT NULL,
    recipient TEXT NOT NULL,
    tags      TEXT NOT NULL,
    body      TEXT NOT NULL
) STRICT;

CREATE INDEX entry_version_entry ON entry_version (entry, id DESC);

CREATE INDEX entry_version_author ON entry_version (author_id) WHERE author_id IS NOT NULL;

-- "view" is the picture for the screen with the parent's edit in it, NULL while there is none; "per_mm" is how
-- many pixels of the upright original one millimetre of the thing takes. What is written down of a photo has a
-- digest of its own: "digest" is that of the original file.
CREATE TABLE photo (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    media        TEXT NOT NULL UNIQUE,
    rendition    TEXT NOT NULL UNIQUE,
    view         TEXT UNIQUE,
    digest       BLOB NOT NULL UNIQUE,
    format       TEXT NOT NULL,
    byte_size    INTEGER NOT NULL,
    width        INTEGER NOT NULL,
    height       INTEGER NOT NULL,
    orientation  INTEGER NOT NULL,
    colour_mode  TEXT NOT NULL,
    icc          INTEGER NOT NULL,
    per_mm       REAL,
    edit         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    covered      INTEGER NOT NULL,
    in_book      INTEGER NOT NULL,
    taken        TEXT NOT NULL,
    day_key      INTEGER NOT NULL,
    created_at   TEXT NOT NULL,
    changed_at   TEXT NOT NULL,
    deleted_at   TEXT,
    words_digest BLOB NOT NULL,
    taken_by     TEXT NOT NULL,
    who          TEXT NOT NULL,
    caption      TEXT NOT NULL,
    description  TEXT NOT NULL
) STRICT;

CREATE INDEX photo_grid ON photo (day_key DESC, id DESC, kind, covered, in_book) WHERE deleted_at IS NULL;

CREATE INDEX photo_of_day ON photo (substr(taken, 5), day_key DESC, id DESC) WHERE deleted_at IS NULL;

CREATE TABLE photo_baby (
    photo    INTEGER NOT NULL REFERENCES photo (id),
    baby     INTEGER NOT NULL REFERENCES baby (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (photo, baby)
) STRICT, WITHOUT ROWID;

CREATE INDEX photo_baby_baby ON photo_baby (baby);

-- Of the picture as it is shown, with the edit in it.
CREATE TABLE thumbnail (
    photo  INTEGER PRIMARY KEY REFERENCES photo (id),
    digest BLOB NOT NULL,
    jpeg   BLOB NOT NULL
) STRICT;

CREATE TABLE entry_photo (
    entry    INTEGER NOT NULL REFERENCES entry (id),
    photo    INTEGER NOT NULL REFERENCES photo (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (entry, photo)
) STRICT, WITHOUT ROWID;

CREATE INDEX entry_photo_photo ON entry_photo (photo);

-- "sort" is sound, video or unknown; what cannot be played is kept all the same. The waveform is one byte for
-- each of up to 1,000 stretches of the sound; the poster is a small JPEG of a video.
CREATE TABLE recording (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    media        TEXT NOT NULL UNIQUE,
    digest       BLOB NOT NULL UNIQUE,
    sort         TEXT NOT NULL,
    format       TEXT NOT NULL,
    byte_size    INTEGER NOT NULL,
    milliseconds INTEGER,
    width        INTEGER NOT NULL,
    height       INTEGER NOT NULL,
    playable     INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    covered      INTEGER NOT NULL,
    in_book      INTEGER NOT NULL,
    taken        TEXT NOT NULL,
    day_key      INTEGER NOT NULL,
    created_at   TEXT NOT NULL,
    changed_at   TEXT NOT NULL,
    deleted_at   TEXT,
    words_digest BLOB NOT NULL,
    file_name    TEXT NOT NULL,
    title        TEXT NOT NULL,
    recorded_by  TEXT NOT NULL,
    place        TEXT NOT NULL,
    notes        TEXT NOT NULL
) STRICT;

CREATE TABLE recording_picture (
    recording INTEGER PRIMARY KEY REFERENCES recording (id),
    digest    BLOB NOT NULL,
    waveform  BLOB NOT NULL,
    poster    BLOB NOT NULL
) STRICT;

CREATE TABLE recording_baby (
    recording INTEGER NOT NULL REFERENCES recording (id),
    baby      INTEGER NOT NULL REFERENCES baby (id),
    position  INTEGER NOT NULL,
    PRIMARY KEY (recording, baby)
) STRICT, WITHOUT ROWID;

CREATE INDEX recording_baby_baby ON recording_baby (baby);

CREATE TABLE entry_recording (
    entry     INTEGER NOT NULL REFERENCES entry (id),
    recording INTEGER NOT NULL REFERENCES recording (id),
    position  INTEGER NOT NULL,
    PRIMARY KEY (entry, recording)
) STRICT, WITHOUT ROWID;

CREATE INDEX entry_recording_recording ON entry_recording (recording);

-- "kind" is a code of ours or the parent's own words; "kept" is where the thing is.
CREATE TABLE keepsake (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    position   INTEGER NOT NULL,
    day        TEXT NOT NULL,
    day_key    INTEGER NOT NULL,
    in_book    INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT,
    digest     BLOB NOT NULL,
    kind       TEXT NOT NULL,
    title      TEXT NOT NULL,
    words      TEXT NOT NULL,
    kept       TEXT NOT NULL,
    given_by   TEXT NOT NULL
) STRICT;

CREATE TABLE keepsake_photo (
    keepsake INTEGER NOT NULL REFERENCES keepsake (id),
    photo    INTEGER NOT NULL REFERENCES photo (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (keepsake, photo)
) STRICT, WITHOUT ROWID;

CREATE INDEX keepsake_photo_photo ON keepsake_photo (photo);

CREATE TABLE keepsake_baby (
    keepsake INTEGER NOT NULL REFERENCES keepsake (id),
    baby     INTEGER NOT NULL REFERENCES baby (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (keepsake, baby)
) STRICT, WITHOUT ROWID;

CREATE INDEX keepsake_baby_baby ON keepsake_baby (baby);

-- "remembrance" is the id of a day that many families keep, or empty; "reminder" is days before, NULL for off.
-- "dismissed" is the day on which the time began whose reminder was put aside, or empty. "uid" is random.
CREATE TABLE occasion (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    uid            TEXT NOT NULL UNIQUE,
    day            TEXT NOT NULL,
    day_key        INTEGER NOT NULL,
    kind           TEXT NOT NULL,
    yearly         INTEGER NOT NULL,
    baby_id        INTEGER REFERENCES baby (id),
    remembrance    TEXT NOT NULL,
    reminder       INTEGER,
    dismissed      TEXT NOT NULL,
    in_book        INTEGER NOT NULL,
    created_at     TEXT NOT NULL,
    changed_at     TEXT NOT NULL,
    deleted_at     TEXT,
    digest         BLOB NOT NULL,
    label          TEXT NOT NULL,
    note           TEXT NOT NULL,
    reminder_words TEXT NOT NULL
) STRICT;

-- What was chosen for a printed book; "choices" is JSON.
CREATE TABLE edition (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    choices    TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT,
    digest     BLOB NOT NULL
) STRICT;

-- Words that the family spells its own way: names above all.
CREATE TABLE spelling_word (
    word       TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Where the words of each entry are; the row is (1 << 51) - ((day_key << 24) | the entry's id), which is
-- the order of the story. Marks belong to the letters they stand on, so that scripts written with them
-- are not taken apart.
CREATE VIRTUAL TABLE entry_search USING fts5 (
    title, body, recipient, captions, tags,
    content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'",
    prefix = '1 2 3'
);

-- The words that are in that index; it keeps nothing of its own.
CREATE VIRTUAL TABLE entry_word USING fts5vocab (entry_search, row);
