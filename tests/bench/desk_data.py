"""A certifying body in a few statements: people with their records, renewals, petitions and audits, most of them decided.

Written by PostgreSQL out of a series of numbers. Whatever the size, a page has as many rows to show: what differs is how
many stand behind it.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta

from tests.bench.desk_rows import STATEMENTS, TABLES
from tests.bench.load import progress, settle

STAFF = ("lead", "reviewer", "finance", "registrar", "read_only", "root")
AT_LEAST = 60  # cases of each kind that wait
FIRST, LAST = 100, 5_000  # first and last names
DAYS = 720  # expirations are spread over so many
FEE = '[{"code": "renewal", "label": "Renewal fee", "amount_cents": 9900, "clause": "Q6", "text": ""}]'


@dataclass(frozen=True)
class Size:
    """How much there is: `every` says that each n-th trainer has a renewal, and each n-th a petition; `back`, that
    of each n-th petition that was declined the fee went back: more than a page of them at any size.
    """

    trainers: int

    @property
    def every(self) -> int:
        return 25 if self.trainers >= 10_000 else 4

    @property
    def back(self) -> int:
        return 40 if self.trainers >= 10_000 else 3

    @property
    def waiting(self) -> int:
        """Return how many cases of each kind wait: one of ten."""
        return max(AT_LEAST, self.trainers // self.every // 10)


def make_data(trainers: str) -> None:
    """Fill the database; print the cookies of the staff and the engine as JSON."""
    from tests.cast import colleague
    from tests.sessions import open_session

    size = Size(int(trainers))
    staff = {role: colleague(role) for role in STAFF}
    cookies = {role: f"sessionid={open_session(person)}" for role, person in staff.items()}
    fill(size, staff["reviewer"].pk)
    print(json.dumps({**cookies, "engine": settle()}))


def fill(size: Size, by: int) -> None:
    """Write every table in order, in one transaction for each."""
    from django.db import connection

    values: dict[str, int | str] = {
        "n": size.trainers,
        "every": size.every,
        "waiting": size.waiting,
        "back": size.back,
        "by": by,
        "first": FIRST,
        "last": LAST,
        "days": DAYS,
        "fee": FEE,
    }
    with connection.cursor() as cursor:
        # The rows obey every constraint; the triggers that watch people's steps would take an hour over them.
        cursor.execute("SET session_replication_role = replica")
        _write_calendar(cursor)
        for name, sql in STATEMENTS:
            progress(f"{size.trainers:,} trainers: {name}")
            cursor.execute(sql, values)
        for table in TABLES:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT MAX(id) FROM {table}) + 1)"  # noqa: S608 - our tables
            )
    progress("")


def _write_calendar(cursor: object) -> None:
    """Write for each day of expiration what the rules make of it, and the names."""
    from core import clock
    from rules.policy.load import load_policy
    from trainers.services import cycle_dates

    policy = load_policy("nasm-cpt")
    today = clock.today("America/Phoenix")
    days = [today + timedelta(days=number - 90) for number in range(DAYS)]
    rows = [
        (number, award, *cycle_dates(policy, award, day))
        for number, day in enumerate(days)
        for award in [_years_before(day)]
    ]
    run = cursor.execute, cursor.executemany  # type: ignore[attr-defined]  # a cursor of Django
    run[0](
        "CREATE TEMP TABLE calendar (k int PRIMARY KEY, awarded_on date, starts_on date, expires_on date, opens_on date, "
        "completion_deadline date, last_day_to_apply date)"
    )
    run[1]("INSERT INTO calendar VALUES (%s, %s, %s, %s, %s, %s, %s)", rows)
    run[0]("CREATE TEMP TABLE names (kind text, k int, name text)")
    run[1]("INSERT INTO names VALUES (%s, %s, %s)", list(_names()))


def _years_before(day: date) -> date:
    return (
        (day - timedelta(days=1)).replace(year=day.year - 4)
        if (day.month, day.day) == (2, 29)
        else day.replace(year=day.year - 4)
    )


def _names() -> list[tuple[str, int, str]]:
    """Return first and last names, none of which begins like another's whole."""
    parts = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu")
    ends = ("ner", "sky", "ton", "var", "win", "bel", "dal", "fen", "gar", "hol")

    def name(number: int, width: int) -> str:
        digits = f"{number:0{width}d}"
        return ("".join(parts[int(one)] for one in digits[:-1]) + ends[int(digits[-1])]).capitalize()

    firsts = [("first", number, name(number, 2)) for number in range(FIRST)]
    return firsts + [("last", number, name(number, 4)) for number in range(LAST)]
