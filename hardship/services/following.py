"""What happens when a last day of a cycle was moved: its reminders are planned again, counted from
the new day.
"""

from datetime import date

from hardship.extendable_days import bare_standing
from rules.days import CyclePeriod
from rules.reminders import next_reminder_on, renewal_marks
from trainers.models import Cycle


def plan_reminders(cycle: Cycle, *, today: date) -> None:
    """Store the date of the next reminder, counted from the present last day to apply.

    A date that has come is left for the sweep, so that no due reminder is lost.
    """
    dates = bare_standing(cycle, today).dates
    period = CyclePeriod(cycle.starts_on, cycle.expires_on)
    marks = renewal_marks(cycle.policy, period, dates.last_day_to_apply)
    rows = Cycle.objects.filter(pk=cycle.pk).exclude(remind_on__lte=today)
    rows.update(remind_on=next_reminder_on(marks, after=today))
