"""Lemmas: first version, replaced below."""

from functools import lru_cache

from kzanalytics._normalize import normalize

__all__ = ["lemmatize"]


@lru_cache(maxsize=1 << 16)
def lemmatize(word: str) -> str:
    """Lemma."""
    import simplemma

    w = word
    lemma = normalize(simplemma.lemmatize(w, lang="ar"))
    if lemma == normalize(w):
        for p in (
            "وبال",
            "فبال",
            "وال",
            "فال",
            "بال",
            "كال",
            "ولل",
            "لل",
            "وب",
            "ول",
            "ال",
            "و",
            "ف",
            "ب",
            "ل",
            "ك",
            "س",
        ):
            if w.startswith(p) and len(w) - len(p) > 2:
                r = normalize(simplemma.lemmatize(w[len(p) :], lang="ar"))
                if r != normalize(w[len(p) :]):
                    return r
    return lemma


def strip_clitics(word: str) -> str:
    """Without clitics."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word
