"""The changes of CEU records and the catalogue, one function for each."""

from ceus.services.auditing import add_evidence, reject_record
from ceus.services.catalogue import save_courses
from ceus.services.changes import change_record, remove_record
from ceus.services.claims import claim_records, release_records
from ceus.services.correcting import correct_record, take_back_correction
from ceus.services.granting import grant_record
from ceus.services.logging import log_card, log_course
from ceus.services.relisting import change_listing

__all__ = [
    "add_evidence",
    "change_listing",
    "change_record",
    "claim_records",
    "correct_record",
    "grant_record",
    "log_card",
    "log_course",
    "reject_record",
    "release_records",
    "remove_record",
    "save_courses",
    "take_back_correction",
]
