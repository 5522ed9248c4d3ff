-- The embedded store, version 1. Times are whole microseconds since 1970; digests are 32 raw bytes.

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The log: only ever appended to. data is what was sealed, leaf its RFC 6962 leaf hash.
CREATE TABLE entry (
    idx  INTEGER NOT NULL PRIMARY KEY CHECK (idx >= 0),
    leaf BLOB NOT NULL CHECK (length(leaf) = 32),
    data BLOB NOT NULL CHECK (length(data) BETWEEN 1 AND 65535)
) STRICT;

-- No security boundary, but a bug that touches the log stops here.
CREATE TRIGGER entry_is_never_updated BEFORE UPDATE ON entry
BEGIN
    SELECT RAISE(ABORT, 'entries are never updated');
END;

CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN
    SELECT RAISE(ABORT, 'entries are never deleted');
END;

-- Node hashes as C2SP tlog-tiles: 1 to 256 of them; only the right edge grows.
CREATE TABLE tile (
    level  INTEGER NOT NULL CHECK (level >= 0),
    idx    INTEGER NOT NULL CHECK (idx >= 0),
    hashes BLOB NOT NULL CHECK (length(hashes) % 32 = 0 AND length(hashes) BETWEEN 32 AND 8192),
    PRIMARY KEY (level, idx)
) STRICT;

-- time: the newest entry's; wall: what the clock said then; checkpoint: the newest signed one, and signed the size it states.
CREATE TABLE head (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    size       INTEGER NOT NULL,
    root       BLOB NOT NULL CHECK (length(root) = 32),
    time       INTEGER NOT NULL,
    wall       INTEGER NOT NULL,
    signed     INTEGER NOT NULL DEFAULT 0,
    checkpoint TEXT
) STRICT;

-- The root of no leaves is the digest of nothing.
INSERT INTO head (id, size, root, time, wall)
VALUES (1, 0, x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0, 0);

-- Which entry an id became: what makes sealing twice harmless.
CREATE TABLE seen (
    id  TEXT NOT NULL PRIMARY KEY,
    idx INTEGER NOT NULL REFERENCES entry (idx)
) STRICT, WITHOUT ROWID;

-- The n of A-n.
CREATE TABLE assessment (
    n   INTEGER NOT NULL PRIMARY KEY,
    idx INTEGER NOT NULL UNIQUE REFERENCES entry (idx)
) STRICT;

-- Names under which entries are found. Mutable: this is where a name can be forgotten.
CREATE TABLE lookup (
    name TEXT NOT NULL,
    idx  INTEGER NOT NULL REFERENCES entry (idx),
    PRIMARY KEY (name, idx)
) STRICT, WITHOUT ROWID;

-- Stored bytes by their own digest.
CREATE TABLE blob (
    ct    BLOB NOT NULL PRIMARY KEY CHECK (length(ct) = 32),
    bytes BLOB NOT NULL
) STRICT;

-- Data keys, wrapped. Mutable: deleting a row erases everything under it.
CREATE TABLE data_key (
    ref     TEXT NOT NULL PRIMARY KEY,
    class   TEXT NOT NULL,
    year    INTEGER NOT NULL,
    created INTEGER NOT NULL,
    wrapped BLOB NOT NULL
) STRICT;

CREATE INDEX data_key_by_scope ON data_key (class, year, created);

-- Finds the blob of an equal plaintext in one scope. tag is a MAC under a key derived from the data key, so that equality shows
-- to nobody without it; it goes with the key.
CREATE TABLE blob_index (
    tag BLOB NOT NULL PRIMARY KEY CHECK (length(tag) = 32),
    ct  BLOB NOT NULL REFERENCES blob (ct),
    pt  BLOB NOT NULL CHECK (length(pt) = 32),
    key TEXT NOT NULL REFERENCES data_key (ref) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX blob_index_by_key ON blob_index (key);

-- Runs that are under way; a row whose process is dead becomes a gap entry.
CREATE TABLE run (
    id          TEXT NOT NULL PRIMARY KEY,
    started     INTEGER NOT NULL,
    description TEXT NOT NULL
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 1;
