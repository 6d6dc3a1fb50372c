"""The public page for whoever teaches courses and is no provider yet."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from core.access import public
from core.policy_words import portal_policy
from providers.services.paying import request_fee

QUESTIONS = (
    "Who you are, and your website",
    "Which courses you teach, and how many hours each takes",
    "Who teaches them, and what they are qualified in",
    "How you find out who completed a course",
    "The name and the work address of whoever would report for you",
)


@public
@require_safe
def become_provider(request: HttpRequest) -> HttpResponse:
    """Say what a provider does here, what it costs, and what to send us."""
    cents = request_fee(clock.now()).amount_cents
    letter = "\r\n\r\n".join(f"{one}:" for one in QUESTIONS)
    words = {
        "fee": portal_policy().money(cents) if cents else "",
        "questions": QUESTIONS,
        "mail": f"subject={quote('We would like to be a provider')}&body={quote(letter)}",
    }
    return render(request, "providers/become.html", words)
