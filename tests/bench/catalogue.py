"""Catalogue search at 100,000 courses, against the floor. Goal: at most 2.2 × the floor; stretch 1.8."""

import json
import random
import time
from datetime import date

from tests.bench.home import make_data
from tests.bench.load import Page, compare, progress, served
from tests.throwaway import Throwaway

GOAL, STRETCH = 2.2, 1.8
COURSES = 100_000
WORDS = "strength mobility nutrition balance older youth recovery sleep business coaching pain corrective kettlebell agility".split()


def make_courses() -> None:
    """100,000 courses of 200 providers, in batches, with the bar that long work shows."""
    from ceus.models import Course
    from ceus.services import save_courses
    from tests import factories

    pick = random.Random(7)
    providers = factories.ProviderFactory.create_batch(200)
    for start in range(0, COURSES, 5_000):
        batch = [
            Course(
                provider=pick.choice(providers),
                title=f"{' '.join(pick.sample(WORDS, 3)).capitalize()} {number}",
                slug=f"bench-{number}",
                hundredths=pick.choice([10, 20, 40, 80]),
                format=pick.choice(Course.Format.values),
                approved_from=date(2020, 1, 1),
            )
            for number in range(start, start + 5_000)
        ]
        save_courses(batch)
        progress(f"courses: {start + 5_000:,} of {COURSES:,}")
    make_data()


def run(database: Throwaway) -> bool:
    began = time.perf_counter()
    made = database.manage(
        "shell", "-v0", "-c", "from tests.bench.catalogue import make_courses; make_courses()", timeout=900
    )
    cookies = json.loads(made.stdout.strip().splitlines()[-1]) if made.returncode == 0 else exit(made.stderr)
    print(f"{COURSES:,} courses made on {cookies['engine']} in {time.perf_counter() - began:.0f} s")
    kept = True
    with served(database) as port:
        floor = Page("floor", "/bench/floor/", cookies["few"], "Bench")
        for query in ("q=kettlebell+sleep", "q=nutri&format=online", "q=ketlebell+slepe", ""):
            page = Page(f"catalogue ?{query}", f"/courses/?{query}", cookies["few"], "<h1")
            floor_rate, rate, spread = compare(port, floor, page)
            kept = kept and floor_rate / rate <= GOAL
            print(
                f"{page.name}: {floor_rate / rate:.2f} × the floor (goal ≤ {GOAL}, stretch {STRETCH}) · "
                f"floor {floor_rate:.0f}/s, page {rate:.0f}/s, floor's spread {spread:.0%}"
            )
    return kept
