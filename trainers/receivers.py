"""What happens when a row of this app is saved, and when a person proves again who they are."""

from allauth.account.signals import authentication_step_completed
from allauth.usersessions.models import UserSession
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from trainers.models import Trainer
from trainers.services.searching import index_name


@receiver(post_save, sender=Trainer, dispatch_uid="trainers.index_name")
def index_saved_name(sender: type[Trainer], instance: Trainer, **_: object) -> None:
    """Index the name of a saved person; without a new name nothing is written."""
    index_name(instance)


@receiver(authentication_step_completed, dispatch_uid="trainers.renew_session_key")
def renew_session_key(sender: object, request: HttpRequest, user: Trainer, **_: object) -> None:
    """Give a session a new key when its person proves again who they are, so that somebody who has
    read the old key cannot use it. When a person signs in, Django does so itself.
    """
    before = request.session.session_key
    if before is None or getattr(request, "user", None) != user:
        return
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)
