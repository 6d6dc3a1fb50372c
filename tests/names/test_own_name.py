"""Changing one's own name: a respelling at once, three times in a cycle; anything else with a proof (Q28)."""

import pytest

from core import clock
from core.models import HistoryEntry
from documents.models import Document
from names.models import NameRequest
from outbox.models import Notice
from tests.reading import text_of
from trainers.lookups import credential_of, current_cycle
from trainers.models import Trainer
from trainers.services import open_next_cycle, rename_trainer

PAGE, WITHDRAW = "/account/name/", "/account/name/withdraw/"
OTHER = "Jordan Rivera-Cole"


@pytest.fixture(autouse=True)
def _in_the_cycle(clock_at):
    clock_at("2026-06-15")


def name_of(trainer: Trainer) -> str:
    return Trainer.objects.values_list("name", flat=True).get(pk=trainer.pk)


def respell(browser, *names: str) -> list[int]:
    return [browser.post(PAGE, {"name": name}).status_code for name in names]


FOUR = ("JORDAN RIVERA", "Jórdan Rivera", "Rivera Jórdan", "Jordan Rivera")


@pytest.mark.parametrize("name", ["jordan rivera", "Rivera Jordan", "Jórdan Rivéra", "Jordanrivera"])
def test_a_mere_respelling_of_the_name_takes_effect_at_once_and_is_mailed(jordan, stranger, signed_in, name):
    assert signed_in(jordan).post(PAGE, {"name": name})["Location"] == "/account/"
    assert (name_of(jordan), name_of(stranger)) == (name, "Sam Stranger")
    told = Notice.objects.get(kind="account.name")
    assert (told.trainer, told.payload["before"], told.payload["after"]) == (jordan, "Jordan Rivera", name)


def test_a_fourth_respelling_in_one_cycle_needs_proof(jordan, signed_in):
    browser = signed_in(jordan)
    assert "3 more times in this cycle" in text_of(browser.get(PAGE))
    assert respell(browser, *FOUR) == [302, 302, 302, 422]
    assert name_of(jordan) == "Rivera Jórdan"
    assert "You have used your free changes of this cycle" in text_of(browser.get(PAGE))


@pytest.mark.parametrize(
    "steps", [("Jor dan Rivera", "dan Jor Rivera", "Danjor Rivera"), ("Jordan R ivera", "Jordan ivera R")]
)
def test_several_respellings_in_a_row_cannot_add_up_to_a_different_name(jordan, signed_in, steps):
    assert respell(signed_in(jordan), *steps)[-1] == 422
    jordan.refresh_from_db()
    assert jordan.name != steps[-1]


def test_saving_the_unchanged_name_uses_up_no_free_respelling(jordan, signed_in):
    browser = signed_in(jordan)
    respell(browser, "JORDAN RIVERA", "JORDAN RIVERA", " JORDAN  RIVERA ")
    assert "2 more times in this cycle" in text_of(browser.get(PAGE))
    assert HistoryEntry.objects.filter(verb="renamed").count() == 1


def test_free_respellings_are_available_again_from_the_first_day_of_a_new_cycle(jordan, signed_in, clock_at):
    respell(signed_in(jordan), *FOUR[:3])
    open_next_cycle(current_cycle(credential_of(jordan)), by=None, at=clock.now())
    clock_at("2027-03-14 23:59")
    assert "You have used your free changes" in text_of(signed_in(jordan).get(PAGE))
    clock_at("2027-03-15 00:00")
    assert "3 more times in this cycle" in text_of(signed_in(jordan).get(PAGE))


def test_a_name_change_by_a_registrar_uses_up_no_free_respelling(jordan, registrar, signed_in):
    for name in FOUR:
        rename_trainer(jordan, name=name, by=registrar, at=clock.now(), reason="By phone.")
    assert "3 more times in this cycle" in text_of(signed_in(jordan).get(PAGE))


