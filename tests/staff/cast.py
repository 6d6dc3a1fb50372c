"""People who work here, and the second factor that they show."""

from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from tests.factories import TrainerFactory
from trainers.allauth_internals import record_sign_in_method
from trainers.models import Trainer


def member(name: str, *groups: str, permissions: tuple[str, ...] = (), **fields) -> Trainer:
    """Somebody who works here, in `groups` and with `permissions` by codename."""
    email = f"{name.split()[0].lower()}@staff.example.org"
    made = TrainerFactory(name=name, email=email, is_staff=True, **fields)
    made.groups.set(Group.objects.filter(name__in=groups))
    made.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return made


def pass_second_factor(session: SessionBase, person: Trainer) -> None:
    """Write into `session` that `person` has shown theirs."""
    request = HttpRequest()
    request.session = session
    record_sign_in_method(request, person, "mfa", type="totp")
    session.save()
