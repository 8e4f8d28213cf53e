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

CREATE TABLE baby (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

-- Days are EDTF text; day_key is yyyymmdd with 0 for what is unknown. What lists need comes first in
-- the row, so that long texts, which spill onto pages of their own, are not read for them.
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
    recipient  TEXT NOT NULL,
    plain      TEXT NOT NULL,
    body       TEXT NOT NULL
) STRICT;

CREATE INDEX entry_story ON entry (day_key DESC, id DESC) WHERE is_empty = 0 AND deleted_at IS NULL;

CREATE INDEX entry_author ON entry (author_id) WHERE author_id IS NOT NULL;

CREATE TABLE photo (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    media       TEXT NOT NULL UNIQUE,
    rendition   TEXT NOT NULL UNIQUE,
    digest      BLOB NOT NULL UNIQUE,
    format      TEXT NOT NULL,
    byte_size   INTEGER NOT NULL,
    width       INTEGER NOT NULL,
    height      INTEGER NOT NULL,
    orientation INTEGER NOT NULL,
    colour_mode TEXT NOT NULL,
    icc         INTEGER NOT NULL,
    taken       TEXT NOT NULL,
    caption     TEXT NOT NULL,
    description TEXT NOT NULL,
    created_at  TEXT NOT NULL
) STRICT;

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

CREATE TABLE occasion (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    label      TEXT NOT NULL,
    day        TEXT NOT NULL,
    day_key    INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    yearly     INTEGER NOT NULL,
    note       TEXT NOT NULL,
    baby_id    INTEGER REFERENCES baby (id),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;

-- Where the words of each entry are; the row is (1 << 51) - ((day_key << 24) | the entry's id), which is
-- the order of the story. Marks belong to the letters they stand on, so that scripts written with them
-- are not taken apart.
CREATE VIRTUAL TABLE entry_search USING fts5 (
    title, body, recipient, captions,
    content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'",
    prefix = '1 2 3'
);
