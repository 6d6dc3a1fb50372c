"""Which reminder is due on a day, over a whole cycle, both late windows and an audit (docs/reminders.md)."""

from datetime import date, timedelta

import pytest

from rules.days import CyclePeriod
from rules.policy.load import load_policy, load_policy_file
from rules.policy.parse import PolicyError
from rules.reminders import last_day_marks, next_reminder_on, reminders_due, renewal_marks
from tests.rules.cases import SAMPLE_POLICY

SAMPLE = SAMPLE_POLICY.read_text("utf-8")
WHOLE = "value: must be whole numbers from 1 to 10000, each greater than the one before it."
UNDECIDED = 'code = "undecided_14"\non = "E - 14 days"'

NASM = load_policy("nasm-cpt")
DAY = timedelta(days=1)
# The calendar of a cycle from July 1, 2024 to June 30, 2026, as docs/reminders.md lists it.
DAYS = {
    "2025-06-30": "halfway",
    "2026-01-01": "opens",
    "2026-04-01": "before_90",
    "2026-05-01": "before_60",
    "2026-05-31": "before_30",
    "2026-06-16": "before_14",
    "2026-06-23": "before_7",
    "2026-06-29": "before_1",
    "2026-06-30": "last_day",
    "2026-07-01": "expired",
    "2026-07-30": "late_30",
    "2026-09-14": "late_76",
    "2026-09-27": "late_89",
    "2026-09-28": "late_last_day",
    "2026-09-29": "additional",
    "2026-12-27": "additional_180",
    "2027-03-27": "additional_270",
    "2027-05-30": "closing_30",
    "2027-06-22": "closing_7",
    "2027-06-28": "closing_1",
    "2027-06-29": "closing_last_day",
    "2027-06-30": "ended",
    "2027-07-31": None,  # 31 days later nobody is told any more that it ended
}


def marks(starts_on: str, expires_on: str):
    return renewal_marks(NASM, CyclePeriod(date.fromisoformat(starts_on), date.fromisoformat(expires_on)))


def test_on_every_day_of_a_cycle_the_latest_reminder_of_the_calendar_is_due():
    calendar, latest = marks("2024-07-01", "2026-06-30"), None
    day = date(2024, 7, 1)
    while day <= date(2027, 12, 31):
        latest = DAYS.get(day.isoformat(), latest)
        due = reminders_due(calendar, day)
        assert (due and due.code) == latest, day
        day += DAY


@pytest.mark.parametrize(
    ("expires_on", "on_days"),
    [
        # A leap-day expiry: the last day at all is February 27, 2025.
        (("2022-03-01", "2024-02-29"), {"late_last_day": "2024-05-29", "closing_last_day": "2025-02-27"}),
        # The year after holds a leap day: a fixed 365 days would be wrong.
        (("2025-03-02", "2027-03-01"), {"closing_last_day": "2028-02-29", "ended": "2028-03-01"}),
        (("2025-01-01", "2026-12-31"), {"late_last_day": "2027-03-31", "closing_30": "2027-11-30"}),
        (("2097-03-01", "2099-02-28"), {"closing_last_day": "2100-02-27", "ended": "2100-02-28"}),
    ],
)
def test_reminders_at_leap_days_and_year_ends_have_the_dates_in_the_rules_document(expires_on, on_days):
    found = {mark.code: mark.on.isoformat() for mark in marks(*expires_on)}
    assert {code: found[code] for code in on_days} == on_days


def test_every_expiration_date_from_2020_to_2040_has_all_reminders_in_order_of_days():
    """Days between two reminders that are counted from one anchor never change; the oracle only adds days."""
    day = date(2020, 1, 1)
    while day <= date(2040, 12, 31):
        calendar = renewal_marks(NASM, CyclePeriod(day - timedelta(days=729), day))
        assert [mark.code for mark in calendar] == list(DAYS.values())[:-1], day
        days = [mark.on for mark in calendar]
        assert all(before < after for before, after in zip(days, days[1:], strict=False)), day
        offsets = {mark.code: (mark.on - day).days for mark in calendar}
        assert [offsets[code] for code in ("before_30", "last_day", "late_last_day", "additional")] == [
            -30,
            0,
            90,
            91,
        ]
        assert offsets["closing_last_day"] in (364, 365)
        day += DAY


def test_an_already_planned_reminder_is_not_due_again():
    calendar = marks("2024-07-01", "2026-06-30")
    assert reminders_due(calendar, date(2026, 6, 29), after=date(2026, 6, 28)).code == "before_1"
    assert reminders_due(calendar, date(2026, 6, 29), after=date(2026, 6, 29)) is None


def test_the_next_reminder_after_a_day_is_later_than_that_day():
    calendar = marks("2024-07-01", "2026-06-30")
    assert next_reminder_on(calendar, date(2026, 6, 28)) == date(2026, 6, 29)
    assert next_reminder_on(calendar, date(2026, 6, 29)) == date(2026, 6, 30)
    assert next_reminder_on(calendar, date(2027, 6, 29)) == date(2027, 6, 30)
    assert next_reminder_on(calendar, date(2027, 6, 30)) is None


