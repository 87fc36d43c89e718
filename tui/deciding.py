"""What every key that decides in an article has in common: decide, save, show, go on. Knows no terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from annotate import acts
from annotate.acts import Decisions
from annotate.articles import Article
from annotate.errors import ManiculeError
from annotate.lineage import Past, lineage
from annotate.schemes import LabelScheme
from annotate.sieve import ALL, Sieve
from annotate.suggestions import Suggestion
from annotate.view import Entry, EntryKey, View
from store.claims import Owner, TakenError
from store.session import ChangedElsewhereError
from tui.actions import key_of
from tui.question import Question
from tui.standing import Standing

if TYPE_CHECKING:
    from store.session import Session


class Deciding(Standing):
    """A place in an article from which decisions are made.

    Methods that act leave behind a `question`, and `left` when the article is to be left.

    Attributes:
        title_end: where the title at the beginning of the text ends; 0 when it has none.
        question: what is to be answered before anything else.
        earlier: whether there is a newer text of the article than this.
        left: whether the article is to be left.
        boundary: whether arrows move the boundaries of the focus.
        seen: the keys of the entries that have been on screen, each with the label that it had there.
        owner: the other session of the annotator that has the article; nothing can be decided here then.
        outdated: whether the article is to be read again, because another session has decided on it.
    """

    def __init__(
        self,
        session: Session,
        article: Article,
        scheme: LabelScheme,
        suggestions: Sequence[Suggestion],
        sources: Sequence[str],
        *,
        sieve: Sieve = ALL,
        by_certainty: bool = False,
        ahead: View | None = None,
    ) -> None:
        """Read an article.

        Args:
            session: in which is decided.
            article: the text.
            scheme: the labels.
            suggestions: of `sources`.
            sources: whose suggestions the annotator is shown.
            sieve: which of them are shown.
            by_certainty: whether the undecided are gone through from the least certain on.
            ahead: a view of this article and these suggestions that nobody else has; taken where it is still true.
        """
        layer = session.layer(article.id)
        if ahead and ahead.layer is layer and ahead.sieve == sieve and ahead.scheme is scheme:
            view = ahead
        else:
            view = View(article, scheme, suggestions, layer, sieve=sieve)
        super().__init__(article, view, sources, by_certainty=by_certainty)
        self._session = session
        self.title_end = len(article.title) if article.text.startswith(article.title + "\n") else 0
        self.question: Question | None = None
        self.left = False
        self.earlier = False
        self.boundary = False
        self.seen: set[tuple[EntryKey, str]] = set()
        self.owner: Owner | None = None
        self._suggestions = suggestions
        self.outdated = False
        self._run = ""

    def begin(self, *, boundary: bool = False) -> None:
        """Start on another key: what the last one said is over, and so is its run, unless both move boundaries."""
        self.notice = ""
        self.question = None
        if not boundary:
            self._run = ""
            self.boundary = False

    def see(self, entries: Iterable[Entry]) -> None:
        """These are on screen."""
        self.seen.update((entry.key, entry.label) for entry in entries)

    def unseen(self, entries: Iterable[Entry]) -> list[Entry]:
        """Those that have not been on screen as they are now: a key says nothing of what is suggested there."""
        return [entry for entry in entries if (entry.key, entry.label) not in self.seen]

    @property
    def unsaved(self) -> str:
        """Why the last decisions are not on disk, or ""."""
        return self._session.unsaved

    def past(self) -> list[Past]:
        """The decisions on the focused entity, in order.

        Raises:
            ManiculeError: the journal cannot be read.
        """
        return lineage(self.focus, self._session.past(self.article.id)) if self.focus else []

    # Other sessions of the annotator -----------------------------------------------------------------------

    def claim(self, *, over: bool = False) -> None:
        """Have the article for this session; ask what to do when another one has it.

        Args:
            over: whether to take it from the other one.
        """
        try:
            same = self._session.claim(self.article.id, over=over)
        except TakenError as error:
            self._ask_whose(error.owner)
        except ManiculeError as error:
            self.notice = error.message
        else:
            self.owner = None
            self.outdated = over or not same
            if not self.outdated and self._session.was_merged(self.article.id):
                self._look_at_both_copies()

    def _look_at_both_copies(self) -> None:
        """Join what two copies of the annotator's work decided alike, and say that something does not fit together."""
        clashes = self._session.clashes(self.article.id)
        if clashes:
            self.notice = (
                f"{clashes} not counted, for your other copy says otherwise: {key_of('library.clashes')} in the library"
            )
        joined = acts.join_twins(self.view)
        if joined and self._commit(lambda view: joined):
            self.notice = f"joined what both of your copies had decided alike: {len(joined)}"

    def is_offered(self, suggestions: Sequence[Suggestion]) -> bool:
        """Whether these suggestions are those that are shown, or held ready, already."""
        self.waiting = False
        return set(suggestions) == set(self._suggestions)

    def offer(self, suggestions: Sequence[Suggestion], sources: Sequence[str], remembered: str = "") -> None:
        """Hold new suggestions ready; they are shown when the annotator asks for what is next."""
        super().offer(suggestions, sources, remembered)
        self._suggestions = suggestions

    def look_for_owner(self) -> None:
        """Say so when another session has taken the article over meanwhile, or has let go of it."""
        owner = self._session.owner(self.article.id)
        if owner and not self.owner:
            self.notice = f"taken over by another session ({owner.short}): read only here"
        elif self.owner and not owner:
            self.notice = "the other session has left this article"
        self.owner = owner

    def _ask_whose(self, owner: Owner) -> None:
        self.owner = owner
        self.question = Question(
            f"open elsewhere ({owner.short}):",
            {"t": lambda: self.claim(over=True)},
            "t take over · Esc read only",
        )

    # What is shown, and in which order ---------------------------------------------------------------------

    def sift(self, sieve: Sieve) -> None:
        """Show only what passes the sieve; cursor and selection stay."""
        self.take_offer()
        self.view = self.view.sifted(sieve)
        self._changes.add((0, len(self.article.text)))
        if self._anchor is None and self.focus is None:
            self.move_to(self.cursor[0])
        shown = f"shown: {sieve.told}" if sieve.told else "all suggestions are shown"
        self.notice = f"{shown} · {self.hidden}" if self.hidden else shown

    def order_by_certainty(self, by_certainty: bool) -> None:
        """Go through the undecided from the least certain on, beginning there; or again as they are read."""
        self.by_certainty = by_certainty
        self.take_offer()
        first = self.view.by_certainty(None, 1) if by_certainty else None
        if first:
            self._go_to_entry(first)
        self.notice = "undecided: the least certain first" if by_certainty else "undecided: in the order of the text"

    # How it is done ----------------------------------------------------------------------------------------

    def _commit(self, make: Callable[[View], Decisions], *, run: bool = False) -> bool:
        """Decide, save, show: in this order. False when there was nothing to decide or it was refused."""
        try:
            decisions = acts.with_shown(self.view, make(self.view), self.sources, self.remembered)
            if not decisions:
                return False
            group = self._session.commit(decisions, extend=self._run if run else "")
        except TakenError as error:
            self._ask_whose(error.owner)
            return False
        except ChangedElsewhereError as error:
            self.notice, self.outdated = error.message, True
            return False
        except ManiculeError as error:
            self.notice = error.message
            return False
        self._run = group.id if run else ""
        self._changes.update(self.view.apply(decisions))
        return True

    def _move_on(self, entry: Entry) -> None:
        """Go to the next undecided one; stay where nothing is left."""
        self.take_offer()
        following = self._undecided_from(entry, 1)
        if following:
            self._go_to_entry(following)
        else:
            self.go_to(entry.start, entry.end)
            self.notice = self.notice or self.nothing_left()

    def _stay(self, entry: Entry | None) -> None:
        if entry:
            self.go_to(entry.start, entry.end)

    def _say_where(self, nothing: str) -> None:
        """Say why a key that needs an entity does nothing."""
        self.notice = f"a selection: a label adds it, {key_of('reader.drop')} drops it" if self.selection else nothing
