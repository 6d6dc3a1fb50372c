"""Check an ID token of an OpenID Connect provider: who signed it, for whom, until when, and for which
sign-in.

allauth does not check the signature of a token that came straight from the provider. We do: then a
proxy, a stolen client secret or a provider that mixes up its clients lets nobody in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

import jwt
from django.utils.crypto import constant_time_compare

# Never "none", and nothing of one shared secret: the client secret signs no token.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
Claims = Mapping[str, Any]  # JSON of the provider
CLOCKS_DIFFER = timedelta(minutes=1)
LONGEST_SUBJECT = 191  # of the column that allauth stores it in


class UnfitTokenError(Exception):
    """The token proves nothing; the text says why, for the log."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the provider says has signed in, and how: `methods` are its values of `amr` and `acr`.
    `is_verified` is None when the provider does not say whether it has verified the address.
    """

    issuer: str
    subject: str
    email: str
    is_verified: bool | None
    methods: frozenset[str]


def read_id_token(
    token: object, *, keys: object, issuer: str, client_id: str, nonce: str, leeway: timedelta = CLOCKS_DIFFER
) -> Identity:
    """Return the identity that `token` proves. `keys` is the provider's key set as it was read.

    Raises UnfitTokenError for a token that another issuer signed, that is for another client or
    another sign-in, that has expired, or that cannot be read.
    """
    if not isinstance(token, str):
        raise UnfitTokenError("NoIdToken")
    try:
        claims = jwt.decode(
            token,
            _signing_key(token, keys),
            algorithms=ALGORITHMS,
            audience=client_id,
            issuer=issuer,
            leeway=leeway,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise UnfitTokenError(type(error).__name__) from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise UnfitTokenError("UnreadableToken") from None  # keys or claims of the wrong kind
    _check_client(claims, client_id)
    if not constant_time_compare(str(claims.get("nonce") or ""), nonce):
        raise UnfitTokenError("OtherNonce")
    return _identity(claims)


def _signing_key(token: str, keys: object) -> Any:
    """Return the one key of the set that the token names. A token without a name fits a set of one key."""
    header = jwt.get_unverified_header(token)
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise UnfitTokenError("OtherAlgorithm")
    listed = cast(Claims, keys)["keys"] if isinstance(keys, dict) else []
    fitting = [key for key in listed if key.get("use", "sig") == "sig" and key.get("kty") != "oct"]
    if "kid" in header:
        fitting = [key for key in fitting if key.get("kid") == header["kid"]]
    if len(fitting) != 1:
        raise UnfitTokenError("UnknownKey")
    return jwt.PyJWK(fitting[0], algorithm=algorithm).key


def _check_client(claims: Claims, client_id: str) -> None:
    """Raise UnfitTokenError when the token names another client as the one that may use it."""
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", client_id if not several else None) != client_id:
        raise UnfitTokenError("OtherClient")


def _identity(claims: Claims) -> Identity:
    subject, email, verified = claims["sub"], claims.get("email"), claims.get("email_verified")
    if not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise UnfitTokenError("OddSubject")
    methods = claims.get("amr")
    named = [*(methods if isinstance(methods, list) else []), claims.get("acr")]
    return Identity(
        issuer=claims["iss"],
        subject=subject,
        email=email if isinstance(email, str) else "",
        is_verified=verified is True if "email_verified" in claims else None,
        methods=frozenset(one for one in named if isinstance(one, str)),
    )
