"""Staff sign in at their organisation's OpenID Connect provider: by allauth's code flow, with PKCE, a
nonce and a checked signature.

There is one provider, that of the settings. Its issuer is the name under which accounts there are
stored, so another issuer's accounts are others.
"""

import hashlib
import logging
import secrets
from typing import Any
from urllib.parse import urlencode

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from requests import RequestException

from core import clock
from core.errors import Refusal
from core.links import full_address
from trainers.allauth_internals import (
    BY_PROVIDER,
    CANCELLED,
    ImmediateHttpResponse,
    OAuth2Error,
    OpenIDConnectOAuth2Adapter,
    OpenIDConnectProvider,
    record_sign_in_method,
)
from trainers.id_tokens import Identity, UnfitTokenError, read_id_token
from trainers.models import Trainer
from trainers.services.identities import link_identity

JsonObject = dict[str, Any]  # as the provider sends it
PROVIDER = "openid_connect"
KEPT_FOR, AWAY_FOR = 600, 30  # seconds
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
AWAY = "{name} does not answer, so nobody can sign in there now. Try again in a minute, or sign in with your email address."
UNFIT = "What {name} sent could not be checked, so you are not signed in. Try again; if it stays so, tell whoever runs the portal."
USED = "This sign-in has ended, or was used already. Start again."
DECLINED = "{name} did not sign you in."
events = logging.getLogger("portal")


class ProviderAwayError(OAuth2Error):
    """The provider does not answer, or what it says of itself cannot be used."""


def organisation_provider(request: HttpRequest) -> "OrganisationProvider":
    """Return the provider of the settings."""
    app = SocialApp(
        provider=PROVIDER,
        provider_id=settings.OIDC_ISSUER,
        name=settings.OIDC_NAME,
        client_id=settings.OIDC_CLIENT_ID,
        secret=settings.OIDC_CLIENT_SECRET,
        settings={
            "server_url": settings.OIDC_ISSUER,
            "oauth_pkce_enabled": True,
            "scope": ["openid", "email"],
        },
    )
    return OrganisationProvider(request, app=app)


def read_configuration() -> JsonObject:
    """Return what the provider says of itself, as of the last minutes. Raises ProviderAwayError.

    While it does not answer it is not asked again for half a minute: whoever asks holds a process.
    """
    key = f"oidc:{hashlib.sha256(settings.OIDC_ISSUER.encode()).hexdigest()}"
    kept: JsonObject | None = cache.get(key)
    if kept is None:
        try:
            kept = _fetched(f"{settings.OIDC_ISSUER.rstrip('/')}/.well-known/openid-configuration")
        except RequestException:
            kept = {}
        fits = kept.get("issuer") == settings.OIDC_ISSUER and all(map(_is_fit, map(kept.get, ENDPOINTS)))
        cache.set(key, kept if fits else {}, KEPT_FOR if fits else AWAY_FOR)
        kept = kept if fits else {}
    if not kept:
        raise ProviderAwayError
    return kept


def _fetched(address: str) -> JsonObject:
    with OrganisationAccountAdapter().get_requests_session() as session:
        answer = session.get(address)
        answer.raise_for_status()
        read = answer.json()
    return read if isinstance(read, dict) else {}


def _is_fit(address: object) -> bool:
    """Return whether it is an address with TLS, or any of a provider that has none itself."""
    schemes = ("https://", "http://") if settings.OIDC_ISSUER.startswith("http://") else ("https://",)
    return isinstance(address, str) and address.startswith(schemes)


def sign_out_address() -> str:
    """Return the address at the provider that signs people out there; empty when it has none, or does
    not answer.
    """
    try:
        address = read_configuration().get("end_session_endpoint")
    except ProviderAwayError:
        return ""
    if not isinstance(address, str) or not _is_fit(address):
        return ""
    back = {
        "client_id": settings.OIDC_CLIENT_ID,
        "post_logout_redirect_uri": full_address(reverse("account_login")),
    }
    return f"{address}{'&' if '?' in address else '?'}{urlencode(back)}"


def nonce_for(state: str) -> str:
    """Return the nonce of the sign-in with this state. The state is kept in the session and works once."""
    return hashlib.sha256(f"nonce:{state}".encode()).hexdigest()


