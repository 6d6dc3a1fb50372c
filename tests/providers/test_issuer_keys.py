"""The public keys of others: staff add them on a provider's page or for another body, and end them."""

import pytest

from core.errors import Refusal
from core.models import HistoryEntry
from providers.models import IssuerKey
from providers.services import add_issuer_key, end_issuer_key
from providers.services.issuers import BAD_DID, KNOWN
from tests.providers.scenes import AT, harbor
from tests.reading import text_of
from tests.signing import Signer

SIGNER = Signer("did:web:harbor.example.org", "Harbor Fitness Academy")
TYPED = {"did": SIGNER.did, "public_key": SIGNER.public_key}
LIST = "/staff/providers/issuerkey/"


def test_staff_add_a_key_on_the_page_of_a_provider_and_end_it(registrar, signed_in):
    browser, provider = signed_in(registrar), harbor()
    address = f"/staff/ceus/provider/{provider.pk}/add-key/"
    assert "signs badges" in text_of(browser.get(address))
    assert browser.post(address, TYPED).status_code == 302
    key = IssuerKey.objects.get()
    assert (key.provider, key.did, key.added_by) == (provider, SIGNER.did, registrar)
    assert browser.post(f"{LIST}{key.pk}/end/", {}).status_code == 302
    key.refresh_from_db()
    assert key.ended_by == registrar
    told = HistoryEntry.objects.filter(subject=f"providers.issuerkey:{key.pk}").order_by("pk")
    assert list(told.values_list("verb", flat=True)) == ["added", "ended"]


def test_staff_add_a_key_of_another_body_from_the_list(registrar, signed_in):
    browser = signed_in(registrar)
    assert "Add a key of another body" in browser.get(LIST).content.decode()
    assert browser.post(f"{LIST}add-body/", {**TYPED, "name": "Board of Coaches"}).status_code == 302
    key = IssuerKey.objects.get()
    assert (key.provider, key.owner_name) == (None, "Board of Coaches")


def test_a_colleague_without_the_permission_and_a_trainer_may_not_add_keys(reviewer, jordan, signed_in):
    for person, status in ((reviewer, 403), (jordan, 404)):
        browser = signed_in(person)
        assert browser.post(f"{LIST}add-body/", {**TYPED, "name": "Board"}).status_code == status
    with pytest.raises(Refusal, match="Only a registrar or a lead may do this"):
        add_issuer_key(harbor(), **TYPED, by=reviewer, at=AT)
    assert not IssuerKey.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("did", "", "Write the issuer."),
        ("did", "https://harbor.example.org", BAD_DID),
        ("did", "did:web:a b", BAD_DID),
        ("public_key", "", "Paste the public key."),
        ("public_key", "z6Mk", "This is no public key that we can use"),
        ("public_key", "z6Mk" + "0" * 44, "This is no public key that we can use"),
        ("public_key", "z6MkOOOO", "This is no public key that we can use"),
        (
            "public_key",
            "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv",
            "This is no public key that we can use",
        ),
    ],
)
def test_a_key_that_cannot_be_used_is_refused_at_its_field(registrar, signed_in, field, typed, sentence):
    answer = signed_in(registrar).post(
        f"/staff/ceus/provider/{harbor().pk}/add-key/", {**TYPED, field: typed}
    )
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not IssuerKey.objects.exists()


def test_a_key_is_added_once_and_again_only_after_it_ended(registrar, db):
    key = add_issuer_key(harbor(), **TYPED, by=registrar, at=AT)
    with pytest.raises(Refusal, match=KNOWN[:30]):
        add_issuer_key(None, name="Board", **TYPED, by=registrar, at=AT)
    end_issuer_key(key, by=registrar, at=AT)
    end_issuer_key(key, by=registrar, at=AT)
    assert add_issuer_key(harbor(), **TYPED, by=registrar, at=AT).pk != key.pk
