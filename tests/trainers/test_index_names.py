"""`index_names` brings the index of names up to date after rows were written in SQL."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests import factories
from trainers.models import SearchWord, Trainer
from trainers.services import searching

pytestmark = pytest.mark.django_db
NAMES = ("Aïsha O'Brien-Smith", "Łukasz Nowak", "Zoë")
WORDS = ["aisha", "lukasz", "nowak", "obrien", "obriensmith", "smith", "zoe"]


@pytest.fixture
def behind(stranger):
    """Three people whom SQL gave other names; the index has the old ones, which no index knows as theirs."""
    people = factories.TrainerFactory.create_batch(3, name="Old Name")
    for one, name in zip(people, NAMES, strict=True):
        Trainer.objects.filter(pk=one.pk).update(name=name)
    return people


def index_names() -> list[str]:
    said = StringIO()
    call_command("index_names", stdout=said)
    return said.getvalue().splitlines()


def words_of(people) -> list[str]:
    return sorted(SearchWord.objects.filter(trainer__in=people).values_list("word", flat=True))


def test_the_index_command_indexes_only_names_that_are_not_indexed_yet(behind, stranger):
    before = list(SearchWord.objects.filter(trainer=stranger).values_list("pk", "word"))
    assert index_names() == ["3 of 3", "Indexed 3 names."]
    assert words_of(behind) == WORDS
    assert list(SearchWord.objects.filter(trainer=stranger).values_list("pk", "word")) == before


def test_running_the_index_command_again_indexes_no_name(behind):
    index_names()
    assert index_names() == ["Every name is in the index."]


def test_an_interrupted_index_run_continues_where_it_stopped(behind):
    rounds = searching.index_what_is_behind(batch=1)
    assert next(rounds) == 1
    rounds.close()
    assert searching.count_behind() == 2
    assert index_names() == ["2 of 2", "Indexed 2 names."]
    assert searching.count_behind() == 0
