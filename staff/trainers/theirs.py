"""Everything on record about one person, in one query: rows of every kind, reduced to a few columns
that all kinds share.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from audits.models import Audit
from audits.models import Decision as AuditDecision
from cases.desk import subject_words
from cases.models import Assignment, Note, Proposal
from ceus.models import CeuRecord, HeldCard
from core.constraints import require_value
from core.history import join_subject
from core.models import Erasure, Merge
from core.templatetags.words import day, money
from documents.models import Document
from names.models import NameRequest
from payments.models import Charge, Dispute, Refund
from petitions.models import Decision as PetitionDecision
from petitions.models import Petition
from renewals.models import Application
from renewals.models import Decision as RenewalDecision
from rules.days import through_words
from staff.sentences import MentionedRow
from trainers.models import Credential, Cycle, Trainer

TEXT = CharField()
NO_DAY, NO_MOMENT = Cast(Value(None), DateField()), Cast(Value(None), DateTimeField())
NO_NUMBER, NO_TEXT = Cast(Value(None), IntegerField()), Value("", TEXT)
COLUMNS = (
    "kind",
    "key",
    "name",
    "more",
    "status",
    "first_on",
    "last_on",
    "began_at",
    "over_at",
    "amount",
    "assignee",
)


@dataclass(frozen=True, slots=True)
class OwnedRow:
    """One row of a person, of any kind. Which columns have a meaning depends on the kind."""

    kind: str
    key: int
    name: str
    more: str
    status: str
    first_on: date | None
    last_on: date | None
    began_at: datetime | None
    over_at: datetime | None
    amount: int | None
    assignee: str  # the colleague who has the case

    @property
    def subject(self) -> str:
        return join_subject(self.kind, self.key)

    @property
    def url(self) -> str:
        return reverse(
            f"admin:{self.kind.replace('.', '_')}_{PAGES.get(self.kind, 'change')}", args=[self.key]
        )


# The page on which staff work on a row; other kinds of rows are read on their own page.
PAGES = dict.fromkeys(("renewals.application", "petitions.petition", "audits.audit"), "review")
NOT_SHOWN = {
    "renewals.decision",
    "petitions.decision",
    "audits.decision",
}  # decisions are shown on the page of their case

NOTE = "cases.note"  # has no page of its own: it is shown on that of the person
DECIDED = {"more": F("verdict"), "status": F("state"), "amount": F("by_id")}

# For each model: the way to its trainer, and the columns that it has.
SOURCES: Mapping[type[Model], tuple[str, dict[str, object]]] = {
    Credential: ("trainer", {"name": F("number"), "status": F("state"), "first_on": F("awarded_on")}),
    Cycle: ("credential__trainer", {"first_on": F("starts_on"), "last_on": F("expires_on")}),
    CeuRecord: (
        "credential__trainer",
        {
            "name": F("title"),
            "more": F("category"),
            "status": F("state"),
            "first_on": F("completed_on"),
            "last_on": F("valid_through"),
            "began_at": F("logged_at"),
            "amount": F("hundredths"),
        },
    ),
    HeldCard: (
        "trainer",
        {"name": F("kind"), "status": F("state"), "first_on": F("valid_from"), "last_on": F("valid_through")},
    ),
    Charge: (
        "trainer",
        {
            "name": F("description"),
            "status": F("state"),
            "began_at": F("raised_at"),
            "over_at": Coalesce("paid_at", "voided_at"),
            "amount": F("amount_cents"),
            "more": Cast("waived_cents", TEXT),
        },
    ),
    Document: ("owner", {"name": F("original_name"), "more": F("media_type"), "began_at": F("uploaded_at")}),
    Application: (
        "trainer",
        {
            "name": F("reference"),
            "status": F("state"),
            "last_on": Coalesce("correct_through", "pay_through"),
            "began_at": F("started_at"),
            "over_at": F("ended_at"),
            "amount": F("cycle_id"),
        },
    ),
    Petition: (
        "trainer",
        {
            "name": F("reference"),
            "more": F("title"),
            "status": F("state"),
            "last_on": F("answer_due_on"),
            "began_at": F("started_at"),
            "over_at": F("ended_at"),
            "amount": F("asked_hundredths"),
        },
    ),
    Audit: (
        "cycle__credential__trainer",
        {
            "name": F("reference"),
            "more": F("renewal"),
            "status": F("state"),
            "last_on": F("due_on"),
            "began_at": F("made_at"),
            "over_at": F("ended_at"),
        },
    ),
    NameRequest: (
        "trainer",
        {"name": F("after"), "status": F("state"), "began_at": F("requested_at"), "over_at": F("ended_at")},
    ),
    Refund: (
        "charge__trainer",
        {"name": F("charge__description"), "status": F("state"), "began_at": F("requested_at"), "amount": F("amount_cents")},
    ),
    Dispute: (
        "charge__trainer",
        {"name": F("charge__description"), "status": F("state"), "last_on": F("answer_through"), "amount": F("amount_cents")},
    ),
    RenewalDecision: ("application__trainer", {**DECIDED, "name": F("application__reference")}),
    PetitionDecision: ("petition__trainer", {**DECIDED, "name": F("petition__reference")}),
    AuditDecision: ("audit__cycle__credential__trainer", {**DECIDED, "name": F("audit__reference")}),
    Erasure: ("trainer", {"status": F("state"), "began_at": F("asked_at"), "over_at": F("ended_at")}),
    Merge: ("staying", {"name": F("email"), "more": F("going__name"), "began_at": F("at")}),
    Proposal: ("trainer", {"name": F("kind"), "status": F("state"), "began_at": F("at")}),
    Note: ("trainer", {"name": F("by__name"), "more": F("text"), "status": F("subject"), "began_at": F("at")}),
}  # fmt: skip
CASES = (Application, Petition, Audit)  # which colleagues have
EMPTY = {
    **dict.fromkeys(("name", "more", "status"), NO_TEXT),
    **dict.fromkeys(("first_on", "last_on"), NO_DAY),
    **dict.fromkeys(("began_at", "over_at"), NO_MOMENT),
    "amount": NO_NUMBER,
    "assignee": NO_TEXT,
}


def rows_of(trainer: Trainer, viewer: Trainer) -> list[OwnedRow]:
    """Return every row of `trainer` of the kinds that `viewer` may see, the newest of each kind
    first. One query.

    No limit is needed: a person has few of each kind in a lifetime.
    """
    seen = [
        _columns(model, way, columns, trainer)
        for model, (way, columns) in SOURCES.items()
        if viewer.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")
    ]
    if not seen:
        return []
    found = [OwnedRow(*row) for row in (seen[0].union(*seen[1:], all=True) if seen[1:] else seen[0])]
    return sorted(found, key=lambda one: one.key, reverse=True)


def _columns(model: type[Model], way: str, columns: dict[str, Any], trainer: Trainer) -> "QuerySet[Any, Any]":
    """Return the shared columns of the trainer's rows of one model; each column has the same type
    for every model.
    """
    values = {**EMPTY, **columns, "kind": Value(model._meta.label_lower, TEXT), "key": F("pk")}
    made = {f"its_{name}": _typed(name, values[name]) for name in COLUMNS}
    rows = model._default_manager.filter(**{way: trainer}).order_by()
    if model in CASES:
        rows = rows.alias(desk_subject=subject_words(model))
        assigned = Assignment.objects.standing().filter(subject=OuterRef("desk_subject")).order_by()
        made["its_assignee"] = _typed(
            "assignee", Coalesce(Subquery(assigned.values("assignee__name")[:1]), NO_TEXT)
        )
    shared: QuerySet[Any, Any] = rows.annotate(**made).values_list(*made)
    return shared


def _typed(name: str, value: Any) -> Any:
    if name in ("name", "more", "status", "assignee"):
        return Cast(value, TEXT)
    return Cast(value, IntegerField()) if name == "amount" else value


def decisions_to_undo(rows: Iterable[OwnedRow], viewer: Trainer) -> dict[str, str]:
    """Return, by the subject of each pending decision that `viewer` may take back, the address where they do it."""
    return {
        row.subject: reverse(f"admin:{row.kind.replace('.', '_')}_undo", args=[row.key])
        for row in rows
        if row.kind in NOT_SHOWN and row.status == "pending" and _may_undo(row, viewer)
    }


def _may_undo(row: OwnedRow, viewer: Trainer) -> bool:
    """Return whether `viewer` made the decision or is a lead. Whether the author's account is still
    active is not checked here.
    """
    case = next(model for model in CASES if model._meta.app_label == row.kind.partition(".")[0])
    return viewer.has_perm(case.DECIDE) and (row.amount == viewer.pk or viewer.has_perm(case.LEAD))


def things_of(rows: Iterable[OwnedRow]) -> dict[str, MentionedRow]:
    """Return the name and URL of each of `rows` for sentences, by subject."""
    return {row.subject: _mentioned_row(row) for row in rows}


def _mentioned_row(row: OwnedRow) -> MentionedRow:
    name = NAMES[row.kind](row) if row.kind in NAMES else row.name
    if row.kind == "core.merge":
        return MentionedRow("the other account")
    if row.kind in NOT_SHOWN:
        return MentionedRow(row.name, verdict=VERDICTS.get(row.more, row.more))
    if row.kind == NOTE:
        return MentionedRow("this note")
    return MentionedRow(name, row.url)


VERDICTS = {
    "approve": "approve",
    "deny": "decline",
    "return": "return it",
    "pass": "pass",
    "fail": "do not pass",
}
PROPOSED = {
    Proposal.Kind.REVOKE: "revoking the certification",
    Proposal.Kind.REOPEN: "reopening a renewal",
    Proposal.Kind.MERGE: "merging two accounts",
}
NAMES: Mapping[str, Callable[[OwnedRow], str]] = {
    "trainers.credential": lambda row: f"certification {row.name}",
    "trainers.cycle": lambda row: f"the cycle {day(require_value(row.first_on))} {through_words(require_value(row.last_on))}",
    "ceus.ceurecord": lambda row: f"“{row.name}”",
    "ceus.heldcard": lambda row: f"the card “{row.name}”",
    "payments.charge": lambda row: f"{money(require_value(row.amount))} for “{row.name}”",
    "documents.document": lambda row: f"the file “{row.name}”",
    "renewals.application": lambda row: f"renewal {row.name}",
    "petitions.petition": lambda row: f"petition {row.name} (“{row.more}”)" if row.more else f"petition {row.name}",
    "audits.audit": lambda row: f"audit {row.name}",
    "names.namerequest": lambda row: "the request",
    "payments.refund": lambda row: f"a refund of {money(require_value(row.amount))} for “{row.name}”",
    "payments.dispute": lambda row: f"{money(require_value(row.amount))} for “{row.name}”",
    "core.erasure": lambda row: "the request",
    "cases.proposal": lambda row: PROPOSED[Proposal.Kind(row.name)],
}  # fmt: skip
