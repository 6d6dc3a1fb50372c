"""A policy may charge nothing: renewal and petition settle at once, without a payment page, and no page names a price (Q31)."""

from datetime import date

import pytest
from django.urls import reverse

from core.invariants import all_checks
from outbox.models import Notice
from payments.models import Charge, LedgerEntry
from petitions.attestation import attestation_for as petition_attestation
from petitions.services import decide_petition, release_petition_decision, send_petition
from renewals import services
from renewals.attestation import attestation_for
from rules.policy.load import _FOLDER, load_policy_file
from tests import factories
from tests.petitions import scenes as petition_scenes
from tests.policies import follow
from tests.reading import text_of
from tests.renewals import scenes

pytestmark = pytest.mark.django_db
AMOUNTS = ("99.00", "30.00", "20.00", "25.00")


@pytest.fixture(autouse=True)
def free(tmp_path, monkeypatch, storage):
    """The sample policy with fees of 0.00, from a file."""
    text = (_FOLDER / "nasm-cpt.toml").read_text()
    for amount in AMOUNTS:
        assert f'"{amount}"' in text
        text = text.replace(f'"{amount}"', '"0.00"')
    file = tmp_path / "free.toml"
    file.write_text(text)
    policy = load_policy_file(file)
    follow(policy, monkeypatch)
    return policy


@pytest.fixture
def on(clock_at):
    return clock_at("2027-03-02")


def agree(browser, page="renewals:check", act="renewals:submit", *parts):
    shown = browser.get(reverse(page, args=parts))
    assert "$" not in text_of(shown)
    found = shown.context["page"]
    version = found.attestation.version if act == "renewals:submit" else found.version
    cents = found.total_cents if act == "renewals:submit" else found.cents
    return browser.post(reverse(act, args=parts), {"attestation_version": version, "agreed_cents": cents})


def test_a_free_renewal_is_approved_in_one_step_without_a_payment_page(ready, signed_in, on):
    browser = signed_in(ready)
    answer = agree(browser)
    application = ready.applications.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/renew/{application.reference}/")
    assert (application.state, application.fee_total_cents, application.fee_lines) == ("approved", 0, [])
    charge = Charge.objects.get()
    assert (charge.state, charge.amount_cents, charge.paid_at) == ("paid", 0, application.received_at)
    assert not charge.sessions.exists()
    assert LedgerEntry.objects.count() == 0
    told = set(Notice.objects.values_list("kind", flat=True))
    assert "renewals.renewed" in told
    assert told.isdisjoint({"payments.receipt", "renewals.unpaid"})
    page = text_of(browser.get(answer["Location"]))
    assert "There was nothing to pay, and our review began" in page
    assert "$" not in page
    assert "receipt" not in page.lower()


def test_a_free_renewal_breaks_no_payment_invariant(ready, signed_in, on):
    agree(signed_in(ready))
    checks = [one for one in all_checks() if one.number in (1, 3, 4, 5, 6) and not one.reads_files]
    assert [sentence for check in checks for sentence in check.find()] == []


def test_a_free_renewal_has_its_certificate_and_no_receipt(ready, signed_in, on):
    browser = signed_in(ready)
    agree(browser)
    assert browser.get(reverse("renewals:certificate")).status_code == 200
    charge = Charge.objects.get()
    assert browser.get(reverse("payments:receipt", args=[charge.pk])).status_code == 404
    assert "No payments yet" in text_of(browser.get(reverse("payments:list")))


def test_a_free_renewal_submitted_twice_makes_one_application(ready, on, free):
    version = attestation_for(free.version_on(date(2027, 3, 2))).version
    cycle, said = scenes.cycle_of(ready), {"attestation_version": version, "agreed_cents": 0}
    sent = [services.submit_application(cycle, by=ready, at=on, **said) for _ in range(2)]
    assert sent[0] == sent[1]
    assert ready.applications.count() == 1


def test_a_free_renewal_waits_for_its_petition_like_any_other(jordan, signed_in, on, reviewer, free):
    factories.everything_met(jordan, education=150)
    browser = signed_in(jordan)
    petition = petition_scenes.draft(jordan, at=on)
    agree(browser, "petitions:check", "petitions:send", petition.reference)
    agree(browser)
    application = jordan.applications.get()
    assert application.state == "in_review"
    petition.refresh_from_db()
    decision = decide_petition(petition, verdict="approve", by=reviewer, at=on)
    release_petition_decision(decision, at=decision.effective_at)
    assert services.advance_application(application, at=decision.effective_at).state == "approved"


def test_a_free_petition_is_sent_in_one_step_without_a_payment_page(jordan, signed_in, on):
    browser, petition = signed_in(jordan), petition_scenes.draft(jordan, at=on)
    answer = agree(browser, "petitions:check", "petitions:send", petition.reference)
    assert answer["Location"] == f"/petitions/{petition.reference}/"
    petition.refresh_from_db()
    assert (petition.state, petition.charge.state) == ("submitted", "paid")
    assert "fee" not in petition.attestation_text
    assert Notice.objects.filter(kind="petitions.received").count() == 1
    assert not Notice.objects.filter(kind="payments.receipt").exists()
    for page in ("", "withdraw/"):
        text = text_of(browser.get(f"/petitions/{petition.reference}/{page}"))
        assert "$" not in text
        assert "receipt" not in text.lower()


def test_a_free_petition_that_is_sent_twice_is_sent_once(jordan, on, free):
    petition = petition_scenes.draft(jordan, at=on)
    version = petition_attestation(free.version_on(date(2027, 3, 2)), "$").version
    for _ in range(2):
        sent = send_petition(petition, by=jordan, at=on, attestation_version=version, agreed_cents=0)
    assert (sent.state, Charge.objects.count()) == ("submitted", 1)


@pytest.mark.parametrize(
    "day",
    [
        "2026-06-01",
        "2026-10-01",
        "2027-03-02",
        "2027-03-14",
        "2027-03-15",
        "2027-06-12",
        "2027-06-13",
        "2028-03-13",
    ],
)
@pytest.mark.parametrize("met", [True, False])
def test_no_page_names_a_price_on_any_day_when_renewals_are_free(jordan, signed_in, clock_at, day, met):
    factories.everything_met(jordan, education=190 if met else 150)
    clock_at(day)
    browser = signed_in(jordan)
    for page in ("renewals:home", "renewals:check", "petitions:list", "petitions:new"):
        assert "$" not in text_of(browser.get(reverse(page))), page


@pytest.mark.parametrize(
    ("first", "last"),
    [("2027-03-01", "2027-03-16"), ("2027-06-10", "2027-06-14"), ("2028-03-10", "2028-03-14")],
)
def test_no_reminder_names_a_price_when_renewals_are_free(ready, first, last):
    scenes.live_days(first, last)
    assert [text for text in Notice.objects.values_list("text", flat=True) if "$" in text] == []
    assert [title for title in Notice.objects.values_list("title", flat=True) if "$" in title] == []
