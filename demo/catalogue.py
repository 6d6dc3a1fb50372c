"""The demo's providers, topics and courses, from `catalogue.toml`."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from ceus.models import Course, Provider, Topic
from ceus.services.catalogue import index_course, save_courses
from demo.stage import Stage
from rules.units import parse_ceus

FILE = Path(__file__).with_name("catalogue.toml")
LONG_AGO = -365 * 12


def fill_catalogue(stage: Stage) -> list[Course]:
    """Create every provider and course; return the courses that are approved now and have been all
    along.
    """
    providers = tomllib.loads(FILE.read_text(encoding="utf-8"))["providers"]
    courses, topics = [], {}
    for entry in providers:
        provider = Provider.objects.create(
            name=entry["name"],
            slug=slugify(entry["name"]),
            about=entry["about"],
            link=f"https://{slugify(entry['name'])}.example.org/",
            **_approval(stage, entry),
        )
        for line in entry["courses"]:
            courses.append(_course(stage, provider, line))
            topics[line[0]] = [name.strip() for name in line[3].split(",")]
    save_courses(courses)
    _label(courses, topics)
    stage.say(f"Catalogue: {len(providers)} providers, {len(courses)} courses")
    return [
        course
        for course in courses
        if course.approved_through is None and course.approved_from < stage.day(-4000)
    ]


def _course(stage: Stage, provider: Provider, line: list[Any]) -> Course:
    title, ceus, form, topics, *exceptions = line
    hundredths = parse_ceus(ceus)
    days = {"ended": _days_left(stage, provider.approved_through), **(exceptions[0] if exceptions else {})}
    return Course(
        provider=provider,
        title=title,
        slug=slugify(title),
        hundredths=hundredths,
        format=form,
        about=f"About {hundredths // 10} contact hours on {topics.replace(',', ' and', 1)}, with a certificate at the end.",
        link=f"{provider.link}{slugify(title)}/",
        **_approval(stage, days),
    )


def _approval(stage: Stage, days: dict[str, Any]) -> dict[str, date | None]:
    ended = days.get("ended")
    return {
        "approved_from": stage.day(days.get("began", LONG_AGO)),
        "approved_through": None if ended is None else stage.day(ended),
    }


def _days_left(stage: Stage, day: date | None) -> int | None:
    return None if day is None else (day - stage.today).days


def _label(courses: list[Course], topics: dict[str, list[str]]) -> None:
    names = sorted({name for found in topics.values() for name in found})
    known = {name: Topic.objects.create(name=name.capitalize(), slug=slugify(name)) for name in names}
    for course in courses:
        course.topics.set([known[name] for name in topics[course.title]])
        index_course(course)
