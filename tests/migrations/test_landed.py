"""A landed migration is never edited: the files are compared with the list of their hashes."""

import subprocess
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


def git(tree: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Wes", "-c", "user.email=wes@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=tree, check=True, capture_output=True)


@pytest.fixture
def landed_tree(tree: Path) -> Path:
    """The tree, committed on main."""
    git(tree, "init", "--initial-branch=main")
    git(tree, "add", ".")
    git(tree, "commit", "--message=Two migrations")
    return tree


def edit_file_and_line(tree: Path) -> None:
    """Edit a landed migration and make its line agree with it."""
    file = tree / landed.LIST
    lost = file.read_text().splitlines(keepends=True)
    (tree / "ceus/migrations/0001_initial.py").write_text("# ceus, edited\n")
    file.write_text("".join(line for line in lost if "ceus" not in line))
    landed.add_new(tree)


def test_the_list_of_landed_migrations_matches_the_files():
    assert landed.find_complaints(ROOT) == []


def test_lint_checks_the_list_of_landed_migrations():
    assert lint.CHECKS["landed"] == ["-m", "tools.landed"]


def test_the_list_has_one_line_for_each_migration(tree):
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


def test_a_migration_missing_from_the_list_fails_with_the_command_that_adds_it(tree, capsys):
    (tree / "ceus/migrations/0002_more.py").write_text("# more\n")
    assert landed.main([], tree) == 1
    assert landed.ADD in capsys.readouterr().out


def test_the_add_option_does_not_update_the_hash_of_an_edited_migration(tree):
    before = landed.landed_in(tree)
    (tree / "ceus/migrations/0001_initial.py").write_text("# ceus, edited\n")
    (tree / "ceus/migrations/0002_more.py").write_text("# more\n")
    assert landed.main(["--add"], tree) == 1
    after = landed.landed_in(tree)
    assert set(after) - set(before) == {"ceus/migrations/0002_more.py"}
    assert after.items() >= before.items()


def test_an_unknown_option_leaves_the_list_unchanged(tree):
    before = (tree / landed.LIST).read_text()
    (tree / "ceus/migrations/0002_more.py").write_text("# more\n")
    assert landed.main(["--write"], tree) == 2
    assert (tree / landed.LIST).read_text() == before


def test_a_migration_edited_together_with_its_list_line_fails_and_the_old_line_is_named(landed_tree, capsys):
    [old] = [line for line in (landed_tree / landed.LIST).read_text().splitlines() if "ceus" in line]
    edit_file_and_line(landed_tree)
    assert landed.main([], landed_tree) == 1
    assert old in capsys.readouterr().out


def test_a_committed_edit_of_a_migration_and_its_list_line_still_fails(landed_tree, capsys):
    edit_file_and_line(landed_tree)
    git(landed_tree, "commit", "--all", "--message=Edited")
    assert landed.main([], landed_tree) == 1
    assert "ceus/migrations/0001_initial.py" in capsys.readouterr().out


def test_a_list_line_edited_several_commits_ago_on_a_branch_still_fails(landed_tree):
    git(landed_tree, "switch", "--create", "elsewhere")
    edit_file_and_line(landed_tree)
    git(landed_tree, "commit", "--all", "--message=Edited")
    git(landed_tree, "commit", "--allow-empty", "--message=Later")
    git(landed_tree, "commit", "--allow-empty", "--message=Later still")
    assert landed.main([], landed_tree) == 1


def test_removing_a_migration_together_with_its_list_line_fails(landed_tree, capsys):
    (landed_tree / "ceus/migrations/0001_initial.py").unlink()
    kept = [
        line
        for line in (landed_tree / landed.LIST).read_text().splitlines(keepends=True)
        if "ceus" not in line
    ]
    (landed_tree / landed.LIST).write_text("".join(kept))
    assert landed.main([], landed_tree) == 1
    assert "has lost or changed its line of ceus/migrations/0001_initial.py" in capsys.readouterr().out


def test_a_new_migration_with_its_list_line_passes(landed_tree):
    (landed_tree / "ceus/migrations/0002_more.py").write_text("# more\n")
    assert landed.main(["--add"], landed_tree) == 0
