"""The parts of allauth that we use and that its documentation does not promise; no other module
imports one. What is documented (settings, adapters, forms, models, URLs) is imported where it is
needed.

A new version of allauth may change such a part without notice. So
`tests/trainers/test_allauth_internals.py` tries each function, and fails for a version outside
`CHECKED_FROM` and `CHECKED_BELOW`: then read allauth's changes, run that test, and change the two
bounds.
"""

import time
from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.flows.reauthentication import (
    did_recently_reauthenticate,
    get_reauthentication_flows,
)
from allauth.core import context, ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt, is_mfa_enabled
from allauth.socialaccount.providers.base import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse

from trainers.models import Trainer

# What trainers/oidc.py builds on.
__all__ = ["ImmediateHttpResponse", "OAuth2Error", "OpenIDConnectOAuth2Adapter", "OpenIDConnectProvider"]
CANCELLED = AuthError.CANCELLED
BY_PROVIDER = "oidc"  # the type of a second factor that an organisation's provider has asked for
CODE_SECONDS = 2 * app_settings.TOTP_PERIOD  # how long a code of an app is taken
CHECKED_FROM, CHECKED_BELOW = (65, 21), (65, 22)


def start_login_by_code(request: HttpRequest, *, user: Trainer | None, email: str) -> None:
    """Begin a sign-in by mailed code. Without a `user` the page looks the same, no mail is sent,
    and no code is accepted.

    allauth itself starts such a sign-in only from its own form, which asks for an address. Our
    first visit asks for a certification number.
    """
    LoginCodeVerificationProcess.initiate(request=request, user=user, email=email)


def sign_in_methods(request: HttpRequest, user: Trainer) -> list[str]:
    """Return how `user` has proven who they are in this session, in order, such as ["password",
    "mfa"].

    A session that began before the second factor was set up has not passed it; only the session's
    own record shows that.
    """
    return [record["method"] for record in get_authentication_records(request, user)]


def last_proof_at(request: HttpRequest, user: Trainer) -> float:
    """Return when `user` last proved who they are in this session, in seconds since 1970; 0 without
    a proof.
    """
    return float((get_authentication_records(request, user) or [{}])[-1].get("at") or 0)


def address_of_the_code(request: HttpRequest, user: Trainer) -> str:
    """Return the address whose mailed code was the last proof of who `user` is; empty when the last
    proof was another.
    """
    last = (get_authentication_records(request, user) or [{}])[-1]
    return str(last.get("email") or "") if last.get("method") in ("code", "password_reset") else ""


def has_just_proven(request: HttpRequest, user: Trainer, *, seconds: int) -> bool:
    """Return whether `user` has proven who they are within the last `seconds`: by the password or
    second factor again, or, in an account that has neither, by signing in.
    """
    if get_reauthentication_flows(user):
        return bool(did_recently_reauthenticate(request))
    return time.time() - last_proof_at(request, user) < seconds


def proven_again(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask for the password or the second factor once more before the view runs, as allauth does for its own pages.

    An account that has neither is let through.
    """
    asked: Callable[..., HttpResponse] = reauthentication_required(view)
    return asked


def record_sign_in_method(request: HttpRequest, user: Trainer, method: str, **details: object) -> None:
    """Record in the session that `user` has proven who they are by `method`. For tests that sign in
    without pages.
    """
    record_authentication(request, user, method, **details)


def has_second_factor(user: Trainer) -> bool:
    """Return whether `user` has set up an authenticator app or a passkey."""
    return bool(is_mfa_enabled(user))


def request_in_hand() -> HttpRequest:
    """Return the request that is being answered, for a form that allauth makes without it."""
    request: HttpRequest = context.request
    return request


def count_attempt(request: HttpRequest, action: str, *, key: str) -> bool:
    """Count an attempt against the limit of ACCOUNT_RATE_LIMITS; return False when it is one too many.

    The claim page shares the limit of allauth's own page that sends a sign-in code.
    """
    return bool(ratelimit.consume(request, action=action, key=key))


def too_many_attempts(request: HttpRequest) -> HttpResponse:
    """Return the page, with status 429, that allauth shows after too many attempts."""
    answer: HttpResponse = ratelimit.respond_429(request)
    return answer


def activate_authenticator(user: Trainer, *, secret: str) -> None:
    """Give `user` an authenticator app with a known secret. For the demo: allauth's own page makes
    a random one.
    """
    TOTP.activate(user, secret)


def authenticator_code(authenticator: Authenticator, *, unix_time: int) -> tuple[str, int]:
    """Return the code that an authenticator app shows at `unix_time`, and for how many more
    seconds.
    """
    return totp_code(decrypt(authenticator.data["secret"]), unix_time=unix_time)


def totp_code(secret: str, *, unix_time: int) -> tuple[str, int]:
    """Return the code for `secret` at `unix_time`, and for how many more seconds it is valid."""
    counter, elapsed = divmod(unix_time, app_settings.TOTP_PERIOD)
    return format_hotp_value(hotp_value(secret, counter)), app_settings.TOTP_PERIOD - elapsed


def code_of_now(user: Trainer, typed: str) -> str:
    """Return the code that the app of `user` shows now when `typed` is the one of the half minute before,
    and `typed` otherwise: a code that is read in its last seconds is sent after them, and allauth takes
    either only its own half minute or also one that is still to come.
    """
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    now = int(time.time())
    if app is None:
        return typed
    before, _ = authenticator_code(app, unix_time=now - app_settings.TOTP_PERIOD)
    is_late = compare_user_code(actual=typed, expected=before)
    return authenticator_code(app, unix_time=now)[0] if is_late else typed


class SecondFactorStage(AuthenticateStage):
    """Ask for the second factor, unless this very sign-in passed one at the organisation's provider
    that the settings trust.
    """

    def _should_handle(self, request: HttpRequest) -> bool:
        last_two = get_authentication_records(request, self.login.user)[-2:]
        passed = [(one["method"], one.get("type")) for one in last_two]
        if passed == [("mfa", BY_PROVIDER), ("socialaccount", None)]:
            return False
        return bool(super()._should_handle(request))


def came_from_provider(request: HttpRequest, user: Trainer) -> bool:
    """Return whether `user` signed in at the organisation's provider in this session."""
    return "socialaccount" in sign_in_methods(request, user)


def answer_of_callback(request: HttpRequest, adapter: OpenIDConnectOAuth2Adapter) -> HttpResponse:
    """Return allauth's answer to a browser that comes back from the provider."""
    answer: HttpResponse = OAuth2CallbackView.adapter_view(adapter)(request)
    return answer
