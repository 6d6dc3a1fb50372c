"""People for a browser test, made in the served database by `manage.py shell`."""

import json
import sys

from audits.models import DrawPeriod
from audits.models.draw import SEAL
from rules.draw import draw_number, is_selected, seed_of
from tests import factories
from tests.sessions import open_session
from trainers.models import Cycle, Trainer
from trainers.models.credential import new_draw_id


def not_chosen() -> str:
    """A draw id that the open period does not choose: a journey of a test ends the same way each time."""
    period = DrawPeriod.objects.get(opened_at__isnull=False, closed_at__isnull=True)
    seed = seed_of(SEAL.unseal_text(period.sealed_secret), period.public_value)
    while is_selected(draw_number(seed, drawn := new_draw_id()), period.rate):
        pass
    return drawn


def ready(email: str, number: str, education: int) -> None:
    """A trainer of the cycle that ends on March 14, 2027, with `education` hundredths and a current card; prints a session."""
    for made in (factories.ProviderFactory, factories.CourseFactory, factories.DocumentFactory):
        made.reset_sequence(int(number), force=True)  # a process of its own would begin at 0 again
    Cycle._meta.get_field("draw_id").default = not_chosen
    trainer = factories.trainer_with_credential(
        email=email, name="Jordan Rivera", number=number, awarded_on="2021-03-14", expires_on="2027-03-14"
    )
    factories.everything_met(trainer, education=education)
    sys.stdout.write(open_session(trainer))


def let_sign_in(emails: list[str], password: str) -> None:
    """Give each of them this password, and print a session for each as JSON on a line of its own."""
    sessions = {}
    for trainer in Trainer.objects.filter(email__in=emails):
        trainer.set_password(password)
        trainer.save(update_fields=["password"])
        sessions[trainer.email] = open_session(trainer)
    sys.stdout.write(f"\n{json.dumps(sessions)}\n")
