"""A browser in front of any form of the tables, and every row that a form might change."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client

from documents.models import UploadHour
from documents.waiting import token_of
from tests.access.bad_desk_input import DESK_FORMS
from tests.access.bad_employer_input import EMPLOYER_FORMS
from tests.access.bad_input import EXTRA, FORMS, Form
from tests.access.bad_organisation_input import ORGANISATION_FORMS
from tests.access.bad_policy_input import POLICY_FORMS
from tests.access.bad_provider_input import PROVIDER_FORMS
from tests.access.bad_staff_input import STAFF_FORMS
from tests.access.routes import all_routes

KEPT = (
    "webhooks",
    *(
        "audits",
        "badges",
        "cases",
        "ceus",
        "core",
        "documents",
        "employers",
        "hardship",
        "journal",
        "outbox",
        "payments",
        "petitions",
        "providers",
        "renewals",
    ),
    "trainers",
)
ROUTES = {route.name: route for route in all_routes()}
ALL_FORMS = (
    *FORMS,
    *POLICY_FORMS,
    *STAFF_FORMS,
    *DESK_FORMS,
    *PROVIDER_FORMS,
    *EMPLOYER_FORMS,
    *ORGANISATION_FORMS,
)


def all_rows() -> dict[str, list[dict]]:
    """Return every row that a form might change. How much was sent is counted for refused files too."""
    models = [
        model for model in apps.get_models() if model._meta.app_label in KEPT and model is not UploadHour
    ]
    return {str(model): list(model._default_manager.order_by("pk").values()) for model in models}


def form_in(answer: HttpResponse) -> Any:
    """Return the form of a page; of a row in the admin, Django keeps it inside another object."""
    return answer.context["adminform"].form if "adminform" in answer.context else answer.context["form"]


class Filled:
    """A browser in front of one form: `post(**typed)` sends it, filled in rightly but for what is `typed`."""

    def __init__(self, form: Form, values: dict[str, Any], browser: Client, picture: Callable) -> None:
        self.form, self.browser, self.picture = form, browser, picture
        self.address = ROUTES[form.route].address(values) + values.get("ask", {}).get(form.route, "")
        self.data = {**form.good, **({"about": values["about"]} if "about" in values else {})}
        if form.seen:
            self.data["seen"] = form_in(browser.get(self.address)).initial["seen"]

    def keep_files(self) -> None:
        """Upload good files once: reading them takes longest, and what is sent after this refers to them."""
        files = {name: self.picture() for name in self.form.files}
        fields = self.browser.post(self.address, files).context["form"].fields if files else {}
        self.data |= {f"{name}-kept": token_of(fields[name].widget.kept) for name in files}

    def post(self, **typed: object) -> HttpResponse:
        files = {name: self.picture() for name in self.form.files if f"{name}-kept" not in self.data}
        return self.browser.post(self.address, {**EXTRA, **self.data, **files, **typed})


@pytest.fixture
def filled(request, signed_in, picture, form) -> Filled:
    values = request.getfixturevalue(form.scene)
    return Filled(form, values, signed_in(request.getfixturevalue(form.by)), picture)
