"""Forty more trainers of the demo, so that lists are long. They are chosen at random, but the same
each time.
"""

from decimal import Decimal
from random import Random

from demo.person import Person

SEED = 2027
FIRST = (
    "Aaliyah Amara Beatriz Caleb Chidi Dalia Darius Elena Farid Greta Hugo Imani Jae Katya Lars Mateo Noor Oona Pablo Qiang "
    "Rania Santiago Tomas Uma Viktor Willa Ximena Yara Zainab Astrid Bruno Celia Dmitri Esi Felix Giulia Hamza Ingrid Jonas Keiko"
).split()
LAST = (
    "Abernathy Bakshi Cordero Dubois Ellison Farah Gallagher Hoang Ibarra Jansen Kaplan Lindgren Moreau Nakamura Osei Pereira "
    "Quigley Rahman Sandoval Takahashi Ueda Vance Walczak Xu Yilmaz Zamora Ashworth Bergström Castellano Diallo Eastman Fofanah "
    "Guerra Holm Iqbal Juarez Kovács Lam Mwangi Norberg"
).split()
ZONES = ("", "", "", "America/New_York", "America/Chicago", "America/Los_Angeles", "Europe/Berlin")
AMOUNTS = ("0.2", "0.3", "0.4", "0.5", "0.6")
# How many end within these days from today.
ENDS = ((17, 190, 700), (10, 31, 175), (4, 2, 29), (5, -85, -2), (2, -320, -95), (2, -700, -370))


def make_crowd() -> tuple[Person, ...]:
    """Return forty people, who have completed more courses the more of their cycle is over."""
    lot = Random(SEED)  # noqa: S311 - the same people every time, and no secret
    ends = [lot.randint(first, last) for how_many, first, last in ENDS for _ in range(how_many)]
    return tuple(_person(lot, place, days) for place, days in enumerate(ends))


def _person(lot: Random, place: int, ends: int) -> Person:
    first, last = FIRST[place], LAST[place]
    passed = 730 - ends  # days of the cycle so far
    left = min(int(max(0, passed) * lot.uniform(120, 280)) // 730, 220)  # hundredths
    education = []
    while left > 20:
        education.append(lot.choice(AMOUNTS))
        left -= int(Decimal(education[-1]) * 100)
    has_card = passed > 60 and lot.random() < 0.7
    return Person(
        login=f"{first}.{last}".lower().encode("ascii", "ignore").decode(),
        name=f"{first} {last}",
        number=str(20_000_000 + 7919 * (place + 1)),
        ends=ends,
        education=tuple(education),
        card=lot.randint(20, 600) if has_card else None,
        learned_through=min(-2, ends),
        renewed_before=lot.random() < 0.15,
        zone=lot.choice(ZONES),
        visited=lot.random() < 0.7,
    )
