"""The API as a whole: the operations of every package that has some, under one description."""

from api.frame import portal_api
from employers.api import router as for_employers
from journal.api import router as for_the_body
from providers.api import router as for_providers

portal_api.add_router("", for_providers)
portal_api.add_router("", for_employers)
portal_api.add_router("", for_the_body)

__all__ = ["portal_api"]
