"""The keyboard shortcuts of the staff side: a page that lists them, and a switch for each
person.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from core import clock
from staff.actions import staff_user
from trainers.services.wishes import set_keys

KEYS = [("/", "Go to the search field"), ("?", "Show this page")]


def keys_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Show the keyboard shortcuts; a form switches them on or off for the person who sends it."""
    person = staff_user(request)
    if request.method == "POST":
        wants = bool(request.POST.get("wants"))
        set_keys(person, wants=wants, by=person, at=clock.now())
        messages.success(request, "The keys are on." if wants else "The keys are off.")
        return redirect("admin:keys")
    page = {**context, "title": "Keys", "keys": KEYS}
    return TemplateResponse(request, "admin/keys.html", page)
