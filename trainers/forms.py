"""The forms of an account: the first visit, our own settings, and allauth's forms in our words."""

from typing import ClassVar, cast
from zoneinfo import available_timezones

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from core.forms import PlainForm, PlainTextForm
from core.policy_words import portal_policy, version_today
from rules.units import count_of
from trainers import allauth_internals, known_devices
from trainers.countries import zones_near
from trainers.models.credential import normalise_number
from trainers.models.person import normalise_email

REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")

SHORTEST = next(v.min_length for v in get_default_password_validators() if hasattr(v, "min_length"))

# label, what to say when it is missing, hint
WORDS = {
    "login": ("Email address", "Enter your email address.", ""),
    "email": ("Email address", "Enter your email address.", ""),
    "password": ("Password", "Enter your password.", ""),
    "oldpassword": ("Current password", "Enter your current password.", ""),
    "password1": (
        "New password",
        "Enter a new password.",
        f"At least {SHORTEST} characters. Three or four words make a good one.",
    ),
    "password2": ("New password again", "Enter the new password again.", ""),
    "code": ("Code", "Enter the code.", ""),
    "remember": ("Keep me signed in on this device", "", ""),
    "name": ("Name of this passkey", "Enter a name.", "For example, My phone"),
    "passwordless": ("Sign in with this passkey alone, without a password", "", ""),
}


TOO_MANY = "Too many tries. Wait 5 minutes, then try again."
PASSKEY_NOT_USED = "The passkey was not used. Try again, or choose another way."


class InOurWords(PlainTextForm):
    """A mixin that gives allauth's forms our labels, hints and sentences, and the limits on text of
    every form.
    """

    words: ClassVar[dict[str, tuple[str, str, str]]] = {}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in WORDS:
                label, missing, hint = self.words.get(name, WORDS[name])
                field.label, field.help_text = label, hint
                field.error_messages.update(
                    required=missing, invalid="Enter an address like name@example.org."
                )
            if name == "code":
                field.widget.attrs.update(
                    {"inputmode": "text", "autocapitalize": "characters", "class": "width-10"}
                )


class LoginForm(InOurWords, account.LoginForm):
    """The form for signing in with a password. Who chose it stays signed in for the policy's days."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "remember" in self.fields:
            days = version_today(portal_policy()).session_days
            self.fields["remember"].label = f"Keep me signed in on this device for {count_of(days, 'day')}"

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        answer: HttpResponse = super().login(request, redirect_url)
        if not request.session.get_expire_at_browser_close():
            request.session.set_expiry(None)  # which leaves it to the store, and so to the policy
        return answer


class RequestLoginCodeForm(InOurWords, account.RequestLoginCodeForm):
    """The form that asks for a sign-in code.

    On a device where the owner of the address has signed in before, attempts are counted by device,
    so that strangers elsewhere cannot use them up.
    """

    def clean_email(self) -> str:
        request, email = allauth_internals.request_in_hand(), self.cleaned_data["email"]
        owner = known_devices.owner_here(request, email)
        if owner is None:
            return str(super().clean_email())
        counted_by = known_devices.counted_by(request, email)
        if not allauth_internals.count_attempt(request, "request_login_code", key=counted_by):
            raise forms.ValidationError(TOO_MANY, code="too_many_login_attempts")
        self._user = owner
        return str(email)


class ConfirmLoginCodeForm(InOurWords, account.ConfirmLoginCodeForm):
    pass


class ConfirmEmailForm(InOurWords, account.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmResetForm(InOurWords, account.ConfirmPasswordResetCodeForm):
    pass


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    """The form that asks for a code to choose a new password. Its attempts are counted in the same
    way as those for a sign-in code.
    """

    def clean_email(self) -> str:
        request, email = allauth_internals.request_in_hand(), normalise_email(self.cleaned_data["email"])
        counted_by = known_devices.counted_by(request, email)
        if not allauth_internals.count_attempt(request, "reset_password_of", key=counted_by):
            raise forms.ValidationError(TOO_MANY, code="too_many_login_attempts")
        return str(super().clean_email())


class ChooseNewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    pass


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    pass


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    pass


class NewEmailForm(InOurWords, account.AddEmailForm):
    words: ClassVar[dict[str, tuple[str, str, str]]] = {
        "email": (
            "New email address",
            "Enter the new email address.",
            "We send a code to it. Nothing changes until you enter that code.",
        )
    }


class AppCodeForm(InOurWords, mfa.BaseAuthenticateForm):
    """A form for a code of an app. It is taken in its own half minute and in the next one, and once in
    all: allauth remembers a used code for half a minute only.
    """

    words: ClassVar[dict[str, tuple[str, str, str]]] = {
        "code": (
            "Code",
            "Enter the code that your app shows.",
            "6 digits from your app, or one of your recovery codes",
        )
    }

    def clean_code(self) -> str:
        typed = str(self.cleaned_data["code"])
        self.cleaned_data["code"] = allauth_internals.code_of_now(self.user, typed)
        super().clean_code()
        if not cache.add(
            f"app-code-used:{self.user.pk}:{typed}", "y", timeout=allauth_internals.CODE_SECONDS
        ):
            raise get_adapter().validation_error("incorrect_code")
        return typed


class SecondFactorForm(AppCodeForm, mfa.AuthenticateForm):
    pass


class SecondFactorAgainForm(AppCodeForm, mfa.ReauthenticateForm):
    pass


class AddAppForm(InOurWords, ActivateTOTPForm):
    words: ClassVar[dict[str, tuple[str, str, str]]] = {
        "code": ("Code that the app shows now", "Enter the 6 digits that the app shows.", "")
    }


class AddPasskeyForm(InOurWords, webauthn.AddWebAuthnForm):
    """The form that adds a passkey. Signing in with it alone is what people expect of a passkey, so
    that box is ticked; it can be cleared for a security key that asks for no PIN.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class SignInPasskeyForm(webauthn.LoginWebAuthnForm):
    """The form that signs in with a passkey alone. When the passkey is refused, the sentence speaks
    of passkeys, not of codes.
    """

    def clean_credential(self) -> object:
        try:
            return super().clean_credential()
        except forms.ValidationError as error:
            if error.code != "incorrect_code":
                raise
            raise forms.ValidationError(PASSKEY_NOT_USED, code=error.code) from None


