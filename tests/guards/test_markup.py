"""What people write is shown as they wrote it, and is never markup, on every page of both sides."""

import re
from collections.abc import Iterator
from contextlib import suppress
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat
from django.test import Client

from cases.models import Note, Snooze
from core.history import subject_of
from petitions.models import Petition
from tests.access.routes import Route, all_routes
from tests.guards.database import drop_triggers, our_tables
from tests.guards.stage import build_stage

MARK = "<b>{}</b>\"'&<script>"
SHORTEST = 40  # what is shorter is a code of ours
# Codes, keys and addresses of ours: nobody types them, and pages are found by them.
OURS = {
    "core.historyentry": {"subject"},
    **dict.fromkeys(("cases.assignment", "cases.note", "cases.proposal", "cases.snooze"), {"subject"}),
    "trainers.searchword": {"word"},
    "outbox.notice": {"kind", "subject", "event", "message_id", "to_address", "html"},
    "outbox.mailevent": {"event_id", "address"},
    "outbox.heartbeat": {"part"},
    "trainers.credential": {"policy_code", "next_policy_code"},
    "trainers.cycle": {"policy_code", "path"},
    "trainers.trainer": {"password", "email", "time_zone", "searched_name"},
    "cases.policydraft": {"policy_code"},
    "trainers.datafile": {"stored_as"},
    "trainers.roster": {"stored_as", "sha256", "mark", "policy_code"},
    "documents.document": {"sha256", "sent_sha256", "stored_as"},
    "payments.charge": {"subject"},
    "payments.checkoutsession": {"idempotency_key", "provider_id", "url", "return_url", "cancel_url"},
    "payments.refund": {"idempotency_key", "payment_ref"},
    "badges.signingkey": {"public_key", "sealed_private"},
    "ceus.provider": {"slug", "code"},
    "ceus.topic": {"slug"},
    "ceus.wordkey": {"word"},
    "ceus.course": {"slug", "category", "search_text"},
    "ceus.ceurecord": {"category", "provider_code", "topics", "format"},
    "petitions.petition": {"category", "format", "folded_title", "folded_provider"},
    "providers.apikey": {"sha256"},
    "employers.apikey": {"sha256"},
    "employers.widget": {"code"},
    "employers.listing": {"city_key"},
    "providers.issuerkey": {"did", "public_key"},
    "providers.batch": {"sha256", "idempotency_key"},
    "webhooks.endpoint": {"owner", "secret_sealed", "old_secret_sealed"},
    "webhooks.delivery": {"webhook_id"},
    "journal.journalentry": {"about"},
    "journal.journalkey": {"sha256"},
    "audits.drawperiod": {"policy_code", "commitment", "sealed_secret", "secret"},
}


def written_columns() -> Iterator[models.Field]:
    """Yield every text column in which there may be something that a person or another machine wrote."""
    for model in apps.get_models():
        if model._meta.db_table in our_tables():
            for field in model._meta.concrete_fields:
                is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
                ours = field.name in OURS.get(model._meta.label_lower, ())
                if is_text and not ours and (field.max_length or SHORTEST) >= SHORTEST:
                    yield field


@pytest.fixture
def stage(db) -> SimpleNamespace:
    stage = build_stage()
    drop_triggers()
    case = subject_of(Petition.objects.filter(state="submitted")[0])
    Note.objects.update(subject=case)
    Snooze.objects.filter(ended_at=None).update(subject=case)
    return stage


@pytest.fixture
def marks(stage) -> dict[str, str]:
    """Write a mark into every such column of every row, and return the column of each."""
    found = {}
    for number, field in enumerate(written_columns()):
        begin = "https://www.example.org/" if isinstance(field, models.URLField) else ""
        mark = begin + MARK.format(number)
        own = Concat(Value(mark), Cast(F("pk"), models.CharField())) if field.unique else Value(mark)
        for row in field.model._base_manager.all():
            with suppress(IntegrityError), transaction.atomic():  # some rows may not have such a text
                field.model._base_manager.filter(pk=row.pk).update(**{field.name: own})
                found[str(number)] = f"{field.model._meta.label_lower}.{field.name}"
    return found


