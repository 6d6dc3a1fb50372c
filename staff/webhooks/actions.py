"""What staff do about endpoints and deliveries. Each action calls one service."""

from collections.abc import Callable

from core import clock
from staff.actions import Action, Answers
from trainers.models import Trainer
from webhooks import services
from webhooks.events import owner_model
from webhooks.forms import EndpointForm
from webhooks.models import Delivery, Endpoint
from webhooks.models.endpoint import HOUSE

CHECKED = "Nothing is sent to private networks, and no redirect is followed."
WAITS = "What happens meanwhile waits for up to 30 days."


def action_to_make(by: Trainer, page_of: Callable[[int], str]) -> Action:
    made: list[int] = []

    def do(answers: Answers) -> str:
        made.append(services.make_endpoint(HOUSE, by=by, at=clock.now(), **answers).pk)
        return "The endpoint is added. Show its secret, and enter it at the receiver."

    return Action(
        title="Add an endpoint",
        button="Add the endpoint",
        do=do,
        form=EndpointForm,
        lines=(CHECKED, "Every message is signed with a secret that only the receiver and the portal have."),
        next_url=lambda: page_of(made[0]),
    )


def action_to_change(endpoint: Endpoint, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.change_endpoint(endpoint, by=by, at=clock.now(), **answers)
        return "The endpoint is changed."

    return Action(
        title=f"Change “{endpoint.name}”",
        button="Save",
        do=do,
        form=type("FormOfOwner", (EndpointForm,), {"owner": owner_model(endpoint.owner)}),
        initial={"name": endpoint.name, "url": endpoint.url, "events": endpoint.events},
        lines=(CHECKED,),
    )


def action_to_pause(endpoint: Endpoint, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.pause_endpoint(endpoint, by=by, at=clock.now())
        return "Nothing is sent until it is resumed."

    return Action(title=f"Pause “{endpoint.name}”", button="Pause it", do=do, lines=(WAITS,))


def action_to_resume(endpoint: Endpoint, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.resume_endpoint(endpoint, by=by, at=clock.now())
        return "What waited leaves within a minute."

    lines = ("What has waited is sent, each message once.",)
    return Action(title=f"Resume “{endpoint.name}”", button="Resume it", do=do, lines=lines)


def action_to_replace_secret(endpoint: Endpoint, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.rotate_endpoint_secret(endpoint, by=by, at=clock.now())
        return "The new secret signs from now on. Show it, and enter it at the receiver within a day."

    lines = ("For one day every message is signed with both secrets; then the one before ends.",)
    return Action(
        title=f"Replace the secret of “{endpoint.name}”", button="Replace the secret", do=do, lines=lines
    )


def action_to_test(endpoint: Endpoint, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.queue_test(endpoint, by=by, at=clock.now())
        return "The test leaves within a minute. Look at its deliveries."

    lines = ("A message of the type portal.test, signed like every other.",)
    return Action(title=f"Send a test to “{endpoint.name}”", button="Send the test", do=do, lines=lines)


def action_to_end(endpoint: Endpoint, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.end_endpoint(endpoint, by=by, at=clock.now())
        return "The endpoint has ended."

    lines = ("Its secret is forgotten, and what waits for it is not sent. This cannot be undone.",)
    return Action(title=f"End “{endpoint.name}”", button="End it", do=do, lines=lines, danger=True)


def action_to_try_again(delivery: Delivery, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.send_delivery_again(delivery, by=by, at=clock.now())
        return "It leaves within a minute."

    lines = ("It keeps its webhook-id. A receiver that took it before knows it by that.",)
    return Action(title="Send this once more", button="Send it again", do=do, lines=lines)
