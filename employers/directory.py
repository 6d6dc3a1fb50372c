"""Who is in the public directory now: the certifications in force of trainers who listed themselves."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from core import clock
from employers.models import Listing
from employers.models.listing import city_key_of
from renewals.models import Application
from renewals.status import KEEPS_CERTIFIED, certifications_of
from rules.names import search_words
from rules.policy.load import load_policy
from trainers.given_statuses import ever_had_status
from trainers.models import Credential, Cycle, SearchWord


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a visitor looks for; each part may be empty."""

    name: str = ""
    city: str = ""
    certification: str = ""  # the code of a policy
    topic: str = ""  # its slug

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.city or self.certification or self.topic)


def entries_now(wanted: Wanted, *, at: datetime) -> "QuerySet[Cycle]":
    """Return the current cycle of every certification that the directory shows at this moment, by
    name, with credential and trainer. Whoever left, or is suspended, revoked or erased, or whose
    certification has ended, is not among them.
    """
    listings = Listing.objects.listed().filter(trainer__is_active=True)
    if key := city_key_of(wanted.city):
        listings = listings.filter(city_key__startswith=key)
    if wanted.topic:
        listings = listings.filter(topics__slug=wanted.topic)
    in_force = Credential.objects.filter(
        state=Credential.State.IN_FORCE, trainer__in=listings.values("trainer")
    )
    if wanted.certification:
        in_force = in_force.filter(policy_code=wanted.certification)
    rows = Cycle.objects.current().filter(credential__in=in_force)
    for word in search_words(wanted.name):
        theirs = SearchWord.objects.filter(trainer=OuterRef("credential__trainer"), word__startswith=word)
        rows = rows.filter(Exists(theirs))
    rows = rows.filter(_is_certified(rows, at))
    return rows.select_related("credential__trainer").order_by("credential__trainer__name", "pk")


def certifications_listed() -> list[tuple[str, str]]:
    """Return the code and the title of every certification that somebody in the directory has."""
    listed = Listing.objects.listed().values("trainer")
    codes = (
        Credential.objects.known().filter(trainer__in=listed).order_by().values_list("policy_code", flat=True)
    )
    titles = {code: load_policy(code).title for code in set(codes.distinct())}
    return sorted(titles.items(), key=lambda one: one[1])


def _is_certified(rows: "QuerySet[Cycle]", at: datetime) -> Q:
    """Return the condition that a cycle has not ended where its policy lives, or that an application
    keeps its certification in force (Q17), and that its holder has no other status, such as inactive.
    """
    codes = rows.order_by().values_list("credential__policy_code", flat=True).distinct()
    lasting, ended = Q(pk__in=()), Q(pk__in=())
    for code in sorted(set(codes)):
        of_policy = Q(credential__policy_code=code)
        today = clock.date_of(at, load_policy(code).time_zone)
        lasting |= of_policy & Q(expires_on__gte=today, credential__awarded_on__lte=today)
        ended |= of_policy & Q(expires_on__lt=today)
    # Also of another certification: it may renew this one, too.
    asked = Application.objects.filter(
        cycle__credential__trainer=OuterRef("credential__trainer"), state__in=KEEPS_CERTIFIED
    )
    unsure = ended & Q(Exists(asked)) | ever_had_status()
    weighed = list(rows.filter(unsure).select_related("credential__trainer"))
    found = certifications_of(weighed, at)
    certified = Q(pk__in=[one.pk for one in weighed if found[one.pk].certified])
    return certified | (lasting & ~ever_had_status())
