"""Which worker runs which test, and what is begun first: groups that share what is costly, and tests that take long."""

from typing import Any

import pytest

# What costs a worker a load of the demo, a migration or a start of everything; that is done once.
TOGETHER = {
    "tests/browser/": "demo",
    "tests/demo/test_demo.py": "demo",
    "tests/demo/test_reachable.py": "demo",
    "tests/migrations/test_release_1.py": "release",
    "tests/documents/test_object_storage.py": "objects",
    "tests/backups/test_buckets.py": "objects",
    "tests/portal/test_up.py": "up",
    "tests/portal/test_web_server.py": "nginx",
    "tests/faults/test_database_restarts.py": "restarts",
}
# What takes a quarter of a minute or more: begun last, it would run alone. The rest stays in its random order.
LONG = (
    "tests/access/test_roles.py",
    "tests/backups/test_drill.py",
    "tests/demo/test_other_policies.py",
    "tests/lives/",
    "tests/migrations/test_in_place.py",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """One worker meets all tests of a group, largest group first; the others are given out one by one, longest first.

    Marks cannot say it: xdist 3.8 writes a mark's group where pytest 9.2 no longer reads.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((group for start, group in TOGETHER.items() if nodeid.startswith(start)), nodeid)

        def mark_test_complete(self, node: Any, item_index: int, duration: float = 0) -> None:
            """Forget a group that is done: after each test xdist counts all that a worker ever had."""
            super().mark_test_complete(node, item_index, duration)
            its, group = (
                self.assigned_work[node],
                self._split_scope(self.registered_collections[node][item_index]),
            )
            if all(its[group].values()):
                del its[group]

    return Together(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long ones first."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))
