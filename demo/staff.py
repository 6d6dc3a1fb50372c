"""The demo's staff: one person in each group, each with an authenticator whose secret never
changes.
"""

import base64
import hashlib

from django.contrib.auth.models import Group

from demo.stage import Stage
from trainers.allauth_internals import activate_authenticator
from trainers.email_addresses import keep_one_address
from trainers.models import Trainer
from trainers.services.accounts import create_trainer
from trainers.services.registrar import set_roles

COLLEAGUES = {  # login: (name, group)
    "reviewer": ("Robin Review", "reviewer"),
    "lead": ("Lee Lead", "lead"),
    "finance": ("Frankie Finance", "finance"),
    "registrar": ("Reggie Registrar", "registrar"),
    "readonly": ("Reese Read-Only", "read-only"),
}
SUPERUSER = "admin"
BEGAN = -365 * 6  # days ago


def hire_staff(stage: Stage) -> None:
    """Make every staff account, and store each in `stage.staff` by its login."""
    at = stage.moment(BEGAN)
    root = create_trainer(email=f"{SUPERUSER}@example.org", name="Ada Admin", by=None, at=at)
    root.is_staff = root.is_superuser = True
    root.save(update_fields=["is_staff", "is_superuser"])
    stage.staff[SUPERUSER] = root
    for login, (name, group) in COLLEAGUES.items():
        person = create_trainer(email=f"{login}@example.org", name=name, by=root, at=at)
        groups = [Group.objects.get(name=group)]
        stage.staff[login] = set_roles(person, works_here=True, groups=groups, by=root, at=at)
    for login, person in stage.staff.items():
        let_in(stage, login, person)
    stage.say(f"Staff: {len(stage.staff)}")


def let_in(stage: Stage, login: str, person: Trainer) -> None:
    """Give somebody the demo's password and an authenticator whose secret never changes."""
    Trainer.objects.filter(pk=person.pk).update(password=stage.password_hash, last_login=stage.now)
    keep_one_address(person)
    secret = base64.b32encode(hashlib.sha1(f"demo {login}".encode()).digest()).decode()  # noqa: S324 - a demo secret that must be the same each time
    activate_authenticator(person, secret=secret)
