"""A roster of 100,000 lines (ROWS) against the least that the database needs to take them: COPY into a table with a unique
key on PostgreSQL, `executemany` on SQLite. Goals at 1,000,000: at most 1.9 × that, and 154 MB.
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
GOAL, GOAL_MB = 1.9, 154
COLUMNS = ("number", "name", "email", "awarded_on", "expires_on", "time_zone")
KEYED = f"CREATE TABLE bench_roster (number text UNIQUE, {', '.join(f'{one} text' for one in COLUMNS[1:])})"


def run(database: Throwaway) -> bool:
    """Runs itself in a process of its own, whose memory is what is measured."""
    return database.start("-m", "tests.bench.roster", env={"LOG_LEVEL": "ERROR"}).wait() == 0


def main() -> int:
    import django

    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "roster.csv"
        _write(file)
        floor = _copy(file)
        progress(f"a copy of the lines took {floor:.1f} s")
        took = _bring_in(file)
    progress("")
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ratio = took / floor
    print(f"roster, on {settle()}, {ROWS:,} lines of {len(COLUMNS)} columns")
    print(f"brought in {took:.1f} s ({ROWS / took:,.0f} a second), copied {floor:.1f} s")
    print(f"bringing it in: {ratio:.2f} × copying its lines (goal ≤ {GOAL})")
    print(f"most memory: {used:.0f} MB (goal ≤ {GOAL_MB})")
    return 0 if ratio <= GOAL and used <= GOAL_MB else 1


def _write(file: Path) -> None:
    ends = date.today() + timedelta(days=100)
    ends = min(ends, ends.replace(day=28))  # a day of every year
    awarded = ends.replace(year=ends.year - 4).isoformat()
    with file.open("w", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(COLUMNS)
        for n in range(ROWS):
            lines.writerow(
                (
                    50_000_000 + n,
                    f"Trainer {n}",
                    f"t{n}@example.org",
                    awarded,
                    ends.isoformat(),
                    "America/Phoenix",
                )
            )


def _copy(file: Path) -> float:
    from django.db import connection, transaction

    began = time.perf_counter()
    with file.open(newline="") as lines, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(KEYED)
        if connection.vendor == "postgresql":
            with cursor.copy("COPY bench_roster FROM STDIN WITH (FORMAT csv, HEADER)") as into:
                while piece := lines.read(1 << 16):
                    into.write(piece)
        else:
            rows = csv.reader(lines)
            next(rows)
            cursor.executemany("INSERT INTO bench_roster VALUES (%s, %s, %s, %s, %s, %s)", rows)
    return time.perf_counter() - began


def _bring_in(file: Path) -> float:
    from django.core.management import call_command

    said = StringIO()
    began = time.perf_counter()
    call_command("import_roster", str(file), apply=True, only_bad=True, stdout=said, stderr=StringIO())
    took = time.perf_counter() - began
    assert f"{ROWS:,} new".replace(",", "") in said.getvalue().replace(",", ""), said.getvalue()
    return took


if __name__ == "__main__":
    sys.exit(main())
