"""Rosters as Excel makes them, and what was set here since they were made (Q28)."""

from datetime import UTC, date, datetime

import pytest

from core import clock
from core.models import HistoryEntry
from outbox.models import Notice
from tests.trainers.scenes import HEADER, KIM, ROBIN, row
from trainers.lookups import credential_of, current_cycle
from trainers.models import Trainer
from trainers.roster import Unreadable, import_roster
from trainers.services import open_next_cycle, rename_trainer
from trainers.services.profile import set_time_zone
from trainers.services.registrar import change_email

BLANK_ROWS = (
    "number,name,email,awarded_on,expires_on,time_zone\r\n"
    '20010001,"O’Brien-Łukasz, Jr.",obrien@example.net,2021-03-14,2027-03-14,America/New_York\r\n'
    "20010002,Cher,cher+ceu@Example.NET,2022-05-01,2028-05-01,\r\n"
    "20010003,王小明,wang@example.net,2023-01-02,2027-01-02,Pacific/Auckland\r\n"
    ",,,,,\r\n,,,,,\r\n\r\n"
)
BLANK_COLUMNS = (
    "number,name,email,awarded_on,expires_on,time_zone,,\r\n"
    '20010001,"O’Brien-Łukasz, Jr.",obrien@example.net,2021-03-14,2027-03-14,America/New_York,,\r\n'
    "20010002,Cher,cher+ceu@Example.NET,2022-05-01,2028-05-01,,,\r\n"
    "20010003,王小明,wang@example.net,2023-01-02,2027-01-02,Pacific/Auckland,,\r\n"
)
NAMES = {"20010001": "O’Brien-Łukasz, Jr.", "20010002": "Cher", "20010003": "王小明"}
FIRST = HEADER
SECOND = "20010002,Cher,cher@example.net,2022-05-01,2028-05-01,America/Denver"


def brought_in(desk, content: str, encoding: str = "utf-8"):
    desk.path.write_bytes(content.encode(encoding))
    return desk.bring_in_file()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("content", [BLANK_ROWS, BLANK_COLUMNS])
def test_blank_rows_and_blank_columns_of_a_spreadsheet_are_skipped(desk, content, encoding):
    result = brought_in(desk, content, encoding)
    assert (result.rows, result.new, result.bad, result.applied) == (3, 3, 0, True), desk.said
    assert dict(Trainer.objects.values_list("credentials__number", "name")) == NAMES


@pytest.mark.parametrize("mark", [";", "\t"])
@pytest.mark.parametrize("before", ["", "\n", ",,,,,\n"])
def test_a_roster_separated_by_semicolons_or_tabs_is_accepted(desk, mark, before):
    result = brought_in(desk, f"{before}{FIRST}\n{SECOND}\n".replace(",", mark))
    assert (result.new, result.applied) == (1, True), desk.said
    assert Trainer.objects.get().time_zone == "America/Denver"


def test_a_semicolon_file_with_a_quoted_header_and_a_comma_in_a_name_is_accepted(desk):
    header = ";".join(f'"{name}"' for name in FIRST.split(","))
    result = brought_in(desk, f"{header}\n{SECOND.replace(',', ';').replace('Cher', 'Cher, Jr.')}\n")
    assert result.applied
    assert Trainer.objects.get().name == "Cher, Jr."


def test_blank_columns_between_the_others_are_skipped_and_line_numbers_stay(desk):
    header, first = FIRST.replace("name,", "name,,"), SECOND.replace("Cher,", "Cher,,")
    result = brought_in(desk, f"{header}\n\n , ,,\n{first}\n")
    assert result.new == 1
    assert desk.said == ["line 4: new, 2001 0002, Cher"]


def test_a_value_in_a_column_without_a_header_is_invalid(desk):
    result = brought_in(desk, f"{FIRST},,\n{SECOND},,note\n")
    assert (result.bad, result.applied) == (1, False)
    assert desk.said[0].endswith("This row has something in a column without a name.")


def test_a_column_with_an_unknown_name_is_refused(desk):
    with pytest.raises(Unreadable, match="the column note is not known"):
        brought_in(desk, f"{FIRST},,note\n{SECOND},,x\n")


def test_names_from_a_roster_are_cleaned_like_typed_names(desk):
    desk.bring_in(row(name="  Rene\u0301e\u200b\u00a0 Va\u00adle"))
    assert Trainer.objects.get().name == "Ren\u00e9e Vale"


# --- what was set here since


