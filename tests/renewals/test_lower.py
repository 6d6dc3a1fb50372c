"""The highest renews the lower ones: approving a renewal of the higher certification renews the lower one
of the same person, and until then nothing is asked for it.

Jordan's "Body Trainer" (1193 4482) is certified through March 14, 2027 and can be renewed from September 15,
2026 on; the lower "Helper Trainer" (5512 0007) through June 30, 2027, or as a test says.
"""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from core.models import HistoryEntry
from outbox.models import Notice
from renewals import services
from renewals.attestation import attestation_for
from renewals.invariants import CHECKS
from renewals.models import Application
from tests import factories
from tests.payments.scenes import mail_of
from tests.reading import heading_of, text_of
from tests.renewals import scenes
from tests.twice import BODY, FIRST, RANKED, SECOND
from trainers.models import Credential, Cycle
from trainers.services.credentials import suspend_credential

pytestmark = pytest.mark.django_db
DAY = "2027-03-02"
TOGETHER = "Renews together with Body Trainer: when we approve that renewal, this one is renewed, too"


def ends(number: str) -> date:
    return Cycle.objects.filter(credential__number=number).latest("expires_on").expires_on


def submitted(cycle: Cycle, day: str = DAY) -> Application:
    agreed = attestation_for(cycle.policy.version_on(date.fromisoformat(day))).version
    at, by = scenes.moment(day), cycle.credential.trainer
    return services.submit_application(cycle, by=by, at=at, attestation_version=agreed)


def renewed(cycle: Cycle, day: str = DAY) -> Application:
    """Log 2.0 CEUs for the certification, submit its renewal, and pay."""
    factories.CeuRecordFactory(credential=cycle.credential, hundredths=200, completed_on=date(2026, 9, 1))
    return scenes.pay(submitted(cycle, day), day)


def broken() -> list[str]:
    return [line for check in CHECKS for line in check.find()]


def test_approving_the_higher_renewal_renews_the_lower_one_without_a_fee_or_courses(ranked, clock_at):
    clock_at(DAY)
    first, second = ranked()
    application = renewed(first)
    lower = Application.objects.get(cycle=second)
    assert (application.state, lower.state) == ("approved", "approved")
    assert (lower.renewed_with, lower.covered, lower.charge, lower.fee_total_cents) == (
        application,
        True,
        None,
        0,
    )
    assert (ends(FIRST), ends(SECOND)) == (date(2029, 3, 14), date(2029, 6, 30))
    told = HistoryEntry.objects.get(verb="renewed with")
    assert (told.to_state, told.detail) == (
        "approved",
        {"certification": "1193 4482", "renewal": application.reference},
    )
    assert broken() == []
    assert services.advance_application(application, at=scenes.moment(DAY)).state == "approved"
    assert Application.objects.count() == 2


def test_the_mail_about_a_renewal_names_the_lower_certification_that_it_renewed(ranked, clock_at):
    clock_at(DAY)
    first, _ = ranked()
    renewed(first)
    text = mail_of(Notice.objects.get(kind="renewals.renewed")).text
    assert "Renewed with it: Helper Trainer, 5512 0007, through June 30, 2029." in text


@pytest.mark.parametrize(
    ("what", "day"),
    [
        ("suspended", date(2027, 6, 30)),
        ("of a stranger", date(2027, 6, 30)),
        ("of a policy that says nothing", date(2027, 6, 30)),
        ("over on the day of receipt", date(2026, 2, 28)),
        ("longer than the next cycle", date(2029, 3, 15)),
    ],
)
def test_a_certification_is_not_renewed_together_when_it_is(ranked, stranger, lead, clock_at, what, day):
    at = clock_at(DAY)
    silent = 'total = { value = "2.0" }\nfees = [{ code = "renewal", amount = "99.00" }]\n'
    first, second = ranked(day, silent if what == "of a policy that says nothing" else RANKED)
    if what == "suspended":
        suspend_credential(second.credential, by=lead, at=at, on=at.date(), reason="Fee went back.")
    if what == "of a stranger":
        Credential.objects.filter(pk=second.credential_id).update(trainer=stranger)
    assert renewed(first).state == "approved"
    assert Application.objects.count() == 1
    assert ends(SECOND) == day


