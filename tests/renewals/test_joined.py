"""One application for several certifications: offered, priced, sent, paid, decided, corrected and ended
together, each with its own courses, next cycle and history.

Jordan's first certification (1193 4482) is certified through March 14, 2027; the second one (5512 0007) through
June 30, 2027, or as a test says. Renewing costs $99.00, each further one $50.00, and late $30.00 more.
"""

from datetime import date

import pytest

from ceus.models import CeuRecord
from core.errors import Refusal
from core.models import HistoryEntry
from outbox.models import Notice
from renewals import services
from renewals.attestation import attestation_for
from renewals.joining import candidates_for
from renewals.models import Application
from tests.payments.scenes import mail_of
from tests.reading import text_of
from tests.renewals import scenes
from tests.renewals.together import DAY, PRICED, SEVERAL, broken, ends, log_course, of, submitted
from tests.twice import FIRST, SECOND
from trainers.models import Credential

pytestmark = pytest.mark.django_db


def test_one_application_renews_two_certifications_at_the_price_of_each(pair, clock_at):
    clock_at(DAY)
    first, second = pair()
    course = log_course(first)
    application = submitted(first, SECOND, cents=14900)
    joined = of(second)
    assert [(one["label"], one["amount_cents"]) for one in application.fee_lines] == [
        ("Renewal fee", 9900),
        ("Further certification: Body Trainer, 5512 0007", 5000),
    ]
    assert application.charge.description == "Renewal of certifications 1193 4482 and 5512 0007"
    assert (joined.state, joined.renewed_with, joined.fee_total_cents, joined.charge) == (
        "submitted",
        application,
        0,
        None,
    )
    assert course.shared_with.get().claimed_for == second
    scenes.pay(application, DAY)
    assert [of(one).state for one in (first, second)] == ["approved", "approved"]
    assert (ends(FIRST), ends(SECOND)) == (date(2029, 3, 14), date(2029, 6, 30))
    assert broken() == []


def test_each_certification_has_its_own_steps_in_history_and_the_mail_names_both(pair, clock_at):
    clock_at(DAY)
    first, second = pair()
    log_course(first)
    scenes.pay(submitted(first, SECOND), DAY)
    for cycle in (first, second):
        about = HistoryEntry.objects.filter(subject=f"renewals.application:{of(cycle).pk}").order_by("pk")
        assert list(about.values_list("verb", flat=True)) == ["started", "submitted", "paid", "approved"]
    (mail,) = Notice.objects.filter(kind="renewals.renewed")
    text = mail_of(mail).text
    assert f"renewal {of(first).reference} of certification 1193 4482" in text
    assert "Renewed with it: Body Trainer, 5512 0007, through June 30, 2029." in text


def test_the_renewal_page_offers_the_other_certification_and_shows_the_total_before_anything_is_sent(
    pair, signed_in, clock_at
):
    clock_at(DAY)
    first, _ = pair()
    log_course(first)
    browser = signed_in(first.credential.trainer)
    page = browser.get(f"/certifications/{FIRST}/renew/check/")
    told = text_of(page)
    assert "Renew with it, in one application Body Trainer, 5512 0007: $50 more" in told
    assert "Certified through June 30, 2027. It has all that it needs." in told
    assert "Agree and pay $99" in told
    chosen = {"joined": SECOND, "update": "1", "agreed_cents": "9900", "attestation_version": "x"}
    shown = browser.post(f"/certifications/{FIRST}/renew/submit/", chosen)
    assert shown.status_code == 200
    told = text_of(shown)
    assert "Agree and pay $149" in told
    assert "There is a problem" not in told
    assert "Further certification: Body Trainer, 5512 0007 $50.00" in told
    assert (
        "Renewed with it Body Trainer, number 5512 0007, next cycle July 1, 2027 through June 30, 2029"
        in told
    )
    assert 'value="55120007" id="id_joined_0" checked' in shown.content.decode()
    assert not Application.objects.exists()


def test_choosing_another_certification_without_seeing_its_price_is_asked_again(pair, signed_in, clock_at):
    clock_at(DAY)
    first, _ = pair()
    log_course(first)
    version = attestation_for(first.policy.version_on(date(2027, 3, 2))).version
    typed = {"joined": SECOND, "agreed_cents": "9900", "attestation_version": version}
    answer = signed_in(first.credential.trainer).post(f"/certifications/{FIRST}/renew/submit/", typed)
    assert answer.status_code == 422
    assert "The price is $149 now. Check it, then agree again." in text_of(answer)
    assert 'name="agreed_cents" value="14900"' in answer.content.decode()
    assert not Application.objects.filter(state="submitted").exists()


