"""Versions of the rules that staff approved count in every process: read again before views and tasks."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from cases.policy_overlay import refresh_policies

WITHOUT = ("/livez", "/readyz", "/metrics")  # they answer while the database does not


class ApprovedPolicies:
    """Middleware that reads the approved versions again, at most once a minute in each process."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path not in WITHOUT:
            refresh_policies()
        return self.get_response(request)


def refresh_before_task(**more: object) -> None:
    """Read the approved versions again before a task of Celery."""
    refresh_policies()
