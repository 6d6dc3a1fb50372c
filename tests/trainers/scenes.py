"""Roster files, and how the cast signs in on the real pages."""

import re
from pathlib import Path

from django.test import Client
from django.urls import reverse

from core import clock
from outbox.models import Notice
from trainers.models import Trainer
from trainers.roster import RosterResult, import_roster

HEADER = "number,name,email,awarded_on,expires_on,time_zone"
ROBIN = "1234 5678,Robin Vale,robin@example.org,2021-03-14,2027-03-14,America/New_York"
KIM = "2222-3333,Kim Ode,kim@example.org,2024-02-29,2028-02-29,"


class Desk:
    """A registrar's terminal: writes a file, imports it, and keeps the output."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "roster.csv"
        self.said: list[str] = []

    def write(self, *rows: str, header: str = HEADER, encoding: str = "utf-8", newline: str = "\n") -> Path:
        self.path.write_bytes("".join(f"{row}{newline}" for row in (header, *rows)).encode(encoding))
        return self.path

    def bring_in(self, *rows: str, apply: bool = True, policy: str = "nasm-cpt", **options) -> RosterResult:
        """Write the rows to a file and import it."""
        self.write(*rows, **options)
        return self.bring_in_file(apply=apply, policy=policy)

    def bring_in_file(self, apply: bool = True, policy: str = "nasm-cpt") -> RosterResult:
        self.said = []
        return import_roster(
            self.path, policy_code=policy, by=None, at=clock.now(), apply=apply, say=self.said.append
        )

    def refused(self, *rows: str, **options) -> str:
        """Return the one sentence about rows of which one is bad."""
        result = self.bring_in(*rows, **options)
        assert (result.bad, result.applied) == (1, False), self.said
        bad = [text for text in self.said if ": bad, " in text]
        assert len(bad) == 1, bad
        return bad[0]


def row(**changes: str) -> str:
    """Return Robin's row with some cells changed, as in the file."""
    cells = dict(zip(HEADER.split(","), ROBIN.split(","), strict=True))
    return ",".join({**cells, **changes}.values())


PASSWORD = "correct horse battery"
NEW_PASSWORD = {"password1": "three quiet otters", "password2": "three quiet otters"}


def with_password(client: Client, email: str, password: str = PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def last_code(trainer: Trainer) -> str:
    """The code that waits in the outbox for `trainer`, as it will be mailed."""
    return Notice.objects.filter(trainer=trainer, private=True).latest("pk").payload["code"]


def mailed_code(client: Client, trainer: Trainer) -> str:
    """Ask for a code to sign in, and return it as it will be mailed."""
    client.post(reverse("account_request_login_code"), {"email": trainer.email})
    return last_code(trainer)


def reset_password(client: Client, trainer: Trainer):
    """Choose a new password with a mailed code."""
    client.post("/account/password/reset/", {"email": trainer.email})
    client.post("/account/password/reset/confirm/", {"code": last_code(trainer)})
    return client.post("/account/password/reset/complete/", NEW_PASSWORD)


def confirm_person(client: Client, trainer: Trainer) -> Client:
    """Sign in by password, and confirm it with the password once more."""
    with_password(client, trainer.email)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def ask_for_address(client: Client, email: str):
    return client.post("/account/email/", {"email": email, "action_add": ""})


def enter_code(client: Client, code: str, **more):
    return client.post(reverse("account_confirm_login_code"), {"code": code, **more})


def without_the_typed(response, *typed: str) -> str:
    """The page without what was typed and without its one-time tokens, to compare two answers."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    for words in typed:
        text = text.replace(words, "…")
    return text
