"""A body that says more about audits than their rate: from whom, always or never, and when the draw is made.

Jordan's certification ends on March 14, 2027. With the rate 1 everybody is selected, with 0 nobody.
"""

from datetime import date

import pytest
from django.db.models import OuterRef

from audits.export import period_lines
from audits.invariants import CHECKS as AUDIT_CHECKS
from audits.models import Audit, Draw
from audits.services.opening import agree_audit
from cases.listing import with_decisions
from ceus.models import CeuRecord
from core.errors import Refusal
from outbox.models import Notice
from renewals import services, tasks
from renewals.models import Application, Decision
from renewals.services.approving import is_approved_by_passing
from renewals.services.endings import withdraw_application
from tests.audits import scenes as audits
from tests.bodies import let_follow
from tests.payments.scenes import mail_of
from tests.petitions import scenes as petitions
from tests.reading import text_of
from tests.renewals import scenes
from tests.renewals.together import PRICED, broken, log_course, of, submitted
from tests.twice import FIRST, SECOND
from trainers.models import Credential, Cycle
from trainers.services.credentials import reinstate_credential

pytestmark = pytest.mark.django_db
BODY = """total = { value = "2.0" }
fees = [{ code = "renewal", amount = "99.00" }, { code = "late", amount = "30.00" }]
tiers = [{ code = "on_time", adds = ["renewal"] }, { code = "late", after = "E", through = "E + 90 days", adds = ["late"] }]
"""
FEE = 'values = { petition_fee = { value = "25.00" } }\n'
BY_HAND = (
    'values = { auto_approve = { value = false, label = "At once", clause = "house", text = "We look." } }\n'
)


@pytest.fixture
def under(ready, follow_body, clock_at):
    """`under("when = …", "1")` lets Jordan follow a body with these terms of audits and this rate; 2.0 CEUs are
    logged.
    """

    def made(terms: str, rate: str = "0", more: str = "", amount: int = 200) -> Cycle:
        CeuRecord.objects.filter(credential__trainer=ready).update(state="removed")
        policy = follow_body(f"{BODY}audit = {{ {terms} }}\n{more}")
        cycle = let_follow(Credential.objects.get(trainer=ready), policy)
        audits.open_periods(rate, policy_code="body")
        log_course(cycle, hundredths=amount)
        return cycle

    return made


def renewed(cycle: Cycle, day: str = "2027-03-02") -> Application:
    return scenes.pay(submitted(cycle, day=day), day)


def drawn(cycle: Cycle) -> tuple[str, bool] | None:
    return Draw.objects.filter(cycle=cycle).values_list("chance", "selected").first()


def unsound() -> list[str]:
    return [*broken(), *(line for check in AUDIT_CHECKS for line in check.find())]


def test_somebody_whom_the_rules_do_not_audit_is_approved_at_once_though_the_number_is_below_the_rate(under):
    cycle = under("when = { renewal_from = 9 }", "1")
    assert renewed(cycle).state == "approved"
    assert drawn(cycle) == ("never", True)
    assert not Audit.objects.exists()
    assert unsound() == []


def test_somebody_whom_the_rules_always_audit_is_audited_though_the_number_is_above_the_rate(under, reviewer):
    cycle = under('always = { tier = ["late"] }', "0")
    application = renewed(cycle, "2027-03-15")
    assert (application.state, drawn(cycle)) == ("in_review", ("always", False))
    with pytest.raises(Refusal, match="must be closed first"):
        services.decide_application(
            application, verdict="approve", by=reviewer, at=scenes.moment("2027-03-16")
        )
    assert unsound() == []
    assert '"chance": "always"' in "".join(period_lines("tests"))


def test_who_is_not_always_audited_is_drawn_by_the_rate(under):
    cycle = under('always = { tier = ["late"] }', "0")
    assert renewed(cycle).state == "approved"
    assert drawn(cycle) == ("rate", False)
    assert "chance" not in "".join(period_lines("tests"))


@pytest.mark.parametrize(("day", "chance"), [("2029-01-04", "never"), ("2029-01-05", "rate")])
def test_a_passed_audit_spares_for_the_years_that_the_rules_say(under, reviewer, day, chance):
    cycle = under('not_within = "2 years"', "1")
    application = renewed(cycle, "2027-01-04")
    audit = Audit.objects.get(renewal=application.reference)
    audits.judge(audit, reviewer, at="2027-01-05")
    audits.closed(audit, "pass", reviewer, at="2027-01-05")
    services.advance_audited_renewals(audit, at=scenes.moment("2027-01-05 13:00"))
    following = Cycle.objects.select_related("credential__trainer").get(starts_on="2027-03-15")
    log_course(following, completed_on=date(2028, 9, 1))
    renewed(following, day)
    assert drawn(following) == (chance, True)
    assert of(following).state == ("approved" if chance == "never" else "in_review")


