"""A provider's file of 100,000 completions (ROWS) of 20,000 trainers, against the least that the database needs to take its
lines: COPY into a table with the key that makes a completion unique on PostgreSQL, `executemany` on SQLite. Beside it, COPY
of the rows that are stored for such a file: a completion, a record and a line of history for each, with their keys.
Goals: at most 2.5 × the first, and 200 MB.
"""

import csv
import os
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

from tests.bench.load import progress, settle
from tests.throwaway import Throwaway

ROWS = int(os.environ.get("ROWS", "100000"))
COURSES = 5  # that each trainer completes
GOAL, GOAL_MB = 2.5, 200
FIRST = 50_000_000  # the number of the first trainer
COLUMNS = ("number", "name", "course", "completed_on", "ceus")
KEYED = (
    "CREATE TABLE bench_completion (number text, name text, course text, completed_on date, ceus text, "
    "UNIQUE (number, course, completed_on))"
)
STORED = ("providers_completion", "ceus_ceurecord", "core_historyentry")


def run(database: Throwaway) -> bool:
    """Runs itself in a process of its own, whose memory is what is measured."""
    return database.start("-m", "tests.bench.completions", env={"LOG_LEVEL": "ERROR"}).wait() == 0


def main() -> int:
    import django

    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        file, people = Path(folder) / "completions.csv", Path(folder) / "people.csv"
        _stage(people)
        _write(file)
        floor = _copy(file)
        progress(f"a copy of the lines took {floor:.1f} s")
        took = _bring_in(file)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    stored = _copy_of_what_is_stored()
    progress("")
    ratio = took / floor
    print(f"completions, on {settle()}, {ROWS:,} lines, {COURSES} of each trainer")
    print(f"brought in {took:.1f} s ({ROWS / took:,.0f} a second), copied {floor:.1f} s")
    print(f"bringing it in: {ratio:.1f} × copying its lines (goal ≤ {GOAL})")
    if stored:
        print(f"and {took / stored:.1f} × copying the rows that are stored for it ({stored:.1f} s)")
    print(f"most memory: {used:.0f} MB (goal ≤ {GOAL_MB})")
    return 0 if ratio <= GOAL and used <= GOAL_MB else 1


def _stage(people: Path) -> None:
    """Make the trainers, the provider with its courses, and the colleague who brings the file in."""
    from django.core.management import call_command

    from ceus.models import Course, Provider
    from tests.factories import CourseFactory, ProviderFactory
    from trainers.models import Trainer

    Trainer.objects.create_superuser("ada@example.org", name="Ada Admin")
    provider: Provider = ProviderFactory(name="Harbor Fitness Academy", slug="harbor")
    for n in range(COURSES):
        made: Course = CourseFactory(provider=provider, title=f"Course {n}", slug=f"course-{n}")
        assert made.pk
    ends = date.today() + timedelta(days=100)
    ends = min(ends, ends.replace(day=28))  # a day of every year
    with people.open("w", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(("number", "name", "email", "awarded_on", "expires_on", "time_zone"))
        for n in range(ROWS // COURSES):
            awarded = ends.replace(year=ends.year - 4)
            lines.writerow((FIRST + n, f"Trainer {n}", f"t{n}@example.org", awarded, ends, "America/Phoenix"))
    call_command(
        "import_roster", str(people), apply=True, only_bad=True, stdout=StringIO(), stderr=StringIO()
    )


def _write(file: Path) -> None:
    day = date.today() - timedelta(days=30)
    with file.open("w", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(COLUMNS)
        for n in range(ROWS):
            who, course = divmod(n, COURSES)
            lines.writerow((FIRST + who, f"Trainer {who}", f"course-{course}", day, ""))


def _copy(file: Path) -> float:
    from django.db import connection, transaction

    began = time.perf_counter()
    with file.open(newline="") as lines, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(KEYED)
        if connection.vendor == "postgresql":
            with cursor.copy("COPY bench_completion FROM STDIN WITH (FORMAT csv, HEADER)") as into:
                while piece := lines.read(1 << 16):
                    into.write(piece)
        else:
            rows = csv.reader(lines)
            next(rows)
            cursor.executemany("INSERT INTO bench_completion VALUES (%s, %s, %s, %s, %s)", rows)
    return time.perf_counter() - began


def _bring_in(file: Path) -> float:
    from django.core.management import call_command

    said = StringIO()
    began = time.perf_counter()
    options = {"apply": True, "by": "ada@example.org", "stdout": said, "stderr": StringIO()}
    call_command("import_completions", "harbor", str(file), **options)
    took = time.perf_counter() - began
    assert f"{ROWS:,} rows: {ROWS:,} taken." in said.getvalue(), said.getvalue()
    return took


def _copy_of_what_is_stored() -> float:
    """Return how long PostgreSQL takes to copy what was stored into tables with the same keys; 0 elsewhere."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    took = 0.0
    with connection.cursor() as cursor:
        for table in STORED:
            cursor.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING INDEXES)")
            began = time.perf_counter()
            cursor.execute(f"INSERT INTO bench_{table} SELECT * FROM {table}")  # noqa: S608 - names of ours
            took += time.perf_counter() - began
    return took


if __name__ == "__main__":
    sys.exit(main())
