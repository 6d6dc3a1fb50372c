"""The code of each kind of message about an account: services queue by it, `notices.py` words it.

allauth names its mails; `CODE_MAILS` are those with a code to type in, `CHANGE_MAILS` those that say what was changed.
"""

CODE = "account.code"
CHANGE = "account.change"
NAME = "account.name"
ERASED = "account.erased"
CODE_MAILS = ("login_code", "email_confirmation", "email_confirmation_signup", "password_reset_code")
CHANGE_MAILS = (
    "password_changed",
    "password_set",
    "password_reset",
    "email_changed",
    "email_confirm",
    "email_deleted",
    "account_already_exists",
    "totp_activated",
    "totp_deactivated",
    "recovery_codes_generated",
    "webauthn_added",
    "webauthn_removed",
)
