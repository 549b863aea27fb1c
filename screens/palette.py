"""The command palette: every action that can be done where you are, by name."""

from __future__ import annotations

from textual.command import DiscoveryHit, Hit, Hits, Provider

from amhe_tui.actions import all_actions


class ActionProvider(Provider):
    """Offers the bindings that are alive on the screen below, with the sentence each has in the registry."""

    def _live(self) -> list[tuple[str, str, str]]:
        known = {one.name: one for one in all_actions()}
        found: dict[str, tuple[str, str, str]] = {}
        for binding in self.screen.active_bindings.values():
            name = binding.binding.action
            one = known.get(name)
            if binding.enabled and one is not None:
                found[name] = (one.label, one.help, name)
        return list(found.values())

    async def discover(self) -> Hits:
        """Offer everything before a letter is typed."""
        for label, words, name in self._live():
            yield DiscoveryHit(label, self._runner(name), help=words)

    async def search(self, query: str) -> Hits:
        """Offer what fits the letters typed."""
        matcher = self.matcher(query)
        for label, words, name in self._live():
            score = max(matcher.match(label), matcher.match(words))
            if score > 0:
                yield Hit(score, matcher.highlight(label), self._runner(name), help=words)

    def _runner(self, name: str):
        async def run() -> None:
            await self.screen.run_action(name)

        return run
