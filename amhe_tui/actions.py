"""The one registry of actions: what each is called, its key, and one sentence for help, the palette and the footer.

A name stands for one meaning, on whatever screen: what is called alike and means something else has a name of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from amhe_tui.method.gap_sections import SECTIONS


@dataclass(frozen=True)
class Action:
    """Something a person can do.

    Attributes:
        name: What it is called in the code; a screen does it in its method ``action_NAME``.
        key: The keys that start it, separated by commas; the first is shown.
        label: A word or two for the footer.
        help: One sentence on what it does.
        shown: Whether the footer shows it.
        runs: What Textual runs where that is not the name, as ``view('bars')``: one method does several actions.
        opens: The route of the screen where it does nothing but open one; it needs no method.
        family: What it and its like are called together; the bottom line says only that where it has no room to name each of them.
    """

    name: str
    key: str
    label: str
    help: str
    shown: bool = True
    runs: str = ""
    opens: str = ""
    family: str = ""

    @property
    def command(self) -> str:
        """Return what Textual runs."""
        return f"open_screen('{self.name}')" if self.opens else self.runs or self.name


_ALL = (
    # Everywhere
    Action("help", "question_mark,f1", "Help", "What can be done here, and what this step is for."),
    Action("guidance", "g", "Guidance", "Why this sub-step matters, how to do it, prompts and pitfalls."),
    Action("undo", "u", "Undo", "Take back the last change, even after closing the program."),
    Action("redo", "U", "Redo", "Do again what was taken back.", shown=False),
    Action("back", "escape", "Back", "Go back to where you were; what is on the screen is saved."),
    Action("quit", "q", "Quit", "Close the programme; everything is saved.", runs="app.quit"),
    Action("home", "H", "Home", "Go to the programme's home.", shown=False),
    Action("open", "enter", "Open", "Open what is marked."),
    Action("cancel", "escape", "Cancel", "Leave without an answer."),
    Action("close", "escape,q,enter", "Close", "Close what is shown to read.", runs="cancel"),
    # The programme
    Action("next", "n", "Next thing", "Go to the next useful thing to do."),
    Action("loose", "l", "Loose ends", "List what hangs loose: findings nobody took up, goals without a measure.", opens="loose"),
    Action("workshop", "w", "Workshop", "A first session in 90 minutes, from welcome to report.", opens="workshop"),
    Action("report", "r", "Report", "Write the report for the team, a board or the public.", opens="report"),
    Action("hidden", "h", "What is hidden", "What a board or the public does not get to see: each figure, with the reason in plain words.", opens="hidden"),
    Action("look_closer", "enter", "Look closer", "Open the breakdown of the marked figure, or the sources."),
    Action("thread", "t", "Thread", "Follow the golden thread of what is marked: numbers, voices, votes, goals, proof.", opens="thread"),
    Action("history", "j", "History", "Everything that was changed, by whom and when.", shown=False, opens="history"),
    Action("programme", "p", "Programme", "Name, area, scope and data protection of this programme.", shown=False),
    Action("settings", "comma", "Settings", "Theme, initials and other choices.", shown=False, opens="preferences"),
    Action("keep_settings", "escape", "Done", "Keep the settings and close them.", runs="cancel"),
    Action("step_1", "1", "Step 1", "Go to step 1, IDENTIFY.", shown=False, runs="step(1)"),
    Action("step_2", "2", "Step 2", "Go to step 2, DESIGN.", shown=False, runs="step(2)"),
    Action("step_3", "3", "Step 3", "Go to step 3, DELIVER.", shown=False, runs="step(3)"),
    Action("step_4", "4", "Step 4", "Go to step 4, EVALUATE.", shown=False, runs="step(4)"),
    Action("new", "n", "New", "Start a new programme."),
    Action("open_file", "o", "Open file", "Open a programme file."),
    Action("demo", "d", "Sample", "Try the sample programme; it is a rehearsal and nothing in it is real."),
    Action("restore", "b", "Restore", "Bring back a backup of a programme."),
    Action("start_clock", "s", "Start or stop the clock", "Start the clock of the session, or stop it."),
    Action("write_report", "ctrl+s", "Write it", "Write the report as it is shown, beside the programme file."),
    # Lists and forms
    Action("add", "a", "Add", "Add one to this list."),
    Action("edit", "enter,e", "Edit", "Change what is marked."),
    Action("remove", "delete,d", "Remove", "Remove what is marked; undo brings it back."),
    Action("filter", "slash", "Filter", "Show only rows that hold the letters you type."),
    Action("previous_step", "left_square_bracket", "Previous", "Go to the sub-step before this one.", shown=False),
    Action("next_step", "right_square_bracket", "Next", "Go to the sub-step after this one.", shown=False),
    Action("save_form", "escape,ctrl+s", "Done (saves)", "Save and go back.", runs="back"),
    Action("throw_away", "ctrl+r", "Revert", "Leave without saving what was typed here."),
    # IDENTIFY: a data file brought in
    Action("import", "i", "Import", "Bring in a data file.", opens="import"),
    Action("next_part", "n", "Next", "Go on to the next of the four steps."),
    Action("previous_part", "p", "Back a step", "Go back a step; nothing is lost."),
    Action("bring", "ctrl+s", "Bring it in", "Read the whole file into the programme."),
    Action("header", "h", "Header row", "Say which rows name the columns."),
    Action("sheet", "w", "Sheet", "Choose the sheet of a workbook."),
    Action("encoding", "e", "Letters", "Choose how the letters are encoded.", shown=False),
    Action("delimiter", "d", "Separator", "Choose what stands between cells.", shown=False),
    Action("choose_file", "o", "Other file", "Choose another file."),
    Action("stop", "s", "Stop", "Stop reading; nothing of the file is kept.", shown=False),
    Action("save_aside", "x", "Save set aside", "Save the rows that were set aside as a workbook.", shown=False),
    # IDENTIFY: the data sources
    Action("sources", "k", "Sources", "Where the data come from, how whole they are, and which labels could be one.", opens="sources"),
    Action("edit_source", "enter,e", "Edit", "Correct the publisher, the licence, what the marked source leaves out."),
    Action("newer", "n", "Newer edition", "Say that the marked source takes over from an older one, and see what changed."),
    Action("join", "k", "Join labels", "Say that two labels of different sources are one."),
    # IDENTIFY: a breakdown
    Action("breakdown", "b", "Breakdown", "Break an indicator down by a characteristic, as a chart and a table.", opens="breakdown"),
    Action("view_bars", "1", "Bars", "Every group as a bar with its limits.", runs="view('bars')", family="Views"),
    Action("view_dots", "2", "Limits", "Every group as a point with its limits, close up.", runs="view('dots')", family="Views"),
    Action("view_trend", "3", "Over time", "The groups over all periods.", runs="view('trend')", family="Views"),
    Action("view_population", "4", "Population", "Who uses the service against who lives here.", runs="view('population')", family="Views"),
    Action("view_gap", "5", "Gaps", "The gap of every group around a line of no gap.", runs="view('gap')", family="Views"),
    Action("view_places", "6", "Places", "Every place beside the country and chosen peers, with the limits of a funnel; o adds a peer.", runs="view('places')", family="Views"),
    Action(
        "view_crossed", "7", "Crossed",
        "Groups that cross characteristics, such as sex and ethnic group, smoothed so that few people are not noise.",
        runs="view('crossed')", family="Views",
    ),
    Action("finding", "f", "Make a finding", "Write the gap that is shown or marked down, with its numbers."),
    Action("indicator", "i", "Indicator", "Choose what is broken down."),
    Action("characteristic", "c", "By", "Choose by what it is broken down."),
    Action("group", "k", "Group", "Choose which group the sentence is about."),
    Action("compare", "o", "Compare", "Choose whom the group is compared with."),
    Action("area", "a", "Place", "Choose where."),
    Action("period", "y", "Year", "Choose when."),
    Action("level", "v", "Level", "Broad groups, or those within them."),
    Action("within", "w", "Within", "Only among one group of another characteristic."),
    Action("table", "t", "Table", "Show the table instead of the chart, and back."),
    Action("measures", "s", "Measures", "Every summary measure of inequality for these groups."),
    Action("method", "m", "Method", "How these numbers were made."),
    Action("meaning", "e", "Meaning", "Say what the indicator counts, and which way is better."),
    # IDENTIFY: all gaps
    Action("gaps", "G", "All gaps", "Every gap of the programme, by size and certainty, so that nobody has to hunt.", opens="gaps"),
    *(
        Action(f"section_{name}", str(number), called.short, called.about, runs=f"section('{name}')", family="Sections")
        for number, (name, called) in enumerate(SECTIONS.items(), 1)
    ),
    Action("open_gap", "enter", "Look closer", "Open the breakdown of the marked gap."),
    Action("order", "z", "Sort", "Sort by the widest of each characteristic, size, certainty or people."),
    Action("core20", "c", "Core20PLUS5", "The most deprived fifth against the rest, the PLUS groups, and what there is on severe mental illness."),
    Action("everything", "x", "All kinds", "Also by what was done, not only by who people are."),
    # IDENTIFY: who is missing
    Action("missing", "x", "Who is missing", "See whom the data miss: how complete they are, groups they lack, people numbers do not see.", opens="missing"),
    Action("show_complete", "1", "How complete", "Show of how many people the group is known.", shown=False, runs="section(1)"),
    Action("show_lacking", "2", "Groups lacking", "Show the groups that the data lack or throw together.", shown=False, runs="section(2)"),
    Action("show_people", "3", "People numbers miss", "Show the people whom no numbers see.", shown=False, runs="section(3)"),
    Action("show_challenges", "4", "The eight challenges", "Show what keeps inequality hidden, and whether it was met.", shown=False, runs="section(4)"),
    Action("edit_missing", "enter,e", "Edit", "Write down what is known of the marked group or challenge."),
    Action("seen_state", "s", "Seen?", "Say whether any data see the marked group."),
    Action("absence", "f", "Finding", "Make a finding of it that no data see the marked group."),
    Action("recruit", "r", "Ask in 1B", "Plan an activity of 1B with the marked group."),
    Action("look_for", "n", "Look for", "Take a group the data lack among the people to look for."),
    Action("add_missing", "a", "Add", "Add a group of your own, or another place where a challenge was met."),
    # IDENTIFY: community assets
    Action("assets", "h", "Assets", "What the community already has that helps, whom it reaches, and for whom there is nothing.", opens="assets"),
    Action("nothing_for", "n", "Nothing for", "Show for whom no asset here says that it is there; again shows the assets."),
    Action("pick_population", "p", "Population", "Show only assets that say they reach a group.", runs="pick('population')"),
    Action("pick_area", "w", "Where", "Show only assets of a place.", runs="pick('area')"),
    Action("pick_language", "l", "Language", "Show only assets where a language is spoken.", runs="pick('language')"),
    Action("pick_access", "x", "Access", "Show only assets that say this of cost or how people get in.", runs="pick('access')"),
    Action("checked", "c", "Checked", "Note that somebody made sure today that the marked asset is right."),
    # IDENTIFY: notes of what people say
    Action("capture", "f", "Take notes", "Take down what people say, at typing speed.", opens="capture"),
    Action("theme", "ctrl+t", "Theme", "Give the last remark, or the one marked, a theme."),
    Action("quotable", "ctrl+y", "May be quoted", "Mark the last remark, or the one marked, as one that may be quoted."),
    Action("correct", "ctrl+o", "Correct", "Open the last remark, or the one marked, in full."),
    # DESIGN: the nominal group
    Action("run", "v", "Run session", "Run the nominal group: stages, ideas, secret vote, result.", opens="nominal_group"),
    Action("print", "o", "Print sheet", "Write a sheet to print: where this session stands, with ballots to fill in by hand."),
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
    Action("choose_idea", "enter", "Choose", "Choose the marked idea; with every place filled, go on to the box.", shown=False, runs="screen.choose_idea"),
    Action("pick_idea", "space", "Choose or give back", "Choose the marked idea, or give it back where it is chosen.", shown=False),
    Action("leave_ballot", "escape", "Leave, empty", "Leave without voting; what was chosen here is gone.", runs="back"),
    Action("leave_scribe", "escape", "Done", "Go back to the vote; every ballot that was entered is in the box.", runs="back"),
    Action("make_priority", "p", "Priority", "Make a priority of the marked idea."),
    Action("vote_again", "r", "Vote again", "Open a final vote, or a run-off between ideas with the same rank."),
    # DESIGN: the diagrams
    Action("diagram", "y", "Diagram", "See the driver diagram and theory of change as trees.", opens="diagram"),
    Action("join_boxes", "l", "Link", "Draw an arrow from the marked box to another, and say why."),
    Action("part_boxes", "x", "Unlink", "Take away an arrow of the marked box.", shown=False),
    # DELIVER: the equality impact assessment
    Action("grid", "m", "Impact grid", "Fill in the equality impact assessment, characteristic by characteristic.", opens="impact"),
    Action("impact_positive", "plus,p", "Positive", "Say that the goal does these people good.", runs="impact('positive')"),
    Action("impact_negative", "minus,m", "Negative", "Say that the goal could harm these people.", runs="impact('negative')"),
    Action("impact_neutral", "0,o", "None", "Say that the goal makes no difference to these people.", runs="impact('neutral')"),
    Action("impact_unknown", "k", "Not known", "Say that nobody knows yet what the goal does to these people.", runs="impact('unknown')"),
    Action("aim_1", "1", "Aim 1", "Say that the row bears on ending discrimination, or that it does not.", runs="aim('aim_eliminate', 1)"),
    Action("aim_2", "2", "Aim 2", "Say that the row bears on equality of opportunity, or that it does not.", runs="aim('aim_advance', 2)"),
    Action("aim_3", "3", "Aim 3", "Say that the row bears on good relations, or that it does not.", runs="aim('aim_relations', 3)"),
    Action("whole", "s", "Purpose and outcome", "The assessment itself: purpose, principles, outcome, sign-off."),
    Action("complete", "c", "Complete", "Mark the assessment as complete today."),
)  # fmt: skip

ACTIONS: Mapping[str, Action] = MappingProxyType({action.name: action for action in _ALL})
"""Every action by its name."""
