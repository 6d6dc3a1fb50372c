"""Serve the local stand-in for the payment provider: practice payments on this machine alone."""

import json
import os
import signal
import threading
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo.standin import delivery
from demo.standin.server import StandIn


class Command(BaseCommand):
    help = "Serve practice payments on 127.0.0.1 (never in production), until interrupted."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        default = urlsplit(settings.STRIPE_API_BASE).port or 8001
        parser.add_argument(
            "--port", type=int, default=default, help="Where to serve (default: as STRIPE_API_BASE says)."
        )

    def handle(self, *args: object, port: int, **options: object) -> None:
        if settings.PRODUCTION:
            raise CommandError("Practice payments do not run in production.")
        stand_in = _made(port)
        stand_in.control("POST", os.environ.get("STAND_IN_KNOBS", "{}").encode())
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        stand_in.start()
        knobs = {name: value for name, value in stand_in.store.knobs().items() if value}
        self.stdout.write(f"Practice payments on {stand_in.base}{' ' + json.dumps(knobs) if knobs else ''}")
        self.stdout.flush()
        stopped.wait()
        stand_in.stop()


def _made(port: int) -> StandIn:
    try:
        return StandIn(
            port=port,
            file=settings.VAR_DIR / "payment_stand_in.sqlite3",
            key=settings.STRIPE_API_KEY,
            secret=settings.STRIPE_WEBHOOK_SECRETS[0],
            post=delivery.over_http(f"{settings.PORTAL_URL}/payments/webhook/"),
            pays_out=True,
        )
    except OSError as error:
        raise CommandError(f"Port {port} is taken or may not be used: {error.strerror}.") from error
    except OverflowError:
        raise CommandError(f"{port} is no port. Use a number from 1 to 65535.") from None
