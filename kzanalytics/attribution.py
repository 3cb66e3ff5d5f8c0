"""In whose voice a frame is used: speaker, quotation, polarity, and so the outlet's stance, each with its cue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from kzanalytics._layout import Layout
from kzanalytics._news_tokens import cut_texts
from kzanalytics._newstext import PREPOSITIONS
from kzanalytics._openers import WHO
from kzanalytics._phrases import Text
from kzanalytics._tables import article_ids, article_texts, id_texts, need
from kzanalytics._word_classes import FIRST_PERSON
from kzanalytics.cues import load_cues
from kzanalytics.polarity import Polarity, find_polarity
from kzanalytics.quotations import Quotation
from kzanalytics.reporting import Event, Reader, Sentence
from kzanalytics.speakers import Speaker, load_actors

__all__ = ["ATTRIBUTION_COLUMNS", "POLARITIES", "QUOTES", "STANCES", "VOICES", "attribute_mentions"]

VOICES: Final = ("outlet", "attributed")
QUOTES: Final = ("none", "phrase", "speech")
POLARITIES: Final = ("affirmed", "rejected", "distanced")
STANCES: Final = ("asserts", "reports", "reports_denial", "rejects", "distances")
ATTRIBUTION_COLUMNS: Final = (
    "voice",
    "speaker",
    "speaker_text",
    "quote",
    "polarity",
    "stance",
    "cue",
    "cue_class",
    "cue_start",
    "cue_end",
)


def stance_of(voice: str, polarity: str, quote: str) -> str:
    """The outlet's stance, from the three labels (DESIGN section 3).

    >>> stance_of("attributed", "rejected", "speech")
    'reports_denial'
    >>> stance_of("outlet", "affirmed", "phrase")
    'distances'
    """
    if polarity == "distanced":
        return "distances"
    if voice == "attributed":
        return "reports" if polarity == "affirmed" else "reports_denial"
    if polarity == "rejected":
        return "rejects"
    return "distances" if quote == "phrase" else "asserts"


_WORDS: Final = ("الكلمات", "العبار", "الجمل")
_EXPLAINING: Final = frozenset("من في علي عن كل هو هي هم هذا هذه هؤلاء لا ليس ليست ان اي ما بعض كثير لو".split())


class _Article:
    def __init__(self, text: Text) -> None:
        self.text = text
        self.reader = Reader(text)
        self._layout: Layout | None = None

    def attribute(self, start: int, end: int) -> tuple[object, ...]:
        """The ten attribution columns of the mention at `start` to `end`."""
        text = self.text
        if not text.tok:
            return ("outlet", "", "", "none", "affirmed", "asserts", "", "", -1, -1)
        t0 = text.token_at(start)
        t1 = max(t0 + 1, text.token_at(max(start, end - 1)) + 1)
        around = text.quotations_around(start, end)
        speech = next((q for q in around if q.kind == "speech"), None)
        quote = "speech" if speech else "phrase" if around else "none"
        k = text.sentence_at(t0)
        sentence = self.reader.sentence(k)
        event = sentence.at(t0)
        speaker = event.speaker if event else None
        title = bool(around) and self._is_title(around[0])
        if event is None:
            event = self._turn(t0)
            speaker = event.speaker if event else None
        elif speaker is not None and not speaker.names and (turn := self._turn(t0)) is not None:
            speaker = turn.speaker
        if event is None and around and (by := self._by_these_words(around[0], k)) is not None:
            speaker, title = by, True
        said = speech or (around[0] if event is None and around and self._is_whole(around[0], k, sentence) else None)
        if event is None and said and not title:
            event, speaker = self._of_quotation(said, k)
        elif event is None and speaker is None:
            event = self._going_on(k, sentence)
            speaker = event.speaker if event else None
        lo, hi = sentence.first, sentence.end
        polarity = find_polarity(text, t0, t1, lo, hi)
        if event is None and speaker is None and polarity.value == "rejected":
            event = self._denier(sentence, polarity.first, t0)
            speaker = event.speaker if event else None
        if polarity.naming is not None:
            speaker = self._namer(polarity, k, sentence, t0, speaker)
        voice = "outlet" if speaker is None else "attributed"
        cue = self._cue(polarity, event, around)
        return (
            voice,
            speaker.name if speaker else "",
            speaker.text if speaker else "",
            quote,
            polarity.value,
            stance_of(voice, polarity.value, quote),
            *cue,
        )

    def _denier(self, sentence: Sentence, cue: int, t0: int) -> Event | None:
        """Who denies in words that do not reach the term: وصفت الحديث عن ثورة ملونة بأنه هراء، نفى الناشط تهمة الإرهاب."""
        if cue > t0:
            event = sentence.at(cue)
            answers = self.text.tok[cue] == "بالنفي"  # سئل ... ، فأجاب بالنفي
            return event if event is not None and (event.first < t0 or answers) else None
        return next((e for e in sentence.events if e.first == cue and e.opener == "silent"), None)

    def _turn(self, token: int) -> Event | None:
        """Whose line it is, in an interview or a statement printed whole."""
        if self._layout is None:
            self._layout = Layout(self.text, self.reader)
        return self._layout.at(token)

    def _is_title(self, quotation: Quotation) -> bool:
        """Whether the marks hold a name or title: مؤتمر «...»، بعنوان «...»."""
        t = self.text.token_at(quotation.start) - 1
        return t >= 0 and self.text.is_kind(t, "title_noun")

    def _is_whole(self, quotation: Quotation, k: int, sentence: Sentence) -> bool:
        """Whether a short quotation is all of a sentence that follows others in its paragraph: تروي عاصل ... «كان طالبا»."""
        tok, first = self.text.tok, sentence.first
        if not k or self.text.token_at(quotation.start) != first or quotation.n_words < 2:
            return False
        close = self.text.token_at(quotation.end - 1)
        rest = tok[close + 1 : sentence.end]
        return tok[first - 1] != "\n" and all(w in (".", "\n", "؟", "!") for w in rest) and tok[close] == "»"

    def _by_these_words(self, quotation: Quotation, k: int) -> Speaker | None:
        """«لسنا إرهابيين». بهذه الكلمات يستقبلنا الشاب: whose words they were, said behind them."""
        tok, sentences = self.text.tok, self.text.sentences
        if self.text.token_at(quotation.start) != sentences[k][0] or k + 1 >= len(sentences):
            return None
        first, end = sentences[k + 1]
        if end - first < 4 or tok[first] not in ("بهذه", "بتلك") or not tok[first + 1].startswith(_WORDS):
            return None
        if not tok[first + 3].isalpha() or tok[first + 3] in PREPOSITIONS:
            return None
        return self.text.resolve(first + 3, self.text.phrase_end(first + 3, end))

    def _of_quotation(self, quotation: Quotation, k: int) -> tuple[Event | None, Speaker]:
        """Who speaks in a quotation that no event of the mention's own sentence governs."""
        text = self.text
        first = text.token_at(quotation.inner_start)
        origin = text.sentence_at(first)
        sentence = self.reader.sentence(origin)
        event = sentence.at(first)
        if event is not None:
            return event, event.speaker
        before = [e for e in sentence.events if e.first < first and e.top]
        if before:
            return before[-1], before[-1].speaker
        close = text.token_at(quotation.end - 1)
        after = [e for e in sentence.events if e.top and e.opener in ("noun", "prep", "that")]
        after = [e for e in after if not any(text.at("clause", t, e.first) for t in range(close, e.first))]
        if after and origin == k:
            return after[0], after[0].speaker
        mark = text.token_at(quotation.start)
        if mark > sentence.first + 1 and text.tok[mark - 1] == ":":  # سلطت الصحيفة الضوء على ...: «...»
            named = self.reader.main_subject(origin, mark) or text.known_name(sentence.first, mark)
            if named is not None and named.kind in ("person", "institution", "media", "unknown"):
                return None, named
        opens = mark == sentence.first and "\n" not in text.tok[max(0, mark - 2) : mark]  # أم بولات تستقبلنا. «...».
        opens = opens or (text.tok[mark - 1] == ":" and text.tok[sentence.first][0] in "يت")
        shown = self.reader.shown(origin) if opens else None
        return None, shown or self.reader.last_speaker(origin) or Speaker()

    def _going_on(self, k: int, sentence: Sentence, back: int = 12) -> Event | None:
        """An unmarked speech that goes on: behind two dots, or in the first person behind a colon."""
        text = self.text
        if (
            k == 0 or any(e.opener != "silent" for e in sentence.events) or not back
        ):  # a speech of more sentences is marked again
            return None
        dots = text.tok[text.sentences[k - 1][1] - 1] in ("..", "…")
        explains = self._explains(k)
        if not dots and not explains and not self._in_first_person(sentence):
            return None
        previous = self.reader.sentence(k - 1)
        last = next((t for t in range(previous.end - 1, previous.first - 1, -1) if text.tok[t][0].isalpha()), -1)
        if last < 0:
            return None
        event = previous.at(last) or (self._going_on(k - 1, previous, back - 1) if not previous.events else None)
        if event is None or event.backward or event.opener not in ("colon", "that"):
            return None
        explains = explains and (event.cls in ("neutral", "endorsing") or event.lemma in ("رأى", "اعتبر"))
        if event.kind == "headline" or not (dots or explains or event.opener == "colon"):
            return None
        return event

    def _explains(self, k: int) -> bool:
        """Whether a sentence goes on with what the one before said: فمن خرجوا بسبب الأسعار شيء، ومن حملوا السلاح شيء آخر."""
        text, first = self.text, self.text.sentences[k][0]
        word, before = text.tok[first], text.text[text.end[first - 1] - 1 : text.start[first]]
        if word[0] != "ف" or "\n" in before or "\n" in text.tok[max(0, first - 2) : first]:
            return False
        return word[1:] in _EXPLAINING

    def _in_first_person(self, sentence: Sentence) -> bool:
        text, classes = self.text, self.text.classes
        if not any(map(FIRST_PERSON.__and__, classes[sentence.first : sentence.end])):
            return False
        return any(text.at("first_person", t, sentence.end) for t in range(sentence.first, sentence.end))

    def _namer(self, polarity: Polarity, k: int, sentence: Sentence, t0: int, known: Speaker | None) -> Speaker:
        """Who is said to use a disowned word: the phrase behind ما وصفه, else the one its pronoun means."""
        text = self.text
        first, end = polarity.naming or (0, 0)
        if end > first:
            return text.resolve(first, min(end, text.phrase_end(first, end)))
        stem = text.tok[polarity.end - 1]
        feminine = stem.startswith("ت") or any(stem.endswith("ت" + o) for o in ("ه", "ها", "هم"))
        his = text.tok[polarity.end - 2] in ("حد", "حسب", "بحسب", "وفق")
        if his:
            feminine = stem.endswith("ها")  # حسب تعبيره
        gender = "f" if feminine else "m"
        doer = self._doer(sentence.first, polarity.first) if feminine else None
        own = doer or self.reader.clause_subject(k, t0)
        if own is not None and own.gender == gender:
            return own
        if known is not None and known.names and known.gender == gender:
            return known
        candidates = [(e.first, e.speaker) for e in sentence.events if e.speaker.names and e.first < t0]
        main = self.reader.main_subject(k, t0)
        if main is not None:
            candidates.append((sentence.first, main))
        for a, b, actor in text.named():
            person = actor.kind in ("person", "office")
            if sentence.first <= a < t0 and (person or (gender == "f" and text.tok[a - 1] not in PREPOSITIONS)):
                speaker = text.resolve(a, b)
                if speaker.kind == "person" or gender == "f":
                    candidates.append((a, speaker))
        candidates.sort(key=lambda c: c[0])
        fitting = [s for _, s in candidates if s.gender == gender]
        if not fitting and not his:
            fitting = [s for _, s in candidates]
        return fitting[-1] if fitting else self.reader.last_speaker(k, gender) or Speaker()

    def _doer(self, first: int, before: int) -> Speaker | None:
        """The feminine subject behind the last verb before a token: استعانت الرئاسة بقوات لمواجهة ما سمته."""
        text, tok = self.text, self.text.tok
        for t in range(before - 1, max(first, before - 14), -1):
            if tok[t] in ("،", "؛", ":", "»"):
                return None
            verb = tok[t - 1].lstrip("وف")
            does = verb.endswith("ت") and not verb.endswith("ات")
            does = does or (verb.startswith("ت") and verb[3:4] != "ي" and not verb.endswith(("ها", "هم")))  # not تنفيذ
            does = does and verb not in PREPOSITIONS and tok[t - 2] not in WHO
            does = does or verb.startswith(("نسبت", "عزت"))  # التي نسبتها السلطات إلى ما أسمته
            says = text.cues.verbs.get(tok[t - 1])
            does = does and len(verb) > 3 and (says is None or says.form == "object")  # not تتهم واشنطن بما تسميه
            if does and text.is_head(t, before):
                doer = text.resolve(t, text.phrase_end(t, before))
                return doer if doer.gender == "f" else None
        return None

    def _cue(self, polarity: Polarity, event: Event | None, around: Sequence[Quotation]) -> tuple[str, str, int, int]:
        text = self.text
        if polarity.value != "affirmed" and polarity.first >= 0:
            first, end, cls = polarity.first, polarity.end, polarity.cls
        elif event is not None:
            first, end, cls = event.first, event.last + 1, event.cls
        elif around:
            return text.text[around[-1].start : around[-1].end], "marks", around[-1].start, around[-1].end
        else:
            return "", "", -1, -1
        start, stop = text.start[first], text.end[min(end, len(text.end)) - 1]
        return text.text[start:stop], cls, start, stop


