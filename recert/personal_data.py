"""What the portal holds about one person, from every app: the content of "download my data"."""

from typing import Any

from django.apps import apps

from trainers.models import Trainer

# How each table leads to the person. A test holds every table with a way to a trainer to be named here or in `NOT_THEIRS`.
WAYS = {
    "trainers.Trainer": "pk",
    "account.EmailAddress": "user",
    "trainers.Credential": "trainer",
    "trainers.Cycle": "credential__trainer",
    "trainers.HistoryEntry": "trainer",
    "trainers.Notice": "trainer",
    "trainers.MailEvent": "notice__trainer",
    "documents.Document": "owner",
    "ceus.CeuRecord": "credential__trainer",
    "ceus.RecordDocument": "record__credential__trainer",
    "petitions.Petition": "trainer",
    "petitions.PetitionDocument": "petition__trainer",
    "petitions.Question": "petition__trainer",
    "petitions.Decision": "petition__trainer",
    "renewals.Application": "trainer",
    "audits.Draw": "cycle__credential__trainer",
    "audits.Audit": "cycle__credential__trainer",
    "audits.AuditItem": "audit__cycle__credential__trainer",
    "audits.Extension": "audit__cycle__credential__trainer",
    "audits.Decision": "audit__cycle__credential__trainer",
    "payments.Charge": "trainer",
    "payments.CheckoutSession": "charge__trainer",
    "payments.LedgerEntry": "trainer",
    "payments.Refund": "charge__trainer",
    "usersessions.UserSession": "user",
}
# Keys to the account, and who of the staff did something.
NEVER = {
    "password",
    "session_key",
    "feed_nonce",
    "stored_as",
    "url",
    "by",
    "asked_by",
    "decided_by",
    "logged_by",
    "uploaded_by",
    "agreed_by",
    "reviewed_by",
    "suspected_by",
    "html",
    "payload",
    "last_error",
    # What staff only suspect, or propose.
    "cause",
    "for_lead",
    "suspected_why",
}

# What staff say to each other about an audit before they tell its trainer, or never do.
STAFFS_OWN = (
    *("proposed", "agreed", "dropped", "passed to a lead", "decided", "taken back"),
    *("document accepted", "document to be replaced", "document refused"),
)


def of(trainer: Trainer) -> dict[str, list[dict[str, Any]]]:
    """Every row about `trainer`, by table, oldest first. Messages that hold a code are left out."""
    return {name: _rows(name, way, trainer) for name, way in WAYS.items()}


def _rows(name: str, way: str, trainer: Trainer) -> list[dict[str, Any]]:
    model = apps.get_model(name)
    fields = [field.name for field in model._meta.concrete_fields if field.name not in NEVER]
    rows = model._default_manager.filter(**{way: trainer.pk}).order_by("pk")
    if name == "trainers.Notice":
        rows = rows.filter(private=False)
    if name in ("petitions.Decision", "audits.Decision"):
        rows = rows.filter(state="released")  # one that can be taken back is nobody's to know
    if name == "audits.Audit":
        rows = model._default_manager.of(trainer).order_by("pk")
    if name == "audits.AuditItem":
        rows = rows.filter(audit__ended_at__isnull=False)  # until then we may still think otherwise
    if name == "trainers.HistoryEntry":
        audits: Any = apps.get_model("audits.Audit")._default_manager
        unheard = audits.filter(cycle__credential__trainer=trainer).exclude(pk__in=audits.of(trainer))
        subjects = [f"audits.audit:{pk}" for pk in unheard.values_list("pk", flat=True)]
        rows = rows.exclude(subject__in=subjects).exclude(subject__startswith="audits.", verb__in=STAFFS_OWN)
    return list(rows.values(*fields))
