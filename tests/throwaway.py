"""Databases that live for one test (F4): a copied file on SQLite, a copy of a template on PostgreSQL."""

import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections, transaction
from django.test import override_settings

from tests import forked, migrating

ROOT = Path(__file__).resolve().parent.parent
DROPPED_TOGETHER = 10
HANG_UP = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"
DEMO_DAY = "2027-02-15"  # the day on which tests look at the demo


@dataclass(frozen=True)
class Throwaway:
    name: str
    env: dict[str, str]

    def manage(self, *arguments: str, **options) -> subprocess.CompletedProcess[str]:
        """Run `manage.py` on this database to its end."""
        return self.run(forked.manage, *arguments, **options)

    def run(
        self, act: Callable[..., Any], *arguments: Any, timeout: float = 120, **env: str
    ) -> subprocess.CompletedProcess[str]:
        """Do `act(*arguments)` in a process on this database, with `env` on top of what it needs."""
        return forked.run({**self.env, **env}, act, *arguments, timeout=timeout)

    def start(self, *arguments: str, **options) -> subprocess.Popen[str]:
        """Start `python …` on this database, for what must load everything itself, and return the process."""
        env = {**self.env, **options.pop("env", {})}
        return subprocess.Popen([sys.executable, *arguments], env=env, cwd=ROOT, text=True, **options)


@dataclass(frozen=True)
class Demo:
    """A database into which the demo was loaded, and what that printed."""

    database: Throwaway
    said: str

    @property
    def var(self) -> Path:
        return Path(self.database.env["PORTAL_VAR"])


@contextmanager
def connected_to(database: Throwaway) -> Iterator[None]:
    """`database` is this process's default connection until the end of the block."""
    settings_dict = connections.settings["default"]
    kept, before = connections["default"], settings_dict["NAME"]
    del connections["default"]
    settings_dict["NAME"] = database.name
    try:
        yield
    finally:
        connections["default"].close()
        settings_dict["NAME"] = before
        connections["default"] = kept


@contextmanager
def keeping_files_in(folder: Path) -> Iterator[None]:
    """Uploads are stored in `folder` until the end of the block."""
    ours = {"BACKEND": "documents.storage.PrivateFiles", "OPTIONS": {"location": folder}}
    with override_settings(STORAGES={**settings.STORAGES, "default": ours}):
        yield


class Workshop:
    """Makes copies of an original, which is migrated or taken from the test database before the first of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.default = dict(connection.settings_dict)
        self.on_sqlite = connection.vendor == "sqlite"
        self.test_database = ""  # Django's own, where it made one
        self.done: list[str] = []  # databases that nobody needs any more
        self.original = self._describe(f"portal_original_{secrets.token_hex(4)}")

    def migrate(self) -> None:
        """The original, migrated by a process of its own, where there is no test database."""
        if not self.on_sqlite:
            self._admin(f'CREATE DATABASE "{self.original.name}"')
        done = self.original.run(migrating.migrate, timeout=600)
        if done.returncode:
            raise RuntimeError(done.stderr)
        self.settle(self.original)

    def take_the_test_database(self) -> None:
        """As it is now: its migrations are over and nothing else has written in it."""
        self.test_database = self.default["NAME"]
        if self.on_sqlite:
            connection.ensure_connection()
            with closing(sqlite3.connect(self.original.name)) as file:
                connection.connection.backup(file)
                file.execute("PRAGMA journal_mode=WAL")
        else:
            connection.close()  # PostgreSQL copies what nobody is connected to
            self._admin(f'CREATE DATABASE "{self.original.name}" TEMPLATE "{self.default["NAME"]}"')

    def make_empty(self) -> Throwaway:
        """A database without a table."""
        made = self._describe(f"portal_empty_{secrets.token_hex(6)}")
        if not self.on_sqlite:
            self._admin(f'CREATE DATABASE "{made.name}"')
        return made

    def make(self, of: Throwaway | None = None) -> Throwaway:
        """A copy of the database `of` that nobody is connected to, its files included; else of the migrated original."""
        original = of or self.original
        made = self._describe(f"portal_test_{secrets.token_hex(6)}")
        shutil.copytree(original.env["PORTAL_VAR"], made.env["PORTAL_VAR"], dirs_exist_ok=True)
        if not self.on_sqlite:  # whose file is in that folder
            self._admin(f'CREATE DATABASE "{made.name}" TEMPLATE "{original.name}"')
        return made

    def drop(self, made: Throwaway) -> None:
        """Remove its files and end what is connected to it; on PostgreSQL the database itself goes with others, because
        each removal writes to the disk whatever the server has not written yet."""
        if "PORTAL_VAR" in made.env:  # what a restore put aside has no files of its own
            shutil.rmtree(made.env["PORTAL_VAR"], ignore_errors=True)
        if not self.on_sqlite:
            self._admin(HANG_UP.format(made.name))
            self.done.append(made.name)
            if len(self.done) >= DROPPED_TOGETHER:
                self._drop_all()

    def _drop_all(self) -> None:
        while self.done:
            self._admin(f'DROP DATABASE IF EXISTS "{self.done.pop()}" WITH (FORCE)')

    @contextmanager
    def borrow(self, of: Throwaway) -> Iterator[None]:
        """Be connected to `of` for a block that leaves nothing in it, tables that were changed not excepted: on SQLite it
        works on a copy; on PostgreSQL, where a copy takes half a second, what it did is taken back."""
        if self.on_sqlite:
            with connected_to(self.make(of)):
                yield
            return
        taken_back = transaction.atomic()
        taken_back._from_testcase = (
            True  # as in Django's own test case: `durable` is about the code under test
        )
        with connected_to(of), taken_back:
            with connections["default"].cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as if each statement were committed
            yield
            transaction.set_rollback(True)

    def settle(self, made: Throwaway) -> None:
        """Bring what was written into the one file that is copied."""
        if self.on_sqlite:
            with closing(sqlite3.connect(made.name)) as file:
                file.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Those who were killed in the midst of a question still hang on the test database, which Django is about to drop."""
        self.drop(self.original)
        self._drop_all()
        if self.test_database and not self.on_sqlite:
            self._admin(HANG_UP.format(self.test_database))

    def _describe(self, name: str) -> Throwaway:
        var = self.folder / name
        var.mkdir()
        if self.on_sqlite:
            name = str(var / "portal.sqlite3")
            url = f"sqlite:///{name}"
        else:
            # No test pulls the plug of the server, and a commit that waits for its disk takes longer than the rest of it.
            url = f"postgres://{self._where()}/{name}?options=-c%20synchronous_commit%3Doff"
        env = {
            **os.environ,
            "DATABASE_URL": url,
            "PORTAL_VAR": str(var),
            "DJANGO_SETTINGS_MODULE": "recert.settings",
        }
        return Throwaway(name, env)

    def _where(self) -> str:
        d = self.default
        password = f":{d['PASSWORD']}" if d["PASSWORD"] else ""
        return f"{d['USER']}{password}@{d['HOST']}:{d['PORT'] or 5432}"

    def _admin(self, statement: str) -> None:
        with psycopg.connect(f"postgresql://{self._where()}/postgres", autocommit=True) as server:
            server.execute(statement)
