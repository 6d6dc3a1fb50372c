"""A lead finds the other account, reads what moves and proposes it; a second one confirms it."""

import pytest
from django.urls import reverse

from cases.models import Proposal
from core.models import Merge
from outbox.models import Notice
from tests.factories import trainer_with_credential
from tests.merging.scenes import WHY, merged, older_account, proposed
from tests.reading import text_of
from trainers.models import Trainer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(clock_at):
    clock_at("2027-03-02")


def page_of(person: Trainer, query: str = "") -> str:
    return f"/staff/trainers/trainer/{person.pk}/merge/{query}"


def test_the_page_of_a_trainer_offers_a_merge_only_to_leads(jordan, lead, registrar, reviewer, signed_in):
    address = f"/staff/trainers/trainer/{jordan.pk}/change/"
    assert "Merge with another account…" in text_of(signed_in(lead).get(address))
    for other in (registrar, reviewer):
        assert "Merge with another" not in text_of(signed_in(other).get(address))
        assert signed_in(other).get(page_of(jordan)).status_code == 403


@pytest.mark.parametrize("typed", ["jordan@new", "rivera-cole", "Cole Jordan"])
def test_the_merge_page_finds_the_other_account_by_name_or_address(
    jordan, second, stranger, lead, signed_in, typed
):
    page = signed_in(lead).get(page_of(jordan), {"q": typed})
    assert [one.pk for one in page.context["found"]] == [second.pk]
    assert f'href="?with={second.pk}"' in page.content.decode()


def test_the_merge_page_finds_the_other_account_by_number_and_never_offers_the_account_itself(
    jordan, lead, signed_in
):
    old, browser = older_account(), signed_in(lead)
    found = browser.get(page_of(jordan), {"q": "1000 0007"}).context["found"]
    assert [one.pk for one in found] == [old.pk]
    assert "No other account fits “1193 4482”" in text_of(browser.get(page_of(jordan), {"q": "1193 4482"}))


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("?q=nobody", 200, "No other account fits “nobody”"),
        ("?q=x", 200, "“x” is too short"),
        ("?with=nobody", 422, "Choose an account from the list."),
        ("?with=99999999999999999999", 422, "Choose an account from the list."),
        ("?with=987654", 422, "Choose an account from the list."),
    ],
)
def test_a_merge_query_that_finds_no_account_shows_a_sentence(
    jordan, lead, signed_in, query, status, sentence
):
    page = signed_in(lead).get(page_of(jordan, query))
    assert page.status_code == status
    assert sentence in text_of(page)


def test_merging_an_account_with_itself_is_refused(jordan, lead, signed_in):
    page = signed_in(lead).get(page_of(jordan, f"?with={jordan.pk}"))
    assert page.status_code == 422
    assert "this is the same one" in text_of(page)


def test_a_lead_sees_what_a_merge_moves_and_both_mails_before_proposing_it(jordan, second, lead, signed_in):
    browser, address = signed_in(lead), page_of(jordan, f"?with={second.pk}")
    assert "Propose the merge" not in text_of(browser.get(address))
    asked = {"stays": str(second.pk), "reason": WHY}
    shown = browser.post(address, {**asked, "look": "yes"})
    told = text_of(shown)
    assert "1 certification" in told
    assert "This cannot be taken back." in told
    assert "The mail to jordan@example.org" in told
    assert "The mail to jordan@new.example.org" in told
    assert not Proposal.objects.exists()
    done = browser.post(address, {**asked, "confirmed": "yes", "seen": str(second.pk)}, follow=True)
    assert "It waits for a second person now." in text_of(done)
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.subject) == ("merge", f"trainers.trainer:{jordan.pk}")
    assert (proposal.trainer, proposal.reason) == (second, WHY)


def test_a_merge_whose_rows_changed_after_the_preview_is_not_proposed(jordan, second, lead, signed_in):
    asked = {"stays": str(jordan.pk), "reason": WHY, "confirmed": "yes", "seen": str(second.pk)}
    page = signed_in(lead).post(page_of(jordan, f"?with={second.pk}"), asked)
    assert page.status_code == 422
    assert "Look at what moves now" in text_of(page)
    assert WHY in page.content.decode()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reason": WHY}, "Choose which one stays."),
        ({"stays": "0", "reason": WHY}, "Choose which one stays."),
        ({"stays": "me", "reason": ""}, "Write how you know it."),
        ({"stays": "me", "reason": "x" * 2001}, "2000 characters"),
        ({"stays": "me", "reason": "a\x00b"}, "Take out the hidden characters"),
    ],
)
def test_an_invalid_merge_form_shows_a_sentence_and_proposes_nothing(
    jordan, second, lead, signed_in, typed, sentence
):
    asked = {**typed, "stays": str(jordan.pk) if typed.get("stays") == "me" else typed.get("stays", "")}
    page = signed_in(lead).post(page_of(jordan, f"?with={second.pk}"), {**asked, "confirmed": "yes"})
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert not Proposal.objects.exists()


