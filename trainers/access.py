"""Access to a trainer's pages: `trainer_only` finds the credential and its current cycle before the
view runs.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from core.access import View, declare_access, sign_in_first
from trainers.lookups import cycle_of
from trainers.models import Credential, Cycle, Trainer


class TrainerRequest(HttpRequest):
    """The request of a view under `trainer_only`: the person is signed in, and has a credential
    with its current cycle.
    """

    user: Trainer
    credential: Credential
    cycle: Cycle
    began_at: datetime  # set by the middleware `Began`


_homes: list[Callable[[Trainer], str]] = []


def register_home(find: Callable[[Trainer], str]) -> None:
    """Register a function that returns the path of the first page for an account without a
    credential, or "" when the account is none of its app's. An app on a higher floor calls this in
    its `ready`.
    """
    _homes.append(find)


def home_elsewhere(person: Trainer) -> str:
    """Return the path of the first page of an account without a credential; "" when no registered
    app has one.
    """
    return next(filter(None, (find(person) for find in _homes)), "")


def trainer_only(view: View) -> View:
    """Admit accounts with a credential; the view gets `request.credential` and `request.cycle`.

    Staff without a credential are redirected to the staff side.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        trainer = request.user
        cycle = cycle_of(trainer)
        if cycle is None and trainer.is_staff:
            return redirect("admin:index")
        if cycle is None and (elsewhere := home_elsewhere(trainer)):
            return redirect(elsewhere)
        if cycle is None:
            return render(request, "trainers/no_credential.html", status=403)
        request.cycle, request.credential = cycle, cycle.credential  # type: ignore[attr-defined]  # TrainerRequest declares them for the view
        return view(request, *args, **kwargs)

    return declare_access(checked, "trainer")


def is_looked_at(request: HttpRequest) -> bool:
    """Return whether staff view the page as its trainer sees it; nothing may be changed then."""
    return getattr(request, "looking", None) is not None
