"""The one registry of actions: what each is called, its key, and one sentence for help, the palette and the footer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    """Something a person can do.

    Attributes:
        name: The Textual action it runs, such as ``undo``.
        key: The keys that start it, separated by commas; the first is shown.
        label: A word or two for the footer.
        help: One sentence on what it does.
        shown: Whether the footer shows it.
    """

    name: str
    key: str
    label: str
    help: str
    shown: bool = True


_ALL = (
    Action("help", "question_mark,f1", "Help", "What can be done here, and what this step is for."),
    Action("guidance", "g", "Guidance", "Why this sub-step matters, how to do it, prompts and pitfalls."),
    Action("undo", "u", "Undo", "Take back the last change, even after closing the program."),
    Action("redo", "U", "Redo", "Do again what was taken back.", shown=False),
    Action("back", "escape", "Back", "Go back to where you were; what is on the screen is saved."),
    Action("quit", "q", "Quit", "Close the programme; everything is saved."),
    Action("home", "H", "Home", "Go to the programme's home.", shown=False),
    Action("open", "enter", "Open", "Open what is marked."),
    Action("next", "n", "Next thing", "Go to the next useful thing to do."),
    Action("loose", "l", "Loose ends", "List what hangs loose: findings nobody took up, goals without a measure."),
    Action("workshop", "w", "Workshop", "A first session in 90 minutes, from welcome to report."),
    Action("report", "r", "Report", "Write the report for the team, a board or the public."),
    Action("thread", "t", "Thread", "Follow the golden thread of what is marked: numbers, voices, votes, goals, proof."),
    Action("history", "j", "History", "Everything that was changed, by whom and when.", shown=False),
    Action("programme", "p", "Programme", "Name, area, scope and data protection of this programme.", shown=False),
    Action("settings", "comma", "Settings", "Theme, initials and other choices.", shown=False),
    Action("step(1)", "1", "Step 1", "Go to step 1, IDENTIFY.", shown=False),
    Action("step(2)", "2", "Step 2", "Go to step 2, DESIGN.", shown=False),
    Action("step(3)", "3", "Step 3", "Go to step 3, DELIVER.", shown=False),
    Action("step(4)", "4", "Step 4", "Go to step 4, EVALUATE.", shown=False),
    Action("add", "a", "Add", "Add one to this list."),
    Action("edit", "enter,e", "Edit", "Change what is marked."),
    Action("remove", "delete,d", "Remove", "Remove what is marked; undo brings it back."),
    Action("filter", "slash", "Filter", "Show only rows that hold the letters you type."),
    Action("previous_step", "left_square_bracket", "Previous", "Go to the sub-step before this one.", shown=False),
    Action("next_step", "right_square_bracket", "Next", "Go to the sub-step after this one.", shown=False),
    Action("import", "i", "Import", "Bring in a data file."),
    Action("sources", "k", "Sources", "Where the data come from, how whole they are, and which labels could be one."),
    Action("missing", "x", "Who is missing", "See whom the data miss: how complete they are, groups they lack, people numbers do not see."),
    Action("assets", "h", "Assets", "What the community already has that helps, whom it reaches, and for whom there is nothing."),
    Action("breakdown", "b", "Breakdown", "Break an indicator down by a characteristic, as a chart and a table."),
    Action("gaps", "G", "All gaps", "Every gap of the programme, by size and certainty, so that nobody has to hunt."),
    Action("meaning", "e", "Meaning", "Say what the indicator counts, and which way is better."),
    Action("capture", "f", "Take notes", "Take down what people say, at typing speed."),
    Action("run", "v", "Run session", "Run the nominal group: stages, ideas, secret vote, result."),
    Action("grid", "m", "Impact grid", "Fill in the equality impact assessment, characteristic by characteristic."),
    Action("diagram", "y", "Diagram", "See the driver diagram and theory of change as trees."),
    Action("print", "o", "Print sheet", "Write a sheet to print: where this session stands, with ballots to fill in by hand."),
    Action("new", "n", "New", "Start a new programme."),
    Action("open_file", "o", "Open file", "Open a programme file."),
    Action("demo", "d", "Sample", "Try the sample programme; it is a rehearsal and nothing in it is real."),
    Action("restore", "b", "Restore", "Bring back a backup of a programme."),
    Action("next_stage", "n,right_square_bracket", "Next stage", "Go on to the next stage of the session; nothing is lost by it."),
    Action("previous_stage", "p,left_square_bracket", "Stage back", "Go back to the stage before; nothing is lost by it.", shown=False),
    Action("timer", "space", "Timer", "Start or pause the timer of this stage."),
    Action("minute", "plus,equals_sign", "One minute more", "Give this stage one minute more.", shown=False),
    Action("merge", "m", "Merge", "Join the marked idea with another one; both are kept as they were said."),
    Action("unmerge", "x", "Unmerge", "Take a joined idea apart again.", shown=False),
    Action("ballot_box", "v", "Vote", "Open the secret vote, go on with it, or see its result."),
    Action("begin_ballot", "enter", "Begin", "Begin the ballot of the next person."),
    Action("scribe", "s", "Paper ballots", "Type in ballots that were filled in on paper, one line each."),
    Action("people", "n", "People", "Change how many people vote, when somebody came late or left."),
    Action("close_vote", "c", "Close vote", "Close the vote and count it; a closed vote is never opened again."),
    Action("put_in_box", "ctrl+s", "Put in the box", "Put this ballot into the box; it cannot be taken out again."),
    Action("take_back", "backspace", "Take back", "Take the last choice back."),
    Action("abstain", "ctrl+a", "Abstain", "Leave without voting; no ballot goes into the box."),
    Action("make_priority", "p", "Priority", "Make a priority of the marked idea."),
    Action("vote_again", "r", "Vote again", "Open a final vote, or a run-off between ideas with the same rank."),
    Action("join_boxes", "l", "Link", "Draw an arrow from the marked box to another, and say why."),
    Action("part_boxes", "x", "Unlink", "Take away an arrow of the marked box.", shown=False),
)  # fmt: skip

_BY_NAME = {action.name: action for action in _ALL}


def action(name: str) -> Action:
    """Return a registered action."""
    return _BY_NAME[name]


def all_actions() -> tuple[Action, ...]:
    """Return every action, in the order of the help page."""
    return _ALL
