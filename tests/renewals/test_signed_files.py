"""What somebody else signed about a trainer's courses: a provider's badge counts at once, another body's credit
becomes a petition that is filled in, and whatever cannot be checked is refused with a sentence at the field.
"""

import copy
import json
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from badges.baking import bake_into_png, bake_into_svg
from badges.reading import EXPIRED, FORGED, NOT_SIGNED, TOO_LARGE, UNREADABLE
from ceus.models import CeuRecord
from core.models import HistoryEntry
from core.organisation import OrganisationFacts
from petitions.models import Petition
from providers import judging
from providers.models import Batch
from providers.services import add_issuer_key, end_issuer_key
from renewals.pages.badge_picture import badge_picture_of
from renewals.services.signed_files import OF_ANOTHER, UNKNOWN_ISSUER, trainer_words
from tests.providers.scenes import AT, harbor
from tests.reading import text_of
from tests.signing import Signer, as_file

PATH = "/my-courses/signed-file/"
JORDAN = {"name": "Jordan Rivera"}


@pytest.fixture
def academy(db, registrar) -> Signer:
    """Harbor Fitness Academy, a provider whose key we know."""
    signer = Signer("did:web:harbor.example.org", "Harbor Fitness Academy")
    add_issuer_key(harbor(), did=signer.did, public_key=signer.public_key, by=registrar, at=AT)
    return signer


@pytest.fixture
def body(db, registrar) -> Signer:
    """The Board of Coaches, another body whose key we know."""
    signer = Signer("did:web:coaches.example.org", "Board of Coaches")
    add_issuer_key(
        None, name="Board of Coaches", did=signer.did, public_key=signer.public_key, by=registrar, at=AT
    )
    return signer


@pytest.fixture
def visitor(jordan, signed_in, clock_at):
    clock_at("2026-06-15")
    return signed_in(jordan)


def send(visitor, content: bytes, name: str = "badge.json"):
    return visitor.post(PATH, {"file": SimpleUploadedFile(name, content)})


def refused(answer) -> str:
    assert answer.status_code == 422
    assert not Petition.objects.exists()
    assert not Batch.objects.exists()
    return text_of(answer)


def test_a_badge_of_an_approved_provider_counts_without_typing_as_its_report(visitor, academy):
    content = as_file(academy.credential("Balance for Runners", about=JORDAN))
    answer = send(visitor, content)
    assert answer.status_code == 200
    assert "Reported by Harbor Fitness Academy." in text_of(answer)
    record = CeuRecord.objects.get()
    assert (record.completed_on, record.hundredths, record.state) == (date(2026, 5, 3), 40, "accepted")
    assert record.reported_by_provider
    assert Batch.objects.get().source == "badge"


def test_a_badge_sent_twice_makes_one_report_and_one_record(visitor, academy):
    content = as_file(academy.credential("Balance for Runners", about=JORDAN))
    assert {send(visitor, content).status_code for _ in range(2)} == {200}
    assert (Batch.objects.count(), CeuRecord.objects.count()) == (1, 1)


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_badge_inside_a_picture_counts_as_the_file_itself_does(visitor, academy, kind):
    text = json.dumps(academy.credential("Balance for Runners", about={"identifier": "1193 4482"}))
    picture = badge_picture_of(OrganisationFacts(name="Harbor"), "Balance")
    content = bake_into_png(picture.png, text) if kind == "png" else bake_into_svg(picture.svg, text)
    assert "Counts" in text_of(send(visitor, content, f"badge.{kind}"))
    assert CeuRecord.objects.count() == 1


def test_a_badge_for_a_day_without_approval_is_refused_with_the_reason(visitor, academy):
    content = as_file(academy.credential("Balance", about=JORDAN, course="nothing-of-theirs"))
    said = text_of(send(visitor, content))
    assert "The catalogue has no course of Harbor Fitness Academy with this code." in said
    assert "of yours" not in said
    assert not CeuRecord.objects.exists()


FOR_PROVIDERS = (
    "NO_COURSE",
    "NOT_APPROVED",
    "FUTURE",
    "NO_DAY",
    "CARD",
    "TOO_MANY",
    "BEFORE",
    "PETITIONED",
    "CORRECTED",
)


@pytest.mark.parametrize("name", FOR_PROVIDERS)
def test_an_answer_for_providers_is_said_to_the_trainer_in_other_words(name):
    """Of a row with a known number and no name, which a badge is; the others are never given."""
    told = getattr(judging, name).format(card_category="CPR/AED", most="0.4 CEUs", where="report B-7KQ2")
    said = trainer_words(told, "Harbor Fitness Academy")
    assert said != told
    for words in ("{", "course of yours", "those who hold", "for this number", "You have reported"):
        assert words not in said


