"""What happens to requests of providers without a person: paid ones are submitted, also when the
signal of the payment was lost, and due decisions are released.
"""

from celery import shared_task
from django.conf import settings
from django.dispatch import receiver

from cases.decisions import release_due_decisions
from core import clock
from core.sweeps import sweep_rows
from payments.models import Charge
from payments.signals import charge_settled
from providers.models import CourseRequest, Decision
from providers.services.deciding import release_request_decision
from providers.services.paying import submit_paid_request
from providers.services.telling import providers_with_endpoints, tell_course_ends


@receiver(charge_settled, dispatch_uid="providers.submit_when_paid")
def submit_when_paid(sender: type[Charge], charge: Charge, **_: object) -> None:
    """Submit the request whose charge is settled."""
    request = CourseRequest.objects.filter(charge=charge).first()
    if request:
        submit_paid_request(request, at=clock.now())


@shared_task(ignore_result=True)
def submit_paid() -> int:
    """Submit requests whose fee is paid but whose payment signal was lost."""
    paid = CourseRequest.objects.paid_not_sent()
    return sweep_rows(paid, lambda one: submit_paid_request(one, at=clock.now()))


@shared_task(ignore_result=True)
def release_decisions() -> int:
    """Release the pending decisions about requests of providers that are due."""
    due = Decision.objects.due(clock.now()).select_related("request")
    return release_due_decisions(due, release_request_decision, at=clock.now())


@shared_task(ignore_result=True)
def tell_of_approvals() -> int:
    """Tell programs of providers by webhook which approvals end within 30 days; return how many
    events there are of it.
    """
    today, at = clock.today(settings.TIME_ZONE), clock.now()
    return sum(tell_course_ends(one, today=today, at=at) for one in providers_with_endpoints())
