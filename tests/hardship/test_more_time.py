"""A later last day: asked for, proposed, granted by a lead; the rules, Home and mails follow it (Q34)."""

from datetime import date

import pytest

from core.errors import Refusal
from core.models import HistoryEntry
from hardship.grants import ReliefGrant
from hardship.models import Relief
from hardship.services import decline_relief, grant_relief, propose_relief, withdraw_relief
from outbox.models import Notice
from renewals.pages.home import home_of
from tests import factories
from tests.hardship.scenes import JUNE_30, WORDS, asked, grant, granted, proposed
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
def test_an_extended_last_day_keeps_the_last_renewal_window_open_through_that_day(jordan, lead, day, tier):
    granted(jordan, lead)
    assert standing(jordan, day).tier == tier


def test_an_extended_last_day_changes_neither_expiration_date_nor_next_cycle_nor_price(jordan, lead):
    before = cycle_of(jordan)
    granted(jordan, lead, what="both")
    after = cycle_of(jordan)
    stored = ("expires_on", "completion_deadline", "last_day_to_apply")
    assert [getattr(after, name) for name in stored] == [getattr(before, name) for name in stored]
    found = standing(jordan, "2028-06-30")
    assert (found.status, found.fees.total_cents) == ("expired", 14900)
    assert found.dates.next_cycle.expires_on == date(2029, 3, 14)
    assert found.dates.completion_deadline == JUNE_30


def test_only_the_trainer_with_the_extension_can_apply_in_the_extended_window(
    jordan, stranger, lead, clock_at
):
    granted(jordan, lead)
    for trainer in (jordan, stranger):
        factories.everything_met(trainer)
    clock_at("2028-06-30")
    assert submit(jordan, "2028-06-30").state == "submitted"
    clock_at("2028-07-01")  # the stranger's cycle ends on June 30, 2027
    assert refused(lambda: submit(stranger, "2028-07-01")) == "window"


def test_home_shows_the_granted_extension_and_its_reason(jordan, lead, clock_at):
    granted(jordan, lead, what="both")
    view = home_of(cycle_of(jordan), today=date(2027, 3, 1))
    assert view.granted == (
        "We gave you more time because of military service: you can finish courses and apply through June 30, 2028.",
    )
    last = view.dates[-1]
    assert last.note.endswith("We moved this last day because of military service.")
    assert home_of(cycle_of(jordan), today=date(2028, 7, 1)).granted == ()


def test_a_request_for_more_time_changes_nothing_until_it_is_granted(jordan, reviewer):
    asked(jordan)
    proposed(jordan, reviewer, what="both")
    assert standing(jordan, "2028-03-14").tier == "closed"


def test_a_request_for_more_time_is_stored_once_and_only_its_trainer_can_withdraw_it(jordan, stranger, lead):
    first = asked(jordan)
    assert asked(jordan, "2027-02-02") == first
    assert refused(lambda: withdraw_relief(first, by=stranger, at=moment("2027-02-03"))) == "not_allowed"
    withdraw_relief(first, by=jordan, at=moment("2027-02-03"))
    assert withdraw_relief(first, by=jordan, at=moment("2027-02-04")).state == "withdrawn"
    again = lambda: grant_relief(  # noqa: E731
        first.cycle, by=lead, at=moment("2027-02-04"), grant=grant(), words=WORDS, relief=first
    )
    assert refused(again) == "out_of_order"


def test_a_request_proposed_by_a_reviewer_and_granted_by_a_lead_sends_one_mail(jordan, reviewer, lead):
    request = asked(jordan)
    at = moment("2027-02-02")
    propose_relief(
        request.cycle, by=reviewer, at=at, grant=grant(), words=WORDS, note="Seen.", relief=request
    )
    assert not Notice.objects.filter(trainer=jordan).exists()
    for _ in range(2):
        grant_relief(request.cycle, by=lead, at=at, grant=grant(), words=WORDS, relief=request)
    steps = HistoryEntry.objects.filter(subject=f"hardship.relief:{request.pk}").order_by("pk")
    assert list(steps.values_list("from_state", "to_state", "by")) == [
        ("", "asked", jordan.pk),
        ("asked", "proposed", reviewer.pk),
        ("proposed", "granted", lead.pk),
    ]
    assert steps[2].detail["before"] == "2028-03-13"
    assert [one.kind for one in Notice.objects.filter(trainer=jordan)] == ["hardship.more_time"]


