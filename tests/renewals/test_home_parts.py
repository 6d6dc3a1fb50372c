"""Parts of Home: deadlines in the trainer's time zone, the three dates with their fees, the task list."""

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
        ("Last day to renew on time", '<time datetime="2026-06-30">Tuesday, June 30, 2026</time>'),
        ("Last day with the $30 late fee", '<time datetime="2026-09-28">September 28, 2026</time>'),
        ("Last day you can renew at all", '<time datetime="2027-06-29">June 29, 2027</time>'),
    ]
    assert [date.note for date in dates] == [
        "From January 1, 2026 through June 30, 2026 you renew on time. It costs $99.",
        "From July 1, 2026 through September 28, 2026 you can still renew, with a late fee. It costs $129.",
        "From September 29, 2026 through June 29, 2027 you can still renew, with an additional fee. It costs $149.",
    ]


def test_a_past_deadline_on_home_is_marked_as_passed(complete):
    assert str(home_on("2026-07-01", complete).dates[0].when).endswith("June 30, 2026</time> (passed)")
    assert "passed" not in str(home_on("2026-07-01", complete).dates[1].when)


def test_the_task_list_on_home_asks_for_missing_courses(casey):
    view = home_on("2026-02-01", casey)
    assert (view.counted, view.required, view.still_needed) == ("1.6", "2.0 CEUs", "0.4 more (about 4 hours)")
    assert [(task.title, task.line, task.tag) for task in view.tasks] == [
        ("Show current CPR and AED", "Card valid through June 30, 2028. Counts 0.1 CEUs", "Done"),
        ("Log your courses", "1 course, 1.5 CEUs. You need 0.4 more", "0.4 to go"),
        ("Submit your renewal", "Takes about 3 minutes", "Cannot start yet"),
        ("Pay $99", "After you submit", "Cannot start yet"),
    ]


def test_the_task_list_on_home_follows_the_state_of_the_renewal(complete):
    def tags(day):
        return [task.tag for task in home_on(day, complete).tasks]

    assert tags("2026-06-18") == ["Done", "Done", "Ready", "Cannot start yet"]
    application = submit(complete, "2026-06-18")
    assert tags("2026-06-18") == ["Done", "Done", "Done", "To pay"]
    factories.recount(application.cycle.claimed_records.filter(category="education"), 150)
    scenes.pay(application, "2026-06-18")
    assert tags("2026-06-18")[2:] == ["Done", "Done"]


def test_the_task_list_on_home_asks_for_a_missing_card(complete):
    CeuRecord.objects.filter(category="cpr_aed").update(state="removed")
    card, courses, *_ = home_on("2026-02-01", complete).tasks
    assert (card.tag, card.line) == (
        "Needed",
        "Both sides of your card and its last valid day. Counts 0.1 CEUs",
    )
    assert courses.tag == "Done"


def test_home_of_a_terminated_credential_has_no_tasks(complete):
    assert home_on("2027-06-30", complete).tasks == ()
