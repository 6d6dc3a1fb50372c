"""The description of the API: every request that it allows gets an answer that it describes, with a key
of the side that the operation is for, and nobody gets in with a key of another side.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.services import make_key
from employers.models import ApiKey as EmployerKey
from journal.services import make_journal_key, write_entries
from providers.models import ApiKey as ProviderKey
from recert.wsgi import application
from tests.cast import colleague
from tests.employers.scenes import consent, gina, lakeside
from tests.journal.scenes import a_day_of_everything
from tests.providers.scenes import balance, harbor, penny

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 19, 0, tzinfo=UTC)
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OF_PROVIDERS = ["GET /api/v1/courses", "POST /api/v1/completions", "POST /api/v1/numbers/check"]
OF_EMPLOYERS = ["GET /api/v1/team", "POST /api/v1/certifications/check"]
OF_THE_BODY = ["GET /api/v1/journal/entries"]
ALL = [*OF_PROVIDERS, *OF_EMPLOYERS, *OF_THE_BODY]


@pytest.fixture
def keys(jordan, stranger, clock_at) -> dict[str, str]:
    """A key with every scope for each side, by the tag of its operations."""
    clock_at("2026-06-01")
    balance()
    consent(jordan)
    a_day_of_everything()
    write_entries(at=AT)
    told = {"name": "A program", "at": AT}
    return {
        "Providers": make_key(
            harbor(), kind=ProviderKey, scopes=ProviderKey.Scope.values, by=penny(), **told
        )[1],
        "Employers": make_key(
            lakeside(), kind=EmployerKey, scopes=EmployerKey.Scope.values, by=gina(), **told
        )[1],
        "Journal": make_journal_key("A program", by=colleague("finance"), at=AT)[1],
    }


@pytest.fixture
def _kept_connection() -> Iterator[None]:
    """The application itself closes its connection before and after a request; the test's own stays open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_kept_connection")
def test_every_api_request_allowed_by_the_description_gets_an_answer_that_it_describes(keys):
    """Schemathesis makes requests from the description, and compares each answer with it."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    asked = []
    for found in schema.get_all_operations():
        operation = found.ok()
        ask_and_compare(operation, key=keys[operation.definition.raw["tags"][0]])
        asked.append(operation.label)
    assert sorted(asked) == sorted(ALL)


def ask_and_compare(operation, *, key: str) -> None:
    headers = {"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"}

    @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def ask(case):
        case.call_and_validate(headers=headers, checks=CHECKS)

    ask()


def test_the_api_description_is_openapi_3_1_and_its_page_loads_nothing_external(client):
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    page = client.get("/api/docs/").content.decode()
    assert all(words in page for words in ALL)
    main = page.replace("https://testserver", "").partition("<main")[2].partition("</main")[0]
    assert "https://" not in main


def test_a_key_of_one_side_opens_nothing_of_another_side(keys, client):
    described = client.get("/api/v1/openapi.json").json()["paths"]
    answers = {}
    for path, methods in described.items():
        for method, told in methods.items():
            answers[f"{method.upper()} {path}"] = {
                client.generic(
                    method.upper(), path, "{}", "application/json", headers={"Authorization": f"Bearer {key}"}
                ).status_code
                for side, key in keys.items()
                if side != told["tags"][0]
            }
    assert answers == dict.fromkeys(ALL, {401})
