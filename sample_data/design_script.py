"""Step 2, DESIGN: options, a nominal group with its secret vote, diagrams, priorities."""

from __future__ import annotations

from amhe_tui.method.vote_schemes import ranked
from amhe_tui.programme.votes import freeze_letters
from sample_data import options_content as options
from sample_data import plans_content as plans
from sample_data.maker import Maker
from store.records import DiagramLink, DiagramNode, Idea, NominalGroup, Option, Priority, VotingRound


def run(maker: Maker) -> None:
    """Put in what step 2 leads to."""
    maker.put("Look for what could be done", (Option, options.OPTIONS))
    maker.put("Hold a nominal group", (NominalGroup, (plans.SESSION,)), (Idea, plans.IDEAS))
    _vote(maker)
    maker.put("Draw the diagrams", (DiagramNode, plans.NODES), (DiagramLink, plans.ARROWS))
    maker.put("Set priorities", (Priority, options.PRIORITIES))


def _vote(maker: Maker) -> None:
    """Open the vote, hand the laptop round, and close it for good, as the voting screen does."""
    workspace = maker.workspace
    freeze_letters(workspace, maker.ids["session"])
    on_ballot = " ".join(maker.ids_of(plans.ON_BALLOT))
    maker.put("Open the final vote", (VotingRound, ({**plans.ROUND, "ideas": on_ballot},)), sealed=True)
    for ballot in plans.BALLOTS:
        workspace.cast(maker.ids["round"], ranked(maker.ids_of([f"idea_{letter}" for letter in ballot])))
    vote, session = maker.get(VotingRound, "round"), maker.get(NominalGroup, "session")
    with workspace.change("Close the final vote", sealed=True) as change:
        change.update(vote, state="closed")
        change.update(session, stage="closed")
