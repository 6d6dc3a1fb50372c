"""The staff desk at 1,000,000 trainers, 2,000,000 records and 100,000 cases, against itself at 1,000 trainers.

Goals: every queue, list, search and trainer's page in at most 8 queries (Today 12) and 1.25 × its time at 1,000;
reports in 2 seconds. Both sizes are served at once and asked in turn, after a floor that shows how much the machine
swings. On PostgreSQL only: it is the engine for so many people. BENCH_TRAINERS=50000 takes another size.
"""

import json
import os
import statistics
import time
from contextlib import ExitStack
from dataclasses import dataclass

from tests.bench.load import Page, ask, progress, served
from tests.throwaway import Throwaway

DATABASES = 2
FEW, MANY = 1_000, int(os.environ.get("BENCH_TRAINERS", "1000000"))
TIMES, QUERIES, SECONDS = 1.25, 8, 2.0
ROUNDS, REQUESTS = 7, 8
NO_GOAL = 1_000


@dataclass(frozen=True)
class Asked:
    """A page of the desk, text that it shows, and its goals."""

    name: str
    path: str
    expected: str = "<h1"
    queries: int = QUERIES
    times: float = TIMES
    seconds: float = 60
    leads_on: bool = False  # to what is found


LISTS = (
    *(
        "petitions/petition",
        "audits/audit",
        "renewals/application",
        "trainers/trainer",
        "trainers/credential",
    ),
    *("trainers/cycle", "ceus/ceurecord", "ceus/course", "payments/charge", "payments/ledgerentry"),
    *("payments/refund", "outbox/notice", "core/historyentry", "documents/document", "petitions/decision"),
    *(
        "renewals/decision",
        "audits/decision",
        "payments/payout",
        "payments/payoutline",
        "payments/difference",
    ),
)
PAGES = (
    Asked("Today", "", queries=12),
    Asked("the trainer's page", "trainers/trainer/1000/change/"),
    Asked("the trainer's page, without a case", "trainers/trainer/1002/change/"),
    Asked("search: a whole name", "find/?q=babaner+bababaner"),
    Asked("search: half a name", "find/?q=baban"),
    Asked("search: a number", "find/?q=20000007", "", leads_on=True),
    Asked("search: an address", "find/?q=t7@example.org", "", leads_on=True),
    Asked("search: no such thing", "find/?q=nobody+here"),
    *(Asked(f"list: {name}", f"{name}/") for name in LISTS),
    Asked("list: renewals, all", "renewals/application/?shows=all"),
    Asked("list: petitions, all", "petitions/petition/?shows=all"),
    Asked("list: audits, all", "audits/audit/?shows=ended"),
    Asked("list: petitions, late", "petitions/petition/?shows=late"),
    Asked("list: messages that failed", "outbox/notice/?shows=failed"),
    Asked("list: of one trainer", "ceus/ceurecord/?of=1000"),
    Asked("list: people, by name", "trainers/trainer/?q=babaner+bababaner"),
    Asked("people", "people/"),
    Asked("review of a petition", "petitions/petition/1001/review/", queries=NO_GOAL),
    Asked("review of a renewal", "renewals/application/{plain}/review/", queries=NO_GOAL),
    Asked("review of an audit", "audits/audit/1000/review/", queries=NO_GOAL),
    *(
        Asked(name, path, "Part" if "csv" in path else "<h1", queries=NO_GOAL, times=NO_GOAL, seconds=SECONDS)
        for name, path in (
            ("report of a week", "reports/"),
            ("report of a year", "reports/?days={year}"),
            ("report of a year as a table", "reports/?days={year}&as=csv"),
            ("reconciliation, by month", "payments/payout/reconciliation/"),
            ("reconciliation, by day", "payments/payout/reconciliation/?month={month}"),
        )
    ),
)


def run(few: Throwaway, many: Throwaway) -> bool:
    if not few.env["DATABASE_URL"].startswith("postgres"):
        print("desk: set DATABASE_URL to a PostgreSQL server; it is not measured on SQLite")
        return True
    cookies = [_made(few, FEW), _made(many, MANY)]
    counts = [_counted(few, FEW), _counted(many, MANY)]
    print(f"desk, on {cookies[0]['engine']}: {FEW:,} and {MANY:,} trainers")
    with ExitStack() as stack:
        ports = [stack.enter_context(served(one)) for one in (few, many)]
        _compare(ports, [_page(Asked("floor", "/bench/floor/"), cookie, 0) for cookie in cookies])
        kept = [
            _tell(one, _compare(ports, _both(one, cookies)), [found[one.name] for found in counts])
            for one in PAGES
        ]
    return all(kept)


