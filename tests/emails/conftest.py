"""`--write-goldens` writes the golden files anew; without it they are only read."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-goldens", action="store_true", help="write tests/emails/golden anew")


@pytest.fixture
def writes_goldens(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--write-goldens", default=False))
