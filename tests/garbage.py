"""Garbage collection that does not look at what stays: it took a tenth of the time of collecting the tests, and of running them."""

import gc

import pytest

gc.disable()  # until the tests are collected


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Exclude what was imported from garbage collection."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    gc.enable()
