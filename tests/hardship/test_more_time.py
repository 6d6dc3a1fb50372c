"""A later last day: asked for, proposed, granted by a lead; the rules, Home and mails follow it (Q34)."""

from datetime import date

import pytest

from core.errors import Refusal
from core.models import HistoryEntry
from hardship.models import Relief
from hardship.services import decline_relief, grant_relief, propose_relief, withdraw_relief
from hardship.terms import Terms
from outbox.models import Notice
from renewals.pages.home import home_of
from tests import factories
from tests.hardship.scenes import JUNE_30, WORDS, asked, granted, proposed, terms
from tests.renewals.scenes import cycle_of, moment, submit
from trainers.models import Cycle


def standing(trainer, day: str):
    from ceus.standing import standing_for

    on = date.fromisoformat(day)
    return standing_for(cycle_of(trainer), today=on, received_on=on)


def refused(do) -> str:
    with pytest.raises(Refusal) as refusal:
        do()
    return refusal.value.code


@pytest.mark.parametrize(
    ("day", "tier"), [("2028-03-13", "additional"), ("2028-06-30", "additional"), ("2028-07-01", "closed")]
)
def test_a_granted_day_keeps_the_last_window_open_through_it(jordan, lead, day, tier):
    granted(jordan, lead)
    assert standing(jordan, day).tier == tier


def test_a_granted_day_moves_neither_the_expiration_date_nor_the_next_cycle_nor_the_price(jordan, lead):
    before = cycle_of(jordan)
    granted(jordan, lead, what="both")
    after = cycle_of(jordan)
    stored = ("expires_on", "completion_deadline", "last_day_to_apply")
    assert [getattr(after, name) for name in stored] == [getattr(before, name) for name in stored]
    found = standing(jordan, "2028-06-30")
    assert (found.status, found.fees.total_cents) == ("expired", 14900)
    assert found.dates.next_cycle.expires_on == date(2029, 3, 14)
    assert found.dates.completion_deadline == JUNE_30


def test_a_trainer_applies_in_the_extended_window_and_nobody_else_does(jordan, stranger, lead, clock_at):
    granted(jordan, lead)
    for trainer in (jordan, stranger):
        factories.everything_met(trainer)
    clock_at("2028-06-30")
    assert submit(jordan, "2028-06-30").state == "submitted"
    clock_at("2028-07-01")  # the stranger's cycle ends on June 30, 2027
    assert refused(lambda: submit(stranger, "2028-07-01")) == "window"


def test_home_says_what_was_granted_and_why(jordan, lead, clock_at):
    granted(jordan, lead, what="both")
    view = home_of(cycle_of(jordan), today=date(2027, 3, 1))
    assert view.granted == (
        "We gave you more time because of military service: you can finish courses and apply through June 30, 2028.",
    )
    last = view.dates[-1]
    assert last.note.endswith("We moved this last day because of military service.")
    assert home_of(cycle_of(jordan), today=date(2028, 7, 1)).granted == ()


def test_a_request_changes_nothing_until_it_is_granted(jordan, reviewer):
    asked(jordan)
    proposed(jordan, reviewer, what="both")
    assert standing(jordan, "2028-03-14").tier == "closed"


def test_a_request_is_recorded_once_and_withdrawn_by_its_trainer_alone(jordan, stranger, lead):
    first = asked(jordan)
    assert asked(jordan, "2027-02-02") == first
    assert refused(lambda: withdraw_relief(first, by=stranger, at=moment("2027-02-03"))) == "not_allowed"
    withdraw_relief(first, by=jordan, at=moment("2027-02-03"))
    assert withdraw_relief(first, by=jordan, at=moment("2027-02-04")).state == "withdrawn"
    again = lambda: grant_relief(  # noqa: E731
        first.cycle, by=lead, at=moment("2027-02-04"), terms=terms(), words=WORDS, relief=first
    )
    assert refused(again) == "out_of_order"


