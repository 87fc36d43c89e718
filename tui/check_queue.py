"""The findings of the checks as a queue: what is left, what comes next, what keys decide. Knows no terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotate.acts import Decisions
from annotate.checks import CHECKS
from annotate.checks.cross_validation import NAME as CROSS_VALIDATION
from annotate.checks.findings import Case, Doubt, Finding, Spot
from annotate.checks.fixing import accept, fix
from annotate.checks.rule import Options
from annotate.checks.running import find
from annotate.decisions import How
from annotate.errors import DecisionError
from annotate.layers import Layer
from annotate.project_wide import PROJECT, Accepted
from annotate.spreading import decide_at
from store.checking import ProjectArticles
from store.project import Project
from tui.corpus import Corpus
from tui.desk import Desk
from tui.found_lines import standing_at
from tui.long_task import OnArticle
from tui.widgets.line_list import Context, Heading, Row


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the queue: a finding, or one of its lines."""

    finding: int
    case: int | None = None


class CheckQueue:
    """The findings of one run, those of one rule or of all.

    Attributes:
        findings: all of them, in their order.
        rule: the rule whose findings are shown; "" for all.
        rows: what is shown, from the top.
        doubts: what models said that were trained here; it is found again until they are trained anew.
    """

    def __init__(self, desk: Desk, corpus: Corpus) -> None:
        self._desk = desk
        self._corpus = corpus
        self.findings: list[Finding] = []
        self.rule = ""
        self.rows: list[Place] = []
        self.doubts: list[Doubt] = []
        self._accepted: Mapping[str, Accepted] = {}
        self._left: dict[int, tuple[Case, ...]] = {}
        self._listed: set[int] = set()

    # Looking -----------------------------------------------------------------------------------------------

    def look(self, on_article: OnArticle) -> tuple[list[Finding], list[str]]:
        """What the rules find now, and what could not be looked at; for a worker thread."""
        desk = self._desk
        # A project is not made to be read by two threads at once.
        project = Project(desk.project.root, desk.project.config)
        articles = ProjectArticles(project, desk.annotator, on_article=on_article)
        return find(articles, CHECKS, Options(), more=self.doubts), articles.problems

    def train(self, on_step: OnArticle) -> list[Doubt]:
        """What models trained on the done articles doubt in one another's; for a worker thread.

        Raises:
            ManiculeError: there is too little to learn from.
        """
        from store.checking_apart import cross_validate_apart

        desk = self._desk
        return cross_validate_apart(
            desk.project, desk.annotator, Options(language=desk.project.config.language), on_step
        )

    def take(self, findings: Sequence[Finding]) -> None:
        """Show those of the findings that are not settled; what is settled then keeps its place."""
        self.findings = list(findings)
        self._listed.clear()
        self.refresh()
        self.list_again()
        self.show(self.rule)

    def refresh(self) -> None:
        """Reckon anew what is left, after a decision."""
        self._accepted = self._layer().accepted
        self._left.clear()

    def list_again(self) -> bool:
        """Show also what was settled at first and is no longer, as after an undo; whether there is such."""
        new = {number for number, one in enumerate(self.findings) if number not in self._listed and self.is_open(one)}
        self._listed |= new
        if new:
            self.show(self.rule)
        return bool(new)

    def show(self, rule: str) -> None:
        """Show the findings of a rule, or of all."""
        self.rule = rule
        self.rows = []
        for number in sorted(self._listed):
            finding = self.findings[number]
            if rule in ("", finding.rule):
                self.rows.append(Place(number))
                self.rows += [Place(number, at) for at in range(len(finding.cases))]

    def next_rule(self) -> None:
        """Show the findings of the next rule that has some, after the last of them those of all."""
        there = {self.findings[at].rule for at in self._listed}
        rules = ["", *(name for name in (*(one.name for one in CHECKS), CROSS_VALIDATION) if name in there)]
        self.show(rules[(rules.index(self.rule) + 1) % len(rules)] if self.rule in rules else "")

    # How it stands -----------------------------------------------------------------------------------------

    def _layer(self) -> Layer:
        return self._desk.session.peek(PROJECT)

    def is_as_found(self, spot: Spot) -> bool:
        """Whether a place is as it was found, as far as is known without reading its article."""
        over = self._corpus.confirmed(spot.article_id, spot.start, spot.end)
        if over is None:
            return True
        exact = [one for one in over if (one.start, one.end) == (spot.start, spot.end)]
        if spot.label:
            return any(one.label == spot.label for one in exact)
        return not (exact if self._desk.project.config.scheme.overlap else over)

    def left_in(self, finding: Finding) -> tuple[Case, ...]:
        """Those of a finding's suspects that are as they were found, and were not accepted."""
        left = self._left.get(id(finding))
        if left is None:
            left = self._left[id(finding)] = self._reckoned(finding)
        return left

    def _reckoned(self, finding: Finding) -> tuple[Case, ...]:
        suspects = (one for one in finding.suspects if one.id not in self._accepted)
        return tuple(one for one in suspects if self.is_as_found(one.spot))

    def is_open(self, finding: Finding) -> bool:
        """Whether something is left to settle."""
        return bool(self.left_in(finding))

    def row(self, index: int) -> Row:
        """A row as it stands now."""
        place = self.rows[index]
        finding = self.findings[place.finding]
        if place.case is None:
            sign = "" if self.is_open(finding) else "✓ "
            more = f"  ·  and {finding.unlisted:,} more" if finding.unlisted else ""
            return Heading(f"{sign}{finding.rule}  ·  {finding.told}{more}")
        case = finding.cases[place.case]
        label, state, told = standing_at(self._corpus, self._desk, case.line)
        return Context(case.line, label, state, told=self._told(case) or told)

    def _told(self, case: Case) -> str:
        """What a line is said to become, or that it was accepted."""
        if not case.spot.suspect or not self.is_as_found(case.spot):
            return ""
        if case.id in self._accepted:
            return "accepted"
        return f"→ {case.fixed}" if case.fixed else "?"

    def summary(self) -> str:
        """How many findings are left, by rule."""
        left = Counter(self.findings[at].rule for at in self._listed if self.is_open(self.findings[at]))
        shown = left[self.rule] if self.rule else left.total()
        told = [f"{shown:,} finding{'' if shown == 1 else 's'} left"]
        told += [f"{rule} {count:,}" for rule, count in left.most_common()] if not self.rule else [self.rule]
        return " · ".join(told)

    # Going through them ------------------------------------------------------------------------------------

    def first_in(self, article_id: str) -> int:
        """The first line that is left in an article; the first of all where there is none."""
        left = (at for index in range(len(self.rows)) if self.rows[index].case is None for at in self.left_rows(index))
        here = (at for at in left if (case := self.case_at(at)) and case.spot.article_id == article_id)
        return next(here, self.after(-1)) if article_id else self.after(-1)

    def after(self, index: int, *, step: int = 1) -> int:
        """The first line left of the next open finding after a row, or before it; the row where there is none."""
        own = self.rows[index].finding if 0 <= index < len(self.rows) else -1
        at = index + step
        while 0 <= at < len(self.rows):
            place = self.rows[at]
            if place.finding != own and place.case is None and (left := self.left_rows(at)):
                return left[0]
            at += step
        return min(max(index, 0), max(len(self.rows) - 1, 0))

    def after_line(self, index: int) -> int:
        """The next line of the same finding that is left, else the first of the next open one."""
        later = [at for at in self.left_rows(index) if at > index]
        return later[0] if later else self.after(index)

    def left_rows(self, index: int) -> list[int]:
        """The rows of what is left of the finding of a row."""
        finding = self.finding_at(index)
        if finding is None:
            return []
        left = {id(one) for one in self.left_in(finding)}
        first = index - (0 if (case := self.rows[index].case) is None else case + 1)
        lines = range(first + 1, first + 1 + len(finding.cases))
        return [at for at in lines if id(self.case_at(at)) in left]

    def case_at(self, index: int) -> Case | None:
        """The line of a row, if it is one."""
        return self._case(self.rows[index]) if index < len(self.rows) and self.rows[index].case is not None else None

    def finding_at(self, index: int) -> Finding | None:
        """The finding of a row."""
        return self.findings[self.rows[index].finding] if index < len(self.rows) else None

    def _case(self, place: Place) -> Case:
        assert place.case is not None
        return self.findings[place.finding].cases[place.case]

    # Deciding ----------------------------------------------------------------------------------------------

    def fix(self, case: Case) -> bool:
        """Make of a line what is proposed; whether there was something to decide.

        Raises:
            ManiculeError: it cannot be decided.
        """
        decisions, problems = fix(self._desk.peek(case.spot.article_id), [case.spot])
        if problems:
            raise DecisionError(problems[0])
        return self._decide(case, decisions)

    def decide(self, case: Case, label: str) -> bool:
        """Decide on a line as in its text; whether there was something to decide.

        Raises:
            ManiculeError: it cannot be decided.
        """
        spot = case.spot
        return self._decide(case, decide_at(self._desk.peek(spot.article_id), spot.start, spot.end, label))

    def _decide(self, case: Case, decisions: Decisions) -> bool:
        article_id = case.spot.article_id
        if decisions:
            self._desk.decide(self._desk.peek(article_id), decisions)
        self._corpus.note(self._desk.peek(article_id))
        self.refresh()
        return bool(decisions)

    def fixes(self, finding: Finding) -> tuple[Decisions, list[str]]:
        """The decisions of one group for all that is left of a finding, and why some cannot be; for a worker thread."""
        spots: dict[str, list[Spot]] = {}
        for case in self.left_in(finding):
            spots.setdefault(case.spot.article_id, []).append(case.spot)
        how = How.PROJECT if sum(map(len, spots.values())) > 1 else How.SINGLE
        made: list[Decisions] = []
        problems: list[str] = []
        for article_id, held in spots.items():
            decisions, why = fix(self._desk.peek(article_id), held, how)
            made.append(decisions)
            problems += why
        return tuple(one for decisions in made for one in decisions), problems

    def accept(self, finding: Finding, cases: Sequence[Case] | None = None) -> bool:
        """Leave what is left of a finding, or some of it, as it is, and remember that; whether there was something.

        Raises:
            ManiculeError: it cannot be decided.
        """
        decisions = accept(self._layer(), finding, self.left_in(finding) if cases is None else cases)
        if decisions:
            self._desk.session.commit(decisions)
            self._desk.session.leave(PROJECT)
            self.refresh()
        return bool(decisions)
