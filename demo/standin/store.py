"""The stand-in's data: one small SQLite file, so that a restart loses nothing."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

StoredObject = dict[str, Any]
_TABLES = """
CREATE TABLE IF NOT EXISTS things (id TEXT PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, question TEXT NOT NULL, answer TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS deliveries (
    number INTEGER PRIMARY KEY, event TEXT NOT NULL, due_at REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'waiting'
);
CREATE TABLE IF NOT EXISTS knobs (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class Store:
    """A store of objects, JSON with an id and a kind. One lock: every change is one transaction,
    one at a time.
    """

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        # A kill loses nothing; only after a power cut a last change may be missing, and no commit waits for the disk.
        self._connection.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;{_TABLES}")

    @contextmanager
    def change(self) -> Iterator[None]:
        """Run the block in one transaction; may be nested."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    # --- things

    def put(self, kind: str, thing: StoredObject) -> None:
        self._rows("INSERT OR REPLACE INTO things VALUES (?, ?, ?)", thing["id"], kind, json.dumps(thing))

    def get(self, kind: str, name: str) -> StoredObject | None:
        rows = self._rows("SELECT body FROM things WHERE kind = ? AND id = ?", kind, name)
        return json.loads(rows[0][0]) if rows else None

    def every(self, kind: str) -> list[StoredObject]:
        """Return all objects of a kind, in the order in which they were stored."""
        return [
            json.loads(body)
            for (body,) in self._rows("SELECT body FROM things WHERE kind = ? ORDER BY rowid", kind)
        ]

    # --- answers given under an idempotency key

    def remember(self, key: str, question: str, answer: StoredObject) -> None:
        self._rows("INSERT INTO answers VALUES (?, ?, ?)", key, question, json.dumps(answer))

    def recall(self, key: str) -> tuple[str, StoredObject] | None:
        rows = self._rows("SELECT question, answer FROM answers WHERE key = ?", key)
        return (rows[0][0], json.loads(rows[0][1])) if rows else None

    # --- messages on their way to the portal

    def send(self, event: StoredObject, due_at: float, state: str = "waiting") -> None:
        self._rows(
            "INSERT INTO deliveries (event, due_at, state) VALUES (?, ?, ?)", json.dumps(event), due_at, state
        )

    def due(self, now: float) -> list[tuple[int, StoredObject, int]]:
        """Return (number, event, attempts so far) of every event that is due."""
        rows = self._rows(
            "SELECT number, event, attempts FROM deliveries WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at, number",
            now,
        )
        return [(number, json.loads(event), attempts) for number, event, attempts in rows]

    def delivered(self, number: int) -> None:
        self._rows("UPDATE deliveries SET state = 'delivered' WHERE number = ?", number)

    def later(self, number: int, due_at: float) -> None:
        self._rows(
            "UPDATE deliveries SET attempts = attempts + 1, due_at = ? WHERE number = ?", due_at, number
        )

    def give_up(self, number: int) -> None:
        self._rows("UPDATE deliveries SET state = 'given up' WHERE number = ?", number)

    def release(self, now: float, *, backwards: bool) -> None:
        """Make the events that were held back due now; with `backwards` the last one is sent
        first.
        """
        held = self._rows("SELECT number FROM deliveries WHERE state = 'held' ORDER BY number")
        for place, (number,) in enumerate(reversed(held) if backwards else held):
            self._rows(
                "UPDATE deliveries SET state = 'waiting', due_at = ? WHERE number = ?",
                now + place / 1e6,
                number,
            )

    def hasten(self, now: float) -> None:
        """Make every waiting event due by `now`. Events are dated later than that when the clock
        was moved back between two starts.
        """
        self._rows("UPDATE deliveries SET due_at = ? WHERE state = 'waiting' AND due_at > ?", now, now)

    def counts(self) -> dict[str, int]:
        return dict(self._rows("SELECT state, COUNT(*) FROM deliveries GROUP BY state"))

    # --- knobs

    def turn(self, knobs: StoredObject) -> None:
        for name, value in knobs.items():
            self._rows("INSERT OR REPLACE INTO knobs VALUES (?, ?)", name, json.dumps(value))

    def knobs(self) -> StoredObject:
        return {name: json.loads(value) for name, value in self._rows("SELECT name, value FROM knobs")}
