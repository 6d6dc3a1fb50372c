"""A registrar decides about another name: approved, it is on the certificate; refused, it is not (Q28)."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from core.errors import Refusal
from core.models import HistoryEntry
from documents.services import receive_upload
from names.models import NameRequest
from names.services import approve_name_request, change_own_name, refuse_name_request, withdraw_name_request
from outbox.models import Notice
from tests.reading import refused_with, text_of
from trainers.models import Trainer

NOON = datetime(2026, 6, 15, 19, tzinfo=UTC)
LATER = datetime(2026, 6, 16, 19, tzinfo=UTC)
WHY = "The photo is cut off."


@pytest.fixture
def asked(jordan, picture) -> NameRequest:
    return request_of(jordan, picture)


def request_of(trainer: Trainer, picture, name: str = "Jordan Cole") -> NameRequest:
    proof = receive_upload(picture(), owner=trainer, at=NOON)
    made = change_own_name(trainer, name=name, proof=proof, by=trainer, at=NOON)
    assert made is not None
    return made


def now(request: NameRequest) -> tuple[str, str]:
    found = NameRequest.objects.select_related("trainer").get(pk=request.pk)
    return found.state, found.trainer.name


def test_approving_a_name_request_changes_the_name_with_history_and_one_mail(asked, registrar, jordan):
    for _ in range(2):
        approve_name_request(asked, by=registrar, at=LATER)
    assert now(asked) == ("approved", "Jordan Cole")
    verbs = HistoryEntry.objects.filter(trainer=jordan, at=LATER).order_by("pk")
    assert list(verbs.values_list("verb", "by")) == [("renamed", registrar.pk), ("approved", registrar.pk)]
    told = Notice.objects.get(trainer=jordan)
    assert (told.kind, told.payload) == (
        "account.name",
        {"before": "Jordan Rivera", "after": "Jordan Cole", "requested": True},
    )


def test_refusing_a_name_request_keeps_the_name_and_mails_the_reason(asked, registrar, jordan, signed_in):
    for _ in range(2):
        refuse_name_request(asked, words=WHY, by=registrar, at=LATER)
    assert now(asked) == ("refused", "Jordan Rivera")
    assert [notice.kind for notice in Notice.objects.filter(trainer=jordan)] == ["names.refused"]
    assert f"We did not change your name to Jordan Cole: {WHY}" in text_of(
        signed_in(jordan).get("/account/name/")
    )


@pytest.mark.parametrize("who", [None, "stranger", "reviewer", "lead", "read_only", "jordan"])
def test_only_a_registrar_can_decide_a_name_request(asked, who, request):
    by = request.getfixturevalue(who) if who else None
    for decide, more in ((approve_name_request, {}), (refuse_name_request, {"words": WHY})):
        with pytest.raises(Refusal) as refusal:
            decide(asked, by=by, at=LATER, **more)
        assert refusal.value.code == "not_allowed"
    assert now(asked) == ("requested", "Jordan Rivera")


def test_a_registrar_cannot_decide_their_own_name_request(root, picture):
    own = NameRequest.objects.create(
        trainer=root,
        before=root.name,
        after="Somebody Else",
        proof=request_of_jordan_proof(root, picture),
        requested_at=NOON,
    )
    with pytest.raises(Refusal) as refusal:
        approve_name_request(own, by=root, at=LATER)
    assert refusal.value.code == "own_case"


def request_of_jordan_proof(owner, picture):
    from documents.services import store_document

    return store_document(picture(), owner=owner, by=owner, at=NOON)


def test_refusing_a_name_request_without_a_reason_is_not_possible(asked, registrar):
    with pytest.raises(Refusal) as refusal:
        refuse_name_request(asked, words=" ", by=registrar, at=LATER)
    assert refusal.value.field == "words"


def test_a_withdrawn_name_request_can_no_longer_be_decided(asked, registrar, jordan):
    withdraw_name_request(asked, by=jordan, at=LATER)
    for decide, more in ((approve_name_request, {}), (refuse_name_request, {"words": WHY})):
        with pytest.raises(Refusal) as refusal:
            decide(asked, by=registrar, at=LATER, **more)
        assert refusal.value.code == "out_of_order"
    assert now(asked) == ("withdrawn", "Jordan Rivera")


# --- the staff side


@pytest.fixture
def desk(registrar, signed_in, clock_at) -> Client:
    clock_at("2026-06-16")
    return signed_in(registrar)


def test_a_registrar_sees_queue_proof_and_mail_preview_before_deciding_a_name_request(asked, desk, jordan):
    assert "Names waiting" in text_of(desk.get("/staff/"))
    assert "Jordan Cole" in text_of(desk.get("/staff/names/namerequest/"))
    row = f"/staff/names/namerequest/{asked.pk}"
    assert f"/documents/{asked.proof_id}/" in desk.get(f"{row}/change/").content.decode()
    assert desk.get(f"/documents/{asked.proof_id}/").status_code == 200
    shown = desk.post(f"{row}/approve/", {})
    assert "Before: Jordan Rivera Now: Jordan Cole" in text_of(shown)
    assert now(asked) == ("requested", "Jordan Rivera")
    assert desk.post(f"{row}/approve/", {"confirmed": "1"}).status_code == 302
    assert now(asked) == ("approved", "Jordan Cole")
    assert Notice.objects.filter(trainer=jordan).count() == 1


def test_the_form_for_refusing_a_name_requires_a_reason_and_shows_the_mail(asked, desk):
    row = f"/staff/names/namerequest/{asked.pk}/refuse/"
    assert desk.post(row, {"words": ""}).status_code == 422
    assert WHY in text_of(desk.post(row, {"words": WHY}))
    desk.post(row, {"words": WHY, "confirmed": "1"})
    assert now(asked) == ("refused", "Jordan Rivera")


def test_approving_a_name_request_withdrawn_meanwhile_is_refused_with_a_sentence(asked, desk, jordan):
    withdraw_name_request(asked, by=jordan, at=LATER)
    late = desk.post(f"/staff/names/namerequest/{asked.pk}/approve/", {"confirmed": "1"})
    assert late.status_code == 422
    assert "A request that is withdrawn cannot be approved." in text_of(late)


def test_a_reviewer_cannot_open_the_page_of_a_decision_about_a_name(asked, reviewer, signed_in):
    browser = signed_in(reviewer)
    assert browser.get(f"/staff/names/namerequest/{asked.pk}/approve/").status_code == 403


def test_name_changes_withdrawals_and_decisions_by_unauthorized_people_are_refused(
    asked, jordan, stranger, registrar, reviewer
):
    with refused_with("Only the person whom it is about may do this.", "not_allowed"):
        change_own_name(jordan, name="Jordan Vale", proof=None, by=stranger, at=NOON)
    with refused_with("Only the person whom it is about may do this.", "not_allowed"):
        withdraw_name_request(asked, by=stranger, at=NOON)
    with refused_with("Only a registrar may do this.", "not_allowed"):
        approve_name_request(asked, by=reviewer, at=LATER)
    jordan.groups.set(registrar.groups.all())
    with refused_with("Another registrar must decide about your own name.", "own_case"):
        approve_name_request(asked, by=Trainer.objects.get(pk=jordan.pk), at=LATER)
    assert set(NameRequest.objects.values_list("state", flat=True)) == {"requested"}
