"""`manage.py import_roster`: what it prints, when it fails, and whom the history names."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from tests.trainers.scenes import ROBIN, row
from trainers.models import Trainer


def test_the_roster_import_command_without_apply_is_a_dry_run(desk, capsys):
    path = desk.write(ROBIN)
    call_command("import_roster", path)
    out, err = capsys.readouterr()
    assert out.splitlines()[-1] == (
        "1 new, 0 changed, 0 unchanged, 0 bad. Nothing was written: add --apply to write it."
    )
    assert not Trainer.objects.exists()
    call_command("import_roster", path, "--apply", "--only-bad")
    assert capsys.readouterr().out == "1 new, 0 changed, 0 unchanged, 0 bad. Written.\n"
    assert Trainer.objects.exists()


def test_the_roster_import_command_fails_for_invalid_rows_an_empty_file_or_an_unknown_colleague(desk):
    with pytest.raises(CommandError, match=r"1 bad\. Nothing was written\."):
        call_command("import_roster", desk.write(row(email="x")), "--apply")
    with pytest.raises(CommandError, match="The file holds nobody"):
        call_command("import_roster", desk.write())
    with pytest.raises(CommandError, match=r"Nobody works here with the address robin@example\.org"):
        call_command("import_roster", desk.write(ROBIN), "--by", "robin@example.org")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_roster", desk.path.with_name("none.csv"))


def test_the_roster_import_command_ends_with_a_sentence_when_rows_changed_meanwhile(desk, monkeypatch):
    def lose(*_, **__):
        raise IntegrityError("UNIQUE constraint failed")

    monkeypatch.setattr("trainers.management.commands.import_roster.import_roster", lose)
    with pytest.raises(
        CommandError, match="^Others changed the same rows in the meantime. Nothing was written"
    ):
        call_command("import_roster", desk.write(ROBIN), "--apply")
