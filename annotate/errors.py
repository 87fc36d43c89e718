"""The one family of errors that a front shows to a person."""

from __future__ import annotations


class ManiculeError(Exception):
    """Something a person can understand and act on.

    Attributes:
        title: what kind of thing went wrong, in two or three words.
        message: one line that names what is wrong and where.
    """

    title = "Error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class TextError(ManiculeError):
    """A text that cannot become an article."""

    title = "Unusable text"


class SchemeError(ManiculeError):
    """A label scheme that contradicts itself."""

    title = "Label scheme"


class DecisionError(ManiculeError):
    """A decision that cannot be taken or undone where things stand."""

    title = "Not possible"


class PipelineError(ManiculeError):
    """A pipeline that cannot be found, loaded or run."""

    title = "Pipeline"
