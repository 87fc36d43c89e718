"""The pipeline's tokenizer: English, with hyphens, dashes and slashes always apart, so that spans end where names do."""

from __future__ import annotations

from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

_INFIXES = (r"(?<=[^\W_])[-–—−/+](?=[^\W_])", r"(?<=[^\W_])[\[\](){}<>|«»:;!?…~=](?=[^\W_])", r"—|–|--+")
_PREFIXES = (r"[-–—−+/]",)
_SUFFIXES = (r"[-–—−+/]", r"(?<=[^\W\d_][^\W\d_])\.", r"(?<=\d)\.", r"(?<=\d[A-Z])\.", r"(?<=/h)\.")


def set_tokenizer(nlp: Language) -> None:
    """Give a blank English pipeline this tokenizer; saved pipelines keep it."""
    defaults = nlp.Defaults
    infixes = [*(defaults.infixes or []), *_INFIXES]
    prefixes = [*(defaults.prefixes or []), *_PREFIXES]
    suffixes = [*(defaults.suffixes or []), *_SUFFIXES]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    nlp.tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    nlp.tokenizer.suffix_search = compile_suffix_regex(suffixes).search
