"""What the database refuses about later last days and waived fees (Q34, Q35), and one row of each kind."""

from datetime import date, timedelta
from types import SimpleNamespace

from hardship.models import Relief, ReliefDocument
from tests.factories import ChargeFactory, DocumentFactory
from tests.guards.changes import Illegal, change, change_each, copy, remove

THROUGH, LIMIT = date(2028, 6, 30), date(2029, 3, 14)


def add_reliefs(stage: SimpleNamespace) -> None:
    """Write one row of each kind for Jordan's cycle."""
    common = {"cycle": stage.cycle, "kind": "military", "made_at": stage.at}
    told = {
        "words": "Come back safe.",
        "decided_by": stage.lead,
        "decided_at": stage.at,
        "ended_at": stage.at,
    }
    day = {"through": THROUGH, "limit_on": LIMIT}
    make = Relief.objects.create
    stage.relief_asked = make(
        **common, what="completion", why="I am away.", asked_at=stage.at, asked_through=THROUGH
    )
    stage.relief_granted = make(**common, what="application", state="granted", **day, **told)
    stage.relief_proposed = make(**common, what="both", state="proposed", proposed_by=stage.reviewer, **day)
    stage.relief_waiver = make(
        **common, what="fee", fee_code="late", amount_cents=3000, state="granted", **told
    )
    stage.relief_waived = make(
        **common,
        what="fee",
        fee_code="additional",
        amount_cents=100,
        state="granted",
        charge=stage.open_charge,
        **told,
    )
    proposed = {"state": "proposed", "charge": stage.open_charge, "proposed_by": stage.reviewer}
    stage.relief_to_waive = make(**common, what="fee", fee_code="late", amount_cents=100, **proposed)
    stage.relief_refused = make(**common, what="correction", case_ref="R-1", state="declined", **told)
    stage.relief_evidence = ReliefDocument.objects.create(
        relief=stage.relief_asked, document=DocumentFactory(owner=stage.jordan)
    )


def hardship_rows(s: SimpleNamespace) -> list[Illegal]:
    """Return the illegal change for every trigger and constraint."""
    return [*_steps(s), *_triggers(s), *_charges(s), *_constraints(s), *_lengths(s)]


def _steps(s: SimpleNamespace) -> list[Illegal]:
    """An extension is never taken back, and neither is a waiver that was taken off a charge."""
    back = {"state": "taken_back", "taken_back_why": "No."}
    return [
        change("hardship_relief_steps", s.relief_granted, **back),
        change("hardship_relief_steps", s.relief_waived, **back),
    ]


def _triggers(s: SimpleNamespace) -> list[Illegal]:
    later = THROUGH + timedelta(days=1)
    decided = {"decided_by": s.jordan, "decided_at": s.at, "ended_at": s.at, "words": "Yes."}
    by_lead = {**decided, "decided_by": s.lead}
    own = "hardship_relief_of_another"
    return [
        *change_each(
            "hardship_relief_asked_fixed",
            s.relief_asked,
            why="Another.",
            asked_through=LIMIT,
            asked_at=s.later,
        ),
        *change_each(
            "hardship_relief_fixed", s.relief_granted, through=later, kind="other", note="x", words="No."
        ),
        *change_each(
            "hardship_relief_fixed",
            s.relief_waiver,
            amount_cents=1,
            fee_code="renewal",
            decided_by=s.reviewer,
        ),
        change(own, s.relief_proposed, state="declined", **decided),
        copy(f"{own}_new", s.relief_granted, through=later, decided_by=s.jordan),
        change(
            "hardship_relief_later",
            s.relief_asked,
            state="granted",
            through=date(2027, 6, 12),
            limit_on=LIMIT,
            **by_lead,
        ),
        copy("hardship_relief_later_new", s.relief_granted, what="both", through=date(2028, 3, 13)),
        change("hardship_relief_longer", _second_proposal(s), state="granted", **by_lead),
        copy("hardship_relief_longer_new", s.relief_granted),
        remove("hardship_relief_kept", s.relief_asked),
        change("hardship_reliefdocument_no_update", s.relief_evidence, relief=s.relief_granted),
        remove("hardship_reliefdocument_no_delete", s.relief_evidence),
    ]


def _charges(s: SimpleNamespace) -> list[Illegal]:
    """Nobody's fee is waived of a charge of somebody else."""
    theirs = ChargeFactory(trainer=s.stranger)
    granted = {"decided_by": s.lead, "decided_at": s.at, "ended_at": s.at, "words": "Yes."}
    guard = "hardship_relief_own_charge"
    return [
        change(guard, s.relief_to_waive, charge=theirs, state="granted", **granted),
        copy(f"{guard}_new", s.relief_waived, charge=theirs),
    ]


def _second_proposal(s: SimpleNamespace) -> Relief:
    return Relief.objects.create(
        cycle=s.cycle,
        kind="illness",
        what="application",
        state="proposed",
        proposed_by=s.reviewer,
        through=THROUGH,
        limit_on=LIMIT,
        made_at=s.at,
    )


def _constraints(s: SimpleNamespace) -> list[Illegal]:
    decided = {"decided_by": s.lead, "decided_at": s.at, "ended_at": s.at, "words": "Yes."}
    return [
        copy("hardship_relief_day_or_fee", s.relief_asked, what="application", fee_code="late"),
        copy("hardship_relief_whole", s.relief_proposed, what="application", through=None),
        copy("hardship_relief_before_next_end", s.relief_granted, through=LIMIT),
        copy("hardship_relief_case", s.relief_asked, what="correction"),
        copy("hardship_relief_decided", s.relief_asked, what="application", ended_at=s.at),
        copy("hardship_relief_words", s.relief_refused, words=""),
        copy("hardship_relief_two_people", s.relief_refused, proposed_by=s.lead),
        copy("hardship_relief_second_person", s.relief_waiver, needs_two=True),
        copy("hardship_relief_asked_why", s.relief_asked, what="application", why=""),
        copy("hardship_relief_asked_once", s.relief_asked),
        copy("hardship_relief_proposed_once", s.relief_proposed),
        copy("hardship_relief_proposed_of_charge", s.relief_to_waive),
        copy("hardship_relief_taken_off", s.relief_waived, amount_cents=None),
        copy("hardship_relief_back_why", s.relief_waiver, state="taken_back"),
        copy("hardship_relief_amount_cents_check", s.relief_waiver, amount_cents=-1, **decided),
        copy("hardship_reliefdocument_document_id_key", s.relief_evidence, "document"),
    ]


def _lengths(s: SimpleNamespace) -> list[Illegal]:
    longest = {"why": 2000, "note": 2000, "words": 2000, "taken_back_why": 2000}
    return [
        copy(f"hardship_relief_{name}_length", s.relief_refused, **{name: "x" * (most + 1)})
        for name, most in longest.items()
    ]
