"""What can go wrong between us, the payer and the provider."""


class ForStaff(Exception):
    """What the provider says does not fit what we asked for, or is no matter for a program.
    `str(error)` says why.

    Nothing is credited; the message waits in the list of payments to match.
    """


class ProviderDown(Exception):
    """The provider cannot be reached or asks us to wait: the request may be retried later."""


class ProviderRefused(Exception):
    """The provider refused the request: a retry would not help."""


class BadMessage(Exception):
    """A message that is not from the provider, not from now, or that we cannot keep."""


class NotThere(ProviderRefused):
    """The provider does not know what we asked about."""
