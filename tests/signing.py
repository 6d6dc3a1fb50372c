"""Somebody else who signs credentials: a provider or another body, with a key of their own."""

import json
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from openbadgeslib import ob3

from badges.encoding import multibase_of


class Signer:
    """An issuer of credentials: `did`, and the public half of its key."""

    def __init__(self, did: str, name: str) -> None:
        private = Ed25519PrivateKey.generate()
        self.did, self.name = did, name
        self.pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self.public_key = multibase_of(private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    def sign(self, document: dict) -> dict:
        return ob3.add_data_integrity_proof(document, self.pem, f"{self.did}#one")

    def credential(
        self,
        title: str,
        *,
        about: dict[str, str],
        course: str = "balance",
        on: str = "2026-05-03",
        number: int = 1,
        amount: float | None = None,
        tags: tuple[str, ...] = (),
        until: datetime | None = None,
    ) -> dict:
        """Return a signed credential: `about` identifies the learner by kind."""
        built = ob3.OpenBadgeCredential(
            id=f"https://{self.did.rpartition(':')[2]}/badges/{number}",
            issuer=ob3.Issuer(id=self.did, name=self.name),
            recipient_id=None,
            identifiers=[ob3.IdentityObject(text, kind, hashed=False) for kind, text in about.items()],
            achievement=ob3.Achievement(
                id=f"https://{self.did.rpartition(':')[2]}/courses/{course}/",
                name=title,
                description=title,
                criteria_narrative="Completed.",
                credits_available=amount,
                tags=list(tags),
            ),
            issuance_date=datetime.fromisoformat(f"{on}T12:00:00+00:00"),
            expiration_date=until,
        )
        return self.sign(built.to_vc())

    def record(self, members: list[dict]) -> dict:
        """Return a Comprehensive Learner Record with these credentials."""
        document = ob3.build_clr_credential(
            {"id": self.did, "type": ["Profile"], "name": self.name},
            [],
            members,
            credential_id="urn:uuid:11111111-0000-4000-8000-000000000000",
            valid_from=datetime(2026, 6, 1, tzinfo=UTC),
        )
        return ob3.sign_clr_credential(document, self.pem, f"{self.did}#one")


def as_file(document: object) -> bytes:
    return json.dumps(document).encode()
