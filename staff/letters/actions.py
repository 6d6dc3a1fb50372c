"""What leads do with a letter: write, propose, approve, stop, resume or discard it."""

from collections.abc import Callable

from core import clock
from core.errors import Refusal
from core.mail import Mail, render_mail
from outbox import letters
from outbox.models import Letter
from outbox.models.letter import ONE_PERSON, ONE_PERSON_SENDS
from outbox.recipients import recipient_answers
from staff.actions import Action, Answers
from staff.letters.audiences import describe_audience, recipients_of
from staff.letters.forms import TEMPLATES, CountedForm, LetterForm
from trainers.models import Trainer

SHOWN = 3  # recipients whose mail is shown before the letter is sent


def mail_to(letter: Letter, person: Trainer) -> Mail:
    """Return the letter as the mail that this person would get."""
    places = recipient_answers().letter_places([person.pk])[person.pk]
    return render_mail(letters.LETTER.template, letters.letter_context(letter, places))


def three_of(letter: Letter) -> list[Trainer]:
    """Return three of the recipients: the first, the middle and the last."""
    people = recipients_of(letter.audience, letter.audience_value)
    count = people.count()
    places = sorted({0, count // 2, count - 1}) if count else []
    return [people[place] for place in places]


def action_to_write(
    by: Trainer, template: str, like: Letter | None, next_url: Callable[[int], str]
) -> Action:
    """Return the action that begins a letter, with the words of a template or of an earlier
    letter.
    """
    _name, title, words = TEMPLATES.get(template, TEMPLATES["blank"])
    made: list[int] = []

    def do(answers: Answers) -> str:
        made.append(letters.write_letter(by=by, at=clock.now(), **answers).pk)
        return "The letter is kept as a draft. Nobody has got it."

    return Action(
        title="Write a letter",
        button="Keep as a draft",
        do=do,
        form=LetterForm,
        initial=_words_of_letter(like) if like else {"title": title, "words": words, "audience": "certified"},
        next_url=lambda: next_url(made[0]),
    )


def action_to_change(letter: Letter, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        letters.change_letter(letter, by=by, at=clock.now(), **answers)
        return "The draft is changed."

    return Action(
        title="Change the letter", button="Keep", do=do, form=LetterForm, initial=_words_of_letter(letter)
    )


def action_to_send(letter: Letter, by: Trainer) -> Action:
    """Return the action that starts sending a letter, or proposes it to a second person when it
    goes to many.
    """
    people = recipients_of(letter.audience, letter.audience_value)
    count = people.count()
    alone = count <= ONE_PERSON_SENDS or letter.written_by_id != by.pk

    def check(answers: Answers) -> None:
        if answers["counted"] != count:
            raise Refusal(
                f"It would go to {count:,} now, not {answers['counted']:,}. Look again.", code="counted"
            )

    def do(answers: Answers) -> str:
        if not alone:
            letters.propose_letter(letter, by=by, at=clock.now())
            return "The letter waits for somebody else to approve it."
        pks = people.values_list("pk", flat=True).iterator()
        sent = letters.approve_letter(letter, recipients=pks, by=by, at=clock.now())
        return f"The letter goes to {sent.counted:,} people, beginning now."

    second = f"Above {ONE_PERSON_SENDS} somebody else must approve it: this asks them to."
    return Action(
        title="Send the letter",
        button=f"Send to {count:,}" if alone else "Ask for approval",
        do=do,
        form=CountedForm,
        initial={"counted": count},
        lines=(
            f"{describe_audience(letter.audience, letter.audience_value)}: {count:,} people today. "
            "The list is fixed when it is approved.",
            *(() if alone else (second,)),
        ),
        check=check,
        preview=(lambda answers: mail_to(letter, people[0])) if count else None,
    )


def action_to_take_back(letter: Letter, by: Trainer) -> Action:
    return _simple(
        letter, by, letters.take_back_letter, "Take the letter back", "Take back", "It is a draft again."
    )


def action_to_stop(letter: Letter, by: Trainer) -> Action:
    line = "What is on its way still arrives. Everybody else waits until somebody resumes it."
    return _simple(letter, by, letters.stop_letter, "Stop the letter", "Stop", "The letter is stopped.", line)


def action_to_resume(letter: Letter, by: Trainer) -> Action:
    line = "It goes on where it was stopped. Nobody gets it twice."
    return _simple(
        letter, by, letters.resume_letter, "Resume the letter", "Resume", "The letter goes on.", line
    )


def action_to_drop(letter: Letter, by: Trainer) -> Action:
    line = "Who has it keeps it. Nobody else will get it."
    return _simple(
        letter,
        by,
        letters.drop_letter,
        "Drop the letter",
        "Drop",
        "The letter is dropped.",
        line,
        danger=True,
    )


def _simple(
    letter: Letter,
    by: Trainer,
    step: Callable[..., Letter],
    title: str,
    button: str,
    said: str,
    line: str = "",
    *,
    danger: bool = False,
) -> Action:
    def do(answers: Answers) -> str:
        step(letter, by=by, at=clock.now())
        return said

    return Action(title=title, button=button, do=do, lines=(line,) if line else (), danger=danger)


def _words_of_letter(letter: Letter) -> dict[str, object]:
    told = {
        name: getattr(letter, name) for name in ("audience", "audience_value", "urgency", "title", "words")
    }
    if letter.audience == ONE_PERSON:
        told["audience_value"] = Trainer.objects.get(pk=letter.audience_value).email
    return told
