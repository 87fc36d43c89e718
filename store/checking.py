"""What checks read of a project: the articles of one annotator as they are on disk, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from annotate.articles import Article
from annotate.checks.corpus import CheckedArticle
from annotate.layers import Layer, State, Status
from store.errors import StoreError
from store.ids import check_name
from store.project import Project

OnArticle = Callable[[int, int], object]
"""Called with (done, total) after each article."""


class ProjectArticles:
    """The articles on which an annotator has decided something; see `annotate.checks.corpus.CheckedArticles`.

    No other annotator's layers are read, and no suggestions that this one is not shown.

    Attributes:
        ids: of these articles, as far as is known before they are read.
        problems: one line about each article that cannot be read.
    """

    def __init__(
        self, project: Project, annotator: str, *, suggestions: bool = True, on_article: OnArticle | None = None
    ) -> None:
        """Look for the articles; none is read yet.

        Args:
            project: the project.
            annotator: whose decisions.
            suggestions: whether what pipelines propose is read, too.
            on_article: told of each article in each of the two ways through them.

        Raises:
            StoreError: that is no annotator's name.
        """
        self._project = project
        self._annotator = check_name(annotator, "annotator")
        self._sources = project.sources_for(annotator) if suggestions else []
        begun = set(chain.from_iterable(project.journal_marks(annotator).values()))
        layer = project.locations.layer
        self.ids = [one for one in project.article_ids() if one in begun or layer(annotator, one).exists()]
        self._problems: dict[str, str] = {}
        self._on_article = on_article
        self._done = 0

    @property
    def problems(self) -> list[str]:
        """One line about each article that cannot be read."""
        return [self._problems[one] for one in sorted(self._problems)]

    def __iter__(self) -> Iterator[CheckedArticle]:
        """Each of them with what was decided in it."""
        for article_id in self.ids:
            try:
                found = self._read(article_id)
            except StoreError as error:
                self._problems[article_id] = error.message
            else:
                if found.done or found.spans or found.rejected:
                    yield found
            self._done += 1
            if self._on_article:
                self._on_article(self._done, 2 * len(self.ids))

    def text(self, article_id: str) -> str:
        """The text of an article in the revision that the annotator's layer belongs to."""
        try:
            return self._with_layer(article_id)[0].text
        except StoreError as error:
            self._problems[article_id] = error.message
            return ""

    def _read(self, article_id: str) -> CheckedArticle:
        article, layer = self._with_layer(article_id)
        held = sorted(layer.annotations.values(), key=lambda one: one.span)
        return CheckedArticle(
            article_id,
            article.text,
            layer.status is Status.DONE,
            tuple(one.span for one in held if one.state is State.CONFIRMED),
            tuple(one.span for one in held if one.state is State.REJECTED),
            tuple(self._project.suggestions(article, self._sources)),
        )

    def _with_layer(self, article_id: str) -> tuple[Article, Layer]:
        layer = self._project.layer(self._annotator, article_id)
        article = self._project.article(article_id, layer.text_hash)
        self._project.check_quotes(self._annotator, article, layer)
        return article, layer
