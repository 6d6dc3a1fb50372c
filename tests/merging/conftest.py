"""Somebody who did everything that can be done, and has a second account."""

import pytest

from tests.erasure.lived import _draw_periods, _lived  # noqa: F401 - fixtures
from tests.merging.scenes import second_account
from trainers.models import Trainer


@pytest.fixture
def other(lived) -> Trainer:
    """Jordan's second account, which stays."""
    return second_account()


@pytest.fixture
def second() -> Trainer:
    """A second account of Jordan, beside one in which nothing was done."""
    return second_account()
