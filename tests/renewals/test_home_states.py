"""Every state of Home that needs no petition and no audit, in its words, on literal days."""

from datetime import date

import pytest

from ceus.models import CeuRecord
from renewals import services
from tests import factories
from tests.renewals import scenes
from tests.renewals.decided import deny_application, return_application
from tests.renewals.scenes import home_on, home_said, moment, submit


@pytest.mark.parametrize(
    ("day", "tag", "heading", "line", "button"),
    [
        ("2025-12-31", "Active", "You are certified through June 30, 2026",
         "You can renew from January 1, 2026. You have 2.0 of 2.0 CEUs.", "See your certificate"),
        ("2026-01-01", "Ready to renew", "You can renew now",
         "You are certified through June 30, 2026. Renewing early does not shorten it.", "Renew for $99"),
        ("2026-05-30", "Ready to renew", "You can renew now",
         "You are certified through June 30, 2026. Renewing early does not shorten it.", "Renew for $99"),
        ("2026-05-31", "Expires in 30 days", "Your certification expires on Tuesday, June 30",
         "Renew through June 30 to avoid the $30 late fee.", "Renew for $99"),
        ("2026-06-18", "Expires in 12 days", "Your certification expires on Tuesday, June 30",
         "Renew through June 30 to avoid the $30 late fee.", "Renew for $99"),
        ("2026-06-29", "Expires in 1 day", "Your certification expires on Tuesday, June 30",
         "Renew through June 30 to avoid the $30 late fee.", "Renew for $99"),
        ("2026-06-30", "Expires today", "Today is the last day to renew on time",
         "Through 11:59 pm, Phoenix time. Tomorrow it costs $129.", "Renew for $99"),
        ("2026-07-01", "Expired", "Your certification expired on June 30, 2026",
         "You can still renew. Through September 28, 2026 it costs $129: $99 plus a $30 late fee.", "Renew for $129"),
        ("2026-09-28", "Expired", "Your certification expired on June 30, 2026",
         "You can still renew. Through September 28, 2026 it costs $129: $99 plus a $30 late fee.", "Renew for $129"),
        ("2026-09-29", "Expired", "Your certification expired on June 30, 2026",
         "Through June 29, 2027 it costs $149: $99, a $30 late fee and a $20 additional fee.", "Renew for $149"),
        ("2027-06-29", "Expired", "Your certification expired on June 30, 2026",
         "Through June 29, 2027 it costs $149: $99, a $30 late fee and a $20 additional fee.", "Renew for $149"),
        ("2027-06-30", "Ended", "You can no longer renew this certification",
         "It ended on June 30, 2026. To be certified again, you begin with a new certification.", "See how"),
    ],
)  # fmt: skip
def test_home_of_a_trainer_who_meets_all_requirements_offers_to_renew_as_each_window_opens(
    complete, day, tag, heading, line, button
):
    assert home_said(home_on(day, complete)) == (tag, heading, line, button)


@pytest.mark.parametrize(
    ("day", "tag", "heading", "line", "button"),
    [
        ("2025-12-31", "Active", "You are certified through June 30, 2026",
         "You can renew from January 1, 2026. You have 1.6 of 2.0 CEUs.", "Log a course"),
        ("2026-01-01", "0.4 to go", "You are certified through June 30, 2026",
         "You need 0.4 more CEUs before you can renew.", "Log a course"),
        ("2026-06-18", "Expires in 12 days", "Your certification expires on Tuesday, June 30",
         "You need 0.4 more CEUs. Renew through June 30 to avoid the $30 late fee.", "Log a course"),
        ("2026-06-30", "Expires today", "Today is the last day to renew on time",
         "You need 0.4 more CEUs. Through 11:59 pm, Phoenix time. Tomorrow it costs $129.", "Log a course"),
        ("2026-07-01", "Expired", "Your certification expired on June 30, 2026",
         "You need 0.4 more CEUs. Through September 28, 2026 it costs $129: $99 plus a $30 late fee.", "Log a course"),
    ],
)  # fmt: skip
def test_home_of_a_trainer_who_lacks_courses_asks_to_log_a_course(casey, day, tag, heading, line, button):
    assert home_said(home_on(day, casey)) == (tag, heading, line, button)


def test_home_of_a_trainer_without_a_card_asks_for_one(complete):
    CeuRecord.objects.filter(category="cpr_aed").update(state="removed")
    assert home_said(home_on("2026-02-01", complete)) == (
        "CPR and AED card needed",
        "You are certified through June 30, 2026",
        "You need a current CPR and AED card before you can renew.",
        "Update your card",
    )
    assert home_on("2026-06-18", complete).state.button == "Update your card"


def test_home_of_a_trainer_whose_card_ends_before_the_window_opens_asks_for_a_new_one(casey):
    CeuRecord.objects.filter(category="cpr_aed").update(valid_through=date(2025, 12, 31))
    ends = (
        "CPR and AED card needed",
        "You are certified through June 30, 2026",
        "Your CPR and AED card ends before you renew.",
        "Update your card",
    )
    assert home_said(home_on("2025-12-31", casey)) == ends
    CeuRecord.objects.filter(category="cpr_aed").update(valid_through=date(2026, 1, 1))
    assert home_on("2025-12-31", casey).state.tag == "Active"


def test_home_with_an_unpaid_renewal_offers_to_pay_and_names_the_last_day_to_pay(complete):
    submit(complete, "2026-06-18")
    view = home_on("2026-06-18", complete)
    assert home_said(view) == (
        "Not paid yet",
        "Your renewal is not finished",
        "We hold your place and this price. Pay by the end of Thursday, June 25, 2026.",
        "Pay $99",
    )
    assert view.state.posts
    assert view.state.fact == "You are certified through June 30, 2026."


