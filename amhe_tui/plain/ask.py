"""Asking for values line by line, from the same declarations as the screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from amhe_tui.errors import AmheError
from amhe_tui.programme.editing import typed_value, written_value
from amhe_tui.text import safe
from store.change import check_value
from store.records import FieldSpec, Kind, Record, faces

HOW = (
    "Arrows go through a list and Enter takes what is marked; in a list of boxes Space ticks. Ctrl+C leaves a question."
)
"""What every question takes, said once before the first."""


def answer_to(question: Any) -> Any:
    """Return the answer to a question, or nothing where the person left: with Ctrl+C or, on an empty line, with Ctrl+D."""
    try:
        return question.ask()
    except EOFError:
        return None


def choose(words: str, choices: Sequence[tuple[str, str]], *, default: str | None = None) -> str | None:
    """Return the key of what was chosen, or nothing where the person left."""
    import questionary

    options = [questionary.Choice(title=safe(label), value=key) for key, label in choices]
    return answer_to(
        questionary.select(safe(words), choices=options, default=default, use_shortcuts=False, use_jk_keys=False)
    )


def choose_several(words: str, choices: Sequence[tuple[str, str]], *, chosen: Sequence[str] = ()) -> list[str] | None:
    """Return the keys of what was ticked, or nothing where the person left."""
    import questionary

    options = [questionary.Choice(safe(label), key, checked=key in chosen) for key, label in choices]
    ticked = answer_to(questionary.checkbox(safe(words), choices=options))
    return None if ticked is None else list(ticked)


def ask_text(words: str, *, value: str = "", hint: str = "") -> str | None:
    """Return one answer, or nothing where the person left."""
    import questionary

    return answer_to(questionary.text(safe(words), default=value, instruction=f"({safe(hint)}) " if hint else None))


def ask_programme(values: Mapping[str, str | None]) -> dict[str, str | None]:
    """Ask for what begins a programme and was not given.

    Raises:
        AmheError: The person left.
    """
    from store.records import Programme

    answers = dict(values)
    declared = faces(Programme)
    for name in answers:
        if answers[name] is not None:
            continue
        face = declared[name]
        hint = face.hint if name in ("name", "area", "organisation") else f"{face.hint} Enter: can wait."
        answer = (
            choose(f"{face.label}. {hint}", [("", "can wait"), *((code.value, code.label) for code in face.choices)])
            if face.choices
            else ask_text(face.label, hint=hint)
        )
        if answer is None:
            raise AmheError("Stopped", "No programme was made.", "Begin again when you are ready.")
        answers[name] = answer
    return answers


def ask_record(
    item: Record,
    titles: Mapping[str, Sequence[tuple[str, str]]],
    today: date,
    follows: Callable[[str, str], Mapping[str, Any]],
) -> tuple[dict[str, Any], bool] | None:
    """Ask for every field of a record; return the values and whether the person came to the end, or nothing where it is left as it was.

    What ``follows`` for other fields from leading a field to a record, by its id, is offered where they hold nothing yet.

    Who leaves half way is asked whether to keep what was answered so far; then the fields that were not reached are not among the values.
    """
    values: dict[str, Any] = {}
    offered: dict[str, Any] = {}
    for name, face in faces(type(item)).items():
        while True:
            raw = _ask_field(face, getattr(item, name) or offered.get(name), titles)
            if raw is None:
                wanted = _left(item, values)
                if wanted == "on":
                    continue
                return (values, False) if wanted == "keep" else None
            try:
                values[name] = check_value(type(item), face, typed_value(face, raw, today))
            except AmheError as error:
                print(f"{error.what_happened} {error.what_to_do}")
                continue
            break
        if face.to and values[name] and values[name] != getattr(item, name):
            offered |= follows(name, values[name])
    return values, True


def _left(item: Record, values: Mapping[str, Any]) -> str | None:
    """Ask somebody who left half way what becomes of what was answered; where nothing was, nothing is asked."""
    if all(getattr(item, name) == value for name, value in values.items()):
        return None
    return choose(
        "You left half way.",
        [
            ("keep", "Keep what was answered so far"),
            ("on", "Go on with this question"),
            ("drop", "Leave it as it was"),
        ],
    )


def _ask_field(face: FieldSpec, value: Any, titles: Mapping[str, Sequence[tuple[str, str]]]) -> Any:
    import questionary

    match face.kind:
        case Kind.FLAG:
            return answer_to(questionary.confirm(face.label, default=bool(value)))
        case Kind.CHOICE:
            assert face.choices is not None
            return choose(
                face.label,
                [("", "nothing"), *((code.value, code.label) for code in face.choices)],
                default=str(value or ""),
            )
        case Kind.CHOICES:
            assert face.choices is not None
            codes = [(code.value, code.label) for code in face.choices]
            ticked = choose_several(face.label, codes, chosen=str(value or "").split())
            return None if ticked is None else " ".join(ticked)
        case Kind.LINK:
            return choose(face.label, [("", "nothing"), *titles.get(face.to or "", [])], default=str(value or ""))
        case _:
            label = f"{face.label}, needed" if face.required else face.label
            return ask_text(label, value=written_value(face, value), hint=face.hint)
