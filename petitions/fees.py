"""Whether the fee of a petition is kept in full. Otherwise the petition is never approved (S10,
invariant 6).
"""

from core.errors import Refusal
from core.policy_words import fill_policy_words
from payments.services.charges import lock_charge
from payments.services.refund_checks import fee_went_back as fee_of_charge_went_back
from petitions.models import Petition


def fee_went_back(petition: Petition) -> bool:
    """Return whether the fee of a petition is no longer kept in full, because of a refund or a
    dispute (Q21, Q31).
    """
    return fee_of_charge_went_back(petition.charge)


def lock_fee(petition: Petition) -> None:
    """Lock the charge of a petition, so that no refund of it begins before the caller's transaction ends."""
    if petition.charge_id:
        lock_charge(petition.charge_id)


def check_fee_kept(petition: Petition) -> None:
    """Raise Refusal when the fee is not kept in full. A caller that then changes something has
    called `lock_fee` before.
    """
    if fee_went_back(petition):
        sentence = fill_policy_words(
            "The fee of this petition was given back, so it cannot be approved. Decline it: "
            "the {holder} can send a new petition."
        )
        raise Refusal(sentence, code="fee_went_back")
