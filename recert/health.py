"""The URLs that a load balancer requests: whether the process is alive, and whether it can serve
requests. Answers name parts of the portal, never secrets.
"""

import time
from collections.abc import Callable
from functools import cache as kept_for_good

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import clock, triggers
from core.access import public
from outbox import heartbeat
from recert.outages import missing_storage
from staff.roles import missing_groups
from trainers.services.policies import policies_without_a_file

ASKED_EVERY = 600  # seconds


class AnyHost:
    """A middleware that lets probes and Prometheus ask under whatever name they know this machine by: they send its
    address as the host, which is none of ALLOWED_HOSTS.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in ("/livez", "/readyz", "/metrics"):
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0].lstrip("*.") or "localhost"
        return self.get_response(request)


@public
@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as this process answers at all, without asking any other part."""
    return HttpResponse("ok\n", content_type="text/plain")


@public
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part is available, else 503 with what is missing in each part."""
    missing = {part: names for part, names in ((part, _missing(ask)) for part, ask in PARTS.items()) if names}
    return JsonResponse({"ready": not missing, "missing": missing}, status=503 if missing else 200)


def _missing(ask: Callable[[], list[str]]) -> list[str]:
    try:
        return ask()
    except Exception as error:  # noqa: BLE001 - a part that cannot even be asked is missing, whatever it raised
        return [type(error).__name__]


def _database() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return []


def pending_migrations() -> list[str]:
    """Return the migrations that the database lacks, each as "core.0001_initial"."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


# Django's own introspection asks once for each table, which is too much every few seconds.
COLUMNS = {
    "sqlite": (
        "SELECT t.name, c.name FROM sqlite_master AS t JOIN pragma_table_xinfo(t.name) AS c WHERE t.type = 'table'"
    ),
    "postgresql": (
        "SELECT c.relname, a.attname FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid"
        " JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = ANY (current_schemas(false))"
        " AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped"
    ),
}


def _columns() -> list[str]:
    """Return the tables and the columns that the code reads and the database lacks.

    A recorded migration has not always run as the code has it: it may have been faked, or edited
    after it had landed.
    """
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS[connection.vendor])
        there = set(cursor.fetchall())
    tables = {table for table, _ in there}
    absent = _columns_of_the_code() - there
    return sorted({f"{table}.{column}" if table in tables else table for table, column in absent})


@kept_for_good
def _columns_of_the_code() -> frozenset[tuple[str, str]]:
    """Return table and column of every field that Django manages; they do not change while the
    process lives.
    """
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return frozenset(
        (model._meta.db_table, field.column)
        for model in models
        for field in model._meta.local_concrete_fields
        if field.column
    )


def _cache() -> list[str]:
    """Return what is wrong with Redis. Pages work without it, but rate limits are then not shared."""
    cache.set("readyz", "kept", timeout=30)
    kept = cache.get("readyz") == "kept"
    return [] if kept and not getattr(cache, "is_away", False) else ["away" if kept else "value"]


def _scheduler() -> list[str]:
    """Return what is wrong with the scheduler. Pages work without it, but nothing is sent or swept."""
    return ["has stopped"] if heartbeat.scheduler_is_silent(clock.now()) else []


class _Policies:
    """What this process found last: the policies without a file, and when they were asked for."""

    missing: tuple[str, ...] = ()
    asked_at: float | None = None


def _policies() -> list[str]:
    """Return the policies that certifications follow and that have no file: their pages cannot be
    shown. The tables are long, so while nothing is missing they are asked every ten minutes.
    """
    now = time.monotonic()
    if _Policies.missing or _Policies.asked_at is None or now - _Policies.asked_at >= ASKED_EVERY:
        _Policies.missing, _Policies.asked_at = tuple(policies_without_a_file()), now
    return list(_Policies.missing)


PARTS: dict[str, Callable[[], list[str]]] = {
    "database": _database,
    "migrations": pending_migrations,
    "columns": _columns,
    "triggers": triggers.missing_triggers,
    "roles": missing_groups,
    "policies": _policies,
    "cache": _cache,
    "files": missing_storage,
    "scheduler": _scheduler,
}
