"""The portal as it runs, plus the floor's one route."""

from recert.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
LOGGING = {"version": 1, "disable_existing_loggers": True}
SEARCHES_PER_MINUTE = 1_000_000  # one account searches all the time
