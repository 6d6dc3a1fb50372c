"""A mixed load: RATE requests a second (60) for SECONDS (20), begun at their moments however late earlier answers are.
Goal, at 120 a second: 95 of 100 answers within 100 ms, and no error.
"""

import json
import os
from itertools import cycle, islice

from tests.bench.home import RECORDS, make_trainers
from tests.bench.load import Page, ask, at_rate, served, settle, share
from tests.throwaway import Throwaway

RATE, SECONDS = float(os.environ.get("RATE", "60")), float(os.environ.get("SECONDS", "20"))
GOAL_MS = 100
PEOPLE, COURSES = 10, 300
KINDS = (  # of 20 requests: how many ask for what
    (7, "/home/", "<h1"),
    (4, "/my-courses/", "<h1"),
    (3, "/courses/?q=strength", "<h1"),
    (2, "/renew/check/", "<h1"),
    (1, "/payments/", "<h1"),
    (1, "/messages/", "<h1"),
    (1, "/calculator/", "<h1"),
    (1, "/certificate/", "<h1"),
)


def make_data() -> None:
    """Trainers with few and many records, a catalogue, and a session for each trainer."""
    from tests import factories

    for number in range(COURSES):
        factories.CourseFactory(title=f"Strength {number}")
    print(json.dumps({"cookies": make_trainers(PEOPLE), "engine": settle()}))


def run(database: Throwaway) -> bool:
    made = database.manage(
        "shell", "-v0", "-c", "from tests.bench.mixed import make_data; make_data()", timeout=900
    )
    data = json.loads(made.stdout.strip().splitlines()[-1]) if made.returncode == 0 else exit(made.stderr)
    wanted = [(path, text) for count, path, text in KINDS for _ in range(count)]
    number = int(RATE * SECONDS)
    pages = [
        Page(path, path, cookie, text)
        for (path, text), cookie in zip(
            islice(cycle(wanted[::3] + wanted[1::3] + wanted[2::3]), number),
            cycle(data["cookies"]),
            strict=False,
        )
    ]
    with served(database) as port:
        for page in pages[: 4 * len(wanted)]:
            ask(port, page)
        spent, wrong = at_rate(lambda n: ask(port, pages[n]), per_second=RATE, number=number)
    halves, most, all_but_one = (1000 * share(spent, part) for part in (0.5, 0.95, 0.99))
    print(
        f"mixed, on {data['engine']}, {RATE:.0f} requests/s for {SECONDS:.0f} s, trainers with {' and '.join(map(str, RECORDS))} records"
    )
    print(
        f"answers within {halves:.0f} ms (half), {most:.0f} ms (95 %, goal ≤ {GOAL_MS}), {all_but_one:.0f} ms (99 %); {len(wrong)} errors"
    )
    for words in sorted(set(wrong))[:5]:
        print(f"  {words}")
    return most <= GOAL_MS and not wrong
