"""The API: a key with its scope, a report answered row by row, limits in headers, problems in one form."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ceus.models import CeuRecord
from ceus.standing import standing_for
from providers.models import ApiKey, Batch
from providers.services.keys import make_key, revoke_key, rotate_key
from recert.wsgi import application
from tests.factories import CourseFactory
from tests.providers.hostile import BATCHES
from tests.providers.scenes import AT, TODAY, harbor, penny
from tests.renewals.scenes import cycle_of

pytestmark = pytest.mark.django_db
ROW = {"number": "1193 4482", "name": "Jordan Rivera", "course": "balance", "completed_on": "2026-05-03"}


@pytest.fixture
def key(course, clock_at) -> str:
    """A key of Harbor with every scope."""
    clock_at("2026-06-01")
    return make_key(harbor(), name="Moodle", scopes=ApiKey.Scope.values, by=penny(), at=AT)[1]


def send(key: str, path: str, data=None, **headers):
    told = {"Authorization": f"Bearer {key}", **headers}
    browser = Client(headers=told, raise_request_exception=True)
    if data is None:
        return browser.get(f"/api/v1{path}")
    return browser.post(f"/api/v1{path}", data, content_type="application/json")


def report(key: str, *rows, idempotency_key: str = "one"):
    return send(key, "/completions", {"rows": list(rows)}, **{"Idempotency-Key": idempotency_key})


def test_a_program_with_a_provider_key_reports_a_course_and_the_course_counts(jordan, key):
    answer = report(key, ROW, {**ROW, "number": "99999999"})
    told = answer.json()
    assert (answer.status_code, told["taken_count"], told["row_count"]) == (201, 1, 2)
    assert [one["outcome"] for one in told["rows"]] == ["taken", "unknown_number"]
    assert standing_for(cycle_of(jordan), today=TODAY).total.counted == 40
    batch = Batch.objects.get()
    assert (batch.sent_by, batch.key.name, batch.source) == (None, "Moodle", "api")
    assert batch.key.last_used_at is not None


def test_repeating_an_api_idempotency_key_returns_the_first_report_and_other_rows_are_refused(jordan, key):
    first = report(key, ROW).json()
    assert report(key, ROW).json() == first
    other = report(key, {**ROW, "ceus": "0.2"})
    assert (other.status_code, other["Content-Type"]) == (409, "application/problem+json")
    assert other.json()["detail"].startswith("This key was used for another report.")
    assert CeuRecord.objects.count() == 1


def test_an_api_report_without_idempotency_key_or_with_too_many_rows_gets_a_problem_document(key):
    assert send(key, "/completions", {"rows": [ROW]}).status_code == 422
    assert report(key, *[ROW] * 1001).status_code == 422
    assert report(key).status_code == 422
    assert Batch.objects.count() == 0


def test_looking_up_numbers_through_the_api_returns_their_names_and_nothing_else(jordan, key):
    answer = send(key, "/numbers/check", {"numbers": ["1193 4482", "99999999"]})
    assert answer.json() == {
        "numbers": [
            {"number": "1193 4482", "name": "Jordan Rivera"},
            {"number": "99999999", "name": None},
        ]
    }


def test_the_api_lists_only_the_providers_own_courses_page_by_page_with_a_cursor(key):
    CourseFactory(provider=harbor(), title="Second", slug="second")
    CourseFactory(title="Of another", slug="another")
    first = send(key, "/courses?limit=1").json()
    second = send(key, f"/courses?limit=1&cursor={first['next_cursor']}").json()
    codes = [one["code"] for page in (first, second) for one in page["courses"]]
    assert (codes, second["next_cursor"]) == (["balance", "second"], None)
    assert send(key, "/courses?cursor=nonsense").status_code == 400


def test_an_api_request_without_a_key_or_with_a_wrong_one_or_without_the_scope_is_refused(key):
    _, weak = make_key(harbor(), name="Weak", scopes=["courses"], by=penny(), at=AT)
    assert report(weak, ROW).status_code == 403
    for wrong in ("", "nonsense", weak[:-1] + "x", weak.upper()):
        answer = report(wrong, ROW)
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
        assert answer["WWW-Authenticate"].startswith("Bearer")
    assert Batch.objects.count() == 0


def test_a_replaced_api_key_works_for_seven_days_and_a_revoked_one_stops_at_once(key, clock_at):
    row = ApiKey.objects.get()
    made, new = rotate_key(row, by=penny(), at=AT)
    clock_at("2026-06-08 11:00")
    assert {send(one, "/courses").status_code for one in (key, new)} == {200}
    clock_at("2026-06-08 13:00")
    assert send(key, "/courses").status_code == 401
    revoke_key(made, by=penny(), at=AT + timedelta(days=8))
    assert send(new, "/courses").status_code == 401


def test_the_text_of_an_api_key_is_stored_nowhere(key):
    stored = ApiKey.objects.values().get()
    assert not any(key in str(value) or key[-16:] in str(value) for value in stored.values())


def test_every_api_answer_states_the_remaining_requests_and_one_beyond_the_limit_is_refused(key, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    left = [send(key, "/courses")["RateLimit-Remaining"] for _ in range(2)]
    last = send(key, "/courses")
    assert (left, last.status_code, last["RateLimit-Limit"]) == (["1", "0"], 429, "2")
    assert 0 < int(last["Retry-After"]) <= 60


def test_looking_up_numbers_beyond_a_providers_daily_limit_is_refused(jordan, key, settings):
    settings.PROVIDER_NUMBERS_PER_DAY = 3
    assert send(key, "/numbers/check", {"numbers": ["1", "2", "3"]}).status_code == 200
    assert send(key, "/numbers/check", {"numbers": ["4"]}).status_code == 429


def test_a_provider_report_uses_the_same_number_of_queries_for_many_rows_as_for_few(jordan, key):
    counts = []
    for number, rows in (("few", 4), ("many", 40)):
        start = date(2024 if number == "few" else 2025, 1, 1)
        days = [(start + timedelta(days=2 * place)).isoformat() for place in range(rows)]
        with CaptureQueriesContext(connection) as queries:
            answer = report(key, *({**ROW, "completed_on": day} for day in days), idempotency_key=number)
        assert answer.json()["taken_count"] == rows
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", sorted(BATCHES))
def test_an_api_report_of_hostile_rows_gets_an_answer_for_each_row(jordan, key, name):
    rows = BATCHES[name]
    answer = report(key, *rows)
    assert answer.status_code == 201
    told = answer.json()["rows"]
    assert [one["line"] for one in told] == list(range(1, len(rows) + 1))
    assert all(one["words"] for one in told if one["outcome"] != "taken")


@pytest.mark.parametrize("body", ["", "{", "null", "[]", '{"rows": {}}', '{"rows": []}', "[" * 5000])
def test_an_api_request_body_that_is_no_report_gets_a_problem_document(key, body):
    answer = send(key, "/completions", body, **{"Idempotency-Key": "one"})
    assert (answer.status_code in (400, 422), answer["Content-Type"]) == (True, "application/problem+json")


def test_the_api_description_is_openapi_3_1_and_its_page_loads_nothing_external(client):
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    page = client.get("/api/docs/").content.decode()
    assert "POST /api/v1/completions" in page
    assert (
        "https://" not in page.replace("https://testserver", "").partition("<main")[2].partition("</main")[0]
    )


@pytest.fixture
def _kept_connection() -> Iterator[None]:
    """The application itself closes its connection before and after a request; the test's own stays open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_kept_connection")
def test_every_api_request_allowed_by_the_description_gets_an_answer_that_it_describes(key):
    """Schemathesis makes requests from the description, and compares each answer with it."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    checks = [
        not_a_server_error,
        status_code_conformance,
        content_type_conformance,
        response_schema_conformance,
    ]
    headers = {"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"}
    asked = []
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def ask(case):
            case.call_and_validate(headers=headers, checks=checks)

        ask()
        asked.append(operation.label)
    assert sorted(asked) == [
        "GET /api/v1/courses",
        "POST /api/v1/completions",
        "POST /api/v1/numbers/check",
    ]


def test_an_api_url_with_a_nul_character_gets_a_problem_document(key, client):
    answer = client.get("/api/v1/courses?cursor=%00", headers={"Authorization": f"Bearer {key}"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["detail"] == "A character of the address cannot be read."
