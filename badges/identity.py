"""Who signs: the portal as did:web, and the document that publishes its keys."""

from urllib.parse import urlsplit

from django.conf import settings

from badges.models import SigningKey

DID_CONTEXTS = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")


def portal_did() -> str:
    """Return the portal's DID, such as "did:web:portal.example"; a port is part of it."""
    return f"did:web:{urlsplit(settings.PORTAL_URL).netloc.replace(':', '%3A')}"


def method_of(key: SigningKey) -> str:
    """Return the name of a key's verification method, as proofs carry it."""
    return f"{portal_did()}#{key.name}"


def did_document() -> dict[str, object]:
    """Return the DID document with every key there ever was, the active one first: what a retired
    key signed is verified with it. What a distrusted key signed is not: it may assert nothing.
    """
    did = portal_did()
    keys = sorted(SigningKey.objects.order_by("-pk"), key=lambda key: key.state != SigningKey.State.ACTIVE)
    methods = [
        {"id": method_of(key), "type": "Multikey", "controller": did, "publicKeyMultibase": key.public_key}
        for key in keys
    ]
    return {
        "@context": list(DID_CONTEXTS),
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method_of(key) for key in keys if key.distrusted_at is None],
    }
