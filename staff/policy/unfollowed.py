"""What a policy says and the portal does not do: the rules page says it, and `assess` answers it."""

from collections.abc import Iterator

from hardship.acts import APPEAL, EXTENSION, PETITION
from renewals.services.audited import DENIED_BY_AUDIT, RETURNED, SUSPENDED
from rules.policy.model import Policy, PolicyVersion

ASKED = (PETITION, EXTENSION, APPEAL)
MEANT = (DENIED_BY_AUDIT, RETURNED, SUSPENDED)
CORRECTION = "correction"


def unfollowed_rules(policy: Policy) -> list[str]:
    """Return a sentence for each rule of any version that the portal does not follow; none when it
    follows all.
    """
    return list(dict.fromkeys(said for version in policy.versions for said in _of_version(version)))


def _of_version(version: PolicyVersion) -> Iterator[str]:
    families = version.families
    if families.audit and families.audit.failing not in MEANT:
        yield (
            "audit.failing: the portal denies the renewal, and the certification stays what it is until its last "
            f"day; it does not make it {families.audit.failing}."
        )
    if families.receipt.postmark:
        yield "receipt.by: renewals are sent in the portal and arrive at once; nothing comes by post."
    for act in families.acts:
        if act.code not in ASKED:
            yield f"acts[{act.code}]: the portal takes {', '.join(ASKED)} and does not ask for this."
        if act.cents:
            yield f"acts[{act.code}].amount: the portal charges nothing for asking."
    for fee in version.fees:
        if fee.terms.per == CORRECTION:
            yield f"fees[{fee.code}].per: a price is agreed to once, so the portal charges nothing for a correction."
