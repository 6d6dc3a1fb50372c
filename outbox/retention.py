"""Copies of mails: the text is deleted after the policy's years; the row stays as proof that a mail
was sent (Q33).
"""

from datetime import datetime

from django.db.models import Q, QuerySet

from core.retention import Kind
from outbox.models import MailEvent, Notice
from rules.days import add_years
from rules.policy.model import PolicyVersion

EMPTY = {"to_address": "", "title": "", "text": "", "html": "", "last_error": "", "payload": {}}


def _before(at: datetime, figures: PolicyVersion) -> datetime:
    return datetime.combine(add_years(at.date(), -figures.mail_copy_years), at.timetz())


def _old_copies(at: datetime, figures: PolicyVersion) -> "QuerySet[Notice]":
    held = Q()
    for column, empty in EMPTY.items():
        held |= ~Q(**{column: empty})
    return Notice.objects.filter(held, ended_at__lt=_before(at, figures)).order_by("send_at", "pk")


def _old_reports(at: datetime, figures: PolicyVersion) -> "QuerySet[MailEvent]":
    held = ~Q(address="") | ~Q(words="")
    return MailEvent.objects.filter(held, at__lt=_before(at, figures)).order_by("at", "pk")


def _empty_copies(pks: list[int], at: datetime) -> None:
    Notice.objects.filter(pk__in=pks).update(**EMPTY)


def _empty_reports(pks: list[int], at: datetime) -> None:
    MailEvent.objects.filter(pk__in=pks).update(address="", words="")


KINDS = [
    Kind("Copies of mails", _old_copies, _empty_copies),
    Kind("Reports of the mail provider", _old_reports, _empty_reports),
]
