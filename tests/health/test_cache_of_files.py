"""The cache of files of a portal without Redis: counts of processes that count at once, and their end."""

import pickle
import time
from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from core.limits import count_in_period
from recert.cache import FileCache

AN_HOUR = 3600


@pytest.fixture
def files(tmp_path) -> FileCache:
    return FileCache(tmp_path / "cache", {"OPTIONS": {"MAX_ENTRIES": 6}})


@pytest.fixture
def later(monkeypatch):
    """Move the clock of the cache on by seconds."""

    def move(seconds: float) -> None:
        now = time.time() + seconds
        monkeypatch.setattr("time.time", lambda: now)

    return move


def test_counts_of_processes_that_count_at_once_are_all_counted(files, tmp_path):
    def count(_) -> bool:
        own = FileCache(tmp_path / "cache", {})
        added = own.add("tries", 0, AN_HOUR)
        for _ in range(50):
            own.incr("tries")
        return added

    with ThreadPoolExecutor(4) as pool:
        added = list(pool.map(count, range(4)))
    assert (files.get("tries"), added.count(True)) == (200, 1)


def test_a_count_ends_with_its_period_and_no_sooner(files, monkeypatch, later, clock_at):
    monkeypatch.setattr("core.limits.cache", files)
    moment = clock_at("2027-03-01 10:00")
    assert [count_in_period("uploads:7", seconds=AN_HOUR, at=moment) for _ in range(3)] == [1, 2, 3]
    later(AN_HOUR - 10)
    assert count_in_period("uploads:7", seconds=AN_HOUR, at=moment) == 4
    assert count_in_period("uploads:8", seconds=AN_HOUR, at=moment) == 1
    later(20)
    assert count_in_period("uploads:7", seconds=AN_HOUR, at=moment) == 1


def test_a_value_is_found_until_it_ends_or_is_deleted(files, later):
    assert files.get("word", "none") == "none"
    files.set("word", "kept", AN_HOUR)
    files.set("lasting", ["a", 1], None)
    assert (files.get("word"), files.has_key("word"), files.add("word", "other")) == ("kept", True, False)
    later(AN_HOUR - 10)
    assert files.touch("word", AN_HOUR)
    later(20)
    assert files.get("word") == "kept"
    later(AN_HOUR)
    assert (files.get("word"), files.touch("word"), files.add("word", "anew")) == (None, False, True)
    assert files.get("lasting") == ["a", 1]
    assert (files.delete("lasting"), files.delete("lasting"), files.get("lasting")) == (True, False, None)
    files.clear()
    assert files.get("word") is None


def test_a_count_that_nobody_began_is_refused(files, later):
    with pytest.raises(ValueError, match="tries has no value"):
        files.incr("tries")
    files.set("tries", 4, AN_HOUR)
    later(AN_HOUR + 1)
    with pytest.raises(ValueError, match="tries has no value"):
        files.incr("tries")


def test_two_processes_that_begin_a_count_that_has_ended_begin_it_once(files, tmp_path, later, monkeypatch):
    files.set("tries", 7, AN_HOUR)
    later(AN_HOUR + 1)
    other, begun = FileCache(tmp_path / "cache", {}), []
    read = pickle.load

    def slow(file):
        """While the one looks at what has ended, the other begins the count anew."""
        found = read(file)
        if not begun:
            begun.append(pool.submit(other.add, "tries", 0, AN_HOUR))
            wait(begun, timeout=0.2)
        return found

    monkeypatch.setattr("recert.cache.pickle.load", slow)
    with ThreadPoolExecutor(1) as pool:
        added = files.add("tries", 0, AN_HOUR)
    assert [added, begun[0].result()].count(True) == 1
    assert files.incr("tries") == 1


def test_what_has_ended_is_deleted_and_what_lasts_stays(files, tmp_path, later, monkeypatch):
    files.set("short", 1, 60)
    files.set("long", 2, AN_HOUR)
    files.set("lasting", 3, None)
    later(61)
    monkeypatch.setattr("time.monotonic", lambda: 1e9)
    files.set("new", 4, 60)
    assert len(list((tmp_path / "cache").iterdir())) == 3
    assert (files.get("long"), files.get("lasting"), files.get("new")) == (2, 3, 4)


def test_a_cache_of_files_needs_no_links(files, monkeypatch):
    monkeypatch.setattr("os.link", None)
    assert files.add("tries", 0, AN_HOUR)
    assert files.incr("tries") == 1


def test_a_full_cache_drops_some_values_and_takes_the_next(files, tmp_path):
    for number in range(20):
        files.set(f"page:{number}", number)
        assert files.get(f"page:{number}") == number
    assert 0 < len(list((tmp_path / "cache").iterdir())) <= 6


def test_a_file_that_lost_its_bytes_is_no_value_and_is_written_anew(files, tmp_path):
    files.set("tries", 4)
    (path,) = (tmp_path / "cache").iterdir()
    for left in (b"", path.read_bytes()[:9]):
        path.write_bytes(left)
        assert files.get("tries") is None
        with pytest.raises(ValueError, match="tries has no value"):
            files.incr("tries")
        assert files.add("tries", 1)
        assert files.incr("tries") == 2
