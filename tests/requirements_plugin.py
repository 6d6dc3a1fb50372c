"""What a test needs and a machine may lack: slow campaigns, the second engine, Redis, a browser, nginx, fonts.

What is lacking is skipped and named in one loud line at the end; named in `PORTAL_REQUIRE`, its lack fails the run.
"""

import os
import shutil
import socket
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

# What runs on the first engine only, as does every test that asks for no database: who may see what, how pages look, what
# they weigh, link to and are called under other policies, what the parser refuses before a row is written, what is printed,
# what the code says of itself, starting and stopping. The journeys of the browser run on both; in every width, and without
# scripts, on the first.
ENGINE_FREE = (
    "tests/rules/",
    "tests/core/",
    "tests/portal/",
    "tests/access/",
    "tests/emails/",
    "tests/guards/test_markup.py",
    "tests/erasure/test_registry.py",
    "tests/merging/test_registry.py",
    "tests/health/test_logs.py",
    "tests/renewals/test_calculator.py",
    "tests/renewals/test_certificate",
    "tests/renewals/test_rules_page.py",
    "tests/trainers/test_allauth_",
    "tests/trainers/test_common_passwords.py",
    "tests/trainers/test_error_pages.py",
    "tests/demo/test_sign_in_page.py",
    "tests/demo/test_stand_in",
    "tests/demo/test_reachable.py",
    "tests/demo/test_other_policies.py",
    "tests/documents/test_hostile_files.py::test_a_malicious_file",
    "tests/browser/test_pages.py",
    "tests/browser/test_staff_pages.py",
    "tests/browser/test_stretched.py",
    "tests/browser/test_three_policies.py",
    "tests/browser/test_measures.py::test_the_first_page",
    "tests/browser/test_passkeys.py",
)
ANOTHER_WAY = ("1280", "without-javascript")
# With other values a test sends the same statements: on the second engine two sets of them stand for all, and all run with
# `--all`. Not where an engine may take the values otherwise (text and numbers that it looks up, JSON, the order of writes,
# its own refusals), nor where each is another moment, way or kind of row.
SETS_OF_VALUES = 2
IN_FULL = (
    *("tests/backups/", "tests/browser/", "tests/demo/", "tests/faults/", "tests/guards/", "tests/health/"),
    *("tests/invariants/", "tests/lives/", "tests/migrations/"),
    *("tests/ceus/test_catalogue.py", "tests/ceus/test_search.py", "tests/documents/test_hostile_files.py"),
    *("tests/outbox/test_drains.py", "tests/payments/test_disputes.py", "tests/payments/test_orders.py"),
    *("tests/payments/test_webhook", "tests/petitions/test_counted_once.py", "tests/providers/test_api.py"),
    *("tests/providers/test_reporting.py", "tests/renewals/test_life.py", "tests/renewals/test_verification"),
    *("tests/staff/test_finding.py", "tests/staff/test_lists.py", "tests/staff/test_lookups.py"),
    "tests/trainers/test_roster",
)
# Of two long searches of one kind the second engine makes the one that meets more (an audit, a dispute); with `--all` both.
SEARCHED_ONCE = (
    "tests/lives/test_certified_bound.py::test_in_random_histories_nobody_is_certified_longer_than_the_rules_allow[Life]",
    "tests/lives/test_every_state.py::test_every_reachable_state_of_a_renewal_can_reach_an_end_and_breaks_no_invariant[0]",
    "tests/lives/test_money_states.py::test_every_reached_state_of_an_unpaid_renewal_with_waivers_has_a_way_to_an_end",
)
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The path of a Chromium: `PORTAL_CHROMIUM`, or the system's."""
    return os.environ.get("PORTAL_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def _lack_of_nginx() -> str:
    return "" if shutil.which("nginx") else "no nginx in PATH (Debian keeps it in /usr/sbin)"


def _lack_of_browser() -> str:
    return "" if chromium() else "no Chromium (PORTAL_CHROMIUM may name one)"


def _lack_of_fonts() -> str:
    folder = Path(os.environ.get("TEST_FONTS_DIR", "/usr/share/fonts"))
    found = all(any(folder.rglob(name)) for name in ("NotoSansArabic-Bold.ttf", "NotoSansCJK-Bold.ttc"))
    return (
        ""
        if found
        else "no Noto fonts (Debian's fonts-noto-core and fonts-noto-cjk; TEST_FONTS_DIR may name a folder)"
    )


def _lack_of_redis() -> str:
    found = os.environ.get("TEST_REDIS_URL") or shutil.which("redis-server")
    return "" if found else "no redis-server (TEST_REDIS_URL may name a running one)"


def _lack_of_postgres() -> str:
    return os.environ.get("PORTAL_LACKS_POSTGRES", "")


LACKS: dict[str, Callable[[], str]] = {
    "postgres": _lack_of_postgres,
    "redis": _lack_of_redis,
    "browser": _lack_of_browser,
    "nginx": _lack_of_nginx,
    "fonts": _lack_of_fonts,
}
MARKED = ("redis", "browser", "nginx", "fonts")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="run the slow campaigns too")
    parser.addoption("--write-goldens", action="store_true", help="write the golden files of a part anew")


