"""The drill: a portal is backed up, lost, and restored from its archive, and nothing differs."""

from pathlib import Path

import pytest

from tests.backups.people import files_of, fill, rows_of
from tests.throwaway import keeping_files_in


@pytest.mark.parametrize("count", [200, pytest.param(10_000, marks=pytest.mark.slow)])
def test_a_lost_portal_is_restored_from_its_backup_archive_with_every_row_and_file(
    count, real_database, workshop, tmp_path
):
    with keeping_files_in(Path(real_database.env["PORTAL_VAR"]) / "files"):
        fill(count)
    key = tmp_path / "backup.key"
    public = real_database.manage("backup_key", str(key)).stdout.strip()
    made = real_database.manage("backup", str(tmp_path), "--to", public, timeout=900)
    assert made.returncode == 0, made.stderr
    [archive] = tmp_path.glob("portal-*.age")
    assert b"example.org" not in archive.read_bytes()
    checked = real_database.manage("verify_backup", str(archive), "--key", str(key), timeout=900)
    assert f"and {count} files" in checked.stdout, checked.stderr
    lost = workshop.make_empty()
    try:
        done = lost.manage("restore", str(archive), "--key", str(key), timeout=900)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "checks, nothing found." in done.stdout
        assert rows_of(lost) == rows_of(real_database)
        assert files_of(lost) == files_of(real_database)
        assert len(files_of(lost)) == count
        again = lost.manage("restore", str(archive), "--key", str(key), timeout=900)
        assert again.returncode == 1
        assert "is not empty" in again.stderr
    finally:
        workshop.drop(lost)
