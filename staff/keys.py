"""The keyboard shortcuts of the staff side: a page that lists them, and a switch for each
person.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from core import clock
from staff.actions import staff_user
from trainers.services.wishes import set_keys

KEYS = [
    ("/", "Go to the search field"),
    ("?", "Show this page"),
    ("j", "In a list the next row; on a case the next case"),
    ("k", "In a list the row before; on a case the case before"),
    ("o", "In a list the link that opens the row; on a case its document"),
    ("x", "In a list the box that chooses the row"),
    ("1", "On a case the first decision, such as Approve or Accept"),
    ("2", "On a case the second, such as Ask or Replace"),
    ("3", "On a case the third, such as Decline or Refuse"),
    ("e", "Change the words of the mail"),
    ("h", "Hold the case: snooze it, or wake it"),
    ("n", "Write a note for colleagues"),
    ("u", "Undo what you decided"),
]


def keys_page(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """Show the keyboard shortcuts; a form switches them on or off for the person who sends it."""
    person = staff_user(request)
    if request.method == "POST":
        wants = bool(request.POST.get("wants"))
        set_keys(person, wants=wants, by=person, at=clock.now())
        messages.success(request, "The keys are on." if wants else "The keys are off.")
        return redirect("admin:keys")
    page = {**context, "title": "Keys", "keys": KEYS}
    return TemplateResponse(request, "admin/keys.html", page)
