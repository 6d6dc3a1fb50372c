"""A landed migration is never edited: the files are compared with the list of their hashes."""

from pathlib import Path

import pytest

from tools import landed, lint
from tools.environment import ROOT


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Two apps with a migration each, both in the list."""
    for app in ("audits", "ceus"):
        folder = tmp_path / app / "migrations"
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
        (folder / "0001_initial.py").write_text(f"# {app}\n")
    (tmp_path / landed.LIST).parent.mkdir(parents=True)
    (tmp_path / "tests/migrations/test_landed.py").touch()
    assert landed.main(["--add"], tmp_path) == 0
    return tmp_path


def test_the_list_agrees_with_the_tree():
    assert landed.find_complaints(ROOT) == []


def test_lint_asks_for_the_list():
    assert lint.CHECKS["landed"] == ["-m", "tools.landed"]


def test_a_list_has_one_line_for_each_migration(tree):
    lines = (tree / landed.LIST).read_text().splitlines()
    assert [line.split()[0] for line in lines] == [
        "audits/migrations/0001_initial.py",
        "ceus/migrations/0001_initial.py",
    ]
    assert all(len(line.split()[1]) == 64 for line in lines)


def test_an_edited_migration_fails_and_is_named(tree, capsys):
    (tree / "ceus/migrations/0001_initial.py").write_text("# ceus, edited\n")
    assert landed.main([], tree) == 1
    said = capsys.readouterr().out
    assert "ceus/migrations/0001_initial.py has been edited" in said
    assert "audits" not in said


def test_a_removed_migration_fails_and_is_named(tree, capsys):
    (tree / "ceus/migrations/0001_initial.py").unlink()
    assert landed.main([], tree) == 1
    assert "ceus/migrations/0001_initial.py is gone" in capsys.readouterr().out


def test_a_migration_that_is_not_in_the_list_fails_with_the_command_that_adds_it(tree, capsys):
    (tree / "ceus/migrations/0002_more.py").write_text("# more\n")
    assert landed.main([], tree) == 1
    assert landed.ADD in capsys.readouterr().out


def test_adding_keeps_the_hash_of_an_edited_migration(tree):
    before = landed.landed_in(tree)
    (tree / "ceus/migrations/0001_initial.py").write_text("# ceus, edited\n")
    (tree / "ceus/migrations/0002_more.py").write_text("# more\n")
    assert landed.main(["--add"], tree) == 1
    after = landed.landed_in(tree)
    assert set(after) - set(before) == {"ceus/migrations/0002_more.py"}
    assert after.items() >= before.items()


def test_an_unknown_option_changes_nothing(tree):
    before = (tree / landed.LIST).read_text()
    (tree / "ceus/migrations/0002_more.py").write_text("# more\n")
    assert landed.main(["--write"], tree) == 2
    assert (tree / landed.LIST).read_text() == before
