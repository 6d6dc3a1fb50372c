"""The settings of signing in. The environment can change only those of an organisation's own
sign-in for staff, by OpenID Connect.
"""

from typing import Any

AUTH_USER_MODEL = "trainers.Trainer"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
]
SESSION_ENGINE = "trainers.sessions"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "renewals:home"
ACCOUNT_ADAPTER = "trainers.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "trainers.forms.LoginForm",
    "request_login_code": "trainers.forms.RequestLoginCodeForm",
    "confirm_login_code": "trainers.forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "trainers.forms.ConfirmEmailForm",
    "confirm_password_reset_code": "trainers.forms.ConfirmResetForm",
    "reset_password": "trainers.forms.ResetPasswordForm",
    "reset_password_from_key": "trainers.forms.ChooseNewPasswordForm",
    "change_password": "trainers.forms.ChangePasswordForm",
    "set_password": "trainers.forms.SetPasswordForm",
    "reauthenticate": "trainers.forms.ReauthenticateForm",
    "add_email": "trainers.forms.NewEmailForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# A code goes through the outbox, and mail takes its time: the same quarter of an hour for each kind.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
# Per network address and per email address, known or not; the claim page shares those of a sign-in code.
# On a device where the owner of the address has signed in before: per device (trainers/known_devices.py).
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "reset_password": "20/m/ip",
    "reset_password_of": "3/m/key,10/h/key",  # an address, or a device of its owner
    "oidc": "20/m/ip",  # each asks the organisation's provider
}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = (
    True  # our adapter sends nothing, and takes as long (trainers.services.account_notices)
)
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
USERSESSIONS_ADAPTER = "trainers.adapter.SessionsAdapter"
MFA_ADAPTER = "trainers.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "trainers.forms.SecondFactorForm",
    "reauthenticate": "trainers.forms.SecondFactorAgainForm",
    "activate_totp": "trainers.forms.AddAppForm",
    "add_webauthn": "trainers.forms.AddPasskeyForm",
    "login_webauthn": "trainers.forms.SignInPasskeyForm",
    "edit_webauthn": "trainers.forms.NamePasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Recertification"
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_ADAPTER = "trainers.oidc.OrganisationAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # our adapter links an account, and staff alone
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

# Staff sign in at their organisation's OpenID Connect provider, once the environment names one.
OIDC_ISSUER = OIDC_CLIENT_ID = OIDC_CLIENT_SECRET = ""
OIDC_NAME = "your organisation"
OIDC_OWN_DOMAINS: list[str] = []
OIDC_SECOND_FACTOR: list[str] = []


def oidc_settings(env: Any) -> dict[str, Any]:
    """Return what the environment says of that provider."""
    return {
        "OIDC_ISSUER": env.str("OIDC_ISSUER", OIDC_ISSUER),
        "OIDC_CLIENT_ID": env.str("OIDC_CLIENT_ID", OIDC_CLIENT_ID),
        "OIDC_CLIENT_SECRET": env.str("OIDC_CLIENT_SECRET", OIDC_CLIENT_SECRET),
        "OIDC_NAME": env.str("OIDC_NAME", "") or OIDC_NAME,
        "OIDC_OWN_DOMAINS": env.list("OIDC_OWN_DOMAINS", default=OIDC_OWN_DOMAINS),
        "OIDC_SECOND_FACTOR": env.list("OIDC_SECOND_FACTOR", default=OIDC_SECOND_FACTOR),
    }
