"""A folder of the installation may bring its own policy files; a file is named by the policy's code."""

from collections.abc import Iterator

import pytest

from rules.policy import load
from rules.policy.load import load_policy, policy_names, use_policies_in
from rules.policy.parse import PolicyError
from tests.rules.cases import SAMPLE_POLICY

TITLE = "Certified Personal Trainer"
SAMPLE = SAMPLE_POLICY.read_text("utf-8")


@pytest.fixture(autouse=True)
def folders_restored() -> Iterator[None]:
    before = [*load._folders]
    use_policies_in(None)
    yield
    use_policies_in(None)
    load._folders[:] = before


def test_a_folders_policy_replaces_the_one_that_comes_with_the_software_until_none_is_used(tmp_path):
    (tmp_path / "nasm-cpt.toml").write_text(SAMPLE.replace(TITLE, "Other Trainer", 1), "utf-8")
    titles = []
    for folder in (None, tmp_path, None):
        use_policies_in(folder)
        titles.append(load_policy("nasm-cpt").title)
    assert titles == [TITLE, "Other Trainer", TITLE]


def test_a_policy_file_that_is_not_named_by_the_policys_code_is_refused(tmp_path):
    (tmp_path / "trainer.toml").write_text(SAMPLE, "utf-8")
    use_policies_in(str(tmp_path))
    assert policy_names() == ("nasm-cpt", "trainer")
    with pytest.raises(PolicyError) as refused:
        load_policy("trainer")
    assert refused.value.file == str(tmp_path / "trainer.toml")
    assert refused.value.problems == (
        "code is 'nasm-cpt', so the file must be called nasm-cpt.toml: credentials name their policy by both.",
    )