def addresses_of(route: Route) -> Iterator[str]:
    """Yield the address of the route for every row that it may be about; of an action of staff, for one row."""
    if not route.parts:
        yield route.pattern
    elif len(route.parts) == 1 and (found := _about(route)):
        model, column = found
        rows = model._base_manager.all()
        one_is_enough = route.name.startswith("admin:") and not route.name.endswith(("_change", "_review"))
        for row in rows[:1] if one_is_enough else rows:
            yield route.address({route.parts[0]: getattr(row, column)})


def _about(route: Route) -> tuple[type[models.Model], str] | None:
    part, app = route.parts[0], route.name.partition(":")[0]
    if staff := re.match(r"admin:([a-z]+)_([a-z]+)_(?!delete|history)", route.name):
        return apps.get_model(staff[1], staff[2]), "pk"
    if (app, part) in ABOUT:
        return apps.get_model(ABOUT[app, part]), "reference" if part == "ref" else part
    return None


ABOUT = {
    ("petitions", "ref"): "petitions.Petition",
    ("audits", "ref"): "audits.Audit",
    ("audits", "code"): "audits.DrawPeriod",
    ("renewals", "reference"): "renewals.Application",
    ("renewals", "number"): "trainers.Credential",
    ("ceus", "pk"): "ceus.CeuRecord",
    ("ceus", "slug"): "ceus.Course",
    ("documents", "pk"): "documents.Document",
    ("trainers", "pk"): "outbox.Notice",
    ("payments", "pk"): "payments.Charge",
}
LEFT_OUT = {"/readyz", "/account/logout/", "/staff/logout/"}
ASKED = "?" + urlencode({name: MARK.format(999) for name in ("q", "number", "family_name", "title", "again")})
AS_TEXT = re.compile(r"&lt;b&gt;(\d+)&lt;/b&gt;&quot;&#x27;&amp;&lt;script&gt;")
AS_MARKUP = re.compile(r".{0,40}(?:<b>\d|</b>\"'|&amp;lt;b&amp;gt;).{0,40}", re.DOTALL)


class Reader:
    """Reads pages: which marks it has `seen` as text, and on which pages something was `wrong`."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.wrong: dict[str, object] = {}

    def read(self, browser: Client, address: str) -> None:
        answer = browser.get(address)
        if answer.status_code >= 500:
            self.wrong[address] = answer.status_code
        if answer["Content-Type"].startswith("text/html") and not answer.streaming:
            page = answer.content.decode()
            self.seen |= set(AS_TEXT.findall(page))
            if found := AS_MARKUP.search(page):
                self.wrong[address] = found[0]


def test_text_written_by_people_is_escaped_on_every_page(marks, stage, root, signed_in):
    known = {address for route in all_routes() for address in addresses_of(route)} - LEFT_OUT
    staff = sorted(address for address in known if address.startswith("/staff/"))
    others = sorted(known - set(staff))
    reader, browser = Reader(), signed_in(root)
    for address in (*staff, *(f"{one}{ASKED}" for one in staff if one.count("/") == 4)):
        reader.read(browser, address)
    browser = signed_in(stage.jordan)
    for address in (*others, *(f"{one}{ASKED}" for one in others if one.count("/") == 2)):
        reader.read(browser, address)
    for application in (stage.draft, stage.in_review, stage.returned, stage.approved):
        browser = signed_in(application.trainer)
        for address in ("/home/", "/renew/", f"/renew/{application.reference}/", "/my-courses/"):
            reader.read(browser, address)
    assert reader.wrong == {}
    assert {marks[number] for number in set(marks) - reader.seen} == IN_MAILS_ALONE


# The answer to a wish for more time is in the mail about it.
IN_MAILS_ALONE = {"audits.extension.words", "trainers.emailchange.before", "trainers.emailchange.reason"}
