"""Whose an endpoint is: who may change it, and who hears when it is switched off. Apps above register
their owners in `ready()`; the certifying body is the first.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from core.errors import Refusal
from core.people import Person
from webhooks.events import owner_model
from webhooks.models import Endpoint

LEADS = "webhooks.lead_webhooks"


@dataclass(frozen=True)
class OwnerKind:
    """One kind of owner. `may_manage(owner, person)` tells who may change its endpoints, `people_of`
    returns whom a message about them goes to, `name_of` is how staff read it, and `page_of` returns
    the page of an endpoint for these people.
    """

    may_manage: Callable[[str, Person], bool]
    people_of: Callable[[str], "QuerySet[Person]"]
    name_of: Callable[[str], str]
    page_of: Callable[[Endpoint], str]


_kinds: dict[str, OwnerKind] = {}


def register_owner(model: str, kind: OwnerKind) -> OwnerKind:
    """Register a kind of owner by its model, such as "ceus.provider". Raises ValueError for a second
    one.
    """
    if _kinds.setdefault(model, kind) is not kind:
        raise ValueError(f"There are two kinds of owner for {model}.")
    return kind


def kind_of_owner(owner: str) -> OwnerKind:
    """Return the kind of an owner; raises LookupError for one that no app has registered."""
    return _kinds[owner_model(owner)]


def name_of_owner(owner: str) -> str:
    """Return how staff read an owner; the text itself for one that no app has registered."""
    kind = _kinds.get(owner_model(owner))
    return kind.name_of(owner) if kind else owner


def require_manager(owner: str, by: Person) -> None:
    """Raise Refusal unless `by` may change the endpoints of this owner. Those who lead webhooks may
    change all.
    """
    if not (by.has_perm(LEADS) or kind_of_owner(owner).may_manage(owner, by)):
        raise Refusal("You may not change webhooks.", code="not_allowed")


def leads_of_webhooks() -> "QuerySet[Person]":
    """Return the people on the staff who may change webhooks."""
    may = Q(
        groups__permissions__codename="lead_webhooks", groups__permissions__content_type__app_label="webhooks"
    )
    people = get_user_model()._default_manager.filter(is_staff=True, is_active=True)
    return people.filter(may | Q(is_superuser=True)).order_by("pk").distinct()


register_owner(
    "",
    OwnerKind(
        may_manage=lambda owner, person: False,  # but for those who lead webhooks
        people_of=lambda owner: leads_of_webhooks(),
        name_of=lambda owner: "The certifying body",
        page_of=lambda endpoint: f"/staff/webhooks/endpoint/{endpoint.pk}/change/",
    ),
)