def pytest_configure(config: pytest.Config) -> None:
    required = [need for need in os.environ.get("PORTAL_REQUIRE", "").split(",") if need]
    unknown = [need for need in required if need not in LACKS]
    if unknown:
        raise pytest.UsageError(f"PORTAL_REQUIRE names {unknown[0]}; it may name {', '.join(LACKS)}.")
    for need in required:
        if lack := LACKS[need]():
            raise pytest.UsageError(f"PORTAL_REQUIRE names {need}: {lack}.")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even read, for the second engine, a file of which it runs nothing."""
    name = os.path.relpath(collection_path, config.rootpath)
    is_free = (name + "/" * collection_path.is_dir()).startswith(ENGINE_FREE)
    return True if is_free and "PORTAL_SECOND_ENGINE" in os.environ else None


def pytest_itemcollected(item: pytest.Item) -> None:
    """Tell pytest-django of a test that asks for the common database by way of `_database` alone."""
    if "_database" in item.fixturenames and "real_database" not in item.fixturenames:
        item.add_marker(pytest.mark.django_db)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    belonging = [item for item in items if _belongs(config, item)]
    stand_for_all = set(belonging if config.getoption("--all") else _stand_for_all(belonging))
    dropped = [item for item in items if item not in stand_for_all]
    items[:] = [item for item in items if item in stand_for_all]
    config.hook.pytest_deselected(items=dropped)
    for need in MARKED:
        if lack := LACKS[need]():
            for item in items:
                if item.get_closest_marker(need):
                    item.add_marker(pytest.mark.skip(reason=f"{need}: {lack}"))


def _belongs(config: pytest.Config, item: pytest.Item) -> bool:
    if item.get_closest_marker("slow") and not config.getoption("--all"):
        return False
    if item.get_closest_marker("postgres") and not _on_postgres():
        return False
    if item.get_closest_marker("real_provider") and "STRIPE_TEST_KEY" not in os.environ:
        return False  # a matter of choice, and no lack of a machine
    return "PORTAL_SECOND_ENGINE" not in os.environ or _is_about_the_engine(item)


def _is_about_the_engine(item: pytest.Item) -> bool:
    if item.nodeid.startswith("tests/browser/") and any(way in item.nodeid for way in ANOTHER_WAY):
        return False
    asks = "django_db_setup" in item.fixturenames or item.get_closest_marker("django_db")
    return bool(asks) and not item.nodeid.startswith(ENGINE_FREE)


def _stand_for_all(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """All, on the first engine; on the second the first and the last set of values of each function."""
    if "PORTAL_SECOND_ENGINE" not in os.environ:
        yield from items
        return
    functions: dict[str, list[pytest.Item]] = {}
    for item in (item for item in items if item.nodeid not in SEARCHED_ONCE):
        functions.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for name, its in functions.items():
        if not name.startswith(IN_FULL) and "races.py" not in name:
            its = sorted(its, key=_place)
            its = [its[step * (len(its) - 1) // (SETS_OF_VALUES - 1)] for step in range(SETS_OF_VALUES)]
        yield from its


def _place(item: pytest.Item) -> tuple[int, ...]:
    """Where its values stand in the lists of its function, whatever the order in which tests run."""
    return tuple(item.callspec.indices.values()) if hasattr(item, "callspec") else ()


def _on_postgres() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the engine before found, then in one line what this machine lacks; pytest's own line stays the last."""
    stats = {
        kind: len(terminalreporter.stats.get(kind, ())) for kind in ("failed", "error", "passed", "skipped")
    }
    _share_notes(terminalreporter, ", ".join(f"{count} {kind}" for kind, count in stats.items() if count))
    lacking = _lacking(terminalreporter)
    if lacking:
        terminalreporter.write_line(f"NOT TESTED ON THIS MACHINE: {'; '.join(lacking)}.", red=True, bold=True)


def _share_notes(terminalreporter: pytest.TerminalReporter, counts: str) -> None:
    path = os.environ.get("PORTAL_TEST_NOTES")
    if not path or "PYTEST_XDIST_WORKER" in os.environ:
        return
    notes = Path(path)
    if notes.exists():
        terminalreporter.write_line(notes.read_text().strip())
    engine = "PostgreSQL" if _on_postgres() else "SQLite"
    with notes.open("a") as file:
        file.write(f"On {engine}: {counts or 'nothing ran'}\n")


def _lacking(terminalreporter: pytest.TerminalReporter) -> list[str]:
    skipped = Counter(str(report.longrepr) for report in terminalreporter.stats.get("skipped", ()))
    found = [f"everything on PostgreSQL ({_lack_of_postgres()})"] if _lack_of_postgres() else []
    for need in MARKED:
        count = sum(times for reason, times in skipped.items() if f"{need}: " in reason)
        if count:
            found.append(f"{count} marked {need} ({LACKS[need]()})")
    return found


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis to fill and to empty: `TEST_REDIS_URL`, or a private server that ends with the tests."""
    given = os.environ.get("TEST_REDIS_URL")
    if given:
        yield given
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--loglevel", "warning"]
    with subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL) as server:
        try:
            _wait_for(port, server)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    import redis

    client = redis.Redis(port=port, retry=redis.retry.Retry(redis.backoff.ConstantBackoff(0.05), 100))
    client.ping()
    client.close()