def test_an_audit_that_is_drawn_at_the_approval_waits_for_the_petition_that_is_missing(under, reviewer):
    cycle = under('drawn = "approval"', "1", FEE, amount=160)
    petition = petitions.submitted(cycle.credential.trainer, at=scenes.moment("2027-03-02"))
    application = renewed(cycle)
    assert (application.state, Audit.objects.count()) == ("in_review", 0)
    assert unsound() == []
    petitions.decided(petition, "approve", by=reviewer, at=scenes.moment("2027-03-05"))
    services.advance_application(application, at=scenes.moment("2027-03-05 13:00"))
    assert drawn(cycle) == ("rate", True)
    assert (of(cycle).state, Audit.objects.get().renewal) == ("in_review", application.reference)
    assert unsound() == []


def test_a_draw_at_the_approval_has_the_period_of_the_receipt_whenever_somebody_acts(
    under, reviewer, clock_at
):
    clock_at("2027-03-02")
    cycle = under('drawn = "approval"', "1", FEE, amount=160)
    petition = petitions.submitted(cycle.credential.trainer, at=scenes.moment("2027-03-02"))
    application = renewed(cycle)
    assert drawn(cycle) == ("rate", True)
    petitions.decided(petition, "approve", by=reviewer, at=scenes.moment("2027-05-05"))
    for day in ("2027-05-05", "2028-01-05"):
        with pytest.raises(Refusal, match="no audit has looked at"):
            services.decide_application(application, verdict="approve", by=reviewer, at=scenes.moment(day))
        assert drawn(cycle) == ("rate", True)
    withdraw_application(application, by=cycle.credential.trainer, at=scenes.moment("2028-01-06"))
    assert drawn(cycle) == ("rate", True)


@pytest.mark.parametrize(("rate", "state"), [("0", "approved"), ("1", "in_review")])
def test_a_draw_at_the_end_of_the_cycle_is_made_by_the_sweep_on_the_day_after_it(
    under, clock_at, rate, state
):
    cycle = under('drawn = "cycle_end"', rate)
    renewed(cycle)
    for day in ("2027-03-02", "2027-03-14"):
        clock_at(day)
        tasks.draw_waiting()
        tasks.finish_paid()
        assert (of(cycle).state, drawn(cycle)) == ("in_review", None)
    clock_at("2027-03-15")
    tasks.draw_waiting()
    tasks.finish_paid()
    assert (of(cycle).state, drawn(cycle)) == (state, ("rate", rate == "1"))
    assert Audit.objects.count() == int(rate)


def test_passing_an_audit_for_cause_is_said_to_approve_only_once_the_end_of_the_cycle_was_drawn(
    under, lead, second_lead
):
    cycle = under('drawn = "cycle_end"', "0")
    application = renewed(cycle)
    audit = services.propose_audit_for_cause(
        application, by=lead, at=scenes.moment("2027-03-03"), cause="Two courses at one time."
    )
    agree_audit(audit, by=second_lead, at=scenes.moment("2027-03-03 13:00"))
    audit.refresh_from_db()
    renewal = with_decisions(Application.objects.all(), Decision.objects.filter(application=OuterRef("pk")))
    approved = {
        day: is_approved_by_passing(audit, renewal.get(), at=scenes.moment(day))
        for day in ("2027-03-14", "2027-03-15")
    }
    assert approved == {"2027-03-14": False, "2027-03-15": True}


def test_staff_cannot_approve_before_the_draw_at_the_end_of_the_cycle(under, reviewer):
    cycle = under('drawn = "cycle_end"', "0", BY_HAND)
    application, at = renewed(cycle), scenes.moment("2027-03-03")
    with pytest.raises(Refusal, match="It is drawn for audit once its cycle has ended."):
        services.decide_application(application, verdict="approve", by=reviewer, at=at)
    assert services.decide_application(
        application, verdict="approve", by=reviewer, at=scenes.moment("2027-03-15")
    )


def failed(application: Application, reviewer, day: str = "2027-03-03") -> Audit:
    audit = Audit.objects.filter(renewal=application.reference).latest("pk")
    audits.judge(audit, reviewer, at=day, verdict="refused", words="It is somebody else's.")
    audits.closed(audit, "fail", reviewer, at=day, words="It is somebody else's.")
    services.advance_audited_renewals(audit, at=scenes.moment(f"{day} 13:00"))
    return audit


