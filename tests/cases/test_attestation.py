"""What somebody agrees to is what was shown: other words or figures are another version."""

from dataclasses import replace

import pytest

from core.errors import Refusal
from petitions import services as petitions
from petitions.attestation import attestation_for as petition_attestation
from renewals.attestation import attestation_for as renewal_attestation
from rules.policy.load import load_policy
from tests.petitions import scenes as petition_scenes
from tests.renewals import scenes as renewal_scenes


def test_a_changed_figure_in_an_attestation_changes_its_version():
    figures = load_policy().versions[0]
    shorter = replace(figures, audit_days=20)
    assert renewal_attestation(figures).version != renewal_attestation(shorter).version
    assert renewal_attestation(figures).version == renewal_attestation(replace(figures)).version
    assert len(renewal_attestation(figures).version) <= 20


def test_a_changed_petition_fee_changes_the_version_of_the_attestation():
    figures = load_policy().versions[0]
    dearer = replace(figures, petition_fee=replace(figures.petition_fee, amount_cents=3000))
    assert petition_attestation(figures, "$").version != petition_attestation(dearer, "$").version


@pytest.mark.parametrize("version", ["2026-11", "", "2026-11-00000000"])
def test_agreeing_to_an_outdated_attestation_is_refused(ready, storage, clock_at, version):
    at = clock_at("2027-02-01 12:00")
    with pytest.raises(Refusal, match="has changed"):
        renewal_scenes.submit(ready, "2027-02-01", attestation_version=version)
    petition = petition_scenes.draft(ready, at=at)
    with pytest.raises(Refusal, match="What you agree to has changed"):
        petitions.send_petition(petition, by=ready, at=at, attestation_version=version)
