"""The portal loaded once, without connections: what `tests/faults/crew.py` forks from."""

import gc
import os

os.environ["DJANGO_SETTINGS_MODULE"] = "recert.settings"

import django

django.setup()

from recert.celery import app  # noqa: E402

app.loader.import_default_modules()

import django.db.models.sql.compiler  # noqa: E402
from celery.apps import beat, worker  # noqa: E402, F401

import recert.command_line  # noqa: E402
import recert.urls  # noqa: E402, F401
import tests.postoffice  # noqa: E402, F401

# What is loaded stays: a child that looked through it for garbage would have to copy all of it first.
gc.collect()
gc.freeze()