def test_a_failed_audit_returns_the_renewal_where_the_rules_say_so_and_its_correction_is_audited_again(
    under, reviewer, signed_in
):
    cycle = under('failing = "returned"', "1")
    application = renewed(cycle)
    page = signed_in(reviewer).get(f"/staff/audits/audit/{Audit.objects.get().pk}/fail/")
    assert "The renewal is returned with your words." in page.content.decode()
    first = failed(application, reviewer)
    assert (of(cycle).state, of(cycle).returned_reason) == ("returned", "It is somebody else's.")
    trainer, at = cycle.credential.trainer, scenes.moment("2027-03-05")
    services.correct_application(of(cycle), by=trainer, at=at)
    second = Audit.objects.exclude(pk=first.pk).get()
    assert (of(cycle).state, second.renewal, second.is_open) == ("in_review", application.reference, True)
    audits.judge(second, reviewer, at="2027-03-08")
    audits.closed(second, "pass", reviewer, at="2027-03-08")
    services.advance_audited_renewals(second, at=scenes.moment("2027-03-08 13:00"))
    assert of(cycle).state == "approved"
    assert unsound() == []


def test_a_second_failed_audit_returns_the_renewal_once_more_within_what_is_left_of_the_days(under, reviewer):
    cycle = under('failing = "returned"', "1")
    failed(renewed(cycle), reviewer)
    first_day = of(cycle).correct_through
    services.correct_application(of(cycle), by=cycle.credential.trainer, at=scenes.moment("2027-03-05"))
    failed(of(cycle), reviewer, "2027-03-10")
    assert of(cycle).state == "returned"
    assert (of(cycle).correct_through - first_day).days == 5  # seven days later, two of them were spent


def test_a_failed_audit_denies_and_suspends_where_the_rules_say_so_and_a_lead_reinstates(
    under, reviewer, lead
):
    cycle = under('failing = "suspended"', "1")
    failed(renewed(cycle), reviewer)
    credential = Credential.objects.get(pk=cycle.credential_id)
    assert (of(cycle).state, credential.state, credential.state_on) == (
        "denied",
        "suspended",
        date(2027, 3, 3),
    )
    (mail,) = Notice.objects.filter(kind="credential.standing")
    assert "It is somebody else's." in mail_of(mail).text
    denied = mail_of(Notice.objects.get(kind="renewals.denied")).text
    assert "While it is not in force you cannot renew it." in denied
    assert "You can apply again" not in denied
    services.advance_audited_renewals(Audit.objects.get(), at=scenes.moment("2027-03-04"))
    assert Notice.objects.filter(kind="credential.standing").count() == 1
    reinstate_credential(
        credential, by=lead, at=scenes.moment("2027-03-05"), on=date(2027, 3, 5), reason="Settled."
    )
    assert Credential.objects.get(pk=cycle.credential_id).in_force


def test_a_failed_audit_of_a_joined_certification_suspends_that_one_and_denies_both(pair, reviewer, clock_at):
    clock_at("2027-03-02")
    terms = 'several = { credits = "separate" }\naudit = { failing = "suspended" }\n'
    first, second = pair(version=PRICED + terms, rate="1")
    log_course(first)
    log_course(second)
    scenes.pay(submitted(first, SECOND), "2027-03-02")
    failed(of(second), reviewer)
    assert [of(one).state for one in (first, second)] == ["denied", "denied"]
    states = dict(Credential.objects.filter(number__in=(FIRST, SECOND)).values_list("number", "state"))
    assert states == {FIRST: "in_force", SECOND: "suspended"}


def test_the_public_page_says_when_the_draw_is_made_and_how_many_the_rules_spare(under, clock_at, client):
    clock_at("2027-03-02")
    cycle = under('drawn = "approval", when = { renewal_from = 9 }', "1")
    renewed(cycle)
    page = client.get("/audits/draws/").content.decode()
    assert "drawn once, when its first renewal is sent; whoever is chosen is asked for documents once" in page
    assert "<dt>Not audited by the rules</dt><dd>1</dd>" in page


def test_the_public_page_says_of_each_policy_with_periods_when_it_draws(follow_body, clock_at, client):
    clock_at("2027-03-02")
    follow_body(
        f'{BODY}audit = {{ drawn = "submission" }}\n',
        beside={"helper": f'{BODY}audit = {{ drawn = "cycle_end", when = {{ renewal_from = 9 }} }}\n'},
    )
    for code in ("body", "helper"):
        audits.open_periods(policy_code=code)
    page = text_of(client.get("/audits/draws/"))
    assert "Body Trainer: each cycle is drawn once, when its first renewal is sent. " in page
    told = "Helper Trainer: each cycle is drawn once, once it has ended and a renewal was sent. Its rules also say"
    assert told in page
