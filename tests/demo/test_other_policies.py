"""The demo, its pages, mails and staff pages under three policies that are nothing like the sample one."""

import shutil
from pathlib import Path

import pytest

from tests.demo.walking import load_and_walk
from tests.throwaway import DEMO_DAY, ROOT

FILES = (
    ROOT / "tests" / "rules" / "policies" / "harbor-massage.toml",
    ROOT / "tests" / "rules" / "bodies" / "late-before-the-end.toml",
    Path(__file__).parent / "policies" / "coast-guards.toml",
)


@pytest.fixture
def policies(tmp_path) -> Path:
    """A folder outside the package with the files of three bodies, one of them real."""
    folder = tmp_path / "policies"
    folder.mkdir()
    for path in FILES:
        shutil.copy(path, folder)
    return folder


@pytest.mark.parametrize("code", [path.stem for path in FILES])
def test_under_another_policy_no_page_or_mail_uses_a_word_of_the_default_policy(
    code, policies, throwaway_database
):
    env = {"PORTAL_POLICY": code, "PORTAL_POLICIES": str(policies), "PORTAL_TODAY": DEMO_DAY}
    done = throwaway_database.run(load_and_walk, timeout=900, **env)
    found = [line for line in done.stdout.splitlines() if line.startswith("FOUND")]
    assert (found, done.returncode) == ([], 0), done.stderr
    assert int(done.stdout.rpartition("SEEN ")[2]) > 200
    checked = throwaway_database.manage("verify_invariants", timeout=300, **env)
    assert checked.returncode == 0, checked.stdout + checked.stderr
