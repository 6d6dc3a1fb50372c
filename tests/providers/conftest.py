"""Jordan and a stranger, and a provider that reports."""

import pytest

from ceus.models import Course, Provider
from tests.providers.scenes import balance, harbor, penny
from trainers.models import Trainer


@pytest.fixture
def provider(_database) -> Provider:
    """Harbor Fitness Academy."""
    return harbor()


@pytest.fixture
def course(provider) -> Course:
    """Balance for Runners, 0.4 CEUs."""
    return balance()


@pytest.fixture
def reporter(provider) -> Trainer:
    """Penny, who reports for Harbor."""
    return penny()
