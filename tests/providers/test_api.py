"""The API: a key with its scope, a report answered row by row, limits in headers, problems in one form."""

import re
from datetime import date, timedelta
from itertools import groupby

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from api.services import make_key, revoke_key, rotate_key
from ceus.models import CeuRecord
from ceus.standing import standing_for
from providers.models import ApiKey, Batch, Completion
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
    return make_key(harbor(), kind=ApiKey, name="Moodle", scopes=ApiKey.Scope.values, by=penny(), at=AT)[1]


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


@pytest.mark.parametrize("letter", ["\n", "\r\n", "\x0b", "\x1c", "\x7f", "\x85", "\u2028"])
def test_no_line_feed_or_control_character_of_a_report_is_stored_or_answered(jordan, key, letter):
    split = [{**ROW, name: f"{text}{letter}Bcc: eve@example.org"} for name, text in ROW.items()]
    answer = report(key, *split).json()
    assert answer["taken_count"] == 0
    stored = [
        value for row in Completion.objects.values_list("number", "course_code", "words") for value in row
    ]
    for text in (
        *stored,
        *(value for row in answer["rows"] for value in row.values() if isinstance(value, str)),
    ):
        assert text.isprintable(), text


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
    _, weak = make_key(harbor(), kind=ApiKey, name="Weak", scopes=["courses"], by=penny(), at=AT)
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


def test_an_api_report_of_1000_rows_takes_as_many_queries_as_one_of_10(jordan, key):
    counts = []
    report(
        key, {**ROW, "completed_on": "2021-03-20"}, idempotency_key="first"
    )  # which notes that the key is used
    for rows, start in ((10, date(2021, 4, 1)), (1000, date(2021, 6, 1))):
        days = [(start + timedelta(days=place)).isoformat() for place in range(rows)]
        with CaptureQueriesContext(connection) as queries:
            answer = report(key, *({**ROW, "completed_on": day} for day in days), idempotency_key=str(rows))
        assert answer.json()["taken_count"] == rows
        # SQLite takes fewer values in a statement, so that Django divides a table's rows into several.
        heads = [re.sub(r'"s\d+_x\d+"|^\d+ times: ', "", query["sql"])[:80] for query in queries]
        heads = [head for head in heads if not head.startswith("RELEASE")]
        counts.append([head for head, _ in groupby(heads)])
    assert counts[0] == counts[1]
    assert connection.vendor == "sqlite" or len(heads) == len(counts[1])


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


def test_an_api_url_with_a_nul_character_gets_a_problem_document(key, client):
    answer = client.get("/api/v1/courses?cursor=%00", headers={"Authorization": f"Bearer {key}"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["detail"] == "A character of the address cannot be read."
