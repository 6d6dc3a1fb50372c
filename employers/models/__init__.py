"""The models of employers, their people and keys, and of what trainers show: to an employer, on other
sites, in the directory.
"""

from employers.models.consent import Consent
from employers.models.employer import Employer, EmployerPerson
from employers.models.key import ApiKey
from employers.models.listing import Listing
from employers.models.widget import Widget

__all__ = ["ApiKey", "Consent", "Employer", "EmployerPerson", "Listing", "Widget"]
