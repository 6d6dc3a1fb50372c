"""Migrations of an empty database in half the time, for tests that only need its tables."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db.migrations.state import ModelState, ProjectState

from tests import forked


@contextmanager
def constraints_in_place() -> Iterator[None]:
    """In the block, let a migration add a constraint or an index to the existing class of its
    model, and a model beside the existing classes.

    Otherwise Django makes that class and every related class again for each of some 400 constraints,
    indexes and models, which takes more than half of the time. `tests/migrations/test_in_place.py` compares the
    database with the one that `migrate` alone makes.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ProjectState, "_append_option", _append_in_place)
        patch.setattr(ProjectState, "add_model", _add_model_in_place)
        yield


def migrate() -> None:
    """Run `manage.py migrate` with `constraints_in_place`."""
    with constraints_in_place():
        forked.manage("migrate", "--verbosity=0")


def _add_model_in_place(state: ProjectState, model: ModelState) -> None:
    key = model.app_label, model.name_lower
    state.models[key] = model
    if state._relations is not None:
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:
        state.apps.render_multiple([model])


def _append_in_place(
    state: ProjectState, app_label: str, model_name: str, option_name: str, added: object
) -> None:
    options = state.models[app_label, model_name].options
    options[option_name] = [*options[option_name], added]
    if "apps" in state.__dict__:
        setattr(state.apps.get_model(app_label, model_name)._meta, option_name, options[option_name])
