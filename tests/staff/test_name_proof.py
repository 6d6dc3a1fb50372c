"""The page of a request for another name: its proof as pictures, what is asked for, and who may decide."""

import pytest
from django.urls import reverse

from names.models import NameRequest
from tests.reading import text_of
from tests.staff.scenes import ask_for_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(jordan) -> NameRequest:
    return ask_for_name(jordan)


def page(name: str, asked: NameRequest) -> str:
    return reverse(f"admin:names_namerequest_{name}", args=[asked.pk])


def test_a_registrar_sees_proof_and_names_beside_the_two_decisions(asked, registrar, desk):
    shown = desk(registrar).get(page("change", asked))
    words = text_of(shown)
    assert "Now Jordan Rivera Asked for Jordan Cole" in words
    assert shown.context["evidence"].current.document == asked.proof
    assert reverse("documents:download", args=[asked.proof_id]) in shown.content.decode()
    assert all(page(name, asked) in shown.content.decode() for name in ("approve", "refuse"))


@pytest.mark.parametrize("role", ["read_only", "finance"])
def test_staff_without_access_to_documents_see_neither_the_name_proof_nor_the_decision_buttons(
    request, asked, role, desk
):
    shown = desk(request.getfixturevalue(role)).get(page("change", asked))
    assert "A registrar decides about names." in text_of(shown)
    assert reverse("documents:download", args=[asked.proof_id]) not in shown.content.decode()
    assert page("approve", asked) not in shown.content.decode()


def test_the_page_of_a_payment_offers_a_refund_only_to_finance(jordan, finance, reviewer, waiting, desk):
    payment = waiting.charge.ledger.get(kind="payment")
    address = reverse("admin:payments_ledgerentry_change", args=[payment.pk])
    back = reverse("admin:payments_ledgerentry_give_back", args=[payment.pk])
    assert back in desk(finance).get(address).content.decode()
    assert back not in desk(reviewer).get(address).content.decode()
