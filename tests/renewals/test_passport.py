"""The credit passport: the accepted records of a cycle as a signed file that another body can check."""

import json
from datetime import date

import pytest

from ceus.models import CeuRecord
from renewals.pages import passport
from tests import factories
from tests.reading import text_of
from tests.second_verifier import verify_proof


@pytest.fixture(autouse=True)
def _address(settings) -> None:
    settings.PORTAL_URL = "https://portal.example"


def path_of(trainer, part: int = 1) -> str:
    return f"/transcript/{trainer.credentials.get().cycles.get().pk}/{part}.json"


def read(answer) -> dict:
    assert answer.status_code == 200
    return json.loads(answer.content)


def test_the_passport_and_each_record_in_it_verify_with_a_second_library(ready, signed_in, client, clock_at):
    clock_at("2027-03-02")
    answer = signed_in(ready).get(path_of(ready))
    number = ready.credentials.get().number
    starts_on = ready.credentials.get().cycles.get().starts_on
    assert answer["Content-Disposition"] == f'attachment; filename="credits-{number}-{starts_on}-1.json"'
    found, published = read(answer), client.get("/.well-known/did.json").json()
    assert found["type"] == ["VerifiableCredential", "ClrCredential"]
    verify_proof(found, published)
    members = found["credentialSubject"]["verifiableCredential"]
    assert len(members) == CeuRecord.objects.filter(state="accepted").count()
    for member in members:
        verify_proof(member, published)


def test_a_record_in_the_passport_names_course_provider_day_amount_and_unit(ready, signed_in, clock_at):
    clock_at("2027-03-02")
    record = CeuRecord.objects.filter(category="education").get()
    found = read(signed_in(ready).get(path_of(ready)))["credentialSubject"]["verifiableCredential"]
    subjects = [one["credentialSubject"] for one in found]
    said = next(one for one in subjects if one["achievement"]["name"] == record.title)
    assert said["activityEndDate"] == f"{record.completed_on}T12:00:00Z"
    assert said["creditsEarned"] == 1.9
    assert said["achievement"]["tag"] == ["unit:ceu", "contact_hours:19"]
    assert said["achievement"]["creator"]["name"] == record.course.provider.name
    assert [one["identityHash"] for one in said["identifier"]] == ["Jordan Rivera", "11934482"]


def test_a_record_that_is_not_accepted_is_in_no_file(ready, signed_in, clock_at):
    clock_at("2027-03-02")
    credential = ready.credentials.get()
    factories.CeuRecordFactory(
        credential=credential, title="Not proven", state="pending", completed_on=date(2026, 5, 1)
    )
    found = read(signed_in(ready).get(path_of(ready)))
    assert "Not proven" not in str(found)


def test_a_cycle_with_many_records_has_several_files_that_hold_each_record_once(
    ready, signed_in, clock_at, monkeypatch
):
    clock_at("2027-03-02")
    monkeypatch.setattr(passport, "MOST_RECORDS", 1)
    browser = signed_in(ready)
    page = text_of(browser.get("/transcript/"))
    assert "part 1 of 2" in page
    titles = []
    for part in (1, 2):
        (member,) = read(browser.get(path_of(ready, part)))["credentialSubject"]["verifiableCredential"]
        titles.append(member["credentialSubject"]["achievement"]["name"])
    accepted = CeuRecord.objects.filter(state="accepted").order_by("completed_on", "pk")
    assert titles == list(accepted.values_list("title", flat=True))


def test_a_passport_is_for_its_trainer_alone_and_absent_without_accepted_records(
    ready, stranger, signed_in, clock_at
):
    clock_at("2027-03-02")
    path = path_of(ready)
    assert signed_in(stranger).get(path).status_code == 404
    assert signed_in(ready).get(path.replace("/1.json", "/2.json")).status_code == 404
    assert "Credit passport" not in text_of(signed_in(stranger).get("/transcript/"))
    assert "Credit passport" in text_of(signed_in(ready).get("/transcript/"))


def test_more_than_ten_downloads_within_a_minute_are_refused_with_a_sentence(
    ready, signed_in, clock_at, monkeypatch
):
    clock_at("2027-03-02")
    monkeypatch.setattr("renewals.views.transcript.FILES_A_MINUTE", 1)
    browser = signed_in(ready)
    assert browser.get(path_of(ready)).status_code == 200
    answer = browser.get(path_of(ready))
    assert answer.status_code == 429
    assert "Please wait a minute." in text_of(answer)