def attribute_mentions(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    actors: str | Path | pd.DataFrame | None = None,
    cues: str | Path | pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say for each mention who uses the frame, in whose words, and whether it is affirmed.

    Rules over the sentence and what it carries over, not a trained model: what they get wrong is measured in
    ``tests/gold/README.md``. A label is evidence to read with its cue, not a verdict on an outlet or a person.

    Parameters
    ----------
    mentions : DataFrame
        At least ``article_id, start, end``, as `find_mentions` gives them.
    articles : DataFrame
        ``article_id`` and ``text``; `start` and `end` are offsets into ``text`` as it was read.
    actors : str, Path or DataFrame, optional
        Actors to add to the shipped ones; see `load_actors`.
    cues : str, Path or DataFrame, optional
        Cue words to add to the shipped ones; see `load_cues`.

    Returns
    -------
    DataFrame
        The mentions, in the same order and with the same index, and the columns

        - voice: ``outlet`` or ``attributed``;
        - speaker: canonical names joined by ``;``; "" in the outlet's own voice and where nobody is named. A body
          without its country (السلطات) is that of the one country which its sentence, or the one before, names, else of
          the country that the article names first if three in five of all its names belong there;
        - speaker_text: how the text names the speaker;
        - quote: ``none``, ``phrase`` (marks around at most four words) or ``speech``;
        - polarity: ``affirmed``, ``rejected`` or ``distanced``;
        - stance: ``asserts``, ``reports``, ``reports_denial``, ``rejects`` or ``distances``;
        - cue, cue_class, cue_start, cue_end: the words that decided, and where (-1 if there are none).

    Raises
    ------
    ValueError
        If a column is missing, an article is unknown, or an offset lies outside its text.

    Notes
    -----
    Not attempted: irony, who is meant by a pronoun beyond the last speaker, and speech without any mark or verb.

    Examples
    --------
    >>> import pandas as pd
    >>> text = "أكد الرئيس الروسي فلاديمير بوتين أنه لن يسمح بـ«ثورات ملونة»."
    >>> articles = pd.DataFrame({"article_id": ["a"], "text": [text]})
    >>> start = text.index("ثورات")
    >>> mentions = pd.DataFrame({"article_id": ["a"], "start": [start], "end": [start + 11]})
    >>> row = attribute_mentions(mentions, articles).iloc[0]
    >>> row["speaker"], row["quote"], row["polarity"], row["stance"]
    ('Putin', 'phrase', 'affirmed', 'reports')
    """
    need(mentions, ["article_id", "start", "end"], "mentions")
    need(articles, ["article_id", "text"], "articles")
    known_ids = article_ids(articles)
    mentions = mentions.assign(article_id=id_texts(mentions["article_id"]))
    actor_list, cue_list = load_actors(actors), load_cues(cues)
    ids = mentions["article_id"].tolist()
    starts = mentions["start"].to_numpy(dtype=np.int64).tolist()
    ends = mentions["end"].to_numpy(dtype=np.int64).tolist()
    wanted = list(dict.fromkeys(ids))
    named = set(wanted)  # isin takes ten times as long
    known = articles.assign(article_id=known_ids)[[i in named for i in known_ids.tolist()]]
    texts = dict(zip(known["article_id"].tolist(), article_texts(known), strict=True))
    unknown = [i for i in wanted if i not in texts]
    if unknown:
        raise ValueError(
            f"mentions name article_id {unknown[0]!r}, which articles does not have"
            f" ({len(unknown)} such); pass the articles in which the mentions were found"
        )
    order = np.argsort(pd.Categorical(mentions["article_id"], categories=wanted).codes, kind="stable")
    rows: list[tuple[object, ...]] = [()] * len(mentions)
    wanted_texts = [texts[i] for i in wanted]
    articles_read = zip(wanted, wanted_texts, cut_texts(wanted_texts, cue_list, actor_list), strict=True)
    current, article = None, None
    for position in order.tolist():
        article_id = ids[position]
        if article is None or article_id != current:
            if article is not None:
                article.reader.close()
            current, text, tokens = next(articles_read)
            article = _Article(Text(text, actor_list, cue_list, tokens))
        start, end = starts[position], ends[position]
        if not 0 <= start <= end <= len(article.text.text):
            raise ValueError(
                f"mention at {start}-{end} lies outside the text of article {article_id!r}"
                f" ({len(article.text.text)} characters); offsets must be into the text as it was read"
            )
        rows[position] = article.attribute(start, end)
    out = mentions
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(ATTRIBUTION_COLUMNS)
    for name, values in zip(ATTRIBUTION_COLUMNS, columns, strict=True):
        dtype = "int64" if name in ("cue_start", "cue_end") else "str"
        out[name] = pd.Series(list(values), index=mentions.index, dtype=dtype)
    return out
