"""What staff may do to a request for another name. Each action shows its mail, then calls one service."""

from core import clock
from core.mail import Mail
from names import services
from names.models import NameRequest
from names.notice_codes import REFUSED
from staff.actions import Action, Answers, preview_notice
from staff.forms import WordsForm
from trainers.models import Trainer
from trainers.notice_codes import NAME


def action_to_approve(request: NameRequest, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.approve_name_request(request, by=by, at=clock.now())
        return f"The name is {request.after} now."

    def preview(answers: Answers) -> Mail:
        return preview_notice(lambda: do(answers), kind=NAME)

    return Action(
        title=f"Approve the name {request.after}",
        button="Approve this name",
        do=do,
        lines=(f"The certificate says {request.trainer.name} now.", "Look at the proof first."),
        preview=preview,
    )


def action_to_refuse(request: NameRequest, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.refuse_name_request(request, by=by, at=clock.now(), **answers)
        return "The request is refused. The name stays as it is."

    def preview(answers: Answers) -> Mail:
        return preview_notice(lambda: do(answers), kind=REFUSED)

    return Action(
        title=f"Refuse the name {request.after}",
        button="Refuse this name",
        do=do,
        form=WordsForm,
        lines=(f"The certificate keeps {request.trainer.name}. They can ask again with another proof.",),
        preview=preview,
        danger=True,
    )
