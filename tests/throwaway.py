"""Databases that live for one test (RELIABILITY F4): a copied file on SQLite, a template's copy on PostgreSQL."""

import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Throwaway:
    name: str
    env: dict[str, str]

    def manage(self, *arguments: str, **options) -> subprocess.CompletedProcess[str]:
        """Run `manage.py` on this database to its end."""
        return subprocess.run(  # noqa: S603
            [sys.executable, ROOT / "manage.py", *arguments],
            env=self.env,
            cwd=ROOT,
            text=True,
            capture_output=True,
            timeout=options.pop("timeout", 120),
            **options,
        )

    def start(self, *arguments: str, **options) -> subprocess.Popen[str]:
        """Start `python …` on this database and return the process."""
        env = {**self.env, **options.pop("env", {})}
        return subprocess.Popen([sys.executable, *arguments], env=env, cwd=ROOT, text=True, **options)  # noqa: S603


class Workshop:
    """Makes the migrated original once per session, and copies of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.default = settings.DATABASES["default"]
        self.on_sqlite = self.default["ENGINE"].endswith("sqlite3")
        self.original = self._describe(f"portal_original_{secrets.token_hex(4)}")
        self._made = False

    def make(self) -> Throwaway:
        if not self._made:
            self._make_original()
        made = self._describe(f"portal_test_{secrets.token_hex(6)}")
        if self.on_sqlite:
            shutil.copyfile(self.original.name, made.name)
        else:
            self._admin(f'CREATE DATABASE "{made.name}" TEMPLATE "{self.original.name}"')
        return made

    def drop(self, made: Throwaway) -> None:
        if not self.on_sqlite:
            self._admin(f'DROP DATABASE IF EXISTS "{made.name}" WITH (FORCE)')

    def close(self) -> None:
        if self._made:
            self.drop(self.original)

    def _make_original(self) -> None:
        if not self.on_sqlite:
            self._admin(f'CREATE DATABASE "{self.original.name}"')
        self._made = True
        done = self.original.manage("migrate", "--verbosity=0")
        if done.returncode:
            raise RuntimeError(done.stderr)
        if self.on_sqlite:
            with sqlite3.connect(self.original.name) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _describe(self, name: str) -> Throwaway:
        var = self.folder / name
        var.mkdir()
        if self.on_sqlite:
            name = str(var / "portal.sqlite3")
            url = f"sqlite:///{name}"
        else:
            url = f"postgres://{self._where()}/{name}"
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
        with psycopg.connect(f"postgresql://{self._where()}/postgres", autocommit=True) as connection:
            connection.execute(statement)
