"""The reminders of the policy's calendar (docs/reminders.md): their kinds of notice and their
words. `renewals/services/reminders.py` queues them on the days stored in each row.
"""
