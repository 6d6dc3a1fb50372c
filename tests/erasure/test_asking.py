"""Who may have whose data erased, what it waits for, and what everybody sees afterwards (Q33)."""

import json
import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from core import clock
from core.errors import Refusal
from core.models import Erasure
from outbox.models import Notice
from outbox.sender import send_due
from tests import factories
from tests.erasure.scenes import erase
from tests.petitions import scenes as petition_scenes
from tests.reading import heading_of, text_of
from tests.renewals import scenes as renewal_scenes
from tests.trainers.scenes import PASSWORD, enter_code, mailed_code, with_password
from trainers.services.erasing import (
    agree_to_erasure,
    drop_erasure,
    erasures_due,
    propose_erasure,
    repeat_erasure,
    request_erasure,
)
from trainers.tasks import finish_erasures

pytestmark = pytest.mark.django_db
WHY = "A letter of November 3."


@pytest.fixture(autouse=True)
def _today(clock_at):
    clock_at("2027-03-02")


def state_of(trainer) -> str:
    return (
        Erasure.objects.filter(trainer=trainer).order_by("-pk").values_list("state", flat=True).first() or ""
    )


def confirmed(client: Client, trainer) -> Client:
    """Signed in with the password, and asked for it once more."""
    with_password(client, trainer.email)
    client.post("/account/reauthenticate/?next=/account/erase/confirm/", {"password": PASSWORD})
    return client


# --- the trainer


def test_the_page_says_what_goes_and_what_stays_before_anything_is_asked(signed_in, jordan):
    page = text_of(signed_in(jordan).get("/account/erase/"))
    for words in (
        "Your certification ends",
        "cannot be taken back",
        "Payments: amounts",
        "Every file that you sent",
    ):
        assert words in page
    assert state_of(jordan) == ""


def test_nothing_is_erased_without_the_password_once_more(client, jordan):
    with_password(client, jordan.email)
    for answer in (
        client.get("/account/erase/confirm/"),
        client.post("/account/erase/confirm/", {"sure": "on"}),
    ):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/reauthenticate/")
    assert state_of(jordan) == ""


def test_an_account_without_a_password_needs_a_code_of_the_last_quarter_of_an_hour(
    client, jordan, monkeypatch
):
    jordan.set_unusable_password()
    jordan.save()
    enter_code(client, mailed_code(client, jordan))
    assert heading_of(client.get("/account/erase/confirm/")) == "Erase my data for good"
    later = time.time() + 15 * 60 + 1
    monkeypatch.setattr("trainers.allauth_internals.time.time", lambda: later)
    answer = client.post("/account/erase/confirm/", {"sure": "on"})
    assert (answer.status_code, heading_of(answer)) == (403, "Sign in again first")
    assert state_of(jordan) == ""


def test_the_box_must_be_ticked(client, jordan):
    answer = confirmed(client, jordan).post("/account/erase/confirm/", {})
    assert answer.status_code == 422
    assert "Tick the box if you are sure." in text_of(answer)
    assert state_of(jordan) == ""


def test_whoever_confirms_is_signed_out_ends_the_certification_and_gets_one_last_mail(
    client, jordan, mailoutbox
):
    other = with_password(elsewhere := Client(), jordan.email)
    assert other.status_code == 302
    answer = confirmed(client, jordan).post("/account/erase/confirm/", {"sure": "on"})
    assert answer["Location"] == "/account/erased/"
    assert heading_of(client.get("/account/erased/")) == "Your data is being erased"
    for browser in (client, elsewhere):
        assert browser.get("/account/").status_code == 302
    assert with_password(Client(), jordan.email).status_code == 422
    assert (state_of(jordan), jordan.credentials.get().state) == ("confirmed", "erased")
    assert finish_erasures() == 0, "the last mail has not left"
    send_due()
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["jordan@example.org"], "Your data is being erased")
    assert "1193 4482 has ended" in mail.body
    assert finish_erasures() == 1
    assert state_of(jordan) == "erased"
    assert set(Notice.objects.filter(trainer=jordan).values_list("to_address", "text", "title")) == {
        ("", "", "")
    }


@pytest.mark.parametrize(("hours", "due"), [(23, 0), (24, 1)])
def test_a_mail_server_that_is_away_holds_an_erasure_up_for_one_day(jordan, hours, due):
    request_erasure(jordan, by=jordan, at=clock.now())
    assert erasures_due(clock.now() + timedelta(hours=hours)).count() == due


def test_nobody_else_confirms_for_a_trainer(jordan, stranger, root):
    for other in (stranger, root):
        with pytest.raises(Refusal, match="Only the trainer may do this"):
            request_erasure(jordan, by=other, at=clock.now())
    assert state_of(jordan) == ""


