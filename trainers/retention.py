"""Rows of sign-ins and files of own data: deleted after the policy's time (Q33)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.account.models import EmailConfirmation
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, Model, OuterRef, QuerySet

from core import clock
from core.retention import Kind
from rules.policy.model import PolicyVersion
from trainers.models import DataFile, Roster
from trainers.services.own_data import let_go
from trainers.services.rosters import let_roster_go

SWEEP = "retention"  # the part whose heartbeat says that old data is let go


def _by_their_clock(at: datetime) -> datetime:
    """Return the moment to compare with rows that Django itself dates: the real moment, even when
    the demo shows another day.
    """
    return min(at, clock.real_now())


def _over_sessions(at: datetime, figures: PolicyVersion) -> "QuerySet[Session]":
    return Session.objects.filter(expire_date__lt=_by_their_clock(at)).order_by("expire_date")


def _over_sign_ins(at: datetime, figures: PolicyVersion) -> "QuerySet[UserSession]":
    """Return the rows about sessions that have ended."""
    living = Exists(Session.objects.filter(session_key=OuterRef("session_key")))
    old: QuerySet[UserSession] = UserSession.objects.filter(
        ~living, created_at__lt=_by_their_clock(at) - timedelta(days=figures.session_days)
    )
    return old.order_by("pk")


def _over_confirmations(at: datetime, figures: PolicyVersion) -> "QuerySet[Model]":
    old: QuerySet[Model] = EmailConfirmation.objects.filter(
        created__lt=_by_their_clock(at) - timedelta(days=figures.session_days)
    )
    return old.order_by("pk")


def _over_files(at: datetime, figures: PolicyVersion) -> "QuerySet[DataFile]":
    return DataFile.objects.old(at - timedelta(days=figures.data_file_days)).order_by("pk")


def _over_rosters(at: datetime, figures: PolicyVersion) -> "QuerySet[Roster]":
    return Roster.objects.over(at - timedelta(days=figures.data_file_days)).order_by("pk")


def _remove(model: type[Model]) -> Callable[[list[int], datetime], None]:
    def remove(pks: list[int], at: datetime) -> None:
        model._default_manager.filter(pk__in=pks).delete()

    return remove


def _remove_files(pks: list[int], at: datetime) -> None:
    for file in DataFile.objects.filter(pk__in=pks):
        let_go(file, at=at)


def _remove_rosters(pks: list[int], at: datetime) -> None:
    for roster in Roster.objects.filter(pk__in=pks):
        let_roster_go(roster, at=at)


KINDS = [
    Kind("Sessions", _over_sessions, _remove(Session)),
    Kind("Where people were signed in", _over_sign_ins, _remove(UserSession)),
    Kind("Addresses to be confirmed", _over_confirmations, _remove(EmailConfirmation)),
    Kind("Files of own data", _over_files, _remove_files),
    Kind("Files of rosters", _over_rosters, _remove_rosters),
]