def test_no_reminder_is_due_before_a_cycle_begins():
    """A first cycle that is shorter than the calendar begins with what lies inside it."""
    calendar = marks("2026-05-31", "2026-06-30")
    assert [mark.code for mark in calendar][:2] == ["before_30", "before_14"]


@pytest.mark.parametrize(
    ("calendar", "on_days"),
    [
        (
            "audit",
            {
                "audit_20": "2027-02-22",
                "audit_10": "2027-03-04",
                "audit_3": "2027-03-11",
                "audit_last_day": "2027-03-14",
            },
        ),
        ("question", {"question_7": "2027-03-07", "question_2": "2027-03-12"}),
        ("correction", {"correction_7": "2027-03-07", "correction_2": "2027-03-12"}),
        ("card", {"card_60": "2027-01-13", "card_30": "2027-02-12", "card_7": "2027-03-07"}),
    ],
)
def test_reminders_before_a_deadline_are_counted_back_from_the_deadline(calendar, on_days):
    found = last_day_marks(NASM, calendar, date(2027, 3, 14))
    assert {mark.code: mark.on.isoformat() for mark in found} == on_days


def test_a_reminder_before_the_first_possible_date_is_left_out():
    found = last_day_marks(NASM, "card", date(1, 1, 31))
    assert [(mark.code, mark.on) for mark in found] == [
        ("card_30", date(1, 1, 1)),
        ("card_7", date(1, 1, 24)),
    ]


@pytest.mark.parametrize(("on", "day"), [("S", "2024-07-01"), ("S + 30 days", "2024-07-31")])
def test_a_reminder_may_be_counted_from_the_first_day_of_a_cycle(tmp_path, on, day):
    path = tmp_path / "body.toml"
    path.write_text(SAMPLE.replace('on = "E - 365 days"', f'on = "{on}"'))
    period = CyclePeriod(date(2024, 7, 1), date(2026, 6, 30))
    first = renewal_marks(load_policy_file(path), period)[0]
    assert (first.code, first.on.isoformat()) == ("halfway", day)


@pytest.mark.parametrize(("ends", "kept"), [(270, False), (271, True), (272, True)])
def test_after_the_last_day_to_apply_only_reminders_counted_from_that_day_remain(tmp_path, ends, kept):
    """The last day is E + 269, E + 270 and E + 271: a reminder of E + 270 may stand."""
    path = tmp_path / "body.toml"
    path.write_text(SAMPLE.replace('before = "E + 1 year"', f'before = "E + {ends} days"'))
    calendar = renewal_marks(load_policy_file(path), CyclePeriod(date(2024, 7, 1), date(2026, 6, 30)))
    assert ("additional_270" in [mark.code for mark in calendar]) == kept
    assert [mark.on for mark in calendar] == sorted(mark.on for mark in calendar)
    on_the_day = reminders_due(calendar, date(2027, 3, 27))
    assert on_the_day.code == {270: "ended", 271: "closing_last_day", 272: "closing_1"}[ends]


def test_no_optional_or_early_reminder_falls_into_the_last_week():
    by_urgency = {mark.code: mark.reminder.urgency for mark in marks("2024-07-01", "2026-06-30")}
    assert [code for code, urgency in by_urgency.items() if urgency == "optional"] == [
        "halfway", "before_90", "before_60", "before_14",
    ]  # fmt: skip
    assert [code for code, urgency in by_urgency.items() if urgency == "early"] == ["opens", "before_30"]


