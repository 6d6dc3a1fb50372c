"""What a load balancer asks: is the process alive, and can it serve requests. Answers with names of parts,
never secrets.
"""

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import clock, triggers
from core.access import public
from outbox import heartbeat


@public
@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as this process answers at all; no other part is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@public
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part is available, else 503 with what is missing, by part."""
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


def _migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _cache() -> list[str]:
    """Return what is wrong with Redis. Pages work without it, but rate limits are then not shared."""
    cache.set("readyz", "kept", timeout=30)
    kept = cache.get("readyz") == "kept"
    return [] if kept and not getattr(cache, "is_away", False) else ["away" if kept else "value"]


def _scheduler() -> list[str]:
    """Return what is wrong with the scheduler. Pages work without it, but nothing is sent or swept."""
    return ["stands still"] if heartbeat.scheduler_is_silent(clock.now()) else []


PARTS: dict[str, Callable[[], list[str]]] = {
    "database": _database,
    "migrations": _migrations,
    "triggers": triggers.missing,
    "cache": _cache,
    "scheduler": _scheduler,
}
