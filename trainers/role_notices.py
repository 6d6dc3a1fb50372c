"""The mail with which somebody is invited to a role at an organisation."""

from collections.abc import Callable

from django.conf import settings

from core import clock
from core.deadlines import full_day
from outbox.notices import Batch, register_kind_of_rows, subject_pks
from trainers.models.role import RoleRow
from trainers.role_links import RoleLinks


def role_invitation_context(links: RoleLinks[RoleRow], role: RoleRow) -> dict[str, object]:
    """Return what the mail of an invitation needs. The organisation's name has the key that its kind
    of role calls it by, such as "employer".
    """
    return {
        role.ORGANISATION: getattr(role, role.ORGANISATION).name,
        "inviter": role.invited_by.name,
        "through": full_day(clock.date_of(role.link_ends_at, settings.TIME_ZONE)),
        "link": links.path_for_role(role),
        "link_label": "Accept the invitation",
    }


def register_role_invitation(links: RoleLinks[RoleRow], *, kind: str, label: str, template: str) -> None:
    """Register the notice that invites to one kind of role. It is due while its link is the newest and
    has not ended.
    """
    register_kind_of_rows(
        kind=kind,
        label=label,
        template=template,
        rows=_invited_by(links.model),
        context=lambda role: role_invitation_context(links, role),
        addressed=True,
    )


def _invited_by(model: type[RoleRow]) -> Callable[[Batch], dict[int, RoleRow]]:
    def invited(batch: Batch) -> dict[int, RoleRow]:
        wanted = subject_pks(batch)
        found = model._default_manager.select_related(model.ORGANISATION, "invited_by").in_bulk(
            set(wanted.values())
        )
        pairs = ((notice, found.get(wanted[notice.pk])) for notice in batch)
        return {
            notice.pk: row
            for notice, row in pairs
            if row and notice.event == f"link:{row.times_sent}" and row.waits_at(clock.now())
        }

    return invited