def _made(database: Throwaway, trainers: int) -> dict[str, str]:
    began = time.perf_counter()
    code = f"from tests.bench.desk_data import make_data; make_data({str(trainers)!r})"
    made = database.manage("shell", "-v0", "-c", code, timeout=3600)
    if made.returncode:
        raise SystemExit(made.stderr)
    print(f"{trainers:,} trainers made in {time.perf_counter() - began:.0f} s")
    cookies: dict[str, str] = json.loads(made.stdout.strip().splitlines()[-1])
    return cookies


def address_of(one: Asked, trainers: int) -> str:
    """Return the address of a page in a database of this size."""
    from tests.bench.desk_data import Size

    today = time.localtime()
    year, month = today.tm_year, f"{today.tm_year}-{today.tm_mon:02}"
    path = one.path.format(plain=1000 + Size(trainers).every, year=f"{year}-01-01..{year}-12-31", month=month)
    return path if path.startswith("/") else f"/staff/{path}"


def _page(one: Asked, cookies: dict[str, str], trainers: int) -> Page:
    status = 302 if one.leads_on else 200
    return Page(one.name, address_of(one, trainers), cookies["root"], one.expected, status)


def _both(one: Asked, cookies: list[dict[str, str]]) -> list[Page]:
    return [_page(one, found, size) for found, size in zip(cookies, (FEW, MANY), strict=True)]


# --- queries


def _counted(database: Throwaway, trainers: int) -> dict[str, int]:
    """Return the queries of each page, for a lead where they may open it."""
    code = f"from tests.bench.desk import count_queries; count_queries({trainers})"
    counted = database.manage("shell", "-v0", "-c", code, timeout=900)
    if counted.returncode:
        raise SystemExit(counted.stderr)
    found: dict[str, int] = json.loads(counted.stdout.strip().splitlines()[-1])
    return found


def count_queries(trainers: int) -> None:
    """Ask each page in this process and print its queries as JSON."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.cast import colleague
    from tests.sessions import open_session

    found = {}
    clients = {}
    for role in ("lead", "root"):
        clients[role] = Client(
            SERVER_NAME="127.0.0.1", headers={"cookie": f"sessionid={open_session(colleague(role))}"}
        )
    for one in PAGES:
        address = address_of(one, trainers)
        client = next(each for each in clients.values() if each.get(address).status_code in (200, 302))
        counts = []
        for _ in range(2):  # what is kept in memory for some seconds is read in one of them at most
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
        found[one.name] = min(counts)
    print(json.dumps(found))


# --- time


def _compare(ports: list[int], pages: list[Page]) -> list[float]:
    """Return the seconds that a request takes, at both sizes: medians of rounds in turn."""
    for port, page in zip(ports, pages, strict=True):
        for _ in range(2 * REQUESTS):
            ask(port, page)
    rounds: list[list[float]] = [[], []]
    for number in range(1, ROUNDS + 1):
        for port, page, found in zip(ports, pages, rounds, strict=True):
            found.append(statistics.median(_seconds(port, page) for _ in range(REQUESTS)))
        progress(f"{pages[0].name}: round {number} of {ROUNDS}")
    progress("")
    medians = [statistics.median(found) for found in rounds]
    if pages[0].name == "floor":
        spread = [(max(found) - min(found)) / median for found, median in zip(rounds, medians, strict=True)]
        print(f"floor {medians[0] * 1000:.1f} and {medians[1] * 1000:.1f} ms, its spread {max(spread):.0%}")
    return medians


def _seconds(port: int, page: Page) -> float:
    began = time.perf_counter()
    ask(port, page)
    return time.perf_counter() - began


def _tell(one: Asked, seconds: list[float], queries: list[int]) -> bool:
    """Print how a page does beside its goals; return whether it keeps them."""
    few, many = seconds
    missed = [
        *(["time"] if many / few > one.times else []),
        *(["queries"] if queries[1] > one.queries or queries[0] != queries[1] else []),
        *(["seconds"] if many > one.seconds else []),
    ]
    goals = [
        *([f"≤ {one.times} ×"] if one.times < NO_GOAL else []),
        *([f"≤ {one.queries} queries"] if one.queries < NO_GOAL else []),
        *([f"≤ {one.seconds:.0f} s"] if one.seconds == SECONDS else []),
    ]
    asked = f"{queries[1]} queries" + (f" (at {FEW:,}: {queries[0]})" if queries[0] != queries[1] else "")
    words = f"MISSED: {', '.join(missed)}" if missed else "kept"
    print(
        f"{one.name}: {many / few:.2f} × ({few * 1000:.0f} to {many * 1000:.0f} ms), {asked} "
        f"(goal {', '.join(goals)}) · {words}",
        flush=True,
    )
    return not missed