# --- what it waits for


def _petition(jordan):
    return petition_scenes.submitted(jordan, at=renewal_scenes.moment("2027-01-11")).reference


def _renewal(jordan):
    factories.everything_met(jordan)
    return renewal_scenes.submit(jordan, "2027-01-11").reference


def _charge(jordan):
    return factories.ChargeFactory(trainer=jordan).description


def _name(jordan):
    proof = factories.DocumentFactory(owner=jordan)
    jordan.name_requests.create(before="Jordan Rivera", after="Jo", proof=proof, requested_at=clock.now())
    return "You have asked for another name. Withdraw that first."


def _staff(jordan):
    jordan.is_staff = True
    jordan.save()
    return "A superuser must end that first."


@pytest.mark.parametrize("open_thing", [_petition, _renewal, _charge, _name, _staff])
def test_an_erasure_waits_for_whatever_is_open_and_says_what(jordan, signed_in, open_thing):
    named = open_thing(jordan)
    page = (
        text_of(signed_in(jordan, second_factor=False).get("/account/erase/"))
        if open_thing is not _staff
        else named
    )
    assert named in page
    with pytest.raises(Refusal) as refused:
        request_erasure(jordan, by=jordan, at=clock.now())
    assert refused.value.code == "open"
    assert state_of(jordan) == ""
    jordan.refresh_from_db()
    assert jordan.is_active


def test_something_that_is_opened_again_stops_the_sweep_until_it_ends(jordan):
    request_erasure(jordan, by=jordan, at=clock.now())
    Notice.objects.all().update(state="sent", ended_at=clock.now())
    charge = factories.ChargeFactory(trainer=jordan)
    assert finish_erasures() == 0
    jordan.refresh_from_db()
    assert jordan.name == "Jordan Rivera"
    factories.walk_to(charge, "void", voided_at=clock.now())
    assert finish_erasures() == 1


# --- two leads


def test_two_leads_erase_for_somebody_who_wrote_in(jordan, lead, second_lead):
    asked = propose_erasure(jordan, by=lead, at=clock.now(), reason=WHY)
    with pytest.raises(Refusal, match="Another lead must confirm"):
        agree_to_erasure(asked, by=lead, at=clock.now())
    assert state_of(jordan) == "asked"
    jordan.refresh_from_db()
    assert jordan.is_active
    agree_to_erasure(asked, by=second_lead, at=clock.now())
    assert state_of(jordan) == "confirmed"
    Notice.objects.all().update(state="sent", ended_at=clock.now())
    finish_erasures()
    kept = Erasure.objects.get()
    assert (kept.asked_by, kept.confirmed_by, kept.numbers) == (lead, second_lead, ["11934482"])
    assert WHY not in str(list(jordan.history.values()))


@pytest.mark.parametrize("who", ["reviewer", "finance", "registrar", "read_only", "stranger"])
def test_only_a_lead_proposes_confirms_or_drops(jordan, lead, who, request):
    other = request.getfixturevalue(who)
    with pytest.raises(Refusal, match="Only a lead"):
        propose_erasure(jordan, by=other, at=clock.now(), reason=WHY)
    asked = propose_erasure(jordan, by=lead, at=clock.now(), reason=WHY)
    with pytest.raises(Refusal, match="Only a lead"):
        agree_to_erasure(asked, by=other, at=clock.now())
    with pytest.raises(Refusal, match="Only a lead"):
        drop_erasure(asked, by=other, at=clock.now(), reason=WHY)
    assert state_of(jordan) == "asked"


def test_a_dropped_erasure_can_be_asked_for_again(jordan, lead, second_lead):
    asked = propose_erasure(jordan, by=lead, at=clock.now(), reason=WHY)
    with pytest.raises(Refusal, match="waits for a second person"):
        propose_erasure(jordan, by=second_lead, at=clock.now(), reason=WHY)
    drop_erasure(asked, by=lead, at=clock.now(), reason="It was another Jordan.")
    with pytest.raises(Refusal):
        agree_to_erasure(asked, by=second_lead, at=clock.now())
    propose_erasure(jordan, by=lead, at=clock.now(), reason=WHY)
    assert Erasure.objects.count() == 2


def test_the_trainers_own_word_is_enough_for_what_a_lead_began(jordan, lead):
    propose_erasure(jordan, by=lead, at=clock.now(), reason=WHY)
    request_erasure(jordan, by=jordan, at=clock.now())
    erasure = Erasure.objects.get()
    assert (erasure.state, erasure.asked_by, erasure.confirmed_by) == ("confirmed", jordan, jordan)