@pytest.mark.parametrize("who", ["reviewer", "finance", "registrar", "read_only", "stranger"])
def test_only_a_lead_can_grant_an_extension(jordan, who, request):
    by = request.getfixturevalue(who)
    assert refused(lambda: granted(jordan, by)) == "not_allowed"
    assert not Relief.objects.exists()


@pytest.mark.parametrize("who", ["finance", "registrar", "read_only", "stranger"])
def test_only_reviewers_and_leads_can_propose_an_extension(jordan, who, request):
    by = request.getfixturevalue(who)
    assert refused(lambda: proposed(jordan, by)) == "not_allowed"


def test_a_lead_cannot_decide_their_own_proposal_or_an_extension_for_themselves(jordan, lead, second_lead):
    own = proposed(jordan, lead)
    act = {"by": lead, "at": moment("2027-02-02"), "words": WORDS}
    assert refused(lambda: grant_relief(own.cycle, grant=grant(), relief=own, **act)) == "same_person"
    assert refused(lambda: decline_relief(own, **act)) == "same_person"
    assert grant_relief(own.cycle, grant=grant(), relief=own, **{**act, "by": second_lead}).state == "granted"
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
def test_an_invalid_extension_is_refused_with_its_reason_code(jordan, lead, fields, code):
    assert refused(lambda: granted(jordan, lead, **fields)) == code


def test_the_last_day_can_be_extended_at_most_to_the_day_before_the_next_cycle_ends(jordan, lead):
    assert granted(jordan, lead, through=date(2029, 3, 13)).state == "granted"


def test_a_second_extension_must_be_later_than_the_first(jordan, lead, second_lead):
    granted(jordan, lead)
    assert refused(lambda: granted(jordan, second_lead)) == "not_later"
    granted(jordan, second_lead, through=date(2028, 8, 31))
    assert standing(jordan, "2028-08-31").tier == "additional"


def test_an_extension_is_not_granted_beside_a_waiting_request_or_proposal_of_the_same_last_day(
    jordan, stranger, reviewer, lead, second_lead
):
    proposal = proposed(jordan, reviewer)
    assert refused(lambda: granted(jordan, lead)) == "proposed"
    request = asked(jordan)
    act = {"by": lead, "at": moment("2027-02-02"), "grant": grant(), "words": WORDS}
    for again in (
        lambda: granted(jordan, lead),
        lambda: proposed(jordan, lead),
        lambda: grant_relief(proposal.cycle, relief=proposal, **act),
    ):
        assert refused(again) == "asked"
    asked_and_proposed = {**act, "by": second_lead, "note": "Seen.", "relief": request}
    assert refused(lambda: propose_relief(request.cycle, **asked_and_proposed)) == "proposed"
    assert granted(stranger, lead, through=date(2028, 9, 30)).state == "granted"
    assert grant_relief(request.cycle, relief=request, **act).state == "granted"
    assert decline_relief(proposal, by=lead, at=moment("2027-02-02"), words="Granted.").state == "declined"
    mails = Notice.objects.filter(trainer=jordan).order_by("pk").values_list("kind", flat=True)
    assert list(mails) == ["hardship.more_time"]


def test_declining_a_trainers_request_sends_a_mail_but_declining_a_staff_proposal_does_not(
    jordan, reviewer, lead
):
    decline_relief(asked(jordan), by=lead, at=moment("2027-02-02"), words="The letter is old.")
    decline_relief(proposed(jordan, reviewer, what="both"), by=lead, at=moment("2027-02-02"), words="No.")
    assert [one.kind for one in Notice.objects.filter(trainer=jordan)] == ["hardship.declined"]


def test_reminders_are_counted_from_the_extended_last_day(jordan, lead):
    Cycle.objects.update(remind_on=None)
    granted(jordan, lead, "2028-03-10")
    assert cycle_of(jordan).remind_on is not None
    assert cycle_of(jordan).remind_on > date(2028, 3, 13)


def test_evidence_for_a_request_is_stored_with_it_and_owned_by_the_trainer(jordan, picture):
    from documents.services import receive_upload

    waiting = receive_upload(picture(), owner=jordan, at=moment("2027-02-01"))
    request = asked(jordan, files=[waiting])
    assert request.evidence.get().document.owner == jordan


def test_a_request_granted_on_other_terms_still_applies_to_the_item_that_it_named(jordan, lead):
    request = asked(jordan)
    other = ReliefGrant("both", "illness", through=JUNE_30)
    row = grant_relief(
        request.cycle, by=lead, at=moment("2027-02-02"), grant=other, words=WORDS, relief=request
    )
    assert (row.what, row.kind) == ("application", "illness")
