"""What each group of staff may do. A superuser may do everything, and alone decides who is in a
group.
"""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction

LISTS = {
    "trainers": "trainer credential cycle roster",
    "names": "namerequest",
    "core": "historyentry erasure merge",
    "cases": "assignment conflict mention note policydraft proposal snooze",
    "outbox": "notice letter",
    "badges": "signingkey",
    "webhooks": "endpoint delivery",
    "ceus": "provider topic course ceurecord heldcard cataloguechange correction",
    "renewals": "application decision",
    "petitions": "petition question decision",
    "providers": "providerperson batch completion courserequest decision apikey issuerkey",
    "employers": "employer employerperson consent apikey listing widget",
    "audits": "drawperiod draw audit audititem decision extension",
    "payments": "charge checkoutsession difference dispute feedecision ledgerentry payout payoutline providerevent refund",
}
# Why somebody needed more time is for those who decide about it.
HARDSHIP = {"hardship.view_relief"}
SEES = {f"{app}.view_{model}" for app, models in LISTS.items() for model in models.split()}
JOURNAL = {"journal.view_journalentry", "journal.view_journalkey", "journal.keep_journal"}
EVIDENCE = {"documents.view_document"}
CATALOGUE = {
    f"ceus.{verb}_{model}" for verb in ("add", "change") for model in ("provider", "topic", "course")
}
WRITES = {"cases.add_note"}
EMPLOYERS = {"employers.add_employer", "employers.change_employer", "employers.lead_employers"}
DECIDES = {"renewals.decide_application", "petitions.decide_petition", "audits.decide_audit"}

SENTENCES = {  # what each may do, as people read it
    "reviewer": "Decides petitions, audits and renewals, proposes more time, opens documents, writes notes.",
    "lead": "Does what a reviewer does; also seconds, reopens, suspends, merges accounts, erases, keeps the catalogue, and leads other roles.",
    "registrar": "Corrects accounts, decides about names, keeps the catalogue.",
    "finance": "Matches payments, gives refunds, waives fees, answers disputes. Opens no documents.",
    "read-only": "Sees lists. Opens no documents, decides nothing.",
}
SUPERUSER = "May do everything; makes and unmakes superusers and leads."

GROUPS = {
    "read-only": SEES,
    "reviewer": SEES | WRITES | EVIDENCE | DECIDES | HARDSHIP | {"hardship.propose_relief"},
    "lead": SEES
    | WRITES
    | EVIDENCE
    | DECIDES
    | CATALOGUE
    | EMPLOYERS
    | HARDSHIP
    | {
        "hardship.propose_relief",
        "hardship.decide_relief",
        "hardship.waive_fee",
        "renewals.reopen_application",
        "petitions.reopen_petition",
        "payments.decide_closed_fee",
        "audits.lead_audit",
        "audits.open_drawperiod",
        "trainers.suspend_credential",
        "trainers.see_reports",
        "ceus.lead_cataloguechange",
        "ceus.correct_record",
        "core.erase_person",
        "core.merge_accounts",
        "core.change_organisation",
        "trainers.lead_people",
        "trainers.import_roster",
        "outbox.change_notice",
        "outbox.send_letter",
        "providers.lead_providers",
        "webhooks.lead_webhooks",
        *JOURNAL,
    },
    "finance": SEES
    | WRITES
    | HARDSHIP
    | {
        "payments.give_refund",
        "payments.match_providerevent",
        "payments.decide_open_fee",
        "trainers.see_reports",
        "hardship.waive_fee",
        "webhooks.lead_webhooks",
        *JOURNAL,
    },
    "registrar": SEES
    | WRITES
    | EVIDENCE  # the proof of a name
    | CATALOGUE
    | {"trainers.change_trainer", "ceus.correct_record", "names.decide_namerequest", "outbox.change_notice"}
    | EMPLOYERS
    | {"providers.lead_providers"},
}


def ensure_groups(using: str = "default", **_: object) -> None:
    """Create the groups, and give each exactly its permissions. Idempotent.

    Members and other groups stay as they are.
    """
    for app in (*LISTS, "documents", "hardship", "journal"):
        create_permissions(apps.get_app_config(app), verbosity=0, using=using)
    known = {_full_name(one): one for one in Permission.objects.using(using).select_related("content_type")}
    with transaction.atomic(using=using):
        for name, permissions in GROUPS.items():
            group, _made = Group.objects.using(using).get_or_create(name=name)
            group.permissions.set([known[full_name] for full_name in sorted(permissions)])


def missing_groups(using: str = "default") -> list[str]:
    """Return the names of the groups that are missing. Without them nobody can be given a role."""
    return sorted(set(GROUPS) - set(Group.objects.using(using).values_list("name", flat=True)))


def wrong_groups() -> Iterator[str]:
    """Yield a sentence for each group that is missing, or may do more or less than `GROUPS` says."""
    rows = Group.objects.filter(name__in=GROUPS).prefetch_related("permissions__content_type")
    held = {group.name: {_full_name(one) for one in group.permissions.all()} for group in rows}
    for name, permissions in GROUPS.items():
        if name not in held:
            yield f"the group {name} is missing"
        for one in sorted(permissions ^ held.get(name, permissions)):
            yield f"the group {name} {'lacks' if one in permissions else 'has'} {one}"


def _full_name(permission: Permission) -> str:
    return f"{permission.content_type.app_label}.{permission.codename}"
