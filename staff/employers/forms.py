"""The form in which staff add and rename an employer."""

from employers.models import Employer
from staff.seen import SeenModelForm


class EmployerForm(SeenModelForm):
    class Meta:
        model = Employer
        fields = ("name",)
        error_messages = {
            "name": {
                "required": "Write the name.",
                "unique": "There is an employer of this name already.",
            }
        }
