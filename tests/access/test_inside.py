"""A row inside another row, such as an item of an audit: both must be the same person's, and the
inner one must belong to the outer one.
"""

from audits.models import Audit
from tests.access.routes import all_routes
from tests.factories import LONG_AGO, CeuRecordFactory
from trainers.models import Cycle, Trainer

# Of each route, the part that names the inner object.
NESTED = {"audits:document": "pk", "audits:unavailable": "pk"}
# Addresses of two parts that name one object, or none.
ONE_OBJECT = {
    "documents:page",
    "admin:outbox_notice_example",
    "admin:outbox_notice_example_html",
    "admin:view_on_site",
    "renewals:badge_list",
    "renewals:passport",  # a cycle, and which part of its file
}


def audit_of(trainer: Trainer, reference: str) -> Audit:
    """Return an open audit of this trainer with one document."""
    record = CeuRecordFactory(credential=trainer.credentials.get())
    cycle = Cycle.objects.get(credential=record.credential)
    about = {"kind": "random", "renewal": "R-1", "received_on": cycle.expires_on, "made_at": LONG_AGO}
    audit = Audit.objects.create(reference=reference, cycle=cycle, **about)
    audit.items.create(record=record)
    return audit


def test_every_route_with_two_parameters_is_covered_by_these_tests():
    assert {route.name for route in all_routes() if len(route.parts) > 1} == {*NESTED, *ONE_OBJECT}


def test_a_nested_route_finds_an_object_only_under_its_own_parent(jordan, stranger, signed_in):
    mine, theirs = audit_of(jordan, "A-1"), audit_of(stranger, "A-2")
    browser = signed_in(jordan)
    routes = {route.name: route for route in all_routes()}
    pairs = {
        "mine": (mine, mine.items.get()),
        "theirs under mine": (mine, theirs.items.get()),
        "mine under theirs": (theirs, mine.items.get()),
        "theirs": (theirs, theirs.items.get()),
    }
    for name, part in NESTED.items():
        addresses = {
            what: routes[name].address({"ref": outer.reference, part: inner.pk})
            for what, (outer, inner) in pairs.items()
        }
        looked = {what: browser.get(address).status_code for what, address in addresses.items()}
        assert looked == {"mine": 200, "theirs under mine": 404, "mine under theirs": 404, "theirs": 404}, (
            name
        )
        sent = {
            what: browser.post(address, {"why": "Lost."}).status_code for what, address in addresses.items()
        }
        del sent["mine"]
        assert set(sent.values()) == {404}, name
    assert theirs.items.get().unavailable_why == ""
