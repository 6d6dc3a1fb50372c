"""What the database refuses about erasures, the files of own data, and documents that are not kept (Q33)."""

from datetime import date
from types import SimpleNamespace

from tests.guards.changes import Illegal, change, change_each, copy, remove


def personal_rows(s: SimpleNamespace) -> list[Illegal]:
    """Return the illegal change for every trigger and constraint."""
    return [
        change("core_erasure_steps", s.dropped, state="asked", ended_at=None),
        *change_each("core_erasure_fixed", s.dropped, trainer=s.stranger, numbers=["1"], asked_at=s.later),
        remove("core_erasure_kept", s.dropped),
        *change_each(
            "trainers_erased_stays",
            s.nobody,
            name="Jo",
            email="jo@example.org",
            password="x",
            is_active=True,
            is_staff=True,
            is_superuser=True,
        ),  # fmt: skip
        *_merge_rows(s),
        change("trainers_trainer_born_on", s.jordan, born_on=date(1899, 12, 31)),
        copy("trainers_credentialfact_once", s.fact),
        change("trainers_credentialfact_code_length", s.fact, code="x" * 41),
        change("trainers_credentialfact_value_length", s.fact, value="x" * 41),
        copy("trainers_credentialfact_given", s.fact, code="other", value=""),
        copy("core_erasure_once", s.erasure),
        copy("core_erasure_confirmed", s.dropped, confirmed_at=s.at),
        copy("core_erasure_one_end", s.dropped, ended_at=None),
        copy("core_erasure_two_people", s.dropped, confirmed_by=s.lead),
        copy("core_erasure_two_people", s.dropped, confirmed_by=s.jordan),
        copy("documents_document_marked_first", s.document, files_removed=True),
        copy("trainers_datafile_one_living", s.data_file),
        copy("trainers_datafile_stored_as_key", s.data_file, "stored_as", expired_at=s.at),
        copy("trainers_datafile_attempts_check", s.data_file, expired_at=s.at, attempts=-1),
        copy("trainers_datafile_size_check", s.data_file, expired_at=s.at, size=-1),
    ]


def _merge_rows(s: SimpleNamespace) -> list[Illegal]:
    """Return those of two accounts that became one."""
    return [
        *change_each(
            "core_merge_no_update", s.merge, going=s.third, staying=s.stranger, email="x", at=s.later
        ),
        remove("core_merge_no_delete", s.merge),
        copy("core_merge_going_id_key", s.merge),
        copy("core_merge_of_two", s.merge, going=s.same, staying=s.same),
        copy("core_merge_into_an_open_one", s.merge, going=s.third, staying=s.merged),
        copy("core_merge_email_length", s.merge, going=s.fourth, email="x" * 255),
        copy("cases_merged_by_two", s.merge, going=s.stranger),
        *change_each(
            "trainers_merged_stays",
            s.merged,
            email="jo@example.org",
            password="x",
            is_active=True,
            is_staff=True,
            is_superuser=True,
        ),  # fmt: skip
    ]
