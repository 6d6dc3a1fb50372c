"""The demo's sign-ins and what there is to see with each: the sheet that `./portal up` prints, and
the list on the demo's own sign-in page. Both describe the same day.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from textwrap import wrap
from typing import Any

from django.conf import settings

from core.policy_words import fill_policy_words, portal_policy
from demo import employer
from demo.fitting import is_written_for
from demo.people import NAMED
from demo.provider import EMAIL, NAME, SHOWS
from demo.staff import COLLEAGUES, SUPERUSER
from demo.stage import PASSWORD
from renewals.pages.home import home_of
from rules.days import day_in_words
from trainers.lookups import cycle_of
from trainers.models import Trainer

WIDTH = 120
WORTH_TRYING = "jordan maya leo omar priya quinn ruth tara vera wes alma cara zoe anna lena".split()


@dataclass(frozen=True, slots=True)
class SignIn:
    """One account of the demo: its address, its owner's name, and what there is to see with it."""

    email: str
    name: str
    shows: str
    is_staff: bool = False
    is_provider: bool = False
    is_employer: bool = False


def write_signins(today: date) -> Path:
    """Write the list of the demo's people into the folder of the portal's own files: `demo.txt`, and
    `demo.json` for the sign-in page. `today` is the day on which the demo is loaded.
    """
    if is_written_for(portal_policy()):
        return _write(today, [*_trainers(), *_sides(), *_staff()])
    there = set(Trainer.objects.values_list("email", flat=True))
    people = [_as_on(one, today) for one in _trainers() if one.email in there]
    return _write(today, [*people, *_sides(), *_staff()])


def refresh_sheet(today: date) -> None:
    """Write the sheet and the list for `today`, with what Home shows on it, unless they describe
    that day already. Do nothing where no demo was loaded.
    """
    kept = _read()
    was_loaded = kept or (settings.VAR_DIR / "demo.txt").exists()  # an earlier release wrote no demo.json
    if was_loaded and (not kept or kept["day"] != today.isoformat()):
        _write(today, [*(_as_on(one, today) for one in _trainers()), *_sides(), *_staff()])


def shown_sign_ins() -> list[SignIn]:
    """Return the sign-ins for the sign-in page: none in production, none where no demo was loaded."""
    kept = None if settings.PRODUCTION else _read()
    return [SignIn(**one) for one in kept["people"]] if kept else []


def _trainers() -> Iterator[SignIn]:
    people = {person.login: person for person in NAMED}
    for login in WORTH_TRYING:
        yield SignIn(people[login].email, people[login].name, fill_policy_words(people[login].shows))


def _sides() -> Iterator[SignIn]:
    yield SignIn(EMAIL, NAME, SHOWS, is_provider=True)
    yield SignIn(employer.EMAIL, employer.NAME, fill_policy_words(employer.SHOWS), is_employer=True)


def _staff() -> Iterator[SignIn]:
    for login, (name, group) in COLLEAGUES.items():
        yield SignIn(f"{login}@example.org", name, f"Staff: {group}", is_staff=True)
    yield SignIn(f"{SUPERUSER}@example.org", "Ada Admin", "Staff: may do everything", is_staff=True)


def _as_on(one: SignIn, today: date) -> SignIn:
    """Return a trainer's sign-in with the state and the heading of their Home on `today`."""
    trainer = Trainer.objects.filter(email=one.email, last_login__isnull=False).first()
    cycle = cycle_of(trainer) if trainer else None
    if cycle is None:
        return one
    state = home_of(cycle, today=today).state
    return SignIn(one.email, one.name, f"{state.tag}: {state.heading}")


def _write(today: date, people: list[SignIn]) -> Path:
    kept = {"day": today.isoformat(), "people": [asdict(one) for one in people]}
    (settings.VAR_DIR / "demo.json").write_text(json.dumps(kept), encoding="utf-8")
    path = settings.VAR_DIR / "demo.txt"
    path.write_text(_sheet(today, people), encoding="utf-8")
    return path


def _read() -> dict[str, Any] | None:
    try:
        kept = json.loads((settings.VAR_DIR / "demo.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return kept if isinstance(kept, dict) else None


def _sheet(today: date, people: list[SignIn]) -> str:
    width = max(len(one.email) for one in people)
    lines = [f"Sign in with any of these and the password {PASSWORD} (as on {day_in_words(today)})", ""]
    lines += [f"  {one.email:<{width}}  {one.shows}" for one in people]
    others = ", ".join(person.login for person in NAMED if person.login not in WORTH_TRYING)
    lines += ["", *wrap(f"Others, at the same example.org: {others}", WIDTH)]
    return "\n".join(lines) + "\n"
