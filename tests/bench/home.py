"""Home with 5 and with 200 records, against the floor. Goal: at most 2.0 × the floor, the same for both; stretch 1.7."""

import json
from datetime import timedelta

from tests.bench.load import Page, compare, served, settle
from tests.throwaway import Throwaway

GOAL, STRETCH = 2.0, 1.7
RECORDS = (5, 200)


def make_data() -> None:
    """Two trainers and their session cookies, printed as JSON."""
    few, many = make_trainers(2)
    print(json.dumps({"few": few, "many": many, "engine": settle()}))


def make_trainers(number: int) -> list[str]:
    """Trainers who have met everything, by turns with 5 and with 200 records, and whose cycle ends in two months; return
    their session cookies.
    """
    from django.conf import settings

    from core import clock
    from tests import factories
    from tests.sessions import open_session

    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # nobody signs in by password
    ends = clock.today("America/Phoenix") + timedelta(days=60)
    ends = min(ends, ends.replace(day=28))  # a day of every year
    cookies = []
    for n in range(number):
        trainer = factories.trainer_with_credential(
            email=f"bench{n}@example.org",
            name=f"Bench {n}",
            number=f"{90_000_000 + n}",
            awarded_on=ends.replace(year=ends.year - 6).isoformat(),
            expires_on=ends.isoformat(),
        )
        factories.everything_met(trainer)
        credential = trainer.credentials.get()
        factories.CeuRecordFactory.create_batch(RECORDS[n % len(RECORDS)] - 2, credential=credential)
        cookies.append(f"sessionid={open_session(trainer)}")
    return cookies


def run(database: Throwaway) -> bool:
    made = database.manage("shell", "-v0", "-c", "from tests.bench.home import make_data; make_data()")
    cookies = json.loads(made.stdout.strip().splitlines()[-1]) if made.returncode == 0 else exit(made.stderr)
    print(f"home, on {cookies['engine']}")
    kept = True
    with served(database) as port:
        for name, records in zip(("few", "many"), RECORDS, strict=True):
            floor = Page("floor", "/bench/floor/", cookies[name], "Bench")
            home = Page(f"home, {records} records", "/home/", cookies[name], "<h1")
            floor_rate, home_rate, spread = compare(port, floor, home)
            ratio = floor_rate / home_rate
            kept = kept and ratio <= GOAL
            print(
                f"{home.name}: {ratio:.2f} × the floor (goal ≤ {GOAL}, stretch {STRETCH}) · floor {floor_rate:.0f}/s, "
                f"home {home_rate:.0f}/s, floor's spread {spread:.0%}"
            )
    return kept
