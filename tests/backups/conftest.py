import pytest

from tests.throwaway import Workshop


@pytest.fixture
def workshop(_workshop) -> Workshop:
    """Return what makes empty databases to restore into."""
    return _workshop
