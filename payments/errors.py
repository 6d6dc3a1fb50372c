"""The errors of payments and of their provider."""

# Ends the reason of a message that can be processed later, because its payment may still arrive.
NOT_IN_OUR_BOOKS = "which is not in our books."


class ForStaff(Exception):
    """A message from the provider that contradicts our rows or needs a person's decision.
    `str(error)` is the reason.

    No money is credited; staff find the message in a list and match it to a charge.
    """


class ProviderDown(Exception):
    """The provider cannot be reached or asks us to wait: the request may be retried later."""


class ProviderRefused(Exception):
    """The provider refused the request: a retry would not help."""


class BadMessage(Exception):
    """A message that lacks the provider's signature, is too old, or cannot be stored."""


class NotThere(ProviderRefused):
    """The provider does not know the payment page, payment or refund that we asked about."""
