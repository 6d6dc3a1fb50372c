"""What every template gets in addition to its view's context: navigation, contact, and the demo's
day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core import clock
from core.links import path_of, plain_path_of
from core.organisation import current_organisation
from core.policy_words import in_policy_words
from employers.access import EMPLOYER
from outbox.models import Notice
from providers.access import PROVIDER
from trainers.lookups import credential_of, new_messages_of
from trainers.models import Trainer


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    current: str = ""  # the value of aria-current: "page", "true" for a page below it, or nothing


Entries = tuple[tuple[str, str, tuple[str, ...]], ...]  # label, URL name, prefixes of the addresses below it
OF_A_CREDENTIAL: Entries = (
    ("Home", "renewals:home", ("/home/",)),
    ("My courses", "ceus:my_courses", ("/my-courses/", "/card/")),
    ("Renew", "renewals:check", ("/renew/",)),
    ("Certificate", "renewals:certificate", ("/certificate",)),
)
IN_THE_MENU_OF_A_CREDENTIAL: Entries = (
    ("Petitions", "petitions:list", ("/petitions/",)),
    ("Payments", "payments:list", ("/payments/",)),
)
IN_THE_MENU: Entries = (
    ("Messages", "trainers:messages", ("/messages/",)),
    ("Find a course", "ceus:courses", ("/courses/", "/providers/")),
    ("Account", "trainers:account", ("/account/",)),
)
OF_A_PROVIDER: Entries = (
    ("Your courses", "providers:home", ()),
    ("Report", "providers:report", ("/provider/report/",)),
    ("Requests", "providers:requests", ("/provider/requests/", "/provider/courses/")),
    ("Reports", "providers:batches", ("/provider/reports/", "/provider/completions/")),
)
IN_THE_MENU_OF_A_PROVIDER: Entries = (
    ("API keys", "providers:keys", ("/provider/keys/",)),
    ("Webhooks", "providers:webhooks", ("/provider/webhooks/",)),
    ("Second factor", "mfa_index", ("/account/",)),
)
OF_AN_EMPLOYER: Entries = (
    ("Your team", "employers:home", ("/employer/link/",)),
    ("Check a list", "employers:check", ()),
)
IN_THE_MENU_OF_AN_EMPLOYER: Entries = (
    ("API keys", "employers:keys", ("/employer/keys/",)),
    ("Second factor", "mfa_index", ("/account/",)),
)
# The mark of a session whose person has a role at an organisation: its main links, and its menu.
SIDES = {
    PROVIDER: (OF_A_PROVIDER, IN_THE_MENU_OF_A_PROVIDER),
    EMPLOYER: (OF_AN_EMPLOYER, IN_THE_MENU_OF_AN_EMPLOYER),
}
FOR_VISITORS: Entries = (
    ("How renewal works", "renewals:how", ("/how-renewal-works/",)),
    ("What it costs", "renewals:calculator", ("/calculator/",)),
    ("Courses", "ceus:courses", ("/courses/", "/providers/")),
    ("Check a certification", "renewals:verify", ("/verify/", "/v/", "/c/")),
)
FOOTER: Entries = (
    ("Help and contact", "pages:help", ()),
    ("How renewal works", "renewals:how", ()),
    ("What will it cost", "renewals:calculator", ()),
    ("Check a certification", "renewals:verify", ()),
    (in_policy_words("Find {a_holder}"), "employers:directory", ()),
    ("Accessibility", "pages:accessibility", ()),
    ("Privacy", "pages:privacy", ()),
)


def portal_words(request: HttpRequest) -> dict[str, object]:
    organisation = current_organisation()
    return {
        "organisation": organisation,
        "CONTACT_EMAIL": organisation.support_email,
        "PORTAL_TODAY": settings.PORTAL_TODAY,
        "portal_today": date.fromisoformat(settings.PORTAL_TODAY) if settings.PORTAL_TODAY else None,
        "portal_url": settings.PORTAL_URL,
        "OIDC_NAME": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        "looking": getattr(request, "looking", None),
        "chosen": getattr(request, "chosen", None),
        "plain_home": plain_path_of("renewals:home"),
        "navigation": cache(lambda: render_links(tuple(navigation_links(request)))),
        "menu": lambda: render_links(tuple(menu_links(request))),
        "new_messages": cache(lambda: _new_messages(request)),
        "sign_in_url": path_of("account_login"),
        "footer_links": lambda: render_links(tuple(footer_links(request))),
    }


def navigation_links(request: HttpRequest) -> list[Link]:
    """Return the main links for this visitor, with the current one marked."""
    if not _is_signed_in(request):
        return list(_links(FOR_VISITORS, request))
    if side := _side_of(request):
        return list(_links(side[0], request))
    return list(_links(OF_A_CREDENTIAL if _has_credential(request) else (), request))


def menu_links(request: HttpRequest) -> list[Link]:
    """Return the links of the menu below the signed-in person's name, which phones show too."""
    if not _is_signed_in(request):
        return []
    if side := _side_of(request):
        return list(_links(side[1], request))
    own = IN_THE_MENU_OF_A_CREDENTIAL if _has_credential(request) else ()
    return list(_links((*own, *IN_THE_MENU), request))


def _side_of(request: HttpRequest) -> tuple[Entries, Entries] | None:
    """Return the main links and the menu of an organisation's side; None outside of one."""
    return next((links for mark, links in SIDES.items() if request.session.get(mark)), None)


def _new_messages(request: HttpRequest) -> list[Notice]:
    """Return the new messages that the envelope counts. They are read once for a page."""
    if not _is_signed_in(request):
        return []
    return new_messages_of(cast(Trainer, request.user), at=clock.now())


def _is_signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def _has_credential(request: HttpRequest) -> bool:
    # Staff alone are asked for a credential: whoever else signs in has one.
    return not (request.user.is_staff and credential_of(request.user) is None)


def footer_links(request: HttpRequest) -> list[Link]:
    return list(_links(FOOTER, request))


@lru_cache(maxsize=256)
def render_links(links: tuple[Link, ...]) -> SafeString:
    """Render the list items of `links`. A few lists serve all pages, so each is rendered once."""
    return render_to_string("includes/links.html", {"links": links})


def _links(entries: Entries, request: HttpRequest) -> Iterator[Link]:
    for label, name, prefixes in entries:
        url = path_of(name)
        below = "true" if request.path_info.startswith(prefixes) and prefixes else ""
        yield Link(label, url, "page" if request.path == url else below)