class NamePasskeyForm(InOurWords, webauthn.EditWebAuthnForm):
    pass


class ClaimForm(PlainForm):
    """The form of the first visit: the number on the certificate, and the address that we have on
    record.
    """

    number = forms.CharField(
        label="Certification number",
        max_length=30,
        help_text="It is on your certificate. For example, 1193 4482",
        widget=forms.TextInput({"class": "width-10", "autocomplete": "off"}),
        error_messages={"required": "Enter your certification number."},
    )
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        help_text="The one that you gave when you were certified",
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": "Enter your email address.",
            "invalid": "Enter an address like name@example.org.",
        },
    )

    def clean_number(self) -> str:
        return normalise_number(self.cleaned_data["number"])

    def clean_email(self) -> str:
        return normalise_email(self.cleaned_data["email"])


class TimeZoneForm(PlainForm):
    time_zone = forms.ChoiceField(
        label="Your time zone",
        help_text="Shown beside a deadline when it differs from ours.",
        error_messages={
            "required": "Choose a time zone.",
            "invalid_choice": "Choose a time zone from the list.",
        },
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        names = sorted(name for name in available_timezones() if name.split("/")[0] in REGIONS)
        field = cast(forms.ChoiceField, self.fields["time_zone"])
        near = [name for name in zones_near(str(self.initial.get("time_zone", ""))) if name in names]
        others = [name for name in ("UTC", *names) if name not in near]
        groups = (("In your country", near), ("Everywhere else" if near else "All time zones", others))
        field.choices = [
            (title, [(name, _in_a_list(name)) for name in group]) for title, group in groups if group
        ]


class RemindersForm(PlainForm):
    wants_reminders = forms.BooleanField(label="Send me optional reminders", required=False)


def _in_a_list(time_zone: str) -> str:
    """Return a time zone for a list that is sorted by city, such as "Phoenix, America"."""
    return ", ".join(reversed(time_zone.replace("_", " ").split("/")))


class EraseForm(PlainForm):
    """The form in which a trainer confirms, for the last time, that their data is erased."""

    sure = forms.BooleanField(
        label="I understand that this cannot be taken back",
        error_messages={"required": "Tick the box if you are sure."},
    )
