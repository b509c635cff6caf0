"""The tables of a case file: a connection goes in, brought to the newest version, each step in one transaction.

What is stored is never changed or deleted (triggers see to it). An `action` is one step of a person or of the machine;
facts, readings and reviews belong to an action. `switch` takes an action out of force (undo) or back (redo). What holds
now is the last fact of an action in force: the views `live` and `current`.
"""

import sqlite3

from standoff.errors import CaseError

APPLICATION_ID = 0x53744F66
"""Marks a SQLite file as a case of Standoff (`StOf`)."""

LIVE = """
SELECT a.id AS id, a.by AS by, a.at AS at FROM action a
LEFT JOIN (SELECT target, in_force, MAX(id) FROM switch WHERE action <= {at} GROUP BY target) own ON own.target = a.id
LEFT JOIN (SELECT target, in_force, MAX(id) FROM switch WHERE action <= {at} GROUP BY target) whole
  ON whole.target = a.part_of
WHERE a.id <= {at} AND COALESCE(own.in_force, 1) = 1 AND COALESCE(whole.in_force, 1) = 1
"""
"""The actions in force after action number `{at}`: neither they nor the action that they are a part of are undone."""

NOW = "9223372036854775807"

FIRST = f"""
CREATE TABLE action (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, verb TEXT NOT NULL, about TEXT NOT NULL DEFAULT '',
  why TEXT NOT NULL DEFAULT '', part_of INTEGER REFERENCES action (id)
) STRICT;
CREATE TABLE switch (
  id INTEGER PRIMARY KEY, action INTEGER NOT NULL REFERENCES action (id),
  target INTEGER NOT NULL REFERENCES action (id), in_force INTEGER NOT NULL CHECK (in_force IN (0, 1))
) STRICT;
CREATE INDEX switch_target ON switch (target);
CREATE TABLE report (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL UNIQUE, text TEXT NOT NULL, title TEXT,
  published TEXT, publisher TEXT, url TEXT, action INTEGER NOT NULL REFERENCES action (id)
) STRICT;
CREATE TABLE trace (
  report TEXT PRIMARY KEY REFERENCES report (id), shingles BLOB NOT NULL, signature BLOB NOT NULL,
  lead BLOB, encoder TEXT
) STRICT;
CREATE TABLE reading (
  id INTEGER PRIMARY KEY, action INTEGER NOT NULL REFERENCES action (id), report TEXT NOT NULL REFERENCES report (id),
  model TEXT NOT NULL
) STRICT;
CREATE INDEX reading_report ON reading (report);
CREATE TABLE actor (
  id INTEGER PRIMARY KEY, reading INTEGER NOT NULL REFERENCES reading (id), local TEXT NOT NULL, name TEXT NOT NULL,
  kind TEXT NOT NULL, of TEXT, wikidata TEXT, iso3 TEXT, mentions TEXT NOT NULL
) STRICT;
CREATE INDEX actor_reading ON actor (reading);
CREATE TABLE party (
  id INTEGER PRIMARY KEY, action INTEGER NOT NULL REFERENCES action (id), name TEXT NOT NULL, kind TEXT NOT NULL
) STRICT;
CREATE TABLE concept (
  id INTEGER PRIMARY KEY, action INTEGER NOT NULL REFERENCES action (id), name TEXT NOT NULL
) STRICT;
CREATE TABLE gathering (id INTEGER PRIMARY KEY, action INTEGER NOT NULL REFERENCES action (id)) STRICT;
CREATE TABLE entry (
  id INTEGER PRIMARY KEY, action INTEGER NOT NULL REFERENCES action (id), report TEXT NOT NULL REFERENCES report (id),
  reading INTEGER REFERENCES reading (id), coder TEXT NOT NULL DEFAULT '', blind INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL CHECK (kind IN ('statement', 'position', 'precondition', 'meeting')), local TEXT NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE INDEX entry_report ON entry (report);
CREATE TABLE review (
  id INTEGER PRIMARY KEY, action INTEGER NOT NULL REFERENCES action (id), entry INTEGER NOT NULL REFERENCES entry (id),
  coder TEXT NOT NULL, blind INTEGER NOT NULL CHECK (blind IN (0, 1)),
  verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'rejected', 'corrected', 'open')), patch TEXT NOT NULL
) STRICT;
CREATE INDEX review_entry ON review (entry);
CREATE TABLE fact (
  id INTEGER PRIMARY KEY, action INTEGER NOT NULL REFERENCES action (id),
  kind TEXT NOT NULL CHECK (kind IN ('case', 'report', 'actor', 'party', 'entry', 'gathering', 'concept')),
  subject TEXT NOT NULL, field TEXT NOT NULL, value TEXT
) STRICT;
CREATE INDEX fact_subject ON fact (kind, subject, field);
CREATE INDEX fact_action ON fact (action);
CREATE TABLE meaning (
  encoder TEXT NOT NULL, words TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (encoder, words)
) STRICT;

CREATE VIRTUAL TABLE report_words USING fts5 (
  title, text, content='report', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER report_indexed AFTER INSERT ON report BEGIN
  INSERT INTO report_words (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE VIRTUAL TABLE entry_words USING fts5 (words, tokenize='unicode61 remove_diacritics 2');
CREATE VIEW live AS {LIVE.format(at=NOW)};
CREATE VIEW current AS
SELECT kind, subject, field, value, fact.action AS action, MAX(fact.id) AS id FROM fact
JOIN live ON live.id = fact.action GROUP BY kind, subject, field;
"""

RECORDS = ("action", "switch", "report", "reading", "actor", "party", "concept", "gathering", "entry", "review", "fact")
"""Tables in which nothing is ever changed. `trace` and `meaning` are computed from them and may be made anew."""


def _append_only() -> str:
    return "\n".join(
        f"CREATE TRIGGER {table}_{what.lower()} BEFORE {what} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'the record of a case is never changed'); END;"
        for table in RECORDS
        for what in ("UPDATE", "DELETE")
    )


BY_ACTION = """
CREATE INDEX entry_action ON entry (action);
CREATE INDEX review_action ON review (action);
"""
"""What belongs to an action is found at once when it is undone."""

RECORD_VERSION = 1
"""Version of what the tables of the record hold. Indices are no part of it."""

MIGRATIONS: tuple[str, ...] = (FIRST + _append_only(), BY_ACTION)
"""Step k brings a file of version k to version k + 1. A step that was released is never changed."""


def migrate(connection: sqlite3.Connection, migrations: tuple[str, ...] = MIGRATIONS) -> int:
    """Bring the file up to the newest version; the number of steps taken. A step that fails leaves the file as it was.

    Raises CaseError if the file is of a newer version than this program.
    """
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(migrations):
        raise CaseError(
            f"the case is of version {version}, this program reads up to {len(migrations)}: update Standoff to open it"
        )
    for number, script in enumerate(migrations[version:], version + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return len(migrations) - version


def statements(script: str) -> list[str]:
    """The statements of a script, for `executescript` would commit on its own."""
    found, rest = [], ""
    for line in script.splitlines():
        rest += line + "\n"
        if sqlite3.complete_statement(rest):
            found.append(rest)
            rest = ""
    return found
