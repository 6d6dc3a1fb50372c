"""How tests of the checks read an answer and damage a row."""


def said(found: dict, number: int) -> list[str]:
    """Return every sentence about this invariant, sorted; one wrong row often breaks several rules."""
    return sorted(sentence for key, sentences in found.items() if key[0] == number for sentence in sentences)


def copy_of(row, **changes):
    """The same row once more, with some values changed."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    made = type(row)(**{**values, "id": None, **changes})
    made.save(force_insert=True)
    return made
