"""Learning systems send statements: a completion counts, other verbs are ignored, a malformed
statement is refused.
"""

import base64
import json
from uuid import UUID

import pytest

from api.services import make_key
from core.errors import Refusal
from providers.models import ApiKey, Batch, Completion
from providers.services.reporting import TRY_AGAIN
from tests.providers.scenes import AT, counted, harbor, penny

pytestmark = pytest.mark.django_db
ADL = "http://adlnet.gov/expapi/verbs/"
ID = "12345678-1234-4234-8234-123456789abc"


def statement(said: str = "completed", **changes):
    told = {
        "id": ID,
        "actor": {
            "name": "Jordan Rivera",
            "account": {"homePage": "https://lms.example", "name": "11934482"},
        },
        "verb": {"id": f"{ADL}{said}"},
        "object": {"id": "https://lms.example/courses/balance"},
        "timestamp": "2026-05-04T06:30:00Z",  # 11:30 pm of May 3 in Phoenix
    }
    return {**told, **changes}


@pytest.fixture
def send(course, client, clock_at):
    clock_at("2026-06-01")
    _, key = make_key(harbor(), kind=ApiKey, name="Moodle", scopes=["xapi"], by=penny(), at=AT)
    login = base64.b64encode(f"moodle:{key}".encode()).decode()

    def post(body, version: str = "1.0.3", authorization: str = f"Basic {login}", put: str | None = None):
        content = body if isinstance(body, str) else json.dumps(body)
        headers = {"Authorization": authorization, "X-Experience-API-Version": version}
        method, query = (client.post, "") if put is None else (client.put, f"?statementId={put}")
        path = f"/api/xapi/statements{query}"
        return method(path, content, content_type="application/json", headers=headers)

    return post


@pytest.mark.parametrize("verb", ["completed", "passed"])
def test_an_xapi_completion_counts_once_on_its_day_in_the_policys_time_zone(jordan, send, verb):
    answers = [send(statement(verb)) for _ in range(2)]
    assert [answer.json() for answer in answers] == [[ID], [ID]]
    assert (Batch.objects.get().source, counted(jordan)) == ("xapi", 40)
    assert str(Completion.objects.get().completed_on) == "2026-05-03"


def test_xapi_statements_with_other_verbs_or_failed_attempts_are_accepted_and_record_nothing(jordan, send):
    failed = statement("completed", id=None, result={"success": False})
    answer = send([statement("initialized"), failed])
    assert (answer.status_code, len(answer.json()), Batch.objects.count()) == (200, 2, 0)
    UUID(answer.json()[1])


def test_an_xapi_completion_that_cannot_count_is_accepted_and_its_report_says_why(jordan, send):
    other = {"account": {"homePage": "https://lms.example", "name": "99999999"}}
    assert send(statement(actor=other)).status_code == 200
    assert (Completion.objects.get().outcome, counted(jordan)) == ("unknown_number", 0)


@pytest.mark.parametrize(
    "body",
    [
        "{", "[]", "null", "1", [1], [statement(), statement()], statement(id="x"), statement(verb=1),
        statement(timestamp="tomorrow"), statement(timestamp="2026-02-30T00:00:00Z"), statement(object=None),
    ],
)  # fmt: skip
def test_one_malformed_xapi_statement_makes_the_whole_request_refused(jordan, send, body):
    answer = send(body)
    assert (answer.status_code, Batch.objects.count()) == (400, 0)
    assert answer["Content-Type"] == "application/problem+json"


def test_an_xapi_request_with_another_version_or_a_wrong_key_is_refused(send):
    assert send(statement(), version="0.9").status_code == 400
    assert send(statement(), authorization="Basic !!!").status_code == 401


def test_an_xapi_completion_sent_by_put_counts_once_with_and_without_its_own_id(jordan, send):
    bare = {name: value for name, value in statement().items() if name != "id"}
    for body in (statement(), statement(), bare):
        answer = send(body, put=ID.upper())
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer["X-Experience-API-Version"] == "1.0.3"
    assert send(statement()).json() == [ID]
    assert (Batch.objects.count(), counted(jordan)) == (1, 40)


def test_another_xapi_statement_under_the_same_id_is_a_conflict(jordan, send):
    assert send(statement(), put=ID).status_code == 204
    other = statement(timestamp="2026-05-09T20:00:00Z")
    assert (send(other, put=ID).status_code, send(other).status_code) == (409, 409)
    assert (Batch.objects.count(), counted(jordan)) == (1, 40)


@pytest.mark.parametrize(
    ("put", "body"),
    [
        ("", statement()), ("x", statement()),
        (ID, [statement()]), (ID, []), (ID, "{"), (ID, ""), (ID, statement(id=ID.replace("1", "2"))),
    ],
)  # fmt: skip
def test_an_xapi_put_without_its_id_or_with_other_than_one_statement_is_refused(jordan, send, put, body):
    answer = send(body, put=put)
    assert (answer.status_code, Batch.objects.count()) == (400, 0)
    assert answer["Content-Type"] == "application/problem+json"


def test_an_xapi_request_past_the_limit_or_in_the_way_of_others_says_when_to_send_it_again(
    send, settings, monkeypatch
):
    def busy(*arguments, **named):
        raise Refusal(TRY_AGAIN, code="busy")

    monkeypatch.setattr("providers.views.xapi.report_completions", busy)
    settings.API_REQUESTS_PER_MINUTE = 1
    first, second = send(statement()), send(statement())
    assert (first.status_code, first["Retry-After"], first["RateLimit-Remaining"]) == (503, "1", "0")
    assert (second.status_code, second["RateLimit-Limit"]) == (429, "1")
    assert 0 < int(second["Retry-After"]) <= 60
