"""How staff work in tests, and a renewal that waits for them."""

from pathlib import Path

import pytest

from renewals.models import Application
from tests import factories
from tests.policies import follow, with_figures
from tests.renewals import scenes as steps
from tests.staff.policy_files import bench
from tests.staff.scenes import DAY
from trainers.models import Trainer


@pytest.fixture
def onlooker(read_only) -> Trainer:
    return read_only


@pytest.fixture
def desk(signed_in):
    """`desk(reviewer)` is the browser in which they work: signed in, second factor passed."""
    return signed_in


@pytest.fixture
def by_hand(monkeypatch) -> None:
    """A policy under which people look at every renewal."""
    follow(with_figures(auto_approve=False), monkeypatch)


@pytest.fixture
def waiting(jordan, by_hand, clock_at) -> Application:
    """Jordan's paid renewal, which waits for a decision on March 2, 2027."""
    clock_at(DAY)
    factories.everything_met(jordan)
    return steps.renew(jordan, DAY)


@pytest.fixture
def starter(tmp_path) -> Path:
    """The file of another body, as the bench begins it."""
    words = ("--units=points", "--unit=point", "--holders=guides", "--holder=guide")
    bench("new", "river-guides", "--title=River Guide", *words, f"--folder={tmp_path}")
    return tmp_path / "river-guides.toml"