def test_only_last_day_reminders_are_sent_at_once_and_not_in_the_next_morning():
    calendar = marks("2024-07-01", "2026-06-30")
    assert [mark.code for mark in calendar if mark.reminder.at_once] == [
        "last_day", "late_last_day", "closing_last_day",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ('on = "E - 60 days"', 'on = "E - 95 days"', "versions[2000-01-01].reminders.cycle[before_60]: 2022-10-25 is not later than 2022-10-30, the day of before_90"),
        ('on = "E - 60 days"\nurgency = "optional"\n\n[[versions.reminders.cycle]]\ncode = "before_30"\non = "E - 30 days"', 'on = "E - 1 month"\nurgency = "optional"\n\n[[versions.reminders.cycle]]\ncode = "before_30"\non = "E - 28 days"', "reminders.cycle[before_30]: 2023-02-28 is not later than 2023-02-28, the day of before_60 (when the cycle ends on E = 2023-03-28)"),
        ('on = "E - 365 days"\nbelow = "1.0"\nurgency = "optional"\n\n[[versions.reminders.cycle]]\ncode = "opens"\non = "W"', 'on = "S + 31 days"\n\n[[versions.reminders.cycle]]\ncode = "opens"\non = "S + 1 month"', "reminders.cycle[opens]: 2021-02-28 is not later than 2021-03-01, the day of halfway (when the cycle ends on E = 2023-01-28)"),
        ('on = "W"\nurgency = "early"\n\n[[versions.reminders.cycle]]\ncode = "before_90"\non = "E - 90 days"', 'on = "W + 31 days"\nurgency = "early"\n\n[[versions.reminders.cycle]]\ncode = "before_90"\non = "W + 1 month"', "reminders.cycle[before_90]: 2022-09-01 is not later than 2022-09-01, the day of opens (when the cycle ends on E = 2023-01-28)"),
        ('on = "E - 60 days"', 'on = "E - 60 hours"', 'must be a day such as "E - 7 days"'),
        ('"question_7"\non = "D - 7 days"', '"question_7"\non = "E - 7 days"', 'reminders.question[question_7].on: must be a day such as "D - 7 days"'),
        ('"correction_7"\non = "D - 7 days"', '"correction_7"\non = "E - 7 days"', 'reminders.correction[correction_7].on: must be a day such as "D - 7 days"'),
        ('on = "D - 3 days"', 'on = "E - 3 days"', 'reminders.audit[audit_3].on: must be a day such as "D - 7 days"'),
        ('on = "E - 90 days"', 'on = "E - 9000 years"', "versions[2000-01-01].reminders.cycle[before_90].on: leads out of the calendar: 'E - 9000 years'."),
        ('on = "C - 60 days"', 'on = "E - 60 days"', 'must be a day such as "C - 7 days"'),
        (UNDECIDED, UNDECIDED.replace("E - 14", "D - 14"), 'must be a day such as "E - 7 days"'),
        ('urgency = "early"', 'urgency = "loud"', "must be one of firm, early, optional"),
        ('below = "1.0"', "below = 1", "must be an amount in quotes"),
        ("unstarted = true", "unstated = true", "is not a key of this table. Did you mean unstarted?"),
        ("value = [1, 24, 72]", "value = [24, 1]", WHOLE),
        ("value = [1, 24, 72]", "value = [0]", WHOLE),
        ("value = [1, 24, 72]", "value = [10001]", WHOLE),
        ("value = [1, 24, 72]", 'value = "72"', "value: must be a list of whole numbers, not"),
        ("[[versions.reminders.card]]", "[[versions.reminders.cart]]", "is not a key of this table"),
        ('on = "E - 365 days"', 'on = "S - 1 day"', "reminders.cycle[halfway].on: must not lie before the first day of the cycle: nothing is sent then."),
        (UNDECIDED, UNDECIDED.replace("E - 14 days", "E + 1 day"), "reminders.petition[undecided_14].on: must not lie after the expiration date"),
        ('on = "D - 3 days"', 'on = "D + 1 day"', "reminders.audit[audit_3].on: must not lie after the last day to answer"),
        ('"question_7"\non = "D - 7 days"', '"question_7"\non = "D + 1 day"', "reminders.question[question_7].on: must not lie after the last day to answer"),
        ('"correction_7"\non = "D - 7 days"', '"correction_7"\non = "D + 1 day"', "reminders.correction[correction_7].on: must not lie after the last day to answer"),
        ('on = "C - 7 days"', 'on = "C + 1 day"', "reminders.card[card_7].on: must not lie after the last day of the card"),
        ("unstarted = true", 'below = "1.0"', "reminders.audit[audit_20].below: is not a key of this table"),
        ('below = "1.0"', "unstarted = true", "reminders.cycle[halfway].unstarted: is not a key of this table"),
    ],
)  # fmt: skip
def test_an_inconsistent_calendar_is_refused_with_its_key(tmp_path, before, after, problem):
    path = tmp_path / "body.toml"
    text = SAMPLE.replace(before, after, 1)
    assert text != SAMPLE
    path.write_text(text)
    with pytest.raises(PolicyError, match=".*") as refused:
        load_policy_file(path)
    assert any(problem in one for one in refused.value.problems), refused.value.problems


@pytest.mark.parametrize("on", ["D", "D - 0 days"])
def test_a_policy_may_have_a_reminder_on_the_last_day_itself_and_one_only_for_unstarted_audits(tmp_path, on):
    path = tmp_path / "body.toml"
    path.write_text(SAMPLE.replace('"question_2"\non = "D - 2 days"', f'"question_2"\non = "{on}"'))
    calendars = load_policy_file(path).versions[0].reminders
    found = last_day_marks(load_policy_file(path), "question", date(2027, 3, 14))
    assert (found[-1].code, found[-1].on) == ("question_2", date(2027, 3, 14))
    assert [one.unstarted for one in calendars["audit"]] == [True, False, False, False]


def test_a_policy_list_of_whole_numbers_may_contain_the_smallest_and_the_largest(tmp_path):
    path = tmp_path / "body.toml"
    path.write_text(SAMPLE.replace("value = [1, 24, 72]", "value = [1, 10000]"))
    assert load_policy_file(path).versions


def test_a_policy_without_reminders_is_accepted(tmp_path):
    path = tmp_path / "body.toml"
    path.write_text(without_reminders())
    assert dict.fromkeys(load_policy_file(path).versions[0].reminders.values()) == {(): None}


def without_reminders() -> str:
    kept, skip = [], False
    for line in SAMPLE.splitlines(keepends=True):
        if line.startswith("[") or line.startswith("#"):
            skip = line.startswith("[[versions.reminders.")
        if not skip:
            kept.append(line)
    return "".join(kept)
