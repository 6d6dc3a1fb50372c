"""The changes of CEU records and the catalogue, one function for each."""

from ceus.services.auditing import add_evidence, reject_record
from ceus.services.catalogue import save_courses
from ceus.services.changes import change_record, remove_record
from ceus.services.claims import claim_records, release_records
from ceus.services.correcting import correct_record, take_back_correction
from ceus.services.filing import save_filed_rows
from ceus.services.granting import grant_record
from ceus.services.held_cards import keep_card, refuse_card, remove_card
from ceus.services.logging import log_card, log_course
from ceus.services.relisting import change_listing

__all__ = [
    "add_evidence",
    "change_listing",
    "change_record",
    "claim_records",
    "correct_record",
    "grant_record",
    "keep_card",
    "log_card",
    "log_course",
    "refuse_card",
    "reject_record",
    "release_records",
    "remove_card",
    "remove_record",
    "save_courses",
    "save_filed_rows",
    "take_back_correction",
]
