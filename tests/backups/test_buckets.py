"""Archives in object storage, of a portal whose documents are in object storage too."""

import pytest
from django.core.management import CommandError, call_command

from recert.backups.buckets import ArchiveInBucket
from recert.backups.sealing import make_key_pair
from tests.backups.people import fill, rows_of


@pytest.fixture
def key(tmp_path):
    private, public = make_key_pair()
    (tmp_path / "backup.key").write_text(f"# public key: {public}\n{private}\n")
    return tmp_path / "backup.key"


@pytest.fixture
def public(key) -> str:
    return key.read_text().split()[3]


def test_a_portal_with_files_in_a_bucket_is_restored_from_a_backup_archive_in_another_bucket(
    real_database, workshop, bucket, key, public
):
    fill(3)
    archives = bucket.empty_copy()
    made = real_database.manage("backup", archives.address, "--to", public, **bucket.env)
    assert made.returncode == 0, made.stderr
    [name] = archives.names()
    lost, room = workshop.make_empty(), bucket.empty_copy()
    try:
        archive = f"{archives.address}/{name.rpartition('/')[2]}"
        checked = lost.manage("verify_backup", archive, "--key", str(key), **room.env)
        assert "and 3 files" in checked.stdout, checked.stderr
        done = lost.manage("restore", archive, "--key", str(key), **room.env)
        assert done.returncode == 0, done.stdout + done.stderr
        assert rows_of(lost) == rows_of(real_database)
        assert room.names() == bucket.names()
        again = lost.manage("restore", archive, "--key", str(key), **room.env)
        assert "is not empty" in again.stderr
    finally:
        workshop.drop(lost)


def test_a_bucket_that_refuses_or_does_not_answer_is_reported_in_one_sentence_without_its_key(
    real_database, bucket, public
):
    for address in ("s3://nobodys-bucket/x", "s3://nobodys-bucket/portal.age"):
        with pytest.raises(CommandError, match=r"cannot be written: object storage answered NoSuchBucket\.$"):
            call_command("backup", address, to=[public])
    with (
        bucket.away(),
        pytest.raises(CommandError, match=r"object storage is away \(EndpointConnectionError\)"),
    ):
        call_command("backup", bucket.address, to=[public])


def test_a_backup_archive_that_is_interrupted_does_not_appear_in_the_bucket(bucket):
    def write_and_break() -> None:
        with ArchiveInBucket(bucket.address, "portal-x.age") as file:
            file.write(bytes(33 << 20))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_break()
    assert bucket.names() == []
    assert "Uploads" not in bucket.client.list_multipart_uploads(Bucket=bucket.address.split("/")[2])