@pytest.mark.parametrize(
    ("visit", "tag", "heading", "button"),
    [
        ("open", "Not paid yet", "Your renewal is not finished", "Pay $99"),
        ("confirming", "Confirming payment", "We are waiting for your bank", ""),
        ("declined", "Not paid yet", "Your renewal is not finished", "Pay $99"),
    ],
)
def test_home_shows_whether_the_payment_is_open_confirming_or_declined(complete, visit, tag, heading, button):
    application = submit(complete, "2026-06-18")
    ended = moment("2026-06-18") if visit == "declined" else None
    scenes.visit(application, "2026-06-18", state=visit, ended_at=ended)
    view = home_on("2026-06-18", complete)
    assert (view.state.tag, view.state.heading, view.state.button) == (tag, heading, button)
    assert ("Your bank declined the payment." in view.state.line) == (visit == "declined")


def test_home_says_on_the_day_after_the_last_day_to_pay_that_the_renewal_was_not_paid_in_time(complete):
    submit(complete, "2026-06-18")
    assert home_on("2026-06-25", complete).state.tag == "Not paid yet"
    assert home_said(home_on("2026-06-26", complete)) == (
        "Not paid in time",
        "Your renewal was not paid in time",
        "The last day to pay was June 25, 2026. You can start again, at the price of that day.",
        "Start again for $99",
    )


def test_home_shows_a_banner_after_a_renewal_ended_unpaid(complete):
    application = submit(complete, "2026-06-18")
    services.lapse_application(application, at=moment("2026-06-26"))
    view = home_on("2026-06-26", complete)
    assert view.state.tag == "Expires in 4 days"
    assert view.banner == (
        f"Your renewal {application.reference} was not paid through June 25, 2026 and has ended. "
        "You can start again for $99."
    )


@pytest.fixture
def in_review(complete, reviewer):
    def bring(day: str):
        application = submit(complete, day)
        factories.recount(application.cycle.claimed_records.filter(category="education"), 150)
        return scenes.pay(application, day)

    return bring


@pytest.mark.parametrize(
    ("received", "today", "fact"),
    [
        ("2026-06-18", "2026-06-20", "You are certified through June 30, 2026."),
        ("2026-06-30", "2026-07-02", "Your certification stays active while we check."),
        ("2026-07-01", "2026-07-02",
         "Your certification expired on June 30, 2026. You are not certified until we are done."),
    ],
)  # fmt: skip
def test_home_with_a_renewal_in_review_names_the_promised_day_and_whether_the_trainer_is_certified(
    in_review, complete, received, today, fact
):
    in_review(received)
    view = home_on(today, complete)
    answer = {
        "2026-06-18": "Thursday, July 2, 2026",
        "2026-06-30": "Tuesday, July 14, 2026",
        "2026-07-01": "Wednesday, July 15, 2026",
    }[received]
    assert home_said(view) == (
        "In review",
        "We are checking your renewal",
        f"We will tell you by the end of {answer}. There is nothing to do.",
        "",
    )
    assert view.state.fact == fact


def test_home_with_a_returned_renewal_names_the_reason_and_the_last_day_to_correct_it(
    in_review, complete, reviewer
):
    application = in_review("2026-06-18")
    return_application(application, by=reviewer, at=moment("2026-06-19"), reason="A course is not yours.")
    assert home_said(home_on("2026-06-20", complete)) == (
        "Correction needed",
        "One thing needs correcting",
        "A course is not yours. Correct it by the end of Sunday, July 19, 2026. Your price stays $99.",
        "Correct it",
    )


def test_home_with_a_denied_renewal_names_the_reason_the_fee_and_the_last_day_to_apply_again(
    in_review, complete, reviewer
):
    application = in_review("2026-06-18")
    deny_application(application, by=reviewer, at=moment("2026-06-19"), reason="A course is not yours.")
    assert home_said(home_on("2026-06-20", complete)) == (
        "Not renewed",
        "We could not renew your certification",
        "A course is not yours. The $99 that you paid is not returned, because our review has begun. "
        "If we made a mistake, write to us. You can apply again through June 29, 2027.",
        "Read the decision",
    )


def test_home_says_renewed_after_an_early_renewal_through_the_first_day_of_the_new_cycle(complete):
    scenes.renew(complete, "2026-03-02")
    renewed = (
        "Renewed",
        "You are certified through June 30, 2028",
        "Your next 2.0 CEUs count from July 1, 2026.",
        "Download your certificate",
    )
    assert home_said(home_on("2026-03-02", complete)) == renewed
    assert home_said(home_on("2026-07-01", complete)) == renewed
    assert home_on("2026-07-02", complete).state.tag == "Active"


def test_home_says_renewed_for_thirty_days_after_a_late_renewal(complete):
    scenes.renew(complete, "2026-09-28")
    assert home_on("2026-10-28", complete).state.tag == "Renewed"
    assert home_on("2026-10-29", complete).state.tag == "Active"


@pytest.mark.parametrize("state", ["suspended", "revoked"])
def test_home_of_a_suspended_or_revoked_trainer_shows_only_that_state(complete, state):
    submit(complete, "2026-06-18")
    factories.walk_to(complete.credentials.get(), state, state_on=date(2026, 6, 19))
    view = home_on("2026-06-20", complete)
    assert home_said(view) == (
        "Not active",
        "Your certification is not active",
        f"It has been {state} since June 19, 2026. Contact us to hear why and what you can do.",
        "Contact us",
    )
    assert (view.tasks, view.dates, view.timelines, view.can_still_renew) == ((), (), (), False)
