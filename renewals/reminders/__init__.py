"""The reminders of the calendar (docs/reminders.md): their kinds of notice and their words.

`renewals/services/reminders.py` queues them, by the date stored on each row.
"""