def test_a_different_name_without_proof_is_refused_at_the_proof_field_with_the_input_kept(jordan, signed_in):
    page = signed_in(jordan).post(PAGE, {"name": OTHER})
    assert page.status_code == 422
    assert "This is another name, so attach a proof." in text_of(page)
    assert f'value="{OTHER}"' in page.content.decode()
    assert (name_of(jordan), NameRequest.objects.count()) == ("Jordan Rivera", 0)


def ask(browser, picture, name: str = OTHER):
    return browser.post(PAGE, {"name": name, "proof": picture()})


def test_a_different_name_with_proof_waits_while_the_certificate_keeps_the_old_name(
    jordan, signed_in, picture
):
    browser = signed_in(jordan)
    assert ask(browser, picture)["Location"] == PAGE
    asked = NameRequest.objects.get()
    assert (asked.trainer, asked.before, asked.after, asked.state) == (
        jordan,
        "Jordan Rivera",
        OTHER,
        "requested",
    )
    assert asked.proof.owner == jordan
    told = text_of(browser.get(PAGE))
    assert f"You asked for {OTHER}" in told
    assert "Until then your certificate keeps the old name." in told
    assert "This certifies that Jordan Rivera Certified Personal Trainer" in text_of(
        browser.get("/certificate/")
    )
    assert not Notice.objects.filter(kind="account.name").exists()
    row = HistoryEntry.objects.get(verb="requested")
    assert (row.by, row.to_state, row.detail) == (jordan, "requested", {"name": ["Jordan Rivera", OTHER]})


def test_a_name_request_sent_twice_is_stored_once_and_a_different_one_is_refused_while_it_waits(
    jordan, signed_in, picture
):
    browser = signed_in(jordan)
    assert [ask(browser, picture).status_code for _ in range(2)] == [302, 302]
    refused = ask(browser, picture, "Somebody Else")
    assert refused.status_code == 422
    assert "Withdraw that request first." in text_of(refused)
    assert respell(browser, "JORDAN RIVERA") == [422]
    assert NameRequest.objects.count() == 1
    assert Document.objects.count() == 1


def test_only_its_owner_can_withdraw_a_name_request(jordan, stranger, signed_in, picture):
    ask(signed_in(jordan), picture)
    signed_in(stranger).post(WITHDRAW)
    assert NameRequest.objects.get().state == "requested"
    browser = signed_in(jordan)
    assert [browser.post(WITHDRAW)["Location"] for _ in range(2)] == [PAGE, PAGE]
    asked = NameRequest.objects.get()
    assert (asked.state, asked.ended_at is not None, name_of(jordan)) == ("withdrawn", True, "Jordan Rivera")
    assert ask(browser, picture, "Jordan Cole").status_code == 302
    assert browser.get(WITHDRAW).status_code == 405


def test_another_trainer_sees_neither_the_name_request_nor_its_proof(jordan, stranger, signed_in, picture):
    ask(signed_in(jordan), picture)
    other = signed_in(stranger)
    assert OTHER not in other.get(PAGE).content.decode()
    assert other.get(f"/documents/{NameRequest.objects.get().proof_id}/").status_code == 404


@pytest.mark.parametrize(("name", "sentence"), [("12", "with letters"), ("x" * 121, "Use 120 characters")])
def test_a_name_that_cannot_be_printed_is_refused_even_with_a_proof(
    jordan, signed_in, picture, name, sentence
):
    page = ask(signed_in(jordan), picture, name)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert 'name="proof-kept"' in page.content.decode()  # the file need not be uploaded again
    assert not NameRequest.objects.exists()


def test_an_invalid_proof_file_is_refused_with_a_sentence(jordan, signed_in, picture):
    upload = picture()
    upload.file.seek(0)
    upload.file.write(b"not a picture at all")
    page = signed_in(jordan).post(PAGE, {"name": OTHER, "proof": upload})
    assert page.status_code == 422
    assert not NameRequest.objects.exists()


def test_a_colleague_without_a_certification_changes_their_name_without_a_proof(registrar, signed_in):
    signed_in(registrar).post(PAGE, {"name": "Rae Newname"})
    assert name_of(registrar) == "Rae Newname"