class OrganisationOAuth2Adapter(OpenIDConnectOAuth2Adapter):
    """allauth's steps of the code flow, with a token that is checked as one from a stranger."""

    @property
    def openid_config(self) -> JsonObject:
        return read_configuration()

    @property
    def basic_auth(self) -> bool:
        # The specification's default for a provider that does not say; allauth's is the other.
        methods = self.openid_config.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return "client_secret_post" not in methods

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return full_address(reverse("trainers:oidc_callback"))

    def get_access_token_data(self, *args: Any, **more: Any) -> Any:
        try:
            return super().get_access_token_data(*args, **more)
        except (KeyError, TypeError, ValueError):
            raise OAuth2Error from None  # an answer that is neither JSON nor a form

    def parse_token(self, data: object) -> SocialToken:
        """Return an empty token: who has signed in is all that we want to know."""
        return SocialToken(token="")

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **more: Any
    ) -> SocialLogin:
        response = more["response"]
        identity = read_id_token(
            response.get("id_token") if isinstance(response, dict) else None,
            keys=_fetched(self.openid_config["jwks_uri"]),
            issuer=app.provider_id,
            client_id=app.client_id,
            nonce=nonce_for(request.GET["state"]),
        )
        account = SocialAccount(provider=identity.issuer, uid=identity.subject, extra_data={})
        login = SocialLogin(user=Trainer(), account=account, provider=self.get_provider())
        login.identity = identity
        return login


class OrganisationProvider(OpenIDConnectProvider):
    """allauth's provider, which also sends a nonce."""

    def get_oauth2_adapter(self, request: HttpRequest) -> OrganisationOAuth2Adapter:
        return OrganisationOAuth2Adapter(request, self.app.provider_id)

    def redirect_to_provider(self, request: HttpRequest, *, next_url: str) -> str:
        """Begin a sign-in, and return the address at the provider where it goes on."""
        state = secrets.token_urlsafe(32)
        params = {"nonce": nonce_for(state)}
        answer = self.redirect(request, "login", next_url, state_id=state, auth_params=params)
        return str(answer["Location"])


class OrganisationAccountAdapter(DefaultSocialAccountAdapter):
    """Decides who may come in, and how a sign-in that fails is shown."""

    def get_provider(
        self, request: HttpRequest, provider: str, client_id: str | None = None
    ) -> OrganisationProvider:
        return organisation_provider(request)

    def get_requests_session(self) -> Any:
        session = super().get_requests_session()
        session.max_redirects = 0  # what the provider says of itself names every address
        return session

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in the colleague of this identity, and nobody else."""
        identity: Identity = sociallogin.identity
        try:
            linked = link_identity(identity, at=clock.now())
        except Refusal as refusal:
            raise ImmediateHttpResponse(
                refused_page(request, str(refusal), reason=refusal.code, status=403)
            ) from None
        sociallogin.account, sociallogin.user = linked, linked.user
        if identity.methods & set(settings.OIDC_SECOND_FACTOR):
            record_sign_in_method(request, linked.user, "mfa", type=BY_PROVIDER)
        events.info("sign-in at the organisation", extra={"user": linked.user_id})

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: object,
        error: object = None,
        exception: Exception | None = None,
        extra_context: JsonObject | None = None,
    ) -> None:
        raise ImmediateHttpResponse(_failed_page(request, error, exception))


def _failed_page(request: HttpRequest, error: object, exception: Exception | None) -> HttpResponse:
    """Return the page that says that signing in with the identity provider failed, and why."""
    if error == CANCELLED:
        events.info("sign-in refused", extra={"reason": "cancelled"})
        return redirect("account_login")
    if isinstance(exception, (ProviderAwayError, RequestException)):
        return away_page(request)
    if exception is not None:
        return refused_page(request, with_provider_name(UNFIT), reason="code", status=403)
    if request.GET.get("error"):
        return refused_page(request, with_provider_name(DECLINED), reason="declined", status=403)
    return refused_page(request, USED, reason="state", status=400)


def unfit_page(request: HttpRequest, error: UnfitTokenError) -> HttpResponse:
    """Return the page about a token that proves nothing."""
    return refused_page(request, with_provider_name(UNFIT), reason=str(error), status=403)


def away_page(request: HttpRequest) -> HttpResponse:
    """Return the page that says that the provider does not answer."""
    return refused_page(request, with_provider_name(AWAY), reason="away", status=503)


def refused_page(request: HttpRequest, sentence: str, *, reason: str, status: int) -> HttpResponse:
    """Return a page with the sentence and the other ways to sign in; the log gets the reason."""
    level = logging.WARNING if status >= 500 else logging.INFO
    events.log(level, "sign-in refused", extra={"reason": f"oidc {reason}"})
    return render(request, "trainers/oidc_refused.html", {"sentence": sentence}, status=status)


def with_provider_name(sentence: str) -> str:
    """Return the sentence with the provider's name, which begins it with a capital letter."""
    said = sentence.format(name=settings.OIDC_NAME)
    return said[0].upper() + said[1:]
