"""The demo's providers, topics and courses, from `catalogue.toml`."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from ceus.models import Course, Provider, Topic
from ceus.services.catalogue import index_course, save_courses
from demo.described import fitting_code, fitting_format, topics_of_rules
from demo.fitting import PROVIDERS, THEMES, category_codes, course_title, fitting_amount, is_written_for
from demo.stage import Stage

FILE = Path(__file__).with_name("catalogue.toml")
LONG_AGO = -365 * 12


def fill_catalogue(stage: Stage) -> list[Course]:
    """Create every provider and course; return the courses that are approved now and have been all
    along.
    """
    providers = tomllib.loads(FILE.read_text(encoding="utf-8"))["providers"]
    courses, topics = [], {}
    categories = category_codes(stage)
    for place, entry in enumerate(providers):
        if not is_written_for(stage.policy):
            entry |= {"name": PROVIDERS[place], "about": "An invented provider."}
        provider = Provider.objects.create(
            name=entry["name"],
            slug=slugify(entry["name"]),
            code=fitting_code(place),
            about=entry["about"],
            link=f"https://{slugify(entry['name'])}.example.org/",
            **_approval(stage, entry),
        )
        for number, line in enumerate(entry["courses"]):
            code, label = next(categories)
            if not is_written_for(stage.policy):
                line[0], line[3] = course_title(number, label, place + 1), THEMES[number % len(THEMES)]
            line[2] = fitting_format(line[2], number)
            courses.append(_course(stage, provider, line, code))
            topics[line[0]] = [name.strip() for name in line[3].split(",")]
    save_courses(courses)
    _label(courses, topics)
    stage.say(f"Catalogue: {len(providers)} providers, {len(courses)} courses")
    return [
        course
        for course in courses
        if course.approved_through is None and course.approved_from < stage.day(-4000)
    ]


def _course(stage: Stage, provider: Provider, line: list[Any], category: str) -> Course:
    title, ceus, form, topics, *exceptions = line
    hundredths = fitting_amount(stage.policy, ceus)
    hours = stage.policy.unit.hours(hundredths)
    length = f"About {hours} contact hours on" if hours else "On"
    days = {"ended": _days_left(stage, provider.approved_through), **(exceptions[0] if exceptions else {})}
    return Course(
        provider=provider,
        title=title,
        slug=slugify(title),
        category=category,
        hundredths=hundredths,
        format=form,
        about=f"{length} {topics.replace(',', ' and', 1)}, with a certificate at the end.",
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
    known = {
        name: Topic.objects.get_or_create(slug=slugify(name), defaults={"name": name.capitalize()})[0]
        for name in names
    }
    for course in courses:
        course.topics.set([*(known[name] for name in topics[course.title]), *topics_of_rules()])
        index_course(course)