@pytest.mark.parametrize("number", ["20000001", "99999999", "x", "\x00", "11934482"])
def test_a_number_that_is_not_offered_is_refused_at_its_field(pair, stranger, signed_in, clock_at, number):
    clock_at(DAY)
    first, _ = pair()
    log_course(first)
    version = attestation_for(first.policy.version_on(date(2027, 3, 2))).version
    typed = {"joined": number, "agreed_cents": "9900", "attestation_version": version}
    answer = signed_in(first.credential.trainer).post(f"/certifications/{FIRST}/renew/submit/", typed)
    assert answer.status_code == 422
    assert "Choose certifications of the list." in text_of(answer)
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("what", "day", "why"),
    [
        ("lacks courses", date(2027, 6, 30), "You need 2 more"),
        ("is not active", date(2027, 6, 30), "It is not active."),
        ("ends earlier", date(2027, 3, 13), "It ends earlier, on March 13, 2027. Begin with that one"),
        ("is not open", date(2028, 6, 30), "You can renew it from January 2, 2028."),
        ("is under way", date(2027, 6, 30), "is under way."),
    ],
)
def test_a_certification_that_cannot_be_renewed_with_it_says_why_and_is_not_accepted(
    pair, signed_in, clock_at, what, day, why
):
    clock_at(DAY)
    first, second = pair(day)
    log_course(first, completed_on=date(2025, 5, 1) if what == "lacks courses" else date(2026, 9, 1))
    if what == "is not active":
        Credential.objects.filter(pk=second.credential_id).update(
            state="suspended", state_on=date(2027, 1, 1)
        )
    if what == "is under way":
        submitted(second)
    page = signed_in(first.credential.trainer).get(f"/certifications/{FIRST}/renew/check/")
    assert why in text_of(page)
    assert "id_joined_0" not in page.content.decode()
    with pytest.raises(Refusal, match="5512 0007: ") as refused:
        submitted(first, SECOND)
    assert refused.value.field == "joined"
    assert not Application.objects.filter(cycle=first).exists()


@pytest.mark.parametrize(
    "version",
    [
        PRICED + 'several = { credits = "shared", one_application = false }\n',
        PRICED,
        PRICED.replace('"further_credential"', '"application"') + SEVERAL,
    ],
)
def test_nothing_is_offered_where_the_policy_does_not_state_a_price_for_a_further_one(
    pair, signed_in, clock_at, version
):
    clock_at(DAY)
    first, _ = pair(version=version)
    log_course(first)
    assert candidates_for(first, received_at=scenes.moment(DAY)) == []
    page = signed_in(first.credential.trainer).get(f"/certifications/{FIRST}/renew/check/")
    assert "Your other certifications" not in text_of(page)


def test_a_late_application_pays_its_late_fee_and_the_further_price(pair, clock_at):
    clock_at("2027-03-20")
    first, _ = pair()
    log_course(first)
    application = submitted(first, SECOND, day="2027-03-20")
    amounts = {one["code"]: one["amount_cents"] for one in application.fee_lines}
    assert amounts == {"renewal": 9900, "further": 5000, "late": 3000}


def test_withdrawing_either_one_withdraws_both_and_frees_their_courses(pair, signed_in, clock_at):
    clock_at(DAY)
    first, second = pair()
    log_course(first)
    application = submitted(first, SECOND)
    trainer = first.credential.trainer
    services.withdraw_application(of(second), by=trainer, at=scenes.moment(DAY))
    assert [of(one).state for one in (first, second)] == ["withdrawn", "withdrawn"]
    application.charge.refresh_from_db()
    assert application.charge.state == "void"
    assert not CeuRecord.objects.exclude(claimed_for=None).exists()
    assert broken() == []


def test_an_application_that_is_not_paid_in_time_ends_for_both(pair, clock_at):
    first, second = pair()
    log_course(first)
    application = submitted(first, SECOND)
    clock_at("2027-06-02")
    at = scenes.moment("2027-06-02")
    assert [one.pk for one in Application.objects.unpaid_after(at.date())] == [application.pk]
    services.lapse_application(of(second), at=at)
    assert [of(one).state for one in (first, second)] == ["lapsed", "lapsed"]


def test_pages_of_the_joined_certification_lead_to_the_application_that_decides(pair, signed_in, clock_at):
    clock_at(DAY)
    first, second = pair()
    log_course(first)
    application = submitted(first, SECOND)
    browser = signed_in(first.credential.trainer)
    path = f"/certifications/{FIRST}/renew/{application.reference}/"
    page = browser.get(f"/certifications/{SECOND}/renew/{of(second).reference}/")
    assert (page.status_code, page["Location"]) == (302, path)
    assert "Renewed with it Body Trainer, 5512 0007" in text_of(browser.get(path))
    back = browser.get(f"/certifications/{SECOND}/renew/pay/return/?renewal={of(second).reference}&left=1")
    assert (back.status_code, "You left before paying" in text_of(back)) == (200, True)
    home = text_of(browser.get(f"/certifications/{SECOND}/home/"))
    assert f"Renewed together with Body Trainer, 1193 4482, in renewal {application.reference}." in home
    assert "Pay $" not in home
    assert "Not paid yet" in text_of(browser.get(f"/certifications/{FIRST}/home/"))
