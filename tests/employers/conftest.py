"""Jordan and a stranger, and an employer with one person."""

import pytest

from employers.models import Employer
from tests.employers.scenes import gina, lakeside
from trainers.models import Trainer


@pytest.fixture
def employer(_database) -> Employer:
    """Lakeside Gym."""
    return lakeside()


@pytest.fixture
def viewer(employer) -> Trainer:
    """Gina, who sees the team of Lakeside."""
    return gina()
