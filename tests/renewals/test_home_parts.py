"""Parts of Home: deadlines in the trainer's time zone, the three dates with their fees, the task list."""

from dataclasses import replace
from datetime import date

import pytest

from ceus.models import CeuRecord
from tests import factories
from tests.renewals import scenes
from tests.renewals.scenes import home_on, submit


def test_home_shows_the_end_of_the_day_in_local_time_to_a_trainer_in_another_time_zone(complete):
    complete.time_zone = "America/New_York"
    complete.save()
    view = home_on("2026-06-30", complete)
    assert "Through 11:59 pm, Phoenix time (2:59 am on July 1, 2026, New York time)." in view.state.line
    assert "(2:59 am on July 1, 2026, New York time)" in view.dates[0].note


def test_home_shows_the_end_of_the_day_once_to_a_trainer_in_a_zone_with_the_same_time(complete):
    complete.time_zone = "America/Los_Angeles"  # in summer the same hour as Phoenix
    complete.save()
    view = home_on("2026-06-30", complete)
    assert "(" not in view.state.line
    assert "(" not in view.dates[0].note.replace("(passed)", "")


def test_the_three_deadlines_on_home_name_their_fees_and_reasons(complete):
    dates = home_on("2026-06-18", complete).dates
    assert [(date.label, str(date.when)) for date in dates] == [
        (
            "Last day to renew on time",
            '<time datetime="2026-06-30">Tuesday, <span>June 30, 2026</span></time>',
        ),
        (
            "Last day with the $30 late fee",
            '<time datetime="2026-09-28"><span>September 28, 2026</span></time>',
        ),
        ("Last day you can renew at all", '<time datetime="2027-06-29"><span>June 29, 2027</span></time>'),
    ]
    assert [(date.price, date.note, date.place) for date in dates] == [
        ("$99", "On time. No late fee.", "now"),
        ("$129", "Adds a $30 late fee.", "coming"),
        ("$149", "Adds a $20 additional fee. The last day to renew at all.", "coming"),
    ]


def test_a_past_deadline_on_home_is_marked_as_passed(complete):
    first, second, _ = home_on("2026-07-01", complete).dates
    assert (first.place, first.note) == ("past", "On time. No late fee. This day has passed.")
    assert (second.place, second.note) == ("now", "Adds a $30 late fee.")


def test_the_dates_on_home_name_the_last_day_for_courses_while_some_are_missing(casey):
    notes = [date.note for date in home_on("2025-12-31", casey).dates]
    assert notes == [
        "On time. No late fee. You can renew from Thursday, January 1, 2026.",
        "Adds a $30 late fee. Courses count through this day.",
        "Adds a $20 additional fee. The last day to renew at all.",
    ]


@pytest.mark.parametrize(
    ("day", "kinds", "pin", "foot"),
    [
        ("2025-12-22", ["coming-0", "coming-1", "coming-2"], 5, 118),
        ("2026-01-01", ["now", "coming-1", "coming-2"], 5, 62.2),
        ("2026-06-30", ["now", "coming-1", "coming-2"], 238.5, 62.2),
        ("2026-07-01", ["past", "now", "coming-2"], 239.8, 45.3),
        ("2027-06-29", ["past", "past", "now"], 715, 34.0),
    ],
)
def test_the_drawn_timeline_puts_the_pin_for_today_on_the_bar_of_the_price_of_that_day(
    complete, day, kinds, pin, foot
):
    wide, narrow = home_on(day, complete).timelines
    assert [bar.kind for bar in wide.bars] == [bar.kind for bar in narrow.bars] == kinds
    assert (wide.pin_x, wide.pin_foot) == (pin, foot)


def test_the_bars_of_the_timeline_are_as_long_as_their_days_and_as_high_as_their_dollars(complete):
    wide, narrow = home_on("2026-06-18", complete).timelines
    days, dollars = (181, 90, 274), (99, 129, 149)
    for drawing in (wide, narrow):
        assert [bar.width + 2 for bar in drawing.bars] == pytest.approx(
            [one * drawing.width / 545 for one in days], abs=0.1
        )
        tallest = drawing.bars[-1].height
        assert [bar.height for bar in drawing.bars] == pytest.approx(
            [one * tallest / 149 for one in dollars], abs=0.1
        )


