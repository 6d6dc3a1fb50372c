"""Home with 5 and with 200 records, against the floor. Goal: at most 2.5 × the floor; stretch 2.0."""

import json

from tests.bench.load import Page, compare, served, settle
from tests.throwaway import Throwaway

GOAL, STRETCH = 2.5, 2.0


def make_data() -> None:
    """Two trainers and their session cookies, printed as JSON."""
    from tests import factories
    from tests.sessions import open_session

    cookies = {}
    for name, records in (("few", 5), ("many", 200)):
        trainer = factories.trainer_with_credential(
            email=f"{name}@example.org",
            name=f"Bench {name}",
            number=f"9000000{records % 7}",
            awarded_on="2021-03-14",
            expires_on="2027-03-14",
        )
        factories.everything_met(trainer)
        credential = trainer.credentials.get()
        factories.CeuRecordFactory.create_batch(records - 2, credential=credential)
        cookies[name] = f"sessionid={open_session(trainer)}"
    print(json.dumps({**cookies, "engine": settle()}))


def run(database: Throwaway) -> bool:
    made = database.manage("shell", "-v0", "-c", "from tests.bench.home import make_data; make_data()")
    cookies = json.loads(made.stdout.strip().splitlines()[-1]) if made.returncode == 0 else exit(made.stderr)
    print(f"home, on {cookies['engine']}")
    kept = True
    with served(database) as port:
        for name, records in (("few", 5), ("many", 200)):
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
