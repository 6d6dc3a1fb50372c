"""A second verifier of Data Integrity proofs (eddsa-rdfc-2022), which shares no code with the library
that signs: Oxigraph reads JSON-LD and canonicalises (RDFC-1.0), `cryptography` checks the signature.

Of openbadgeslib it has only the texts of the contexts, which belong to the standards.
"""

import copy
import json
from hashlib import sha256
from importlib import resources

import pyoxigraph
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
CONTEXTS = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "ob-v3p0-extensions.json",
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json": "clr_context_2.0.1.json",
}


def base58(text: str) -> bytes:
    """Return the bytes of a base58 text in Bitcoin's alphabet, without leading zeros."""
    number = 0
    for letter in text:
        number = number * 58 + LETTERS.index(letter)
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def public_key(multibase: str) -> Ed25519PublicKey:
    """Return the key of a Multikey: "z", and 0xed01 before the 32 bytes."""
    assert multibase[0] == "z"
    raw = base58(multibase[1:])
    assert raw[:2] == b"\xed\x01"
    return Ed25519PublicKey.from_public_bytes(raw[2:])


def verify_proof(signed: dict, did_document: dict) -> None:
    """Raise InvalidSignature, or AssertionError, unless the proof is one of a key of the document."""
    document = dict(signed)
    proof = dict(document.pop("proof"))
    signature = base58(proof.pop("proofValue")[1:]).rjust(64, b"\x00")
    assert (proof["type"], proof["cryptosuite"]) == ("DataIntegrityProof", "eddsa-rdfc-2022")
    assert proof["proofPurpose"] == "assertionMethod"
    method = proof["verificationMethod"]
    assert method in did_document["assertionMethod"]
    keys = {one["id"]: one["publicKeyMultibase"] for one in did_document["verificationMethod"]}
    proof["@context"] = document["@context"]
    hashed = sha256(canonical(proof)).digest() + sha256(canonical(document)).digest()
    public_key(keys[method]).verify(signature, hashed)


def canonical(document: dict) -> bytes:
    """Return the canonical N-Quads of a JSON-LD document."""
    read = pyoxigraph.parse(
        json.dumps(_with_contexts(document)).encode(), format=pyoxigraph.RdfFormat.JSON_LD
    )
    dataset = pyoxigraph.Dataset(read)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    lines = (pyoxigraph.serialize([quad], format=pyoxigraph.RdfFormat.N_QUADS) for quad in dataset)
    return b"".join(sorted(lines))


def _with_contexts(document: dict) -> dict:
    """Return the document with the text of each context in the place of its address."""
    document = copy.deepcopy(document)
    _fill_in(document)
    return document


def _fill_in(part: object) -> None:
    if isinstance(part, list):
        for one in part:
            _fill_in(one)
    elif isinstance(part, dict):
        if "@context" in part:
            given = part["@context"]
            part["@context"] = [_text_of(one) for one in (given if isinstance(given, list) else [given])]
        for name, value in part.items():
            if name != "@context":
                _fill_in(value)


def _text_of(context: object) -> object:
    if not isinstance(context, str):
        return context
    folder = resources.files("openbadgeslib.ob3.contexts")
    return json.loads(folder.joinpath(CONTEXTS[context]).read_bytes())["@context"]