def test_the_merge_page_says_why_two_accounts_cannot_be_merged_and_offers_no_button(jordan, lead, signed_in):
    twin = trainer_with_credential(
        email="twin@example.org", number="20000009", awarded_on="2023-06-30", expires_on="2027-06-30"
    )
    page = signed_in(lead).get(page_of(jordan, f"?with={twin.pk}"))
    assert text_of(page).count("Certifications 1193 4482 and 2000 0009 can both be renewed.") == 1
    assert "Show what moves" not in text_of(page)


def test_a_second_lead_sees_what_a_merge_moves_and_confirms_it(jordan, second, lead, second_lead, signed_in):
    proposal = proposed(jordan, second)
    address = reverse("admin:cases_proposal_confirm", args=[proposal.pk])
    browser = signed_in(second_lead)
    told = text_of(browser.get(address))
    assert (
        "The account with jordan@example.org becomes part of the account with jordan@new.example.org." in told
    )
    assert "What moves: 1 certification, 1 cycle" in told
    assert "This cannot be taken back." in told
    shown = text_of(browser.post(address, {"preview": "yes"}))
    assert "You had two accounts with us: this one" in shown
    assert "A mail to jordan@example.org says" in shown
    assert not Merge.objects.exists()
    assert "The accounts are one." in text_of(browser.post(address, {"confirmed": "yes"}, follow=True))
    assert Merge.objects.get().staying == second
    assert Notice.objects.filter(kind="account.merged").count() == 2


def test_staff_links_and_searches_for_a_merged_account_lead_to_the_account_that_stays(
    jordan, second, lead, signed_in
):
    old = {"name": jordan.name, "address": jordan.email}
    merged(jordan, second)
    browser, page = signed_in(lead), f"/staff/trainers/trainer/{second.pk}/change/"
    gone = f"/staff/trainers/trainer/{jordan.pk}/"
    assert browser.get(f"{gone}change/")["Location"] == page
    assert "part of that of Jordan Rivera-Cole now" in text_of(browser.get(gone, follow=True))
    assert "Jordan Rivera-Cole" in text_of(browser.get(f"{gone}erase/"))
    assert browser.get(f"{gone}history/").status_code == 200
    for typed in (old["name"], old["address"], "1193 4482", "4482"):
        assert browser.get("/staff/find/", {"q": typed})["Location"] == page, typed
    rows = browser.get("/staff/trainers/credential/", {"of": str(jordan.pk)})
    assert [one.trainer for one in rows.context["cl"].result_list] == [second]
    people = browser.get("/staff/trainers/trainer/", {"q": "jordan"})
    assert [one.pk for one in people.context["cl"].result_list] == [second.pk]


def test_the_staff_page_of_the_account_that_stays_says_in_words_what_the_merge_moved(
    jordan, second, lead, signed_in
):
    merged(jordan, second)
    told = text_of(signed_in(lead).get(f"/staff/trainers/trainer/{second.pk}/change/"))
    assert "Had a second account with jordan@example.org, as Jordan Rivera, merged March 2, 2027" in told
    assert "Lee Lead proposed merging two accounts" in told
    assert "Leo Lead confirmed merging two accounts" in told
    assert "Leo Lead merged another account of this person into this one" in told
    assert "jordan@example.org → jordan@new.example.org" in told
    assert "What moved: 1 certification, 1 cycle" in told


def test_a_search_for_either_name_of_a_merged_person_finds_that_person_once(jordan, second, lead, signed_in):
    Trainer.objects.filter(pk=second.pk).update(name="Joe Cole")
    merged(jordan, second)
    assert signed_in(lead).get("/staff/find/", {"q": "rivera jordan"}).status_code == 302


def test_viewing_as_a_merged_person_shows_the_certification_of_the_closed_account(
    jordan, second, lead, signed_in
):
    merged(jordan, second)
    browser = signed_in(lead)
    browser.post(f"/staff/trainers/trainer/{second.pk}/see/", {"reason": "They called."})
    assert "Expires in 12 days" in text_of(browser.get("/home/"))
