"""Who may do what: the five groups, made once and again."""

import pytest
from django.contrib.auth.models import Group, Permission

from staff.roles import GROUPS, ensure_groups
from tests.cast import member

pytestmark = pytest.mark.django_db
MATRIX = {
    "trainers.view_trainer": "read-only reviewer lead finance registrar",
    "trainers.view_credential": "read-only reviewer lead finance registrar",
    "trainers.view_cycle": "read-only reviewer lead finance registrar",
    "core.view_historyentry": "read-only reviewer lead finance registrar",
    "core.view_erasure": "read-only reviewer lead finance registrar",
    "core.erase_person": "lead",
    "cases.view_proposal": "read-only reviewer lead finance registrar",
    "core.change_organisation": "lead",
    "trainers.lead_people": "lead",
    "outbox.view_notice": "read-only reviewer lead finance registrar",
    "ceus.view_course": "read-only reviewer lead finance registrar",
    "ceus.view_ceurecord": "read-only reviewer lead finance registrar",
    "renewals.view_application": "read-only reviewer lead finance registrar",
    "payments.view_charge": "read-only reviewer lead finance registrar",
    "payments.view_ledgerentry": "read-only reviewer lead finance registrar",
    "payments.view_providerevent": "read-only reviewer lead finance registrar",
    "documents.view_document": "reviewer lead registrar",
    "names.view_namerequest": "read-only reviewer lead finance registrar",
    "names.decide_namerequest": "registrar",
    "renewals.decide_application": "reviewer lead",
    "renewals.reopen_application": "lead",
    "trainers.suspend_credential": "lead",
    "trainers.change_trainer": "registrar",
    "outbox.change_notice": "lead registrar",
    "ceus.add_course": "lead registrar",
    "ceus.change_course": "lead registrar",
    "ceus.add_provider": "lead registrar",
    "ceus.change_provider": "lead registrar",
    "ceus.change_topic": "lead registrar",
    "ceus.delete_course": "",
    "employers.view_employer": "read-only reviewer lead finance registrar",
    "employers.add_employer": "lead registrar",
    "employers.change_employer": "lead registrar",
    "employers.lead_employers": "lead registrar",
    "employers.change_consent": "",
    "ceus.view_correction": "read-only reviewer lead finance registrar",
    "ceus.correct_record": "lead registrar",
    "renewals.change_application": "",
    "renewals.delete_application": "",
    "payments.view_payout": "read-only reviewer lead finance registrar",
    "payments.view_payoutline": "read-only reviewer lead finance registrar",
    "payments.view_difference": "read-only reviewer lead finance registrar",
    "payments.give_refund": "finance",
    "payments.decide_open_fee": "finance",
    "payments.decide_closed_fee": "lead",
    "payments.match_providerevent": "finance",
    "payments.change_charge": "",
    "payments.add_ledgerentry": "",
    "trainers.change_credential": "",
    "core.add_historyentry": "",
    "documents.change_document": "",
    "auth.change_group": "",
    "mfa.view_authenticator": "",
}


def test_each_permission_is_given_to_exactly_the_listed_groups():
    people = {name: member(f"{name} Person", name) for name in GROUPS}
    held = {
        permission: {name for name, person in people.items() if person.has_perm(permission)}
        for permission in MATRIX
    }
    assert held == {permission: set(names.split()) for permission, names in MATRIX.items()}


@pytest.mark.parametrize("permission", MATRIX)
def test_every_permission_in_the_table_of_groups_exists(permission):
    app, codename = permission.split(".")
    assert Permission.objects.filter(content_type__app_label=app, codename=codename).exists()


def test_the_groups_are_reviewer_lead_finance_registrar_and_read_only():
    assert set(Group.objects.values_list("name", flat=True)) == {
        "reviewer",
        "lead",
        "finance",
        "registrar",
        "read-only",
    }


def test_ensuring_the_groups_again_changes_no_permission_and_keeps_the_members(reviewer):
    before = {
        group.name: set(group.permissions.values_list("pk", flat=True)) for group in Group.objects.all()
    }
    ensure_groups()
    after = {group.name: set(group.permissions.values_list("pk", flat=True)) for group in Group.objects.all()}
    assert after == before
    assert reviewer.groups.get().name == "reviewer"


def test_ensuring_the_groups_again_restores_a_changed_group_and_leaves_other_groups():
    delete = Permission.objects.get(codename="delete_trainer")
    Group.objects.get(name="reviewer").permissions.set([delete])
    Group.objects.create(name="interns").permissions.set([delete])
    ensure_groups()
    assert not Group.objects.get(name="reviewer").permissions.filter(pk=delete.pk).exists()
    assert Group.objects.get(name="interns").permissions.get() == delete
