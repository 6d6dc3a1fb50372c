"""What everybody sees after an erasure, and a restore that brings nobody back (Q33)."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from core import clock
from core.errors import Refusal
from core.models import Erasure
from outbox.models import Notice
from tests import factories
from tests.erasure.scenes import erase, state_of
from tests.reading import text_of
from tests.trainers.scenes import Desk
from trainers.services.erasing import (
    repeat_erasure,
)
from trainers.services.registrar import change_email, reactivate_trainer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(clock_at):
    clock_at("2027-03-02")


def test_public_verification_answers_for_an_erased_number_as_for_an_unknown_one(lived):
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


def test_a_lead_cannot_reinstate_an_erased_certification(lived, lead, signed_in):
    erase(lived)
    answer = signed_in(lead).get(f"/staff/trainers/credential/{lived.credentials.get().pk}/change/")
    assert "Reinstate" not in text_of(answer)


def test_erasures_in_a_list_are_repeated_after_a_backup_was_restored(jordan, stranger, tmp_path, capsys):
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


def test_replaying_erasures_skips_an_account_that_is_not_the_same_and_one_with_open_matters(
    jordan, stranger, tmp_path, capsys
):
    factories.ChargeFactory(trainer=jordan)
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


def test_replaying_a_file_that_is_not_a_list_of_erasures_changes_nothing(jordan, tmp_path):
    file = tmp_path / "roster.csv"
    file.write_text("number,name\n")
    with pytest.raises(CommandError, match="is not what list_erasures prints. Nothing was done."):
        call_command("replay_erasures", file)


def test_repeating_an_erasure_twice_makes_one_erasure(jordan):
    first = repeat_erasure(jordan, at=clock.now())
    assert repeat_erasure(jordan, at=clock.now()) == first
    assert Erasure.objects.count() == 1


def test_a_roster_import_refuses_the_number_of_an_erased_trainer(lived, tmp_path):
    erase(lived)
    row = "1193 4482,Jordan Rivera,jordan@example.org,2021-03-14,2027-03-14,"
    said = Desk(tmp_path).refused(row)
    assert "The owner of this number had their data erased. Take this line out." in said
    lived.refresh_from_db()
    assert (lived.name, lived.email) == ("[erased]", f"erased-{lived.pk}@erased.invalid")


def test_a_registrar_cannot_reactivate_an_erased_account_or_change_its_address(lived, registrar):
    erase(lived)
    how = {"by": registrar, "at": clock.now(), "reason": "They called."}
    for act in (
        lambda: reactivate_trainer(lived, **how),
        lambda: change_email(lived, email="jordan@example.org", **how),
    ):
        with pytest.raises(Refusal, match="The data of this account is erased"):
            act()
    lived.refresh_from_db()
    assert (lived.is_active, lived.email) == (False, f"erased-{lived.pk}@erased.invalid")
