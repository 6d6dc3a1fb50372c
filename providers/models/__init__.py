"""The models of providers' people, their reports and the completions in them."""

from providers.models.batch import Batch, Completion
from providers.models.decision import Decision
from providers.models.issuer_key import IssuerKey
from providers.models.key import ApiKey
from providers.models.people import ProviderPerson
from providers.models.request import CourseRequest

__all__ = ["ApiKey", "Batch", "Completion", "CourseRequest", "Decision", "IssuerKey", "ProviderPerson"]
