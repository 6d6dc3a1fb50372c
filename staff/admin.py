"""The modules of all rooms, imported so that the admin finds their lists and Today its queues."""

from django.contrib import admin
from django.contrib.auth.models import Group, Permission

from staff import documents
from staff.audits import lists as audit_lists
from staff.audits import today as audit_queues
from staff.badges import lists as badge_lists
from staff.catalogue import corrections as correction_lists
from staff.catalogue import held_cards
from staff.catalogue import lists as catalogue_lists
from staff.desk import notes as note_lists
from staff.employers import lists as employer_lists
from staff.hardship import doing as relief_links
from staff.hardship import lists as relief_lists
from staff.hardship import today as relief_queues
from staff.journal import keys as journal_keys
from staff.journal import lists as journal_lists
from staff.letters import lists as letter_lists
from staff.lists import ReadOnlyAdmin
from staff.names import lists as name_lists
from staff.names import today as name_queues
from staff.outbox import lists as outbox_lists
from staff.outbox import today as outbox_queues
from staff.payments import disputes as dispute_lists
from staff.payments import events as event_lists
from staff.payments import lists as payment_lists
from staff.payments import payouts as payout_lists
from staff.payments import today as payment_queues
from staff.petitions import lists as petition_lists
from staff.petitions import today as petition_queues
from staff.policy import doing as policy_links
from staff.policy import drafts as draft_lists
from staff.providers import lists as report_lists
from staff.providers import today as report_queues
from staff.renewals import lists as renewal_lists
from staff.renewals import today as renewal_queues
from staff.rosters import lists as roster_lists
from staff.trainers import acting as person_actions
from staff.trainers import cycle_lists
from staff.trainers import erasures as erasure_lists
from staff.trainers import lists as trainer_lists
from staff.trainers import today as erasure_queues
from staff.two_people import lists as proposal_lists
from staff.two_people import today as proposal_queues
from staff.webhooks import lists as webhook_lists
from staff.webhooks import today as webhook_queues


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin[Group]):
    """The groups, read-only: `staff.roles` defines what each may do."""

    list_display = ("name",)
    fields = ("name", "may")
    ordering = ("name",)

    @admin.display(description="may")
    def may(self, group: Group) -> str:
        return ", ".join(map(_words_of, group.permissions.select_related("content_type")))


def _words_of(permission: Permission) -> str:
    """Return what a permission lets do. Its stored name has the word for people of the policy of the day it was made."""
    model = permission.content_type.model_class()
    if model is None or permission.codename != f"view_{model._meta.model_name}":
        return permission.name
    return f"Can view {model._meta.verbose_name}"
