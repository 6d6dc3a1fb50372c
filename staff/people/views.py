"""The pages about the people who work here."""

from collections.abc import Callable, Mapping

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from core.errors import Refusal
from staff.actions import ActionLink, run_action, staff_user
from staff.people.actions import ACTIONS, Maker, action_to_invite, possible_actions
from staff.people.pages import (
    SHOWN,
    colleague_row,
    lately_about,
    people_here,
    people_once_here,
    recent_history,
    summary_words,
)
from trainers.models import Trainer
from trainers.services.people import LEADS

View = Callable[..., HttpResponse]
LEFT = "{who} does not work here, and no invitation is open. Nothing was changed by you."


def people_urls(wrap: Callable[[View], View]) -> list[URLPattern]:
    """Return the URL patterns under /staff/people/. `wrap` is the site's decorator, which admits
    only staff.
    """
    acts = [
        path(f"people/<int:object_id>/{name}/", wrap(_act_page(make)), name=f"people_{name}")
        for name, (_, make) in ACTIONS.items()
    ]
    return [
        path("people/", wrap(people_page), name="people"),
        path("people/invite/", wrap(invite_page), name="people_invite"),
        path("people/<int:object_id>/", wrap(colleague_page), name="people_colleague"),
        *acts,
    ]


def people_page(request: HttpRequest) -> HttpResponse:
    viewer = _leader(request)
    rows = [colleague_row(person, viewer=viewer) for person in people_here()[:SHOWN]]
    page = {"title": "People", "rows": rows, "summary": summary_words(rows), "entries": recent_history()}
    return _render(request, "admin/people/list.html", page)


def colleague_page(request: HttpRequest, object_id: int) -> HttpResponse:
    """Show one colleague, what the viewer may do, and the history."""
    viewer, person = _leader(request), people_here().filter(pk=object_id).first()
    if person is None:
        return _say_they_left(request, object_id)
    row = colleague_row(person, viewer=viewer)
    names = possible_actions(
        person, viewer=viewer, invitation=row.invitation, reset=row.reset, is_linked=bool(row.linked_to)
    )
    links = [
        ActionLink(ACTIONS[name][0], reverse(f"admin:people_{name}", args=[person.pk])) for name in names
    ]
    page = {
        "title": person.name,
        "row": row,
        "links": links,
        "entries": lately_about(person),
        "viewer": viewer,
    }
    return _render(request, "admin/people/colleague.html", page)


def invite_page(request: HttpRequest) -> HttpResponse:
    viewer, people = _leader(request), reverse("admin:people")
    context = {**admin.site.each_context(request), "opts": None}
    return run_action(request, action_to_invite(viewer), back=people, context=context)


def _act_page(make: Maker) -> View:
    def view(request: HttpRequest, object_id: int) -> HttpResponse:
        viewer, person = _leader(request), people_here().filter(pk=object_id).first()
        if person is None:
            return _say_they_left(request, object_id)
        try:
            action = make(person, viewer)
        except Refusal as refusal:
            # The invitation, role or reset that it would change has ended in the meantime.
            messages.warning(request, str(refusal))
            return redirect("admin:people_colleague", object_id)
        context = {**admin.site.each_context(request), "opts": None}
        still_here = reverse("admin:people")
        return run_action(request, action, back=still_here, context=context)

    return view


def _say_they_left(request: HttpRequest, object_id: int) -> HttpResponse:
    """Redirect to the list and say that the person has left or is no longer invited, because
    somebody else was faster. Raises Http404 for a person who never was a colleague.
    """
    person = get_object_or_404(people_once_here(), pk=object_id)
    messages.warning(request, LEFT.format(who=person.name))
    return redirect("admin:people")


def _leader(request: HttpRequest) -> Trainer:
    if not request.user.has_perm(LEADS):
        raise PermissionDenied
    return staff_user(request)


def _render(request: HttpRequest, template: str, page: Mapping[str, object]) -> HttpResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), "opts": None, **page})
