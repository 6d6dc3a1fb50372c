"""The cast: everybody whom tests know by name. Each is made at the first call and found again at the next."""

from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from core import clock
from recert.idle import SEEN
from tests.factories import TrainerFactory, remind_from_the_start, trainer_with_credential
from trainers.allauth_internals import record_sign_in_method
from trainers.models import Trainer

# Jordan is who a test is about, the stranger must never see what is Jordan's, and Drew never does anything.
TRAINERS = {
    "jordan": ("Jordan Rivera", "11934482", "2021-03-14", "2027-03-14"),
    "drew": ("Drew Lake", "26063001", "2022-06-30", "2026-06-30"),
    "stranger": ("Sam Stranger", "20000001", "2023-06-30", "2027-06-30"),
}
# The role of each colleague: their name and their group. Root has every permission and is in no group.
COLLEAGUES = {
    "reviewer": ("Robin Reviewer", "reviewer"),
    "second_reviewer": ("Ben Osei", "reviewer"),
    "lead": ("Lee Lead", "lead"),
    "second_lead": ("Leo Lead", "lead"),
    "finance": ("Fay Finance", "finance"),
    "second_finance": ("Finn Finance", "finance"),
    "registrar": ("Rae Registrar", "registrar"),
    "read_only": ("Olga Onlooker", "read-only"),
    "root": ("Sasha Super", ""),
}


def trainer(who: str) -> Trainer:
    """Return this trainer of the cast, with a credential and its cycle."""
    email = f"{who}@example.org"
    if found := Trainer.objects.filter(email=email).first():
        return found
    name, number, awarded_on, expires_on = TRAINERS[who]
    made = trainer_with_credential(
        email=email, name=name, number=number, awarded_on=awarded_on, expires_on=expires_on
    )
    if who == "drew":
        remind_from_the_start(made)
    return made


def colleague(role: str) -> Trainer:
    """Return this member of staff of the cast."""
    name, group = COLLEAGUES[role]
    found = Trainer.objects.filter(email=_address_of(name)).first()
    return found or member(name, *filter(None, [group]), is_superuser=role == "root")


def member(name: str, *groups: str, permissions: tuple[str, ...] = (), **fields) -> Trainer:
    """Make somebody else on the staff, in `groups` and with `permissions` by codename."""
    made = TrainerFactory(**{"name": name, "email": _address_of(name), "is_staff": True, **fields})
    made.groups.set(Group.objects.filter(name__in=groups))
    made.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return made


def _address_of(name: str) -> str:
    return f"{name.split()[0].lower()}@staff.example.org"


def needs_second_factor(person: Trainer) -> bool:
    """Staff, and people of a provider or an employer, sign in with a second factor."""
    return person.is_staff or person.provider_roles.exists() or person.employer_roles.exists()


def pass_second_factor(session: SessionBase, person: Trainer) -> None:
    """Record in `session` that `person` has passed the second factor, and is at work just now."""
    request = HttpRequest()
    request.session = session
    record_sign_in_method(request, person, "mfa", type="totp")
    session[SEEN] = clock.real_now().timestamp()
    session.save()
