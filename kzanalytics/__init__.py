"""Who frames an event how, and in whose voice? Framing analysis of Arabic news.

Importing this package reads nothing and loads nothing: each name below brings its module when it is first used.

>>> import kzanalytics as kz
>>> kz.lemmatize("وبأسعارها")
'سعر'
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_NAMES = {
    "arabic": "Analyzer NormalizeOptions Token explain_normalization label_terms lemmatize load_stop_words normalize "
    "split_sentences tokenize tokenize_articles",
    "boilerplate": "find_boilerplate",
    "articles": "CorpusWarning check_articles count_tokens split_passages",
    "practice": "compose_articles",
    "files": "load_seeds read_articles read_table write_table",
    "codebooks": "Codebook check_codebook list_codebooks list_forms load_codebook",
    "mentions": "concordance find_mentions",
    "attribution": "attribute_mentions",
    "speakers": "load_actors",
    "cues": "load_cues",
    "coding": "agreement coding_sheet krippendorff_alpha read_codes",
    "classifier": "fit_classifier",
    "reuse": "find_reuse reuse_shares",
    "stream": "iter_articles process_corpus",
    "frames": "co_occurrence compare_outlets frame_rates sensitivity speaker_frames speaker_shares stance_shares",
    "terms": "keyness tfidf",
    "topics": "TopicModel fit_topics load_topics",
    "topic_search": "search_topics",
    "topic_seeds": "compare_seeded",
    "topic_intrusion": "intrusion_sheet score_intrusion",
    "charts": "alt_text plot_co_occurrence plot_corpus plot_dispersion plot_frame_rates plot_keyness plot_over_time "
    "plot_reuse plot_speakers plot_stance plot_tfidf plot_topic_prevalence plot_topic_search plot_topic_terms save_figure",
    "report": "write_report",
    "_views": "show_table",
    "runinfo": "cite run_info",
}
_HOME = {name: module for module, names in _NAMES.items() for name in names.split()}

__all__ = sorted([*_HOME, "__version__"])


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'kzanalytics' has no attribute {name!r}")
    value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