def test_a_reviewer_proposes_and_a_lead_grants_what_was_asked_with_one_mail(jordan, reviewer, lead):
    request = asked(jordan)
    at = moment("2027-02-02")
    propose_relief(
        request.cycle, by=reviewer, at=at, terms=terms(), words=WORDS, note="Seen.", relief=request
    )
    assert not Notice.objects.filter(trainer=jordan).exists()
    for _ in range(2):
        grant_relief(request.cycle, by=lead, at=at, terms=terms(), words=WORDS, relief=request)
    steps = HistoryEntry.objects.filter(subject=f"hardship.relief:{request.pk}").order_by("pk")
    assert list(steps.values_list("from_state", "to_state", "by")) == [
        ("", "asked", jordan.pk),
        ("asked", "proposed", reviewer.pk),
        ("proposed", "granted", lead.pk),
    ]
    assert steps[2].detail["before"] == "2028-03-13"
    assert [one.kind for one in Notice.objects.filter(trainer=jordan)] == ["hardship.more_time"]


@pytest.mark.parametrize("who", ["reviewer", "finance", "registrar", "read_only", "stranger"])
def test_only_a_lead_grants_a_day(jordan, who, request):
    by = request.getfixturevalue(who)
    assert refused(lambda: granted(jordan, by)) == "not_allowed"
    assert not Relief.objects.exists()


@pytest.mark.parametrize("who", ["finance", "registrar", "read_only", "stranger"])
def test_only_reviewers_and_leads_propose_a_day(jordan, who, request):
    by = request.getfixturevalue(who)
    assert refused(lambda: proposed(jordan, by)) == "not_allowed"


def test_a_lead_decides_neither_about_their_own_proposal_nor_about_themselves(jordan, lead, second_lead):
    own = proposed(jordan, lead)
    act = {"by": lead, "at": moment("2027-02-02"), "words": WORDS}
    assert refused(lambda: grant_relief(own.cycle, terms=terms(), relief=own, **act)) == "same_person"
    assert refused(lambda: decline_relief(own, **act)) == "same_person"
    assert grant_relief(own.cycle, terms=terms(), relief=own, **{**act, "by": second_lead}).state == "granted"
    jordan.user_permissions.set(lead.groups.get().permissions.all())
    assert refused(lambda: granted(jordan, type(jordan).objects.get(pk=jordan.pk), what="both")) == "own_case"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"through": date(2028, 3, 13)}, "not_later"),
        ({"through": date(2029, 3, 14)}, "too_far"),
        ({"through": None}, "no_day"),
        ({"what": "correction", "case_ref": "R-1"}, "no_period"),
        ({"what": "completion", "through": date(2028, 3, 14)}, "not_useful"),
        ({"kind": "holiday"}, "kind"),
    ],
)
def test_a_day_that_cannot_be_is_refused(jordan, lead, fields, code):
    assert refused(lambda: granted(jordan, lead, **fields)) == code


def test_the_day_before_the_next_cycle_ends_is_the_latest(jordan, lead):
    assert granted(jordan, lead, through=date(2029, 3, 13)).state == "granted"


def test_a_second_grant_must_be_later_than_the_first(jordan, lead, second_lead):
    granted(jordan, lead)
    assert refused(lambda: granted(jordan, second_lead)) == "not_later"
    granted(jordan, second_lead, through=date(2028, 8, 31))
    assert standing(jordan, "2028-08-31").tier == "additional"


def test_a_declined_request_is_mailed_with_the_words_and_a_declined_proposal_is_not(jordan, reviewer, lead):
    decline_relief(asked(jordan), by=lead, at=moment("2027-02-02"), words="The letter is old.")
    decline_relief(proposed(jordan, reviewer, what="both"), by=lead, at=moment("2027-02-02"), words="No.")
    assert [one.kind for one in Notice.objects.filter(trainer=jordan)] == ["hardship.declined"]


def test_reminders_are_counted_from_the_new_last_day(jordan, lead):
    Cycle.objects.update(remind_on=None)
    granted(jordan, lead, "2028-03-10")
    assert cycle_of(jordan).remind_on is not None
    assert cycle_of(jordan).remind_on > date(2028, 3, 13)


def test_evidence_is_kept_with_the_request_and_is_its_trainers(jordan, picture):
    from documents.services import receive_upload

    waiting = receive_upload(picture(), owner=jordan, at=moment("2027-02-01"))
    request = asked(jordan, files=[waiting])
    assert request.evidence.get().document.owner == jordan


def test_terms_of_a_request_keep_what_it_is_about(jordan, lead):
    request = asked(jordan)
    other = Terms("both", "illness", through=JUNE_30)
    row = grant_relief(
        request.cycle, by=lead, at=moment("2027-02-02"), terms=other, words=WORDS, relief=request
    )
    assert (row.what, row.kind) == ("application", "illness")
