"""The staff pages for hardship: extend a last day or waive a fee after a preview, and decide about
waiting requests (Q34, Q35).
"""

import pytest

from hardship.models import Relief
from outbox.models import Notice
from tests.hardship.scenes import TYPED, asked, proposed, seen_in
from tests.reading import text_of


@pytest.fixture
def today(clock_at):
    return clock_at("2027-03-01")


def page(trainer, name: str = "extend") -> str:
    return f"/staff/trainers/credential/{trainer.credentials.get().pk}/{name}/"


def test_a_lead_previews_the_effect_of_an_extension_before_saving_it(jordan, lead, signed_in, today):
    desk = signed_in(lead)
    looked = desk.post(page(jordan), TYPED)
    words = text_of(looked)
    assert "Last day to apply: March 13, 2028 → June 30, 2028" in words
    assert "Expiration date: March 14, 2027, the same" in words
    assert "you can finish courses and apply through June 30, 2028." in words
    assert "You have time through June 30, 2028" in words
    assert not Relief.objects.exists()
    done = desk.post(page(jordan), {**TYPED, "confirmed": "yes", "seen": seen_in(looked)})
    assert done.status_code == 302
    assert Relief.objects.get().state == "granted"
    assert Notice.objects.get(trainer=jordan).kind == "hardship.more_time"


def test_an_extension_changed_after_its_preview_is_not_saved(jordan, lead, signed_in, today):
    desk = signed_in(lead)
    looked = desk.post(page(jordan), TYPED)
    changed = {
        **TYPED,
        "through_year": "2029",
        "through_month": "1",
        "confirmed": "yes",
        "seen": seen_in(looked),
    }
    answer = desk.post(page(jordan), changed)
    assert answer.status_code == 422
    assert "You changed something after you looked." in text_of(answer)
    assert not Relief.objects.exists()


def test_a_reviewer_proposes_an_extension_and_cannot_decide_their_own_proposal(
    jordan, reviewer, signed_in, today
):
    desk = signed_in(reviewer)
    looked = desk.post(page(jordan), TYPED)
    assert "A lead decides; you propose." in text_of(looked)
    desk.post(page(jordan), {**TYPED, "confirmed": "yes", "seen": seen_in(looked)})
    relief = Relief.objects.get()
    assert (relief.state, relief.proposed_by) == ("proposed", reviewer)
    assert not Notice.objects.filter(trainer=jordan).exists()
    own = text_of(desk.get(f"/staff/hardship/relief/{relief.pk}/decide/"))
    assert "You proposed this, so somebody else decides." in own


def test_an_extension_that_is_proposed_already_is_refused_with_a_sentence_and_what_was_typed_is_kept(
    jordan, reviewer, second_reviewer, signed_in, today
):
    proposed(jordan, reviewer, what="both")
    for colleague in (reviewer, second_reviewer):
        answer = signed_in(colleague).post(page(jordan), {**TYPED, "known": "1"})
        assert answer.status_code == 422
        assert "This is proposed already, and waits for somebody else to decide." in text_of(answer)
        assert "Come back safe." in text_of(answer)
    other = signed_in(second_reviewer).post(page(jordan), {**TYPED, "what": "application:", "known": "1"})
    assert other.status_code == 200
    assert Relief.objects.count() == 1


def test_the_second_of_two_leads_who_decide_about_one_request_is_told_who_was_first(
    jordan, lead, second_lead, signed_in, today
):
    relief = asked(jordan)
    url = f"/staff/hardship/relief/{relief.pk}/decide/"
    late = signed_in(second_lead)
    typed = {**TYPED, "what": "application:"}
    looked = late.post(url, typed)
    first = signed_in(lead)
    first.post(url, {**typed, "confirmed": "yes", "seen": seen_in(first.post(url, typed))})
    answer = late.post(url, {**typed, "confirmed": "yes", "seen": seen_in(looked)}, follow=True)
    assert f"{lead.name} decided this before you. Nothing was changed by you." in text_of(answer)
    again = first.post(url, {**typed, "confirmed": "yes"}, follow=True)
    assert "before you" not in text_of(again)
    assert Relief.objects.get().decided_by == lead


def test_the_form_for_deciding_a_request_is_prefilled_with_what_was_requested(jordan, lead, signed_in, today):
    relief = asked(jordan)
    answer = signed_in(lead).get(f"/staff/hardship/relief/{relief.pk}/decide/")
    assert "I am deployed." in text_of(answer)
    assert answer.context_data["form"]["through"].value() == relief.asked_through


def test_an_extension_not_later_than_the_current_last_day_is_refused_at_its_field(
    jordan, lead, signed_in, today
):
    answer = signed_in(lead).post(page(jordan), {**TYPED, "through_year": "2027"})
    assert answer.status_code == 422
    assert "The last day is March 13, 2028 now. Choose a later one." in text_of(answer)


def test_finance_can_waive_part_of_a_fee(jordan, finance, signed_in, today):
    typed = {"fee_code": ":late", "amount": "12.50", **{k: TYPED[k] for k in ("kind", "words", "note")}}
    desk = signed_in(finance)
    looked = desk.post(page(jordan, "waive"), typed)
    assert "Price, late: $129 → $116.50" in text_of(looked)
    desk.post(page(jordan, "waive"), {**typed, "confirmed": "yes", "seen": seen_in(looked)})
    assert Relief.objects.get().amount_cents == 1250


@pytest.mark.parametrize(
    ("who", "may_extend", "may_waive"),
    [("reviewer", 200, 403), ("finance", 403, 200), ("registrar", 403, 403), ("read_only", 403, 403)],
)
def test_each_role_can_open_only_its_own_hardship_pages(
    jordan, who, may_extend, may_waive, request, signed_in, today
):
    desk = signed_in(request.getfixturevalue(who))
    assert desk.get(page(jordan)).status_code == may_extend
    assert desk.get(page(jordan, "waive")).status_code == may_waive


def test_requests_waiting_for_a_decision_are_on_today_and_in_their_list(
    jordan, reviewer, lead, signed_in, today
):
    asked(jordan)
    proposed(jordan, reviewer, what="both")
    desk = signed_in(lead)
    assert "More time and waivers asked for" in text_of(desk.get("/staff/"))
    assert "To apply" in text_of(desk.get("/staff/hardship/relief/?shows=asked"))
