"""Petitions of the demo, made by the services: one in every state that a reviewer or a trainer can
meet.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from core.policy_words import amount_in_words
from demo.evidence import certificate_pdf, render_certificate
from demo.fitting import PETITIONED, PROVIDERS, fitting_amount, is_written_for, run_story
from demo.stage import Stage
from payments.models import Charge
from petitions import services
from petitions.attestation import attestation_for
from petitions.models import Petition
from petitions.services.drafting import CourseFacts
from rules.described import FORMATS, named_codes
from trainers.models import Credential, Trainer

AN_HOUR = timedelta(hours=1)
COURSES = (  # title, provider, amount asked for
    ("Kettlebell Biomechanics", "Northside Barbell Club", "0.4"),
    ("Coaching Older Adults Outdoors", "Harbor City Parks", "0.6"),
    ("Breathing for Endurance", "Altura Sports Lab", "0.3"),
    ("Programming for Adaptive Athletes", "Wheelhouse Training", "0.8"),
    ("Sandbag Strength, Level 2", "Northside Barbell Club", "0.5"),
    ("Mobility after Knee Surgery", "Riverbend Physiotherapy", "0.4"),
    ("Sell More Sessions", "Closing Time Seminars", "0.2"),
    ("Tendon Loading in Practice", "Riverbend Physiotherapy", "0.6"),
)
Story = Callable[[Stage, Petition], None]


def file_petitions(stage: Stage) -> None:
    """File one petition for each state, each by a different person whose credential is in force."""
    able = Credential.objects.filter(
        trainer__is_staff=False,
        number__startswith="200",
        cycles__expires_on__gte=stage.day(30),
        state="in_force",
    )
    credentials = able.select_related("trainer").order_by("pk").distinct()[: len(COURSES)]
    for story, credential, course in zip(STORIES, credentials, COURSES, strict=is_written_for(stage.policy)):
        run_story(stage, course[0], partial(_file, stage, story, credential, course))
    stage.say(f"Petitions: {len(COURSES)}")


def _file(stage: Stage, story: Story, credential: Credential, course: tuple[str, str, str]) -> None:
    story(stage, write_petition(stage, credential, course, DAYS[story]))


def _unpaid(stage: Stage, petition: Petition) -> None:
    """Make a petition whose fee is not paid."""


def _due_soon(stage: Stage, petition: Petition) -> None:
    pay_petition(stage, petition, DAYS[_due_soon])


def _late(stage: Stage, petition: Petition) -> None:
    pay_petition(stage, petition, DAYS[_late])


def _asked(stage: Stage, petition: Petition) -> None:
    pay_petition(stage, petition, DAYS[_asked])
    _ask_reviewer_question(stage, petition, -3)


def _answered(stage: Stage, petition: Petition) -> None:
    pay_petition(stage, petition, DAYS[_answered])
    _ask_reviewer_question(stage, petition, -6)
    services.answer_question(
        petition,
        by=petition.trainer,
        at=stage.moment(-2),
        text="Two of the six hours were practice, led by the physiotherapist who signed the certificate.",
    )


def _approved(stage: Stage, petition: Petition) -> None:
    pay_petition(stage, petition, DAYS[_approved])
    decision = services.decide_petition(
        petition,
        verdict="approve",
        by=stage.staff["reviewer"],
        at=stage.moment(-4),
        hundredths=fitting_amount(stage.policy, "0.3"),
        reason_code="fewer",
        words="Your agenda shows three contact hours.",
    )
    services.release_petition_decision(decision, at=decision.effective_at)


def _denied(stage: Stage, petition: Petition) -> None:
    pay_petition(stage, petition, DAYS[_denied])
    decision = services.decide_petition(
        petition,
        verdict="deny",
        by=stage.staff["lead"],
        at=stage.moment(-4),
        reason_code="promotion",
        words="The course sells a product more than it teaches.",
    )
    services.release_petition_decision(decision, at=decision.effective_at)


def _pending(stage: Stage, petition: Petition) -> None:
    pay_petition(stage, petition, DAYS[_pending])
    services.decide_petition(petition, verdict="approve", by=stage.staff["reviewer"], at=stage.now)


DAYS: dict[Story, int] = {  # when each was sent, in days from today
    _unpaid: -1,
    _due_soon: -12,
    _late: -19,
    _asked: -8,
    _answered: -9,
    _approved: -10,
    _denied: -10,
    _pending: -7,
}
STORIES = tuple(DAYS)


def write_petition(stage: Stage, credential: Credential, course: tuple[str, str, str], day: int) -> Petition:
    """Start a trainer's petition with its evidence, and submit it with the attestation ticked."""
    trainer, at = credential.trainer, stage.moment(day)
    title, provider, ceus = course
    if not is_written_for(stage.policy):
        place = COURSES.index(course)
        title, provider = PETITIONED[place], PROVIDERS[place]
    worth = amount_in_words(fitting_amount(stage.policy, ceus))
    completed_on = stage.day(day - 10)
    formats = named_codes(credential.policy, FORMATS)
    facts = CourseFacts(
        title=title,
        format=formats[0] if formats else "",
        provider_name=provider,
        completed_on=completed_on,
        asked_hundredths=fitting_amount(stage.policy, ceus),
        learned="How to assess where somebody stands, and how to choose and progress the load.",
        instructor="Dana Whitlock, MS, teaches at the state university and has coached for twenty years.",
    )
    files = {
        "certificate": render_certificate(trainer, title, provider, completed_on, at=at),
        "agenda": certificate_pdf(trainer, f"Agenda: {title}", provider, worth, completed_on, at=at),
    }
    petition = services.start_petition(credential, facts=facts, files=files, by=trainer, at=at)
    policy = credential.policy
    version = attestation_for(policy.version_on(stage.day(day)), policy.currency_symbol).version
    return services.send_petition(petition, by=trainer, at=at, attestation_version=version)


def pay_petition(stage: Stage, petition: Petition, day: int) -> None:
    at = stage.moment(day, AN_HOUR)
    charge = Charge.objects.filter(petition=petition).first()
    if charge and charge.state == Charge.State.OPEN:  # it may cost nothing
        stage.bank.pay(charge, at=at)
    services.submit_paid_petition(petition, at=at)


def _ask_reviewer_question(stage: Stage, petition: Petition, day: int) -> None:
    text = "Which hours of the course were practice, and who led them? Send the agenda with the times on it."
    reviewer: Trainer = stage.staff["reviewer"]
    services.ask_question(petition, by=reviewer, at=stage.moment(day), text=text)
