"""Pages that belong to no app: help, accessibility, privacy, and errors."""

from datetime import UTC, timedelta
from http import HTTPStatus

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.access import public, signed_in
from core.links import full_address
from core.organisation import current_organisation, organisation_facts
from core.retention import figures_on
from core.unsent import SHOWN_AGAIN, WITH_FILES, unsent_of
from rules.units import count_of
from trainers.allauth_internals import sign_in_methods
from trainers.models import Trainer

STAFF_SIDE = "/staff/"
FOR_HALF_A_YEAR = timedelta(days=182)
KEPT = {  # what the privacy page says: the figure of the policy, and what it counts
    "mail_copies": ("mail_copy_years", "year"),
    "refused_uploads": ("refused_upload_days", "day"),
    "evidence": ("evidence_cycles", "cycle"),
    "sessions": ("session_days", "day"),
    "data_files": ("data_file_days", "day"),
}


@public
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/help.html")


@public
def accessibility_page(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@public
def privacy_page(request: HttpRequest) -> HttpResponse:
    """Show what is kept and how long, by the figures of the policy (Q33)."""
    figures = figures_on(clock.now())
    counts = {name: (getattr(figures, key), noun) for name, (key, noun) in KEPT.items()}
    kept = {name: count_of(count, noun) for name, (count, noun) in counts.items()}
    return render(request, "pages/privacy.html", {"kept": kept})


@public
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Show where to report a weakness, in the format of RFC 9116. It expires half a year from today."""
    contact = settings.SECURITY_CONTACT or current_organisation().support_email
    expires = (clock.real_now() + FOR_HALF_A_YEAR).astimezone(UTC)
    lines = [
        f"Contact: {contact if contact.startswith('https://') else f'mailto:{contact}'}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        f"Canonical: {full_address(request.path)}",
        "Preferred-Languages: en",
    ]
    if settings.SECURITY_POLICY_URL:
        lines.append(f"Policy: {settings.SECURITY_POLICY_URL}")
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")


@signed_in
@require_safe
def unsent_answers(request: HttpRequest) -> HttpResponse:
    """Offer the form that was typed before the session ended; it is shown again before anything is
    done with it.
    """
    kept = unsent_of(request)
    if kept is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    words = {"kept": kept, "shown_again": SHOWN_AGAIN, "with_files": WITH_FILES}
    return render(request, "pages/unsent.html", words)


@public
def staff_login(request: HttpRequest) -> HttpResponse:
    """Redirect staff to the common sign-in page; the admin's own form has no second factor."""
    return redirect(f"{reverse('account_login')}?{request.GET.urlencode(safe='/')}")


@public
def favicon_redirect(request: HttpRequest) -> HttpResponse:
    """Redirect to the icon, for browsers that ask for /favicon.ico when a page names no icon."""
    return redirect(current_organisation().icon_url or static("img/icon.svg"))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)


def forbidden_page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if _is_at_the_desk(request):
        return _desk_page(request, "staff/403.html", "Not for your role", HTTPStatus.FORBIDDEN)
    return render(request, "403.html", status=HTTPStatus.FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if _is_at_the_desk(request):
        return _desk_page(request, "staff/404.html", "We cannot find this page", HTTPStatus.NOT_FOUND)
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


def _is_at_the_desk(request: HttpRequest) -> bool:
    """Return whether staff asked for a page of the staff side, in a session that may open that
    side.
    """
    user = getattr(request, "user", None)
    if not isinstance(user, Trainer) or not user.is_staff or not request.path.startswith(STAFF_SIDE):
        return False
    return "mfa" in sign_in_methods(request, user)


def _desk_page(request: HttpRequest, template: str, title: str, status: HTTPStatus) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title}
    return render(request, template, context, status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """Render the error page without session or database, either of which may have failed."""
    without_row = organisation_facts(None)
    return HttpResponse(
        render_to_string(
            "500.html", {"CONTACT_EMAIL": without_row.support_email, "organisation": without_row}
        ),
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
    )
