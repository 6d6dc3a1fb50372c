"""The life of a renewal application: every pair of states, in every way that leads there."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.contrib.auth.models import Permission
from django.db import transaction

from core.errors import Refusal
from core.models import HistoryEntry
from outbox.models import Notice
from renewals import services
from renewals.models import Application
from tests.guards.changes import refused_by
from tests.policies import follow, with_figures
from tests.renewals import decided, scenes
from tests.renewals.scenes import cycle_of, moment
from trainers.models import Cycle

DAY = "2027-03-02"
STATES = ("draft", "submitted", "in_review", "returned", "approved", "denied", "lapsed", "withdrawn")
ALLOWED = {
    "draft": {"submitted", "withdrawn"},
    "submitted": {"in_review", "lapsed", "withdrawn"},
    "in_review": {"returned", "approved", "denied", "withdrawn"},
    "returned": {"in_review", "denied", "withdrawn"},
    "approved": set(),
    "denied": {"in_review"},
    "lapsed": set(),
    "withdrawn": set(),
}


@pytest.fixture
def by_hand(settings, monkeypatch):
    """A policy under which staff look at every renewal."""
    follow(with_figures(auto_approve=False), monkeypatch)


@pytest.fixture
def cast(ready, reviewer, lead, by_hand):
    return {"trainer": ready, "rita": reviewer, "lea": lead}


def bring_to(state: str, trainer, reviewer) -> Application:
    """Bring a renewal application into this state by the steps that people take."""
    if state == "draft":
        return services.start_application(cycle_of(trainer), by=trainer, at=moment(DAY))
    application = scenes.submit(trainer, DAY)
    if state in ("in_review", "returned", "approved", "denied"):
        application = scenes.pay(application, DAY)
    decide = {
        "returned": lambda: decided.return_application(
            application, by=reviewer, at=moment(DAY), reason="Name?"
        ),
        "approved": lambda: decided.approve_application(application, by=reviewer, at=moment(DAY)),
        "denied": lambda: decided.deny_application(application, by=reviewer, at=moment(DAY), reason="No."),
        "lapsed": lambda: services.lapse_application(application, at=moment("2027-03-10")),
        "withdrawn": lambda: services.withdraw_application(application, by=trainer, at=moment(DAY)),
    }
    return decide[state]() if state in decide else application


def roads_to(state: str, cast) -> list[Callable[[Application], Application]]:
    """Return every service that leads to this state."""
    trainer, reviewer, lead = cast["trainer"], cast["rita"], cast["lea"]
    later = moment("2027-03-03")

    def paid(application):
        if application.state == "submitted":
            scenes.settle(application, "2027-03-03")
        return services.advance_application(application, at=later)

    roads = {
        "draft": [],
        "submitted": [lambda one: scenes.submit(trainer, "2027-03-03") and one],
        "in_review": [
            paid,
            lambda one: services.correct_application(one, by=trainer, at=later),
            lambda one: decided.reopen_application(one, by=lead, at=later, reason="We were wrong."),
        ],
        "returned": [lambda one: decided.return_application(one, by=reviewer, at=later, reason="Name?")],
        "approved": [lambda one: decided.approve_application(one, by=reviewer, at=later)],
        "denied": [
            lambda one: decided.deny_application(one, by=reviewer, at=later, reason="No."),
            lambda one: services.deny_uncorrected_renewal(one, at=moment("2027-05-01")),
        ],
        "lapsed": [lambda one: services.lapse_application(one, at=moment("2027-03-10"))],
        "withdrawn": [lambda one: services.withdraw_application(one, by=trainer, at=later)],
    }
    return roads[state]


def test_the_renewal_transitions_are_exactly_the_published_ones():
    assert {state: set(after) for state, after in Application.TRANSITIONS.items()} == ALLOWED


@pytest.mark.parametrize("from_state", STATES)
def test_every_renewal_transition_is_allowed_or_refused_as_the_table_says(cast, from_state):
    pk = bring_to(from_state, cast["trainer"], cast["rita"]).pk
    for to_state in STATES:
        with transaction.atomic():
            roads = roads_to(to_state, cast)
            reached = states_reached(pk, roads, to_state)
            transaction.set_rollback(True)
        if roads and (to_state in ALLOWED[from_state] or from_state == to_state):
            assert to_state in reached, to_state
        else:
            assert reached == ({from_state} if roads else set()), to_state


def states_reached(pk: int, roads: list[Callable[[Application], object]], to_state: str) -> set[str]:
    """Go each road in turn, until one leads to `to_state`."""
    application, reached = Application.objects.get(pk=pk), set()
    for road in roads:
        with suppress(Refusal), transaction.atomic():
            road(application)
        reached.add(Application.objects.get(pk=pk).state)
        if to_state in reached:
            break
    return reached


@pytest.mark.parametrize("state", STATES)
def test_every_renewal_transition_writes_one_history_row(cast, state):
    application = bring_to(state, cast["trainer"], cast["rita"])
    told = HistoryEntry.objects.filter(subject=f"renewals.application:{application.pk}").order_by("pk")
    walked = [(row.from_state, row.to_state) for row in told]
    assert walked[0] == ("", "draft")
    assert walked[-1][1] == state
    assert all(before[1] == after[0] for before, after in zip(walked, walked[1:], strict=False))


@pytest.mark.parametrize("state", ["approved", "lapsed", "withdrawn"])
def test_the_database_refuses_to_reopen_an_ended_application(cast, state):
    application = bring_to(state, cast["trainer"], cast["rita"])
    with refused_by("renewals_application_steps"):
        Application.objects.filter(pk=application.pk).update(state="in_review", ended_at=None)


def test_a_renewal_started_after_a_withdrawal_has_its_own_day_of_receipt(cast):
    trainer = cast["trainer"]
    first = bring_to("withdrawn", trainer, cast["rita"])
    assert not first.cycle.claimed_records.exists()
    second = scenes.submit(trainer, "2027-03-20")
    assert (first.fee_total_cents, second.fee_total_cents) == (9900, 12900)
    assert second.pk != first.pk
    assert second.cycle.claimed_records.count() == 2
    first.refresh_from_db()
    assert first.charge.state == "void"


def test_only_the_trainer_can_withdraw_a_renewal(cast, stranger):
    application = bring_to("submitted", cast["trainer"], cast["rita"])
    for person in (stranger, cast["rita"]):
        with pytest.raises(Refusal):
            services.withdraw_application(application, by=person, at=moment(DAY))


@pytest.mark.parametrize("who", ["trainer", "stranger", "nobody"])
def test_only_staff_with_the_permission_can_decide_a_renewal(cast, stranger, who):
    person = {"trainer": cast["trainer"], "stranger": stranger, "nobody": None}[who]
    application = bring_to("in_review", cast["trainer"], cast["rita"])
    for decide in (
        lambda: decided.approve_application(application, by=person, at=moment(DAY)),
        lambda: decided.return_application(application, by=person, at=moment(DAY), reason="x"),
        lambda: decided.deny_application(application, by=person, at=moment(DAY), reason="x"),
    ):
        with pytest.raises(Refusal) as refusal:
            decide()
        assert refusal.value.code == "not_allowed"


@pytest.mark.parametrize("verdict", ["approve", "return", "deny"])
@pytest.mark.parametrize("state", ["submitted", "returned", "denied"])
def test_only_a_renewal_in_review_can_be_decided(cast, state, verdict):
    application = bring_to(state, cast["trainer"], cast["rita"])
    with pytest.raises(Refusal) as refusal:
        services.decide_application(
            application, verdict=verdict, by=cast["lea"], at=moment("2027-03-03"), words="It is not yours."
        )
    assert refusal.value.code == "out_of_order"


def test_a_reviewer_cannot_decide_their_own_renewal(cast):
    trainer = cast["trainer"]
    trainer.user_permissions.add(*Permission.objects.filter(content_type__app_label="renewals"))
    application = bring_to("in_review", trainer, cast["rita"])
    for decide in (
        lambda: decided.approve_application(application, by=trainer, at=moment(DAY)),
        lambda: decided.deny_application(application, by=trainer, at=moment(DAY), reason="x"),
    ):
        with pytest.raises(Refusal) as refusal:
            decide()
        assert refusal.value.code == "own_case"


def test_only_a_lead_can_reopen_a_denied_renewal_and_a_reason_is_required(cast):
    application = bring_to("denied", cast["trainer"], cast["rita"])
    with pytest.raises(Refusal) as refusal:
        decided.reopen_application(application, by=cast["rita"], at=moment(DAY), reason="Please.")
    assert refusal.value.code == "not_allowed"
    with pytest.raises(Refusal) as refusal:
        decided.reopen_application(application, by=cast["lea"], at=moment(DAY), reason="  ")
    assert refusal.value.code == "no_words"


def test_reopening_a_denied_renewal_before_its_mail_is_sent_cancels_the_mail(cast):
    application = bring_to("denied", cast["trainer"], cast["rita"])
    denied = Notice.objects.filter(kind="renewals.denied")
    assert [one.state for one in denied] == ["due"]
    decided.reopen_application(application, by=cast["lea"], at=moment(DAY), reason="We were wrong.")
    assert [one.state for one in denied.all()] == ["superseded"]


def test_a_reopened_renewal_claims_its_records_again_and_waits_for_staff(cast):
    application = bring_to("denied", cast["trainer"], cast["rita"])
    assert not application.cycle.claimed_records.exists()
    application = decided.reopen_application(
        application, by=cast["lea"], at=moment(DAY), reason="We were wrong."
    )
    assert (application.state, application.ended_at, application.end_reason) == ("in_review", None, "")
    assert application.cycle.claimed_records.count() == 2
    assert services.advance_application(application, at=moment(DAY)).state == "in_review"
    approved = decided.approve_application(application, by=cast["rita"], at=moment(DAY))
    assert (approved.state, approved.decided_by) == ("approved", cast["rita"])


def test_a_denied_renewal_cannot_be_reopened_after_a_new_application(cast):
    application = bring_to("denied", cast["trainer"], cast["rita"])
    scenes.submit(cast["trainer"], "2027-03-05")
    with pytest.raises(Refusal) as refusal:
        decided.reopen_application(
            application, by=cast["lea"], at=moment("2027-03-06"), reason="We were wrong."
        )
    assert refusal.value.code == "applied_again"


def test_approving_a_renewal_opens_the_next_cycle_once(cast):
    application = bring_to("approved", cast["trainer"], cast["rita"])
    decided.approve_application(application, by=cast["rita"], at=moment("2027-03-04"))
    services.advance_application(application, at=moment("2027-03-04"))
    cycles = Cycle.objects.filter(credential=application.cycle.credential).order_by("starts_on")
    assert [f"{cycle.starts_on} {cycle.expires_on}" for cycle in cycles] == [
        "2025-03-15 2027-03-14",
        "2027-03-15 2029-03-14",
    ]


def test_staff_cannot_approve_a_renewal_that_lacks_a_requirement(cast):
    application = bring_to("in_review", cast["trainer"], cast["rita"])
    application.cycle.claimed_records.filter(category="education").update(state="rejected")
    with pytest.raises(Refusal, match="You need 1.9 more"):
        decided.approve_application(application, by=cast["rita"], at=moment(DAY))
    assert Cycle.objects.filter(credential=application.cycle.credential).count() == 1


def test_records_of_an_approved_renewal_stay_claimed(cast):
    application = bring_to("approved", cast["trainer"], cast["rita"])
    assert application.assessment["eligible"] is True
    assert application.assessment["fees"]["total"] == "99.00"
    with refused_by("renewals_application_assessed"):
        Application.objects.filter(pk=application.pk).update(assessment=None)