def test_the_database_refuses_one_lead_twice(jordan, lead):
    asked = propose_erasure(jordan, by=lead, at=clock.now(), reason=WHY)
    with pytest.raises(IntegrityError, match="core_erasure_two_people"), transaction.atomic():
        Erasure.objects.filter(pk=asked.pk).update(
            state="confirmed", confirmed_by=lead, confirmed_at=clock.now()
        )


def test_leads_do_it_on_the_trainers_page_and_see_it_there(jordan, lead, second_lead, signed_in):
    first, second = signed_in(lead), signed_in(second_lead)
    page = f"/staff/trainers/trainer/{jordan.pk}/"
    assert "Erase data" in text_of(first.get(f"{page}change/"))
    assert first.post(f"{page}erase/", {"reason": ""}).status_code == 422
    assert first.post(f"{page}erase/", {"reason": WHY}).status_code == 302
    erasure = Erasure.objects.get()
    assert "Its erasure" in text_of(second.get(f"{page}change/"))
    assert "Erasures to confirm" in text_of(second.get("/staff/"))
    refused = first.post(f"/staff/core/erasure/{erasure.pk}/agree/")
    assert (refused.status_code, state_of(jordan)) == (422, "asked")
    assert second.post(f"/staff/core/erasure/{erasure.pk}/agree/").status_code == 302
    assert state_of(jordan) == "confirmed"


# --- afterwards


def test_the_public_check_answers_as_for_no_such_number(lived):
    credential = lived.credentials.get()
    code, name = credential.check_code, lived.name
    erase(lived)
    asked = Client()
    assert "We have no certification with this number." in text_of(asked.get("/verify/11934482/"))
    for typed in (name, "[erased]", "erased"):
        answer = asked.post("/verify/", {"number": "11934482", "family_name": typed})
        assert "We have no certification with this number and family name." in text_of(answer)
    lived.credentials.get().refresh_from_db()
    for known in (code, lived.credentials.get().check_code):
        assert "This is no code of ours." in text_of(asked.get(f"/c/{known}/"))


def test_a_lead_cannot_reinstate_what_was_erased(lived, lead, signed_in):
    erase(lived)
    answer = signed_in(lead).get(f"/staff/trainers/credential/{lived.credentials.get().pk}/change/")
    assert "Reinstate" not in text_of(answer)


def test_a_list_of_erasures_is_done_again_after_a_restore(jordan, stranger, tmp_path, capsys):
    """The database of the backup still has Jordan: the same account, before the erasure."""
    sign = {
        "account": jordan.pk,
        "made_at": jordan.joined_at.isoformat(),
        "numbers": ["11934482"],
        "confirmed_at": "",
    }
    file = tmp_path / "erasures.jsonl"
    file.write_text(json.dumps(sign) + "\n" + json.dumps({**sign, "account": stranger.pk + 1000}) + "\n")
    call_command("replay_erasures", file)
    assert "2 of 2 erasures are done." in capsys.readouterr().out
    jordan.refresh_from_db()
    assert (jordan.name, state_of(jordan)) == ("[erased]", "erased")
    assert not Notice.objects.exists(), "no mail goes out"
    call_command("replay_erasures", file)
    call_command("list_erasures")
    (line,) = [json.loads(one) for one in capsys.readouterr().out.splitlines() if one.startswith("{")]
    assert (line["account"], line["numbers"], line["made_at"]) == (jordan.pk, ["11934482"], sign["made_at"])
    assert "jordan" not in str(line).lower()


def test_a_replay_leaves_somebody_elses_account_and_an_open_renewal_alone(jordan, stranger, tmp_path, capsys):
    _charge(jordan)
    lines = [
        {"account": jordan.pk, "made_at": jordan.joined_at.isoformat(), "numbers": ["11934482"]},
        {"account": stranger.pk, "made_at": stranger.joined_at.isoformat(), "numbers": ["99999999"]},
    ]
    file = tmp_path / "erasures.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    with pytest.raises(CommandError, match="2 could not be done"):
        call_command("replay_erasures", file)
    said = capsys.readouterr().err
    assert f"account {jordan.pk} has to wait: Not paid: Renewal of certification 1193 4482." in said
    assert f"account {stranger.pk} is somebody else here: nothing was done." in said
    stranger.refresh_from_db()
    assert stranger.name == "Sam Stranger"


def test_a_file_that_is_no_list_of_erasures_changes_nothing(jordan, tmp_path):
    file = tmp_path / "roster.csv"
    file.write_text("number,name\n")
    with pytest.raises(CommandError, match="is not what list_erasures prints. Nothing was done."):
        call_command("replay_erasures", file)


def test_an_erasure_that_is_repeated_from_a_list_is_one(jordan):
    first = repeat_erasure(jordan, at=clock.now())
    assert repeat_erasure(jordan, at=clock.now()) == first
    assert Erasure.objects.count() == 1
