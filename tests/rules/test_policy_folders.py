"""A folder of the installation may bring its own policy files; a file is named by the policy's code."""

from collections.abc import Iterator

import pytest

from rules.policy import load
from rules.policy.load import load_policy, load_policy_file, policy_names, use_policies_in
from rules.policy.parse import BASES, PolicyError
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


SHORT = """format = 1
code = "body"
based_on = "ordinary"
[[versions]]
in_force_from = 2000-01-01
total = { value = "20" }
fees = [{ code = "renewal", amount = "99.00" }]
"""


def test_a_file_and_a_copy_of_it_are_based_on_the_one_beside_it_before_one_of_the_software(tmp_path):
    own, copy = tmp_path / "own" / "body.toml", tmp_path / "copy" / "body.toml"
    for path in (own, copy):
        path.parent.mkdir()
        path.write_text(SHORT, "utf-8")
    beside = (BASES / "ordinary.toml").read_text("utf-8").replace('plural = "credits"', 'plural = "points"')
    (own.parent / "ordinary.toml").write_text(beside, "utf-8")
    assert load_policy_file(own).unit.plural == "points"
    assert load_policy_file(copy, own.parent).unit.plural == "points"
    assert load_policy_file(copy).unit.plural == "credits"