def test_a_lower_renewal_that_is_being_decided_stays_and_a_draft_is_withdrawn(ranked, clock_at):
    clock_at(DAY)
    first, second = ranked()
    by, at = second.credential.trainer, scenes.moment(DAY)
    draft = services.start_application(second, by=by, at=at)
    renewed(first)
    draft.refresh_from_db()
    assert draft.state == "withdrawn"
    assert HistoryEntry.objects.get(verb="withdrawn").reason == "It was renewed together with 1193 4482."


def test_a_lower_renewal_that_was_sent_goes_on_by_itself(ranked, clock_at):
    clock_at(DAY)
    first, second = ranked()
    factories.CeuRecordFactory(credential=second.credential, hundredths=200, completed_on=date(2026, 9, 1))
    own = submitted(second)
    assert renewed(first).state == "approved"
    own.refresh_from_db()
    assert (own.state, Application.objects.filter(covered=True).count()) == ("submitted", 0)


def test_pages_of_a_lower_certification_say_with_which_one_it_is_renewed_and_ask_for_nothing(
    ranked, signed_in, clock_at
):
    clock_at("2027-01-05")
    first, _ = ranked()
    browser = signed_in(first.credential.trainer)
    page = browser.get(f"/certifications/{SECOND}/home/")
    told = text_of(page)
    assert heading_of(page) == "You are certified through June 30, 2027"
    source = " ".join(page.content.decode().split())
    assert TOGETHER in source
    assert "Whoever renews the higher one renews the lower one." in told
    assert "What you need to renew" not in told
    assert "Your dates and prices" not in told
    check = browser.get(f"/certifications/{SECOND}/renew/check/")
    assert heading_of(check) == "This certification is renewed together with another one"
    assert TOGETHER in text_of(check)
    home = text_of(browser.get("/home/"))
    assert home.index("1193 4482") < home.index("5512 0007")
    assert (home.count(TOGETHER), home.count("of 2 CEUs")) == (
        1,
        2,
    )  # the score and the bar of the higher one
    assert TOGETHER not in text_of(browser.get(f"/certifications/{FIRST}/home/"))


@pytest.mark.parametrize(
    ("today", "day", "said"),
    [
        ("2027-01-05", date(2027, 3, 13), "Renew that one through March 13, 2027, so that there is no gap."),
        ("2027-01-05", date(2027, 3, 14), "a fee of its own."),
        ("2027-01-05", date(2027, 1, 4), "Renew that one as soon as you can, so that there is no gap."),
    ],
)
def test_the_sentence_of_a_lower_certification_says_by_when_to_renew_the_higher_one(
    ranked, signed_in, clock_at, today, day, said
):
    clock_at(today)
    first, _ = ranked(day)
    page = signed_in(first.credential.trainer).get(f"/certifications/{SECOND}/home/")
    assert f"{said}</p>" in " ".join(page.content.decode().split())


@pytest.mark.parametrize(
    ("today", "day"), [("2027-03-15", date(2027, 6, 30)), ("2026-06-01", date(2026, 6, 30))]
)
def test_a_lower_certification_asks_for_its_own_courses_once_the_higher_one_is_over_or_opens_too_late(
    ranked, signed_in, clock_at, today, day
):
    clock_at(today)
    first, _ = ranked(day)
    told = text_of(signed_in(first.credential.trainer).get(f"/certifications/{SECOND}/home/"))
    assert "Renews together" not in told
    assert "What you need to renew" in told


