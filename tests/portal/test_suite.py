"""Where `./portal test` keeps the files of its tests."""

import os
from types import SimpleNamespace

import pytest

from tools.suite import choose_scratch

SIX_GIB = 6 * 2**30 // 4096  # blocks


@pytest.mark.parametrize(
    ("blocks", "flags", "taken"),
    [
        (SIX_GIB, 0, True),
        (SIX_GIB - 1, 0, False),
        (SIX_GIB, os.ST_NOEXEC, False),
        (SIX_GIB, os.ST_NODEV, True),
    ],
)
def test_tests_keep_files_in_memory_only_where_six_gib_are_free_and_programs_run(
    blocks, flags, taken, tmp_path, monkeypatch
):
    room = SimpleNamespace(f_bavail=blocks, f_frsize=4096, f_flag=flags)
    monkeypatch.setattr(os, "statvfs", lambda folder: room)
    assert choose_scratch(tmp_path) == (str(tmp_path) if taken else None)


def test_tests_keep_files_on_the_disk_of_a_machine_without_a_file_system_in_memory(tmp_path):
    assert choose_scratch(tmp_path / "none") is None
