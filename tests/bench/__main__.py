"""`./portal bench [NAME …]`: builds its own data, measures floor and product, prints the ratios beside the goals."""

import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django

NAMES = {
    "home": "Home with 5 and with 200 records, against a page with three queries",
    "catalogue": "searches among 100,000 courses, against the same page",
    "sweep": "finding 20,000 due among 1,000,000 and sending their mails, against plain SQL and SMTP",
    "drains": "one and four send tasks at a relay that answers after 10 ms, against bare SMTP connections",
    "roster": "a roster of 100,000 lines (ROWS), against copying its lines into a table with a unique key",
    "completions": "a provider's file of 100,000 completions (ROWS), against copying its lines under the same key",
    "mixed": "60 requests a second (RATE) of many kinds for 20 seconds (SECONDS)",
    "renewal_day": "120 renewals (RENEWALS) from agreeing to paid, 120 begun a minute (PER_MINUTE)",
    "desk": "the staff desk at 1,000,000 trainers, against itself at 1,000; PostgreSQL only, half an hour",
    "lcp": "how soon pages are painted over slow 4G",
    "assess": "a million questions (QUESTIONS) answered by assess, against reading and writing them",
    "answers": "whether the time of an answer tells which addresses are known",
}
HELP = """usage: ./portal bench [NAME ...]

Measures on the database of DATABASE_URL (SQLite without it), in copies that it drops again.
Without a name it runs all. The exit status is 1 when a goal is missed.

""" + "\n".join(f"  {name:<12} {words}" for name, words in NAMES.items())


def main(arguments: list[str]) -> int:
    if {"-h", "--help"} & set(arguments):
        print(HELP)
        return 0
    unknown = [name for name in arguments if name not in NAMES]
    if unknown:
        print(f"No benchmark is called {unknown[0]}. There are: {', '.join(NAMES)}.")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recert.settings")
    django.setup()
    from tests.throwaway import Workshop

    kept = True
    with tempfile.TemporaryDirectory() as folder:
        workshop = Workshop(Path(folder))
        workshop.migrate()
        try:
            for name in arguments or NAMES:
                module = import_module(f"tests.bench.{name}")
                databases = [workshop.make() for _ in range(getattr(module, "DATABASES", 1))]
                kept = module.run(*databases) and kept
                for database in databases:
                    workshop.drop(database)
        finally:
            workshop.close()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
