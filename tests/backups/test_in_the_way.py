"""Whatever prevents a backup or a restore is reported in one sentence, and nothing is left half done."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from recert.backups import BackupTrouble, archive, restoring
from recert.backups.sealing import make_key_pair, read_private_keys, read_public_keys
from tests.backups.people import fill
from tests.throwaway import keeping_files_in

STRANGERS_KEY, _ = make_key_pair()


@pytest.fixture
def key(tmp_path) -> Path:
    private, public = make_key_pair()
    path = tmp_path / "backup.key"
    path.write_text(f"# public key: {public}\n{private}\n")
    return path


@pytest.fixture
def public(key) -> str:
    return key.read_text().split()[3]


@pytest.fixture
def made(real_database, storage, tmp_path, public) -> Path:
    fill(3)
    call_command("backup", str(tmp_path), to=[public])
    [path] = tmp_path.glob("portal-*.age")
    return path


def refusal(command: str, *arguments: object, **options: object) -> str:
    with pytest.raises(CommandError) as caught:
        call_command(command, *map(str, arguments), **options)
    return str(caught.value)


def test_a_backup_without_a_key_or_with_a_wrong_one_writes_nothing(real_database, tmp_path, settings):
    settings.BACKUP_KEYS = []
    assert "set BACKUP_KEYS" in refusal("backup", tmp_path)
    settings.BACKUP_KEYS = ["age1nonsense"]
    assert refusal("backup", tmp_path) == "age1nonsense is not an age public key (age1…)."
    assert list(tmp_path.glob("*portal-*")) == []


def test_a_backup_archive_encrypted_with_another_key_is_not_opened(made, tmp_path):
    other = tmp_path / "other.key"
    assert "cannot be read: No such file" in refusal("verify_backup", made, key=other)
    other.write_text(f"{STRANGERS_KEY}\n")
    assert "another key than the one in the key file" in refusal("verify_backup", made, key=other)
    other.write_text("AGE-SECRET-KEY-1NONSENSE\n")
    told = refusal("verify_backup", made, key=other)
    assert "is not an age private key" in told
    assert "NONSENSE" not in told


def test_a_key_goes_out_and_comes_back_by_a_pipe_where_no_file_can_be_written(made, monkeypatch, capsys):
    """As in a container: what it writes is gone with it, and it cannot read what belongs to another user."""
    call_command("backup_key", "-")
    private, public = capsys.readouterr()
    call_command("backup", str(made.parent), to=[public.strip()])
    monkeypatch.setattr("sys.stdin", StringIO(private))
    newest = max(made.parent.glob("portal-*.age"))
    call_command("verify_backup", str(newest), key="-")
    assert capsys.readouterr().out.startswith("Whole: ")


@pytest.mark.parametrize("share", [0, 0.001, 0.5, 0.9999])
def test_a_truncated_backup_archive_is_detected_by_the_check_and_by_the_restore(made, key, share):
    os.truncate(made, int(made.stat().st_size * share))
    for command in ("verify_backup", "restore"):
        assert "is cut or damaged" in refusal(command, made, key=key)


def test_a_missing_archive_is_named_in_the_error(real_database, key, tmp_path):
    assert "none.age cannot be read: No such file" in refusal("restore", tmp_path / "none.age", key=key)


def test_a_restore_refuses_a_database_with_tables(made, key):
    assert "is not empty" in refusal("restore", made, key=key)


def test_a_restore_refuses_a_folder_with_files(made, key, monkeypatch):
    monkeypatch.setattr("recert.backups.restoring.require_empty_database", lambda: None)
    assert "FILES_DIR is not empty" in refusal("restore", made, key=key)


def test_an_archive_of_a_newer_release_or_another_engine_is_refused(made, key):
    manifest = restoring.check_archive(str(made), read_private_keys(key))
    newer = archive.Manifest(**{**vars(manifest), "migrations": ["core.9999_of_tomorrow"]})
    with pytest.raises(BackupTrouble, match=r"newer release: it has the migration core\.9999_of_tomorrow"):
        restoring.require_room(newer)
    other = archive.Manifest(**{**vars(manifest), "engine": "oracle"})
    with pytest.raises(BackupTrouble, match="The archive is of oracle"):
        restoring.require_room(other)


def test_a_backup_to_a_full_disk_or_a_missing_folder_names_the_obstacle(
    real_database, storage, tmp_path, public
):
    fill(3)
    with (
        Path("/dev/full").open("wb", buffering=0) as full,
        pytest.raises(BackupTrouble, match="No space left on device"),
    ):
        archive.write_archive(full, read_public_keys([public]))
    missing = tmp_path / "no such folder"
    assert "cannot be written: No such file or directory" in refusal("backup", missing, to=[public])


@pytest.mark.postgres
def test_missing_client_programs_are_named(real_database, storage, tmp_path, public, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "pg_dump is not installed here" in refusal("backup", tmp_path, to=[public])
    assert list(tmp_path.glob("*portal-*")) == []


@pytest.mark.postgres
def test_an_error_of_pg_restore_leaves_neither_rows_nor_files(
    made, key, tmp_path, workshop, real_database, storage
):
    """The database has a relation that `table_names` does not count: pg_restore refuses it by itself."""
    empty = workshop.make_empty()
    try:
        empty.run(_add_a_sequence)
        done = empty.manage("restore", str(made), "--key", str(key))
        assert done.returncode == 1
        assert "pg_restore failed:" in done.stderr
        assert "already exists" in done.stderr
        left = Path(empty.env["PORTAL_VAR"]) / "files"
        assert [path for path in left.rglob("*") if path.is_file()] == []
    finally:
        workshop.drop(empty)


def _add_a_sequence() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE SEQUENCE trainers_trainer_id_seq")


def test_a_file_that_is_erased_while_the_backup_runs_is_not_restored(
    real_database, tmp_path, public, key, monkeypatch, workshop
):
    with keeping_files_in(Path(real_database.env["PORTAL_VAR"]) / "files"):
        gone = default_storage.save("2026/03/02/gone.pdf", ContentFile(b"gone"))
        added = archive._add_files

        def and_then_it_goes(tar, names):
            yield from added(tar, names)
            default_storage.delete(gone)

        monkeypatch.setattr(archive, "_add_files", and_then_it_goes)
        call_command("backup", str(tmp_path), to=[public])
    [path] = tmp_path.glob("portal-*.age")
    empty = workshop.make_empty()
    try:
        done = empty.manage("restore", str(path), "--key", str(key))
        assert done.returncode == 0, done.stdout + done.stderr
        assert not (Path(empty.env["PORTAL_VAR"]) / "files" / gone).exists()
    finally:
        workshop.drop(empty)
