"""Copies of webhooks: the text is deleted after the policy's years for copies of mails; the row stays
as proof that it was delivered (Q33).
"""

from datetime import datetime

from django.db.models import QuerySet

from core.retention import Kind
from rules.days import add_years
from rules.policy.model import PolicyVersion
from webhooks.models import Delivery


def _old_bodies(at: datetime, figures: PolicyVersion) -> "QuerySet[Delivery]":
    before = datetime.combine(add_years(at.date(), -figures.mail_copy_years), at.timetz())
    return Delivery.objects.filter(ended_at__lt=before).exclude(body="").order_by("ended_at", "pk")


def _empty_bodies(pks: list[int], at: datetime) -> None:
    Delivery.objects.filter(pk__in=pks).update(body="")


KINDS = [Kind("Copies of webhooks", _old_bodies, _empty_bodies)]
