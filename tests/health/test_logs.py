"""What is in the log, and what must never be: one line of JSON for each event, in UTC, and nobody's name."""

import json
import logging
import sys
from datetime import UTC, datetime

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse

from recert.log_format import LineFormatter, json_formatter, redact_text
from recert.logs import RequestLog, write_ended
from tests import factories

PASSWORD = "correct horse battery"
SECRET = "c0ffee" * 8


@pytest.fixture
def lines():
    """Every line that is logged, read back."""
    found: list[dict] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(json.loads(self.format(record)))

    handler = Kept()
    handler.setFormatter(json_formatter())
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.INFO)
    yield found
    root.setLevel(level)
    root.removeHandler(handler)


def test_a_request_is_logged_as_one_line_with_id_address_route_and_person(lines, signed_in, jordan):
    answer = signed_in(jordan).get("/", HTTP_X_REQUEST_ID="front-0001")
    assert answer["X-Request-ID"] == "front-0001"
    [line] = [line for line in lines if line["event"] == "request"]
    moment = datetime.fromisoformat(line.pop("at"))
    assert abs(datetime.now(UTC) - moment).total_seconds() < 60
    assert line.pop("milliseconds") >= 0
    assert line == {
        "event": "request",
        "request_id": "front-0001",
        "address": "127.0.0.1",
        "logger": "portal",
        "level": "info",
        "method": "GET",
        "route": "",
        "status": 200,
        "user": jordan.pk,
    }


def test_a_request_whose_worker_is_ended_is_logged_with_its_route_and_request_id_and_not_its_path(lines, rf):
    def take_too_long(request: HttpRequest) -> HttpResponse:
        request.resolver_match = resolve(request.path)
        write_ended(seconds=30)
        return HttpResponse()

    RequestLog(take_too_long)(rf.post("/verify/11934482/", HTTP_X_REQUEST_ID="front-0001"))
    [line] = [line for line in lines if line["level"] == "error"]
    assert line["event"] == "a request took too long, and its worker was ended"
    said = [line[name] for name in ("method", "route", "status", "milliseconds", "request_id", "address")]
    assert said == ["POST", "verify/<str:number>/", 503, 30000, "front-0001", "127.0.0.1"]
    assert "11934482" not in json.dumps(line)
    write_ended(seconds=30)
    assert lines[-1]["route"] == "", "the request before was answered, and is not named"


@pytest.mark.parametrize("forged", ["", "short", "a" * 65, 'x"} {"event":"act"', "line\nfeed-12345"])
def test_an_invalid_request_id_in_a_header_is_replaced_by_a_new_one(lines, client, forged):
    assert client.get("/livez", HTTP_X_REQUEST_ID=forged)["X-Request-ID"] != forged


def test_health_checks_that_succeed_write_no_log_line(lines, client, db):
    client.get("/livez")
    assert lines == []


def test_questions_to_the_payment_provider_write_no_line_while_all_is_well(lines):
    """The schedule asks about payouts every ten minutes, and an idle portal writes nothing."""
    logging.getLogger("stripe").info("message='Request to Stripe api' method=get")
    logging.getLogger("stripe").warning("a word of warning")
    assert [line["event"] for line in lines] == ["a word of warning"]


def test_a_request_for_a_host_of_others_is_a_warning_that_names_it_and_no_error(lines, client, db):
    assert client.get("/", HTTP_HOST="renew.example.org").status_code == 400
    told = [line for line in lines if line["level"] != "info"]
    assert [(line["level"], line["event"]) for line in told] == [
        (
            "warning",
            "Invalid HTTP_HOST header: 'renew.example.org'. You may need to add 'renew.example.org' to ALLOWED_HOSTS.",
        )
    ]
    assert "exception" not in told[0]


def test_sign_in_and_a_wrong_password_are_logged_as_events_without_an_email_address(lines, client, jordan):
    for password in ("wrong horse battery", PASSWORD):
        client.post("/account/login/", {"login": jordan.email, "password": password})
    events = [line["event"] for line in lines]
    assert "sign-in refused" in events
    assert [line["user"] for line in lines if line["event"] == "sign-in"] == [jordan.pk]
    assert "refusal" in events
    assert jordan.email not in json.dumps(lines)
    assert PASSWORD not in json.dumps(lines)


def test_asking_for_what_is_another_persons_is_logged_as_a_refusal_and_a_mistyped_address_is_not(
    lines, signed_in, stranger, jordan
):
    theirs = factories.CeuRecordFactory(credential=jordan.credentials.get())
    browser = signed_in(stranger)
    for address in (reverse("ceus:record", args=[theirs.pk]), "/staff/", "/no-such-page/"):
        assert browser.get(address).status_code == 404
    found = [(line["event"], line["user"]) for line in lines if line.get("status") == 404]
    assert found == [("refusal", stranger.pk), ("refusal", stranger.pk), ("request", stranger.pk)]


def test_an_export_is_logged_as_an_event_with_the_person_who_made_it(
    lines, signed_in, lead, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(lead).get("/staff/trainers/trainer/table/")
    [line] = [line for line in lines if line["event"] == "export"]
    assert (line["user"], line["verb"]) == (lead.pk, "exported")


def test_the_secret_part_of_a_path_is_not_logged_when_it_is_refused_or_fails(lines, client, db, monkeypatch):
    client.get(f"/staff/join/{SECRET}/?next={SECRET}")
    client.get(f"/nowhere/{SECRET}/")
    monkeypatch.setattr("recert.health._missing", lambda ask: 1 / 0)
    client.raise_request_exception = False
    client.get(f"/readyz?token={SECRET}")
    assert SECRET not in json.dumps(lines)
    failed = [line for line in lines if line.get("exception")]
    assert "ZeroDivisionError" in failed[0]["exception"]
    assert failed[0]["request_id"]


def test_email_addresses_secret_keys_and_passwords_are_removed_from_logged_text():
    text = "jo.o'neil+x@mail.example.org, postgres://portal:pw@db/x, sk_live_51abc, whsec_9, 10:30 @ noon"
    assert redact_text(text) == "[address], postgres://[secret]@db/x, [secret], [secret], 10:30 @ noon"
    try:
        raise ValueError("cannot reach jordan@example.org")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "a\nb", None, sys.exc_info())
    assert "jordan@" not in json_formatter().format(record)
    assert "jordan@" not in LineFormatter().format(record)
    assert len(json_formatter().format(record).splitlines()) == 1
