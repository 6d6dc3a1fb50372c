"""`./portal bench [home|catalogue|sweep|desk|lcp|answers]`: builds its own data, measures floor and product, prints the ratios beside the goals."""

import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django

NAMES = ("home", "catalogue", "sweep", "desk", "lcp", "answers")


def main(arguments: list[str]) -> int:
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
