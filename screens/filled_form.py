"""The form of a record that comes filled in already, so that leaving it as it is saves it too."""

from __future__ import annotations

from screens.form import FormScreen


class FilledForm(FormScreen):
    """A form for a new record that is complete as it opens; Ctrl+R leaves without it."""

    async def action_back(self) -> None:
        """Save and go back, whether or not anything was typed."""
        # What was there on opening counts as typed: the person saw it and went on.
        self._opened = {}
        await super().action_back()
