"""Access to a trainer's pages: `trainer_only` finds the credential and its current cycle before the
view runs.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from core.access import View, declare_access, sign_in_first
from core.links import plain_path_of
from trainers.certifications import path_within
from trainers.lookups import cycle_of, cycles_of_several, is_of_several
from trainers.models import Credential, Cycle, Trainer

SAFE = ("GET", "HEAD")


class TrainerRequest(HttpRequest):
    """The request of a view under `trainer_only`: the person is signed in, and has a credential
    with its current cycle.

    `chosen` is the cycle of the certification that the address names (`trainers.certifications`);
    None when it names none.
    """

    user: Trainer
    credential: Credential
    cycle: Cycle
    chosen: Cycle | None
    began_at: datetime  # set by the middleware `Began`


_homes: list[Callable[[Trainer], str]] = []
About = Callable[..., int | None]  # the trainer and the parts of the address -> the credential's key
Parts = dict[str, Any]  # of the address
Choice = Callable[["TrainerRequest", Cycle, Parts], Cycle | HttpResponseBase]


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

    Staff without a credential are redirected to the staff side. Of several certifications it is the
    one that the address names; when it names none, the trainer is asked which one is meant.
    """
    return _trainer_view(view, _choose_by_address)


def trainer_only_about(find: About) -> Callable[[View], View]:
    """Return `trainer_only` for a page about one thing, such as a petition. Of several
    certifications it is the one that the thing belongs to: `find` returns its primary key, given
    the trainer and the parts of the address, or None for what is not theirs.
    """

    def choose(request: TrainerRequest, cycle: Cycle, parts: Parts) -> Cycle | HttpResponseBase:
        key = find(request.user, **parts)
        meant = next((one for one in cycles_of_several(request.user) if one.credential_id == key), None)
        if meant is None or meant.pk == cycle.pk and _chosen(request):
            return cycle
        if request.method in SAFE:
            return redirect(path_within(meant.credential, request.get_full_path()))
        return meant

    return lambda view: _trainer_view(view, choose)


def person_only(view: View) -> View:
    """Return `trainer_only` for a page about the person, whose certifications do not matter."""
    return _trainer_view(view, lambda request, cycle, parts: cycle)


def _trainer_view(view: View, choose: Choice) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        trainer = request.user
        cycle = _chosen(request) or cycle_of(trainer)
        if cycle is None and trainer.is_staff:
            return redirect("admin:index")
        if cycle is None and (elsewhere := home_elsewhere(trainer)):
            return redirect(elsewhere)
        if cycle is None:
            return render(request, "trainers/no_credential.html", status=403)
        if is_of_several(cycle):
            meant = choose(cast(TrainerRequest, request), cycle, kwargs)
            if isinstance(meant, HttpResponseBase):
                return meant
            cycle = meant
        request.cycle, request.credential = cycle, cycle.credential  # type: ignore[attr-defined]  # TrainerRequest declares them for the view
        request.chosen = _chosen(request)  # type: ignore[attr-defined]  # as above
        return view(request, *args, **kwargs)

    return declare_access(checked, "trainer")


def cycle_asked_about(request: HttpRequest) -> Cycle | None:
    """Return the cycle that a page for everybody is about: of the certification that the address
    names, else of the signed-in trainer's that ends last; None for a visitor.
    """
    if not request.user.is_authenticated:
        return None
    return _chosen(request) or cycle_of(request.user)


def _chosen(request: HttpRequest) -> Cycle | None:
    """Return the cycle of the certification that the address names."""
    chosen: Cycle | None = getattr(request, "chosen", None)
    return chosen


def _choose_by_address(request: TrainerRequest, cycle: Cycle, parts: Parts) -> Cycle | HttpResponseBase:
    """Return the cycle that the address names, or the page that asks which certification is meant.
    After a form that named none, nothing is done, and the links lead to each one's Home.
    """
    if _chosen(request):
        return cycle
    safe = request.method in SAFE
    path = request.get_full_path() if safe else plain_path_of("renewals:home")
    choices = [(one, path_within(one.credential, path)) for one in cycles_of_several(request.user)]
    status = HTTPStatus.OK if safe else HTTPStatus.CONFLICT
    return render(request, "trainers/which_certification.html", {"choices": choices}, status=status)


def is_looked_at(request: HttpRequest) -> bool:
    """Return whether staff view the page as its trainer sees it; nothing may be changed then."""
    return getattr(request, "looking", None) is not None