def test_the_drawing_escapes_its_texts_and_leaves_out_those_that_do_not_fit(complete):
    wide, narrow = home_on("2026-06-18", complete).timelines
    drawn = replace(
        wide, pin_words="Today & <b>", bars=(replace(wide.bars[0], price="$<9", label="On & off"),)
    )
    svg = str(drawn.svg)
    assert ">$&lt;9</text>" in svg
    assert ">On &amp; off</text>" in svg
    assert ">Today &amp; &lt;b&gt;</text>" in svg
    assert 'viewBox="0 0 720 144"' in svg
    assert 'class="bar-price"' not in str(replace(narrow, bars=(replace(narrow.bars[0], price=""),)).svg)
    assert 'class="pin' not in str(replace(narrow, pin_x=None).svg)


def test_no_timeline_is_drawn_once_the_price_is_agreed_or_renewing_is_over(complete):
    assert home_on("2027-06-30", complete).timelines == ()
    submit(complete, "2026-06-18")
    assert home_on("2026-06-18", complete).timelines == ()


def test_the_task_list_on_home_asks_for_missing_courses(casey):
    view = home_on("2026-02-01", casey)
    assert (view.counted, view.required, view.still_needed) == ("1.6", "2.0 CEUs", "0.4 more (about 4 hours)")
    assert [(task.title, task.line, task.tag) for task in view.tasks] == [
        ("CPR and AED card added", "Valid through June 30, 2028. Counts 0.1 CEUs", "Done"),
        ("Log 0.4 more CEUs", "1 course, 1.5 CEUs. You need 0.4 more (about 4 hours)", "0.4 to go"),
        ("Check and pay $99", "When you have 2.0 CEUs. Takes about 3 minutes", "Cannot start yet"),
    ]
    assert not view.is_all_done


def test_the_task_list_on_home_follows_the_state_of_the_renewal(complete):
    def rows(day):
        view = home_on(day, complete)
        return [task.title for task in view.listed], view.is_all_done

    logged = ["CPR and AED card added", "Courses logged"]
    assert rows("2025-12-31") == ([*logged, "Check and pay $99"], False)
    assert rows("2026-06-18") == (logged, True)
    application = submit(complete, "2026-06-18")
    assert rows("2026-06-18") == ([*logged, "Renewal submitted", "Pay $99"], False)
    factories.recount(application.cycle.claimed_records.filter(category="education"), 150)
    scenes.pay(application, "2026-06-18")
    assert rows("2026-06-18")[0][2:] == ["Renewal submitted", "Paid"]


@pytest.mark.parametrize(
    ("day", "through", "line"),
    [
        ("2026-02-01", None, "None is on file for this renewal. Counts 0.1 CEUs"),
        ("2026-02-01", "2026-01-31", "The one on file ended on January 31, 2026"),
    ],
)
def test_the_task_list_on_home_says_why_a_card_is_needed_and_which_one_is_on_file(
    complete, day, through, line
):
    cards = CeuRecord.objects.filter(category="cpr_aed")
    if through:
        cards.update(valid_through=date.fromisoformat(through))
    else:
        cards.update(state="removed")
    card, courses, *_ = home_on(day, complete).tasks
    assert (card.title, card.tag) == ("Add your current CPR and AED card", "Needed")
    assert card.line == f"It must be current on the day we receive your renewal. {line}"
    assert courses.tag == "Done"


def test_the_task_of_a_card_that_ends_before_the_window_opens_names_both_days(casey):
    CeuRecord.objects.filter(category="cpr_aed").update(valid_through=date(2025, 12, 31))
    card = home_on("2025-12-31", casey).tasks[0]
    assert card.line == (
        "It must be current on the day we receive your renewal, from January 1, 2026 on. "
        "The one on file is valid through December 31, 2025"
    )


def test_after_a_renewal_home_says_from_when_a_card_is_needed_and_how_much_courses_must_give(complete):
    """The card gives 0.1 of the 2.0 CEUs, so 1.9 are left for courses."""
    scenes.renew(complete, "2026-06-18")
    card, courses, *_ = home_on("2026-06-18", complete).tasks
    assert card.line == (
        "It must be current on the day we receive your renewal, from January 2, 2028 on. "
        "None is on file for this renewal. Counts 0.1 CEUs"
    )
    assert courses.title == "Log 1.9 more CEUs"
    assert courses.line == "0 courses, 0.0 CEUs. You need 1.9 more (about 19 hours)"


def test_home_of_a_terminated_credential_has_no_tasks(complete):
    assert home_on("2027-06-30", complete).tasks == ()
