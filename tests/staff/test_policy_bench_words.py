"""What the bench for policy files says besides: rules that the portal does not follow, and each figure that differs."""

from tests.staff.policy_files import bench


def test_the_policy_check_says_what_of_a_file_the_portal_does_not_follow(starter):
    assert bench("check", str(starter)) == f"{starter}: OK, 1 version\n"
    rules = """
    audit = { failing = "expired" }
    receipt = { by = "postmark" }
    acts = [{ code = "appeal", from = "D", through = "D + 30 days", amount = "50.00" }, { code = "hearing", from = "D", through = "D + 30 days" }]
    """
    late = 'fees = [{ code = "again", amount = "5.00", per = "correction" }]\ntiers = [{ code = "on_time", adds = ["renewal", "again"] }]\n'
    text = starter.read_text("utf-8")
    starter.write_text(f"{text}\n[[versions]]\nin_force_from = 2030-01-01\n{rules}{late}", "utf-8")
    first, *others = bench("check", str(starter)).splitlines()
    assert first == f"{starter}: OK, 2 versions"
    assert [one.removeprefix("  not followed by the portal: ").partition(":")[0] for one in others] == [
        "audit.failing",
        "receipt.by",
        "acts[appeal].amount",
        "acts[hearing]",
        "fees[again].per",
    ]
    starter.write_text(text + 'audit = { failing = "suspended" }\n', "utf-8")
    assert bench("check", str(starter)) == f"{starter}: OK, 1 version\n"


def test_the_difference_command_says_figures_that_the_rules_page_does_not_state_alone(starter):
    text = starter.read_text("utf-8")
    dues = 'dues = [{ code = "yearly", amount = "90.00", fixed_days = ["01-01"], late_amount = "%s" }]\n'
    starter.write_text(text + dues % "10.00", "utf-8")
    other = starter.parent / "other" / starter.name
    other.parent.mkdir()
    other.write_text(text + dues % "15.00", "utf-8")
    told = bench("diff", str(starter), str(other)).splitlines()[1:]
    assert told == ["Yearly, more when it is late becomes 15.00; it was 10.00."]
    other.write_text(text + dues % "10.00", "utf-8")
    assert bench("diff", str(starter), str(other)).splitlines()[1:] == ["Nothing changes."]
    other.write_text((text + dues % "10.00").replace('"guides"', '"rangers"'), "utf-8")
    told = bench("diff", str(starter), str(other)).splitlines()[1:]
    assert told == ["What those who are certified are called is rangers, not guides."]
