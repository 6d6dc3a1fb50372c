"""The type of a person for the packages below `trainers`, which know a person only as
`AUTH_USER_MODEL`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the type checker reads the setting and puts the model itself here
    from django.contrib.auth.models import _User as Person
else:
    from django.contrib.auth.base_user import AbstractBaseUser as Person

__all__ = ["Person"]