ZOE = "11934672,Zoe Castellanos,zoe@example.org,2022-12-28,2026-12-28,"


@pytest.fixture
def zoe(desk, clock_at) -> Trainer:
    """Zoe, who was renamed here and has renewed; the roster is from before both."""
    clock_at("2026-12-01")
    desk.bring_in(ZOE)
    zoe = Trainer.objects.get(email="zoe@example.org")
    open_next_cycle(current_cycle(credential_of(zoe)), by=None, at=clock.now())
    return rename_trainer(zoe, name="Zoe Castellanos-Reyes", by=zoe, at=clock.now())


def test_a_roster_older_than_a_renewal_changes_no_name_and_reports_the_ignored_value(desk, zoe, stranger):
    result = desk.bring_in(ZOE)
    assert (result.unchanged, result.changed, result.applied) == (1, 0, True)
    assert desk.said == [
        "line 2: unchanged, 1193 4672, Zoe Castellanos-Reyes. The name 'Zoe Castellanos' is not taken over: "
        "the file is older than the renewal made here. Renewed here since, through 2028-12-28"
    ]
    zoe.refresh_from_db()
    stranger.refresh_from_db()
    assert (zoe.name, stranger.name) == ("Zoe Castellanos-Reyes", "Sam Stranger")
    assert not HistoryEntry.objects.filter(verb="changed_by_roster").exists()


def test_a_roster_older_than_a_renewal_changes_no_address_or_time_zone(desk, zoe):
    other = ZOE.replace("zoe@example.org", "old@example.org") + "Europe/Berlin"
    assert desk.bring_in(other).unchanged == 1
    assert "The address 'old@example.org' is not taken over: the file is older" in desk.said[0]
    assert "The time zone 'Europe/Berlin' is not taken over: the file is older" in desk.said[0]


@pytest.mark.parametrize("apply", [False, True])
def test_a_roster_does_not_overwrite_values_set_in_the_portal_and_reports_them(desk, registrar, apply):
    desk.bring_in(ROBIN, KIM)
    robin = Trainer.objects.get(email="robin@example.org")
    at = datetime(2027, 3, 2, 19, tzinfo=UTC)
    rename_trainer(robin, name="Robin Ode", by=registrar, at=at)
    change_email(robin, email="ode@example.org", by=registrar, at=at, reason="By phone.")
    set_time_zone(robin, time_zone="Asia/Tokyo", by=registrar, at=at)
    assert desk.bring_in(ROBIN, KIM, apply=apply).unchanged == 2
    assert desk.said[0] == (
        "line 2: unchanged, 1234 5678, Robin Ode. "
        "The name 'Robin Vale' is not taken over: 'Robin Ode' was set here. "
        "The address 'robin@example.org' is not taken over: 'ode@example.org' was set here. "
        "The time zone 'America/New_York' is not taken over: 'Asia/Tokyo' was set here"
    )
    robin.refresh_from_db()
    assert (robin.name, robin.email, robin.time_zone) == ("Robin Ode", "ode@example.org", "Asia/Tokyo")


@pytest.mark.parametrize(
    ("exported_on", "name"),
    [
        (None, "Robin Ode"),
        (date(2027, 3, 1), "Robin Ode"),
        (date(2027, 3, 2), "Robin Ode"),  # of the same day nobody knows which came first
        (date(2027, 3, 3), "Robin Newname"),
    ],
)
def test_a_name_set_in_the_portal_is_replaced_only_by_a_roster_exported_on_a_later_day(
    desk, registrar, exported_on, name
):
    desk.bring_in(ROBIN)
    robin = Trainer.objects.get(email="robin@example.org")
    rename_trainer(robin, name="Robin Ode", by=registrar, at=datetime(2027, 3, 2, 19, tzinfo=UTC))
    desk.write(row(name="Robin Newname"))
    at = datetime(2027, 3, 4, 19, tzinfo=UTC)
    import_roster(desk.path, policy_code="nasm-cpt", by=None, at=at, apply=True, exported_on=exported_on)
    robin.refresh_from_db()
    assert robin.name == name


def test_a_name_changed_by_a_roster_is_mailed_only_to_its_trainer(desk, stranger):
    desk.bring_in(ROBIN, KIM)
    desk.bring_in(row(name="Robin Vale-Ode"), KIM.replace(",\n", ""))
    told = Notice.objects.get(kind="account.name")
    assert told.trainer == Trainer.objects.get(email="robin@example.org")
    assert (told.payload["before"], told.payload["after"]) == ("Robin Vale", "Robin Vale-Ode")
