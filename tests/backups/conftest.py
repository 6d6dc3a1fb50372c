import pytest

from tests.throwaway import Workshop


@pytest.fixture
def workshop(_workshop) -> Workshop:
    """What makes an empty database, to restore into."""
    return _workshop
