"""Every page of the staff side, found by its address: which rows the pages are about, and what is no page."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date

from django.contrib import admin
from django.db import transaction
from django.db.models import Model

from cases.services import add_note
from ceus.models import CatalogueChange, Course
from core import clock
from employers.services.showing import start_widget
from journal.services import make_journal_key, write_entries
from payments.models import Charge, FeeDecision, LedgerEntry
from renewals.models import Application
from tests import factories
from tests.access.routes import PART, Route, all_routes
from tests.employers.scenes import leave_a_key, listed
from tests.providers.scenes import report_and_ask
from tests.staff.scenes import ask_for_name, what_leads_keep
from tests.webhooks.scenes import an_endpoint, tell
from trainers.models import Trainer

# No page of ours: Django's own way to sign in, what answers with a file or with words for a script, where nothing is.
NO_PAGE = (
    *("jsi18n/", "autocomplete/", "login/", "logout/", "password_change/", "password_change/done/"),
    *("no-such-page/", "table/", "file/", "delete/", "report/"),
)
# Nothing else is added by a form of the admin.
ADDED = (
    *(f"admin:ceus_{kind}_add" for kind in ("course", "provider", "topic")),
    "admin:employers_employer_add",
)
ONLY_SENT = ("read_note", "weekly_report")  # buttons without a page of their own
LAST = date(2027, 6, 30)
SAME_PAGE = ("history",)  # of these one kind of row is enough


def staff_routes() -> list[Route]:
    """Every address of the staff side that is a page, without those of two parts."""
    found = [one for one in all_routes() if one.name.startswith("admin:") and len(one.parts) < 2]
    names = {f"admin:{name}" for name in ONLY_SENT}
    return [one for one in found if not _is_no_page(one) and one.name not in names]


def _is_no_page(route: Route) -> bool:
    if route.name.endswith(":nameless") or "<app_label>" in route.pattern:
        return True
    return route.pattern.endswith(NO_PAGE) or (route.name.endswith("_add") and route.name not in ADDED)


def pages_of(routes: Iterable[Route], rows: dict[str, list[int]]) -> Iterator[str]:
    """The address of each route without a part, and of each about a row: the first of its kind, and one of each
    state where its own page shows the state.
    """
    seen = set()
    for route in routes:
        if not route.parts:
            yield route.pattern
            continue
        name = route.name.removeprefix("admin:")
        kind = next(one for one in rows if name.startswith(f"{one}_"))
        act = name.removeprefix(f"{kind}_")
        if act in SAME_PAGE and act in seen:
            continue
        seen.add(act)
        for pk in rows[kind][: None if act in ("change", "review") else 1]:
            yield PART.sub(str(pk), route.pattern)


def say_rows() -> None:
    """Add what the demo has none of. Print, as JSON, one row for each state of each kind, those that are open first."""
    for made in (factories.ProviderFactory, factories.CourseFactory, factories.DocumentFactory):
        made.reset_sequence(79_000_001, force=True)  # a process of its own would begin at 0 again
    application = Application.objects.filter(state="in_review").earliest("pk")
    with transaction.atomic():
        what_leads_keep(application)
        report_and_ask(application.trainer)
        ask_for_name(application.trainer)
        _meet_employers(application.trainer)
        add_note(application, text="Seen.", by=Trainer.objects.get(email="lead@example.org"), at=clock.now())
        an_endpoint()
        tell()
        make_journal_key("Books", by=Trainer.objects.get(email="lead@example.org"), at=clock.now())
        write_entries(at=clock.now())
        FeeDecision.objects.create(
            charge=Charge.objects.filter(disputes__state="lost").earliest("pk"),
            verdict="keep",
            reason="Why.",
            kept_cents=0,
            by=Trainer.objects.get(email="lead@example.org"),
            decided_at=factories.LONG_AGO,
        )
        CatalogueChange.objects.create(
            course=Course.objects.earliest("pk"), through_after=LAST, at=factories.LONG_AGO
        )
    rows = {_kind(model): _one_of_each_state(model) for model in admin.site._registry}
    colleagues = Trainer.objects.filter(is_staff=True).order_by("pk")
    rows["trainers_trainer"] = [application.trainer_id]
    rows["payments_ledgerentry"] = [LedgerEntry.objects.filter(kind="payment").earliest("pk").pk]
    rows["people"] = list(colleagues.values_list("pk", flat=True)[:2])
    sys.stdout.write(json.dumps(rows))


def _meet_employers(trainer: Trainer) -> None:
    """Leave a key of an employer's program, and what the person shows to everybody."""
    leave_a_key()
    listed(trainer)
    start_widget(trainer.credentials.earliest("pk"), by=trainer, at=clock.now())


def _kind(model: type[Model]) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"


def _one_of_each_state(model: type[Model]) -> list[int]:
    rows = model._default_manager.order_by("pk")
    if not any(field.name == "state" for field in model._meta.get_fields()):
        return list(rows.values_list("pk", flat=True)[:1])
    first: dict[str, int] = {}
    for state, pk in rows.values_list("state", "pk"):
        first.setdefault(state, pk)
    still_open = getattr(model, "OPEN", ())
    return [pk for state, pk in sorted(first.items(), key=lambda one: one[0] not in still_open)]
