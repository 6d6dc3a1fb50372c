"""Codes of the messages about an account. Services queue a message by its code; `notices.py` holds
the words.

`CODE_MAILS` and `CHANGE_MAILS` use allauth's names: of mails with a code to type in, and of mails
that say what was changed.
"""

CODE = "account.code"
CHANGE = "account.change"
NAME = "account.name"
ERASED = "account.erased"
ADDRESS = "account.address"
MERGED = "account.merged"
STANDING = "credential.standing"
POLICY = "credential.policy"
INVITED = "account.invited"
CODE_MAILS = ("login_code", "email_confirmation", "email_confirmation_signup", "password_reset_code")
UNKNOWN = "unknown_account"  # allauth tells us of an address that nobody has; nothing is sent
CHANGE_MAILS = (
    "password_changed",
    "password_set",
    "password_reset",
    "email_changed",
    "email_change_asked",  # ours: staff asked the new address to prove itself
    "email_confirm",
    "email_deleted",
    "account_already_exists",
    "totp_activated",
    "totp_deactivated",
    "recovery_codes_generated",
    "webauthn_added",
    "webauthn_removed",
    "second_factor_reset",
    "identity_linked",  # ours: a colleague signed in at their organisation for the first time
)