def test_while_the_higher_renewal_is_decided_past_its_last_day_the_lower_one_asks_for_nothing(
    ranked, stranger, signed_in, clock_at
):
    clock_at(DAY)
    first, _ = ranked(date(2027, 3, 20))
    factories.CeuRecordFactory(credential=first.credential, hundredths=200, completed_on=date(2026, 9, 1))
    application = submitted(first)
    clock_at("2027-03-16")
    told = text_of(signed_in(first.credential.trainer).get(f"/certifications/{SECOND}/home/"))
    assert (
        "Your renewal of Body Trainer is being decided. When we approve it, this one is renewed, too" in told
    )
    assert "What you need to renew" not in told
    assert application.state == "submitted"


def test_nothing_is_promised_for_a_lower_certification_when_the_higher_policy_does_not_say_so(
    ranked, signed_in, clock_at
):
    clock_at("2027-01-05")
    first, _ = ranked(higher=BODY)
    told = text_of(signed_in(first.credential.trainer).get(f"/certifications/{SECOND}/home/"))
    assert "Renews together" not in told
    assert "What you need to renew" in told


def test_no_reminder_and_no_calendar_entry_is_about_a_lower_certification(ranked, stranger, clock_at):
    first, _ = ranked(date(2027, 4, 6))
    trainer = first.credential.trainer
    Cycle.objects.filter(credential__trainer=trainer).update(
        remind_on=date(2027, 3, 7)
    )  # 7 and 30 days before
    scenes.live_days("2027-03-07", "2027-03-08")
    (mail,) = Notice.objects.filter(kind="renewals.reminder", trainer=trainer, state="sent")
    assert "1193 4482" in mail.text
    assert "5512 0007" not in mail.text
    clock_at("2027-03-07")
    titles = list(scenes.feed_entries(trainer))
    assert any("1193 4482" in one for one in titles)
    assert not any("5512 0007" in one for one in titles)


def test_the_database_refuses_what_is_renewed_with_no_approved_renewal_of_the_same_person(
    ranked, stranger, clock_at
):
    clock_at(DAY)
    first, second = ranked()
    application = renewed(first)
    lower = Application.objects.get(cycle=second)
    with pytest.raises(IntegrityError, match="renewals_led_fixed"), transaction.atomic():
        Application.objects.filter(pk=lower.pk).update(covered=False)
    theirs = Cycle.objects.get(credential__trainer=stranger)
    values = {"trainer": stranger, "started_at": application.started_at, "renewed_with": application}
    with pytest.raises(IntegrityError, match="renewals_led"), transaction.atomic():
        Application.objects.create(reference="R-X", cycle=theirs, **values)


RESTS = """paths = [
    { code = "credits" },
    { code = "inactive", credits = false, status = "inactive" },
]
"""


def test_a_renewal_as_inactive_renews_no_lower_certification_and_its_pages_do_not_say_so(
    ranked, signed_in, clock_at
):
    clock_at(DAY)
    first, second = ranked(higher=RANKED + RESTS)
    browser = signed_in(first.credential.trainer)
    home = f"/certifications/{SECOND}/home/"
    assert TOGETHER in text_of(browser.get(home))
    Cycle.objects.filter(pk=first.pk).update(path="inactive")
    assert TOGETHER not in text_of(browser.get(home))
    scenes.pay(submitted(Cycle.objects.select_related("credential__trainer").get(pk=first.pk)), DAY)
    assert (ends(FIRST), ends(SECOND)) == (date(2029, 3, 14), date(2027, 6, 30))


def test_a_lower_certification_is_renewed_as_active_although_a_way_to_rest_was_chosen_for_it(
    ranked, clock_at
):
    clock_at(DAY)
    first, second = ranked(lower=RANKED + RESTS)
    Cycle.objects.filter(pk=second.pk).update(path="inactive")
    renewed(first)
    opened = Cycle.objects.latest_of(second.credential)
    assert (opened.expires_on, opened.status_path) == (date(2029, 6, 30), None)
    assert broken() == []
