"""The demo's employer has a person and a team."""

from employers.models import Consent, EmployerPerson


def test_the_demo_has_an_employer_with_one_person_and_a_team_of_which_one_ended_the_consent(demo):
    role = EmployerPerson.objects.get()
    assert (role.person.email, role.state, role.employer.name) == (
        "gina@example.org",
        "active",
        "Lakeside Gym",
    )
    states = list(Consent.objects.values_list("state", flat=True))
    assert (states.count("standing"), states.count("ended")) == (11, 1)
