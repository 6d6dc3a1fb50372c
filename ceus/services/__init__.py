"""One function per verb on CEU records and the catalogue."""

from ceus.services.catalogue import save_courses
from ceus.services.changes import change_record, remove_record, replace_document
from ceus.services.claims import claim_records, release_records
from ceus.services.granting import grant_record
from ceus.services.logging import log_card, log_course

__all__ = [
    "change_record",
    "claim_records",
    "grant_record",
    "log_card",
    "log_course",
    "release_records",
    "remove_record",
    "replace_document",
    "save_courses",
]
