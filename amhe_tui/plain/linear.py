"""Line mode: the whole method, one question after another, for screen readers and plain terminals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from amhe_tui.errors import AmheError
from amhe_tui.method.guidance import guidance_for
from amhe_tui.method.progress import next_thing
from amhe_tui.method.steps import SUB_STEPS
from amhe_tui.plain import ballots
from amhe_tui.plain.ask import HOW, ask_record, choose, choose_several
from amhe_tui.programme.editing import removal_of, remove, save
from amhe_tui.programme.goals import drawn
from amhe_tui.programme.progress import held
from amhe_tui.programme.voices import kept_with
from amhe_tui.text import safe, with_article
from store.glance import overview
from store.records import Kind, Links, Record, all_records, faces, record_type, shown, table_of, title_of
from store.workspace import Workspace

_VOTED_IN = "2B"
"""The sub-step in which votes are held."""


def say(words: str) -> None:
    """Print one thing."""
    print(safe(words))


def tell(error: AmheError) -> None:
    """Print why something was refused, and what to do."""
    say(f"{error.what_happened} {error.what_to_do}")


def run(workspace: Workspace) -> int:
    """Lead through the programme until the person leaves; everything is saved as it is answered."""
    say(HOW)
    with workspace:
        today = datetime.now().astimezone().date()
        while True:
            seen = workspace.read(lambda raw: overview(raw, today.isoformat()))
            say(f"\n{seen.programme.get('name', '')}. Next: {next_thing(seen.counts, seen.loose).words}.")
            choices = [
                (step.code, f"{step.code} {step.title}: {', '.join(held(step.code, seen.counts)) or 'none yet'}")
                for step in SUB_STEPS
            ]
            chosen = choose(
                "Where to?",
                [
                    *choices,
                    ("undo", "Undo the last change"),
                    ("redo", "Redo"),
                    ("report", "Read the report"),
                    ("quit", "Quit"),
                ],
            )
            if chosen in (None, "quit"):
                return 0
            if chosen in ("undo", "redo"):
                _turn(workspace, chosen)
            elif chosen == "report":
                _report(workspace, today)
            else:
                _sub_step(workspace, chosen, today)


def _turn(workspace: Workspace, way: str) -> None:
    try:
        entry = workspace.undo() if way == "undo" else workspace.redo()
    except AmheError as error:
        tell(error)
        return
    say(f"{'Undone' if way == 'undo' else 'Done again'}: {entry.label}" if entry else f"Nothing to {way}.")


def _report(workspace: Workspace, today: date) -> None:
    from amhe_tui.report import write_report
    from store.records import Audience

    say(write_report(workspace, Audience.TEAM, "md", today))


def _sub_step(workspace: Workspace, code: str, today: date) -> None:
    kinds = [kind for kind in all_records().values() if kind.sub_step == code and kind.listed]
    while True:
        choices = [(table_of(kind), f"{kind.plural}: {len(workspace.list(kind))}") for kind in kinds]
        if code == _VOTED_IN:
            choices.append(("vote", "Hold a vote: open it, take ballots, close it"))
        chosen = choose(f"{code}. Which list?", [*choices, ("guidance", "Guidance"), ("back", "Back")])
        if chosen in (None, "back"):
            return
        if chosen == "guidance":
            guidance = guidance_for(code)
            say("\n".join([guidance.why, *guidance.how, *guidance.prompts, *guidance.pitfalls]))
        elif chosen == "vote":
            _vote(workspace)
        else:
            _list(workspace, record_type(chosen), today)


def _vote(workspace: Workspace) -> None:
    try:
        ballots.hold(workspace)
    except AmheError as error:
        tell(error)


def _list(workspace: Workspace, kind: type[Record], today: date) -> None:
    while True:
        items = workspace.list(kind)
        chosen = choose(
            f"{kind.about} Which one?",
            [
                ("add", f"Add {with_article(kind.singular)}"),
                *((item.id, title_of(item)) for item in items),
                ("back", "Back"),
            ],
        )
        if chosen in (None, "back"):
            return
        if chosen == "add":
            _edit(workspace, kind(), today, fresh=True)
            continue
        item = next(item for item in items if item.id == chosen)
        for name, face in faces(kind).items():
            if value := shown(item, name, workspace.title):
                say(f"{face.label}: {value}")
        verb = choose("What now?", [("change", "Change it"), ("remove", "Remove it"), ("back", "Back")])
        if verb == "change":
            _edit(workspace, item, today, fresh=False)
        elif verb == "remove":
            _remove(workspace, item, today)


def _remove(workspace: Workspace, item: Record, today: date) -> None:
    question = removal_of(workspace, item, today).question
    if question and choose(question, [("keep", "Keep it"), ("remove", "Remove it")]) != "remove":
        say("Left as it was.")
        return
    try:
        say(f"{remove(workspace, item, today).done} Undo brings it back.")
    except AmheError as error:
        tell(error)


def _titles(workspace: Workspace, kind: type[Record]) -> dict[str, Sequence[tuple[str, str]]]:
    tables = {face.to for face in faces(kind).values() if face.kind is Kind.LINK and face.to} | {
        links.to for links in kind.many.values()
    }
    return {table: [(item.id, title_of(item)) for item in workspace.list(record_type(table))] for table in tables}


def _held(workspace: Workspace, item: Record, name: str) -> list[str]:
    return workspace.linked(item.id, name) if item.id else []


def _ask_links(
    workspace: Workspace, item: Record, links: Links, name: str, titles: Sequence[tuple[str, str]]
) -> list[str]:
    held_now = _held(workspace, item, name)
    if not titles:
        return held_now
    ticked = choose_several(links.label, titles, chosen=held_now)
    return held_now if ticked is None else ticked


def _edit(workspace: Workspace, item: Record, today: date, *, fresh: bool) -> None:
    kind = type(item)
    titles = _titles(workspace, kind)
    while True:
        answered = ask_record(item, titles, today, partial(drawn, workspace, kind))
        if answered is None:
            say("Left as it was.")
            return
        values, to_the_end = answered
        wanted = {
            name: _ask_links(workspace, item, links, name, titles[links.to])
            if to_the_end
            else _held(workspace, item, name)
            for name, links in kind.many.items()
        }
        try:
            warned = save(workspace, item, values, wanted, today, fresh=fresh)
        except AmheError as error:
            tell(error)
            for name, value in values.items():  # what was answered is offered again
                setattr(item, name, value)
            continue
        say("Saved.")
        if warned:
            say(kept_with(warned))
        return
