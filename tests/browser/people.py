"""People for a browser test, made in the served database by `manage.py shell`."""

import sys

from tests import factories
from tests.sessions import open_session


def ready(email: str, number: str, education: int) -> None:
    """A trainer of the cycle that ends on March 14, 2027, with `education` hundredths and a current card; prints a session."""
    for made in (factories.ProviderFactory, factories.CourseFactory, factories.DocumentFactory):
        made.reset_sequence(int(number), force=True)  # a process of its own would begin at 0 again
    trainer = factories.trainer_with_credential(
        email=email, name="Jordan Rivera", number=number, awarded_on="2021-03-14", expires_on="2027-03-14"
    )
    factories.everything_met(trainer, education=education)
    sys.stdout.write(open_session(trainer))
