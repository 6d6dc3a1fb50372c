"""Seconds to an answer about an address that somebody has, and about one that nobody has: they must not tell which.
Goal: the medians differ by at most 10 %.
"""

import json
import statistics
import time

from tests.throwaway import Throwaway

GOAL, TIMES = 0.10, 40
PAGES = {
    "signing in, wrong password": ("/account/login/", "login", {"password": "not the password"}),
    "a sign-in code": ("/account/login/code/", "email", {}),
    "a new password": ("/account/password/reset/", "email", {}),
    "the first visit": ("/claim/", "email", {"number": "90000001"}),
}


def measure() -> None:
    """Ask about both in turn, and print the medians of each page in milliseconds as JSON."""
    from django.core.cache import cache
    from django.test import Client

    from tests import factories

    made = factories.trainer_with_credential(
        email="known@example.org",
        name="Bench",
        number="90000001",
        awarded_on="2021-03-14",
        expires_on="2027-03-14",
    )
    made.set_password("three quiet otters")
    made.save()
    found = {}
    for page, (path, field, typed) in PAGES.items():
        spent: dict[str, list[float]] = {"known": [], "unknown": []}
        for _ in range(TIMES):
            for who, times in spent.items():
                cache.clear()  # whose limits are not measured
                began = time.perf_counter()
                Client(HTTP_HOST="127.0.0.1").post(path, {**typed, field: f"{who}@example.org"})
                times.append(time.perf_counter() - began)
        found[page] = {who: 1000 * statistics.median(times) for who, times in spent.items()}
    print(json.dumps(found))


def run(database: Throwaway) -> bool:
    done = database.manage(
        "shell", "-v0", "-c", "from tests.bench.answers import measure; measure()", timeout=900
    )
    found = json.loads(done.stdout.strip().splitlines()[-1]) if done.returncode == 0 else exit(done.stderr)
    kept = True
    for page, medians in found.items():
        ratio = medians["unknown"] / medians["known"]
        kept = kept and abs(ratio - 1) <= GOAL
        print(
            f"{page}: {ratio:.2f} × (goal 1 ± {GOAL}) · known {medians['known']:.1f} ms, unknown {medians['unknown']:.1f} ms"
        )
    return kept
