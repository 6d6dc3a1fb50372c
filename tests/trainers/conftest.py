"""A registrar who imports roster files, and a provider at which staff sign in."""

from collections.abc import Iterator

import pytest

from tests.identity_provider import CLIENT, SECRET, IdentityProvider, open_provider
from tests.trainers.scenes import Desk


@pytest.fixture
def desk(db, tmp_path, clock_at) -> Desk:
    """March 2, 2027."""
    clock_at("2027-03-02")
    return Desk(tmp_path)


@pytest.fixture
def provider(settings) -> Iterator[IdentityProvider]:
    """An OpenID Connect provider on this machine, at which staff may sign in."""
    with open_provider() as provider:
        settings.OIDC_ISSUER = provider.issuer
        settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
        settings.OIDC_NAME = "Meridian"
        yield provider
