"""What the demo knows about one person: their dates, courses and card, and the function that makes
their renewal.
"""

from collections.abc import Callable
from dataclasses import dataclass

ENOUGH = ("0.6", "0.5", "0.4", "0.4")
Story = Callable[..., object]  # (stage, trainer, cycle): one of stories.py


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the demo. Days are counted from the day on which the demo is loaded; negative
    ones are past.

    `story` is the function that brings the person into the state that they demonstrate.
    """

    login: str
    name: str
    number: str
    ends: int  # the last day of the cycle that the roster brings
    education: tuple[str, ...] = ENOUGH  # the amount of each course
    card: int | None = 300  # the last valid day of the card; None: no card
    learned_through: int = -3  # when the last course was completed
    unproven: tuple[str, ...] = ()  # courses logged without their certificate
    story: Story | None = None
    audited: int | None = None  # the day on which the renewal was sent that the draw chose
    renewed_before: bool = False  # the cycle before was renewed here
    leap: bool = False  # awarded on a February 29; `ends` is then the earliest possible last day
    zone: str = ""  # empty: the policy's
    visited: bool = True  # has signed in before, with the demo's password
    shows: str = ""

    @property
    def email(self) -> str:
        return f"{self.login}@example.org"
