"""What Home says where a certification is for life, and where the next cycle does not wait for E."""

from cases.pages import StateCard
from core.links import path_of
from renewals.pages.certified import certified_heading
from renewals.pages.snapshot import Snapshot
from rules.days import through_words
from trainers.services.cycles import foreseen_period


def for_life_card(snapshot: Snapshot) -> StateCard | None:
    if not snapshot.cycle.is_for_life:
        return None
    return StateCard(
        "ok",
        "For life",
        certified_heading(snapshot),
        "There is nothing to renew any more.",
        "Download your certificate",
        path_of("renewals:certificate"),
    )


def early_words(snapshot: Snapshot) -> str:
    """Return what renewing before the last day does to the cycle that runs."""
    period = foreseen_period(snapshot.cycle, snapshot.standing)
    if period.starts_on > snapshot.cycle.expires_on:
        return "Renewing early does not shorten it."
    return f"Your next cycle does not wait for that day: renewed today, it goes {through_words(period.expires_on)}."