def test_credits_of_another_body_become_petitions_that_are_filled_in(visitor, body):
    members = [
        body.credential("Strength", about=JORDAN, number=1, amount=0.4, tags=("unit:ceu",)),
        body.credential("Mobility", about=JORDAN, number=2, amount=3, tags=("contact_hours:3",)),
        body.credential("Sleep", about=JORDAN, number=3, amount=7, tags=("unit:moon",)),
        body.credential("Of Sam", about={"name": "Sam Stranger"}, number=4),
    ]
    answer = send(visitor, as_file(body.record(members)))
    assert answer.status_code == 200
    assert OF_ANOTHER in text_of(answer)
    drafts = Petition.objects.order_by("title").values_list(
        "title", "provider_name", "completed_on", "asked_hundredths", "state"
    )
    day = date(2026, 5, 3)
    assert list(drafts) == [
        ("Mobility", "Board of Coaches", day, 30, "draft"),
        ("Sleep", "Board of Coaches", day, None, "draft"),
        ("Strength", "Board of Coaches", day, 40, "draft"),
    ]
    assert HistoryEntry.objects.filter(verb="imported").count() == 3
    send(visitor, as_file(body.record(members)))
    assert (Petition.objects.count(), HistoryEntry.objects.filter(verb="imported").count()) == (3, 3)


def test_a_file_of_an_unknown_issuer_and_of_a_key_that_ended_is_refused(visitor, academy, registrar):
    other = Signer("did:web:elsewhere.example.org", "Elsewhere")
    assert UNKNOWN_ISSUER in refused(send(visitor, as_file(other.credential("Balance", about=JORDAN))))
    mimic = Signer(academy.did, academy.name)
    assert FORGED in refused(send(visitor, as_file(mimic.credential("Balance", about=JORDAN))))
    end_issuer_key(harbor().issuer_keys.get(), by=registrar, at=AT)
    known = as_file(academy.credential("Balance for Runners", about=JORDAN))
    assert UNKNOWN_ISSUER in refused(send(visitor, known))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("credentialSubject", "identifier", 0, "identityHash"), "Jordan Rivera"),
        (("credentialSubject", "achievement", "name"), "Another Course"),
        (("credentialSubject", "achievement", "id"), "https://harbor.example.org/courses/balance/x/"),
        (("validFrom",), "2026-05-04T12:00:00Z"),
        (("proof", "verificationMethod"), "did:web:elsewhere.example.org#one"),
        (("proof", "proofValue"), "z" + "1" * 64),
        (("proof", "proofPurpose"), "authentication"),
        (("proof", "cryptosuite"), "none"),
    ],
)
def test_a_credential_that_was_changed_after_it_was_signed_is_refused(visitor, academy, place, value):
    signed = academy.credential("Balance for Runners", about={"name": "Sam Stranger"})
    changed = copy.deepcopy(signed)
    part = changed
    for name in place[:-1]:
        part = part[name]
    part[place[-1]] = value
    assert FORGED in refused(send(visitor, as_file(changed)))


def test_an_expired_credential_is_refused_as_expired(visitor, academy):
    over = academy.credential("Balance", about=JORDAN, until=datetime(2026, 6, 1, tzinfo=UTC))
    assert EXPIRED in refused(send(visitor, as_file(over)))


def test_the_badge_of_somebody_else_is_refused(visitor, academy):
    content = as_file(academy.credential("Balance for Runners", about={"name": "Sam Stranger"}))
    assert OF_ANOTHER in refused(send(visitor, content))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe\x00",
        b'{"a": "\x00"}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"a": ' + b"9" * 200_000 + b"}",
        b'{"a": "' + b"x" * 300_000 + b'"}',
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><svg>&b;</svg>",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"eyJhbGciOiJFZERTQSJ9.e30.AAAA",
        b'{"issuer": "did:web:harbor.example.org\\ud800"}',
    ],
)
def test_a_file_that_holds_no_signed_credential_is_refused_with_a_sentence(visitor, content):
    assert UNREADABLE in refused(send(visitor, content))


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"issuer": 7},
        {"issuer": {"id": ["did:web:harbor.example.org"]}},
        {"issuer": "did:web:harbor.example.org", "proof": []},
        {"issuer": "x" * 100_000},
        {"issuer": "did:web:harbor.example.org\x00"},
        {"type": ["VerifiableCredential"], "issuer": "did:web:harbor.example.org", "proof": {"type": 1}},
    ],
)
def test_json_that_is_no_credential_is_refused_with_a_sentence(visitor, academy, document):
    text = refused(send(visitor, as_file(document)))
    assert UNKNOWN_ISSUER in text or FORGED in text


def test_a_file_that_is_too_large_and_a_record_of_unsigned_members_are_refused(visitor, body):
    assert TOO_LARGE in refused(send(visitor, b"x" * 2_000_001))
    bare = body.credential("Strength", about=JORDAN)
    del bare["proof"]
    assert NOT_SIGNED in refused(send(visitor, as_file(body.record([bare]))))


def test_hidden_characters_and_amounts_beyond_all_measure_never_reach_a_petition(visitor, body):
    odd = body.credential(
        "Strength\x00\u202e", about=JORDAN, amount=9e9, tags=("unit:ceu", "contact_hours:9e99")
    )
    blank = body.credential("\u200b", about=JORDAN, number=2)
    text = text_of(send(visitor, as_file(body.record([odd, blank]))))
    assert "It does not name a course." in text
    assert list(Petition.objects.values_list("title", "asked_hundredths")) == [("Strength", None)]


def test_no_file_and_too_many_files_are_refused_at_the_field(visitor, academy, monkeypatch):
    assert "Choose a file." in refused(visitor.post(PATH, {}))
    monkeypatch.setattr("renewals.views.signed_files.FILES_A_MINUTE", 0)
    content = as_file(academy.credential("Balance for Runners", about=JORDAN))
    assert "Please wait a minute" in refused(send(visitor, content))
