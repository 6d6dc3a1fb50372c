"""What Home says to a trainer on a day."""

from datetime import date

from renewals.pages.home import HomeView, home_of
from trainers.lookups import cycle_of


def on(day: str, trainer) -> HomeView:
    return home_of(cycle_of(trainer), today=date.fromisoformat(day))


def said(view: HomeView) -> tuple[str, str, str, str]:
    return view.state.tag, view.state.heading, view.state.line, view.state.button
