"""The demo with everything that an organisation's pages show, and the addresses of those pages; made in the
served database by `manage.py shell`.
"""

import json
import sys
from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse

from api.models import ProgramKey
from api.services import make_key, rotate_key
from badges.services import ensure_key
from ceus.models import Topic
from core import clock
from core.history import subject_of
from employers.links import LINKS, token_for_consent
from employers.models import ApiKey as EmployerKey
from employers.models import Employer
from employers.services import take_off_listing
from employers.services.accounts import add_employer
from employers.services.consenting import give_consent
from employers.services.listing import list_trainer
from employers.services.people import invite_employer_person
from employers.services.showing import start_widget
from providers.models import ApiKey as ProviderKey
from providers.models import Batch, Completion, CourseRequest
from tests.cast import colleague
from trainers.models import Trainer
from webhooks.services import make_endpoint

PENNY, GINA, LISTED, TAKEN_OFF, UNLISTED = (
    f"{name}@example.org" for name in ("penny", "gina", "jordan", "maya", "bo")
)


def fill() -> None:
    """Leave keys in each state, an endpoint, entries of the directory, a widget, an open invitation, and
    the key that signs badges.
    """
    at = clock.now()
    ensure_key(at=at)
    penny, gina = (Trainer.objects.get(email=email) for email in (PENNY, GINA))
    provider = penny.provider_roles.get().provider
    for kind, owner, by in ((ProviderKey, provider, penny), (EmployerKey, _gym(), gina)):
        told = {"kind": kind, "by": by, "at": at - timedelta(days=1), "scopes": kind.Scope.values}
        rotate_key(make_key(owner, name="A program with quite a long name", **told)[0], by=by, at=at)
    make_endpoint(
        subject_of(provider),
        name="Our own system",
        url="https://hooks.example.org/portal",
        events=["completion.refused"],
        by=penny,
        at=at,
    )
    topics = list(Topic.objects.all()[:3])
    for place, one in enumerate(Trainer.objects.filter(credentials__state="in_force").order_by("pk")[:40]):
        city = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" if place == 1 else "Mesa, Arizona"
        list_trainer(one, city=city, topics=topics, by=one, at=at)
    holder = Trainer.objects.get(email=LISTED)
    list_trainer(holder, city="Tucson, Arizona", topics=topics[:1], by=holder, at=at)
    off = Trainer.objects.get(email=TAKEN_OFF)
    entry = list_trainer(off, city="buy-pills.example", topics=[], by=off, at=at)
    take_off_listing(entry, by=colleague("registrar"), at=at, words="Your city is an address of a website.")
    start_widget(holder.credentials.get(), by=holder, at=at)
    give_consent(_gym(), link=_gym().links_made, by=holder, at=at)
    other = add_employer(name="Other Gym", by=colleague("registrar"), at=at)
    told = {"email": "otto@other.example.org", "name": "Otto Other", "by": colleague("registrar")}
    invite_employer_person(other, **told, at=at)


def _gym() -> Employer:
    return Employer.objects.get(people__person__email=GINA)


def say_addresses() -> None:
    """Print the addresses of each side's pages as JSON."""
    holder, other = Trainer.objects.get(email=LISTED), Employer.objects.get(name="Other Gym")
    told = {
        "provider": list(_of_a_provider()),
        "employer": [
            *_plain("employers", "home", "check", "keys", "replace_link"),
            f"{reverse('employers:home')}?q=zzzz",
            reverse("employers:revoke_key", args=[_new_key(EmployerKey)]),
        ],
        "trainer": [
            *_plain("employers", "sharing", "listing", "widgets"),
            reverse("employers:share", args=[token_for_consent(_gym())]),
            reverse("employers:share", args=[token_for_consent(other)]),
            reverse("employers:end_sharing", args=[holder.employer_consents.latest("pk").pk]),
        ],
        "taken off": _plain("employers", "sharing", "listing"),
        "public": [
            f"{reverse('employers:directory')}?page=2",
            *(f"{reverse('employers:directory')}?{asked}" for asked in ("", "name=zzzz", "topic=nothing")),
            reverse("employers:widget", args=[holder.credentials.get().widget.code]),
            reverse("employers:join", args=[LINKS.token_for_role(other.people.get())]),
            reverse("employers:join", args=["ended"]),
            *_plain("pages", "api_docs"),
        ],
    }
    sys.stdout.write(json.dumps(told))


def _of_a_provider() -> Iterator[str]:
    yield from _plain(
        *("providers", "home", "report", "report_file", "batches", "requests", "ask", "keys", "webhooks")
    )
    for name in ("batch", "withdraw"):
        yield reverse(f"providers:{name}", args=[Batch.objects.latest("pk").reference])
    taken = Completion.objects.filter(state="reported").latest("pk")
    for name in ("correct", "take_back"):
        yield reverse(f"providers:{name}", args=[taken.pk])
    yield reverse("providers:withdraw_request", args=[CourseRequest.objects.latest("pk").reference])
    yield reverse("providers:longer", args=[taken.course.slug])
    yield reverse("providers:revoke_key", args=[_new_key(ProviderKey)])
    yield reverse("providers:webhook", args=[1])


def _new_key(kind: type[ProgramKey]) -> int:
    """Return the key that replaced another one."""
    return kind._default_manager.get(replaces__isnull=False).pk


def _plain(app: str, *names: str) -> list[str]:
    return [reverse(f"{app}:{name}") for name in names]
