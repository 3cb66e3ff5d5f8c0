"""Charts of finished tables, in Arabic and English; they draw and compute nothing that the tables should hold.

Each ``plot_`` function takes a table, ``ax=None`` and ``language="ar"`` or ``"en"``, returns the Axes, and leaves
matplotlib's settings as they were. Arabic charts are mirrored: axes grow leftwards, labels stand on the right.
"""

from ._chart_base import alt_text
from .chart_corpus import plot_corpus, plot_dispersion
from .chart_files import figure_svg, save_figure
from .chart_frames import plot_frame_rates, plot_over_time
from .chart_keyness import plot_keyness
from .chart_matrices import plot_co_occurrence, plot_reuse
from .chart_stance import plot_speakers, plot_stance
from .chart_terms import plot_tfidf, plot_topic_prevalence, plot_topic_search, plot_topic_terms

__all__ = [
    "alt_text",
    "figure_svg",
    "plot_co_occurrence",
    "plot_corpus",
    "plot_dispersion",
    "plot_frame_rates",
    "plot_keyness",
    "plot_over_time",
    "plot_reuse",
    "plot_speakers",
    "plot_stance",
    "plot_tfidf",
    "plot_topic_prevalence",
    "plot_topic_search",
    "plot_topic_terms",
    "save_figure",
]
