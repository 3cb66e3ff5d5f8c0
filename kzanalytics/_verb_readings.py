"""What a word that looks like a reporting verb is instead: another word, a passive, a verb of deeds."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from kzanalytics._newstext import PREPOSITIONS, THAT
from kzanalytics._openers import MASDARS
from kzanalytics._other_verbs import AS_NEXT, OtherVerbs
from kzanalytics._subjects_after import ends_alias
from kzanalytics.cues import Verb

__all__ = ["VerbReadings"]

_OFTEN: Final = ("كثيرا", "غالبا", "عاده", "نادرا")  # كثيرا ما يصف
_IMPERSONAL: Final = (
    ("لاحظ", "يلاحظ"),
    ("بين", "تبين"),
    ("بين", "يتبين"),
    ("أظهر", "يظهر"),
    ("افترض", "يفترض"),
    ("اشترط", "يشترط"),
)  # it is noticed, it turns out
_WERE: Final = frozenset("كان كانت وكان وكانت يكن تكن يكون تكون ليس ليست بات باتت اصبح يعد تعد".split())
_WITH_THEM: Final = ("اليهم", "اليه", "اليها", "معهم", "معه", "معها", "بهم", "به", "بها")
_PLAIN: Final = ("ذكر", "قال", "كتب", "نقل", "نشر", "وصف", "عرف", "سمع", "قرأ", "رفض", "طلب", "زعم", "ظن", "خشي")
_THESE: Final = frozenset("هذه هذا هذين هاتين تلك ذلك هؤلاء".split())
_WITHHOLDING: Final = ("اغفال", "حجب", "اخفاء", "كتمان", "التكتم", "ابقاء", "الا")
_WORTH: Final = ("شان", "همي", "هميه", "خطوره", "خطر", "جديه", "وقع", "قيمه")
_TRACED: Final = ("ما", "سبب", "السبب", "اسباب", "الازمه", "ذلك", "الغضب", "العنف", "جذور")
_RIGHTS: Final = frozenset(
    "حق حقه حقها حقهم حقنا واجب واجبه واجبنا الطبيعي الضروري المفترض المهم الافضل الاجدر".split()
)
_GONE_OUT: Final = tuple("خرج نزل تظاهر احتج تجمع احتشد اعتصم تجمهر سار يخرج ينزل يتظاهر يحتج".split())
_MOST: Final = ("اكبر", "اهم", "ابرز", "اكثر", "اغني", "بين", "اول")  # تعتبر من أكبر المنتجين
_IDENTITY: Final = ("اسم", "هوي", "لقب", "كني", "صور", "اسر")
_NAMING: Final = ("نشر", "ذكر", "كشف", "افصاح", "اعلان", "تسميته", "تسميتها")
_PLANS: Final = ("خطه", "خطط", "استراتيجي", "برنامج", "قانون", "مشروع", "تدابير", "اجراءات", "حلول", "سياسات")
_TO_KILL: Final = frozenset("باطلاق بفتح بتصفيه بقتل بالقضاء بسحق بملاحقه بمطارده".split())


class VerbReadings(OtherVerbs):
    """Tells the readings in which a word reports nothing."""

    def _is_of_name(self, t: int) -> bool:
        """Whether a word is definite, or the last of a known name: وانغ ون بين."""
        matches = ((u, self.text.match(u, self.end)) for u in (t - 2, t - 1) if u >= self.first)
        return self.tok[t].startswith("ال") or any(m is not None and u + m[0] > t for u, m in matches)

    def _is_other_form(self, i: int, verb: Verb) -> bool:
        """Whether the spelling is no verb's, or nobody else's: إضافة، خوفاً، أقول."""
        text = self.text
        if self.tok[i] == "بين" and self._is_of_name(i):
            return True
        if verb.lemma == "استغرب" and text.text[text.start[i]] == "أ":
            return True  # أستغرب: I
        if text.is_family_name(i) or (verb.person == 1 and verb.lemma not in ("سمع", "قرأ")):
            return True
        ending = text.text[text.end[i] - 2 : text.end[i]]
        return (verb.form == "object" and ending[-1] == "ة") or (verb.form == "finite" and "ً" in ending)

    def _is_held_to_be(self, i: int) -> bool:
        """Whether a name behind a verb of holding, and what it is held to be, make it a passive."""
        match = self.text.match(i + 1, self.end) if i + 1 < self.end else None
        if match is None or match[1].kind not in ("country", "person") or i + 2 + match[0] >= self.end:
            return False
        held, behind = self.tok[i + 1 + match[0] : i + 3 + match[0]]
        if held == "من":
            return behind.startswith(_MOST)
        return held.endswith("ا") and held not in ("هذا", "ما", "كذا") and behind[0] == "ل" and len(behind) > 3

    def _is_crowd(self, t: int) -> bool:
        return self.text.is_kind(t, "quantifier") or self.tok[t].removeprefix("ال") in ("مئات", "الاف", "عشرات")

    def _verb_spelled(self, i: int, verb: Verb) -> str:
        """The verb as it is written, without the و or ف in front of it."""
        text = self.text
        return text.text[text.start[i] + verb.joined : text.end[i]].lstrip("\u064b\u064e\u064f\u0650\u0652")

    def _is_passive(self, i: int, verb: Verb) -> bool:
        """Whether the vowel behind its first letter makes a verb a passive: ذُكر، أُعلن، يُعتقد; not يُحذر، يُعلن."""
        spelled = self._verb_spelled(i, verb)
        doubled = "\u0651" in spelled  # تُذكّر بأن: reminds
        if verb.form != "finite" or spelled[1:2] != "\u064f" or doubled or self.text.at("background", i, self.end):
            return False
        if spelled[0] in "يتن":
            return verb.lemma[0] in "ات" or verb.lemma in _PLAIN
        return verb.lemma[0] != "أ" or spelled[0] == "أ"

    def _is_other_word(self, i: int, verb: Verb) -> bool:
        """Whether a word that is spelled like the verb is another, a passive, or said by nobody: أُعلن، وبين هذه، أنكر."""
        text, tok = self.text, self.tok
        before = tok[i - 1] if i > self.first else ""
        spelled = self._verb_spelled(i, verb)
        present = spelled[:1] in ("ي", "ت", "ن")
        if verb.form == "participle" and before in ("في", "خلال", "وفي"):
            return True  # في مذكرة
        if verb.form == "participle" and before in _WERE and tok[i + 1 : i + 2] and tok[i + 1] in THAT:
            return True  # لم يكن متوقعا أن: by nobody who is named
        if (
            verb.lemma == "أجمع"
            and present
            and ("\u0651" in spelled or (i + 1 < self.end and self._is_crowd(i + 1)))
            and not any(a == "علي" and b in THAT for a, b in pairwise(tok[i : min(i + 12, self.end)]))
        ):
            return True  # تجمّع المئات: gathered
        if present and verb.lemma in ("اعتبر", "عدّ") and self._is_held_to_be(i):
            return True  # تعتبر كازاخستان من أكبر المنتجين، يعتبر توكاييف حليفا
        if spelled[1:2] == "\u064f" and (
            spelled.endswith("ى") if present else verb.lemma[0] != "أ" or spelled[0] == "أ"
        ):
            return True  # تُروى، أُعلن: by nobody who is named; يُحذر is active
        if spelled[0] == "ل" and verb.lemma[0] != "ل" and verb.lemma not in ("قال", "تحدث") and not self._told_next(i):
            return True  # عاد ليتحدث عن، ظهر ليعلن أن; not ليعلن انتصاره
        if present and spelled[1:2] == "\u064f" and len(verb.lemma) == 3 and verb.lemma in _PLAIN:
            return True  # اشترط ألا يُذكر اسمه
        nobody = next((t for t in range(i - 1, max(self.first, i - 6), -1) if tok[t] == "احد"), 0)
        if nobody and "،" not in tok[nobody:i] and (nobody == i - 1 or tok[nobody - 1] in ("يكن", "يعد")):
            return True  # لم يعد أحد يتحدث عن، لم يكن أحد في المدينة يتوقع
        if (
            before in ("لا", "لن", "لم")
            and verb.lemma[0] == "أ"
            and text.text[text.start[i]] == "أ"
            and tok[i][0] == "ا"
        ):
            return True  # لا أنكر أن: I
        if verb.lemma == "أثبت" and before in ("لقد", "فقد"):
            return True  # لقد أثبتت المنظمة أن: whoever writes says so
        if verb.lemma in ("رأى", "سمع") and tok[i + 1 : i + 3] and tok[i + 1] == "احد":
            return True  # هل رأى أحد منكم
        if verb.lemma == "بين" and (quote := self.quotes.get(i + 1)) and quote.closed and quote.n_words <= 4:
            return True  # كازاخستان بين «الثورة الملونة» وغضب الشارع
        if verb.lemma == "بين" and tok[i + 1 : i + 2] and tok[i + 1] in _THESE:
            return True  # وبين هذه الأصوات
        if verb.lemma == "بين" and any(w[:3] == "وال" for w in tok[i + 2 : i + 4]) and tok[i + 1].startswith("ال"):
            return True  # وبين المحطة والأخرى تبدلت الكلمات: ...
        if verb.lemma == "قدّر" and tok[i + 1 : i + 2] and tok[i + 1].startswith("علي"):
            return True  # لا يقدر عليه: is able
        if tok[i] == "طلب" and verb.form == "finite" and self._is_requested(i):
            return True  # برر توكاييف طلب القوات
        spoken = verb.lemma in ("تحدث", "التقى", "اتصل") and tok[i + 1 : i + 2] and tok[i + 1] in _WITH_THEM
        if spoken and not verb.joined and before.isalpha():  # يقول محتجون تحدثت إليهم بي بي سي إن
            told = next((v for t in range(max(self.first, i - 3), i - 1) if (v := text.cues.verbs.get(tok[t]))), None)
            if told is not None and told.form == "finite":
                return True
        # كان ينظر إليه على أنه: by nobody who is named
        return verb.lemma in ("نظر", "أشار") and tok[i + 1 : i + 2] != [] and tok[i + 1] in ("اليه", "اليها", "اليهم")

    def _is_requested(self, i: int) -> bool:
        """Whether طلب is the noun, as the object of a verb with a subject in front of it."""
        for t in range(i - 2, max(self.first - 1, i - 7), -1):
            verb = self.text.cues.verbs.get(self.tok[t])
            if verb is not None and verb.form == "finite":
                return self.text.is_head(t + 1, i) and self.text.phrase_end(t + 1, i) == i
            if not self.tok[t][0].isalpha():
                return False
        return False

    def _is_negated(self, i: int) -> bool:
        """Whether a verb is negated: لم يعلن، لم يكن قد أبدى."""
        before = self.tok[i - 1] if i > self.first else ""
        return before in self.text.cues.words.get("negator", {}) or (before == "قد" and self._never_had(i))

    def _is_no_statement(self, i: int, verb: Verb) -> bool:
        """Whether a verb stands where it makes no statement of its own: بما وصف، من دون أن يعلن، لم يعلن."""
        text, tok = self.text, self.tok
        before = tok[i - 1] if i > self.first else ""
        led = before in PREPOSITIONS and not self._is_of_name(i - 1)  # وانغ ون بين يؤكد
        if led and verb.form == "finite" and not verb.joined and verb.kind != "describe":
            return True
        noun = tok[i] in text.cues.words.get("mostly_noun", {}) and before not in ("قد", "وقد", "لقد", "فقد")
        if noun and verb.form == "finite" and not self._clause_initial(i):
            return True
        if tok[i] == "ثمن" and any(w.lstrip("وف").endswith("دفع") for w in tok[max(self.first, i - 6) : i]):
            return True  # وتدفع كازاخستان ثمن تبعيتها
        if before in ("لمن", "ممن", "كمن", "بمن", "فمن") or (
            before == "قد" and i - 2 >= self.first and tok[i - 2] in AS_NEXT
        ):
            return True
        if verb.lemma == "أمر" and not self._is_order_to_kill(i, verb):
            return True
        if before == "ان" and not _RIGHTS.isdisjoint(tok[max(self.first, i - 6) : i]):
            return True  # من حق الناس أن يسألوا عن
        if text.at("background", i, self.end) or (
            before in AS_NEXT and verb.kind == "describe" and (i < 2 or tok[i - 2].lstrip("و") not in _OFTEN)
        ):
            return True
        return self._is_negated(i) and verb.cls not in ("belief", "denial") and not self._excepted(i)

    def _is_order_to_kill(self, i: int, verb: Verb) -> bool:
        """توكاييف يأمر بإطلاق النار على الإرهابيين: whom to shoot at is his word; not أمر بخفض الأسعار، صدر أمر بفتح النار."""
        tok, places = self.tok, range(i + 1, min(i + 8, self.end - 1))
        return verb.form == "finite" and any(tok[t] in _TO_KILL and tok[t + 1] != "سراح" for t in places)

    def _is_unsaid(self, i: int, verb: Verb) -> bool:
        """Whether something is asked, kept back or believed by whoever writes: سئل عما إذا كانت تعتبر، طلب عدم نشر اسمه."""
        text, tok = self.text, self.tok
        if tok[i + 1 : i + 2] == ["عدم"] and tok[i + 2 : i + 3] and tok[i + 2].removeprefix("ال") in _NAMING:
            return True  # طلب عدم نشر اسمه
        if verb.lemma == "طلب" and tok[i + 1 : i + 2] and tok[i + 1] in _WITHHOLDING:
            # طلب إغفال اسمه، ألا يذكر اسمه; not طلب ألا يفلت أحد
            return tok[i + 1] not in ("ابقاء", "الا") or any(w.startswith(_IDENTITY) for w in tok[i + 2 : i + 5])
        ahead = tok[max(self.first, i - 4) : i]
        if not verb.joined and "اذا" in ahead and "،" not in ahead[ahead.index("اذا") :]:
            return True  # سئل عما إذا كانت الصين تعتبر: asked, not said
        i_do = verb.lemma[0] == "ا" and text.text[text.start[i] + verb.joined] == "أ"
        return i_do and self._subject_after(i + 1, verb) is None  # أعتقد, not اعتقد: I believe

    def _is_said_by_no_one(self, i: int, verb: Verb, subject: tuple[int, int] | None) -> bool:
        """Whether the subject cannot speak, is whoever writes, or is missing behind a word that is mostly a noun."""
        text, tok = self.text, self.tok
        if subject is not None and verb.kind != "describe" and self._is_thing(*subject):
            paper = tok[subject[0]] == "الدستور" and (verb.gender == "f" or tok[subject[0] - 1] == "«")
            return not paper  # قالت الدستور إن: the newspaper
        if subject is not None and tok[subject[0]] == "احد" and subject[1] == subject[0] + 1 and self._is_negated(i):
            return True  # لم يتخيل أحد أن
        if subject is not None and (self._is_byline(i, verb, subject[1]) or self._is_own_text(subject[0])):
            return True
        if tok[i] == "شكر" and not (subject is not None and text.is_head(subject[0], self.end)):
            return True  # شكر خاص لكل من; not شكر الرئيس حلفاءه على
        if tok[i] in MASDARS:  # mostly the noun: حول وصف نتنياهو ما حدث بـ، رفضت وصف المتظاهرين بـ
            if any(e.kind in ("deny", "refuse") and e.first < i < max(e.end, e.start + 1) for e in self.events):
                return True
            if subject is not None and text.is_kind(subject[0], "the_events"):
                return True  # رفض كارين مجددا وصف الأحداث بـ: the events describe nothing
            named = subject is not None and text.is_head(subject[0], self.end)
            ahead = None if named or self._clause_initial(i) else self._subject_before(i)
            first = ahead[0] if isinstance(ahead, tuple) and ahead[1] == i else -1
            who = first >= 0 and text.is_kind(first, "person_head")
            who = who and (first == self.first or not tok[first - 1].isalpha())
            if not named and not who and not self._clause_initial(i):
                return True  # not النائب كريس مورفي وصف الاتهام بأنه سخيف
        return False

    def _is_other_sense(self, i: int, verb: Verb, subject: tuple[int, int] | None, start: int, opener: str) -> bool:
        """Whether the verb, with what it opens, means something else here: تميز بين المهاجمين شاب، تقر قائمة."""
        text, tok = self.text, self.tok
        after = self._behind(i, subject)
        if opener == "colon" and any(event.start == start and event.top for event in self.events):
            return True  # قال الطالب الذي يتابع دراسته: it is he who says it
        if verb.lemma == "زاد" and opener == "that" and start > after:
            return True  # زاد الطلب ... أن: it grew
        if verb.lemma == "انتهى" and not (subject is not None and self._concludes(subject[0])):
            return True  # انتهى الاجتماع إلى أن غادروا
        if verb.lemma in ("قارن", "ميّز") and subject is None and self._topic(i, verb) is None:
            return True  # تميز بين المهاجمين شاب
        if (
            verb.lemma == "فرّق"
            and self._topic(i, verb) is None
            and not (subject is not None and self._is_person(self._resolve(*subject)))
        ):
            return True  # فرقت الشرطة بين الجانبين: parted
        if verb.lemma in ("قلل", "هون") and not (start < self.end and tok[start].lstrip("ا") in _WORTH):
            return True  # قللت الحكومة من استهلاك الوقود
        if verb.lemma in ("رد", "أعاد") and opener == "prep":  # يعيد محللون الاحتجاجات إلى; not أعاد القوات إلى
            if subject is None or not text.is_head(subject[0], self.end):
                return True  # أعاد خبر القتلى الغضب إلى الشوارع
            if tok[start : start + 1] in (["الواجهه"], ["الشارع"], ["الشوارع"], ["الصداره"]):
                return True
            return not any(text.is_kind(u, "the_events") or tok[u] in _TRACED for u in range(after, start))
        if verb.lemma == "ربط" and (self._is_negated(i) or tok[i - 1] in text.cues.words.get("relative", {})):
            return True  # لم تربط اللجنة بين، العلاقة التي تربط البلدين
        if verb.lemma == "ربط" and opener == "prep" and subject is None:
            return not (isinstance(ahead := self._subject_before(i), tuple) and text.is_head(ahead[0], i))
        if verb.lemma in ("أظهر", "قدّم", "صوّر", "عرض") and opener == "prep" and start > after + 6:
            return True  # أظهروا وعيهم بأهمية القضاء على الإرهاب لا بوصفه تهديدا
        if verb.lemma == "ربط" and opener == "prep" and subject is not None:
            ties = text.is_head(subject[0], self.end) or text.is_kind(subject[0], "speech_noun")
            kinds = ("document", "quantifier", "first_name")
            ties = ties or text.is_name(subject[0]) or any(text.is_kind(subject[0], kind) for kind in kinds)
            if not ties or not {"انفسهم", "نفسه", "نفسها"}.isdisjoint(tok[after:start]):
                return True  # ربط خط أنابيب البلدين ب، ربط المحتجون أنفسهم بسلاسل
        if verb.lemma == "وضع" and opener == "prep":  # وضع الرئيس الأحداث في سياق; not وضعت الوزارة خطة في سياق
            return after < start and tok[after].startswith(_PLANS)
        if verb.lemma == "أجمع" and opener == "prep" and start > i + 4:
            return True  # تجمع مئات من السائقين احتجاجا على
        if verb.lemma == "أخفى" and (not self._is_negated(i) or self._verb_spelled(i, verb).endswith("ى")):
            return True  # لا يخفى أن
        if verb.lemma == "أطلع" and (tok[i + 1].startswith("علي") or (i > self.first and tok[i - 1] in THAT)):
            return True  # اطلع عليها، تود أن تطلع الرأي العام على
        if verb.lemma == "أطلع" and start < i + {"أ": 3, "ي": 4, "ت": 4}.get(self._verb_spelled(i, verb)[0], self.end):
            return True  # اطلع على: looked at
        if verb.lemma == "أطلع" and subject is not None and opener == "prep" and tok[i][0] in "يت":
            whom = range(after, start - 1)
            if not any(tok[u].startswith("ال") or text.is_head(u, self.end) for u in whom):
                return True  # يطلع الرئيس يوميا على سير العملية
        if verb.lemma == "أقر" and opener == "prep" and start > i + 2 and not text.is_head(i + 1, self.end):
            return True  # تقر قائمة بالحدود القصوى: passes
        if verb.lemma == "رأى" and opener == "noun" and not any(w[:2] in ("في", "ان") for w in tok[i + 1 : start + 4]):
            shows = self._is_negated(i) and text.at("that_proves", start, self.end)
            return not shows  # يرى العالم من نافذة: sees, not holds; لا يرى ما يشير إلى إرهاب
        if verb.lemma == "طلب" and opener == "noun" and not (subject is not None and text.is_head(subject[0], start)):
            return True
        out = verb.kind == "refuse" and verb.form == "participle" and opener == "noun"
        for t in range(max(self.first, i - 8), i) if out else ():
            if tok[t].lstrip("وف").startswith(_GONE_OUT):  # خرجوا رافضين زيادة الأسعار: a deed; not خرجت زاخاروفا رافضة
                return tok[i].endswith("ين") or not any(text.is_head(u, i) for u in range(t + 1, i))
        if verb.form == "participle" and opener == "prep" and "،" in tok[i + 1 : start]:
            return True  # مقرا لإقامته، يرتبط بـ: another word
        return verb.lemma == "جدد" and opener == "noun" and not self._renews(after, start)  # جددت المليشيا استهدافها

    def _calls(self, i: int, verb: Verb) -> bool:
        """السلطات تصف المحتجين بـ، توكاييف يعتبر ما جرى ...: whether the subject stands directly in front of such a verb."""
        sees = verb.lemma == "رأى" and i + 1 < self.end and self.tok[i + 1] in ("في", "فيه", "فيها")
        if verb.kind not in ("describe", "accuse") and verb.lemma not in ("اعتبر", "عدّ") and not sees:
            return False
        ahead = self._subject_before(i)
        if not isinstance(ahead, tuple) or not self.text.is_head(ahead[0], i):
            return False
        return all(w in ("لا", "لم", "لن") for w in self.tok[ahead[1] : i])  # المحلل لا يرى في ما جرى ثورة

    def _is_other_construction(
        self, i: int, verb: Verb, subject: tuple[int, int] | None, start: int, opener: str
    ) -> bool:
        """Whether what follows belongs to another word, or the verb is a passive or an adjective: متهمين بأعمال شغب."""
        text, tok = self.text, self.tok
        before = tok[i - 1] if i > self.first else ""
        after = self._behind(i, subject)
        far = opener == "that" and i > self.first + 1 and start > i + 8 and "،" in tok[i + 2 : start]
        far = far and not (tok[i + 1] == "،" and self._behind_subject(i))  # كان الرئيس قد كشف، خلال قمة المنظمة، أن
        if subject is None and far and not text.at("source", i + 1, self.end):  # فنفت على لسان فلان، المتحدث، أن
            return True  # the complement of another word
        if subject is None and tok[i] == "يذكر" and not before[:1].isalpha():
            return True  # يذكر بأن: it is worth mention
        if subject is None and opener == "that" and (verb.lemma, tok[i].lstrip("وف")) in _IMPERSONAL:
            going_on = verb.lemma == "لاحظ" and verb.joined and i == self.first and self._spoke_before()
            if not going_on:
                return True
        present = verb.form == "finite" and tok[i].lstrip("وف")[:1] in "يت"
        if subject is None and present and not self._calls(i, verb):
            if opener == "noun" and verb.lemma in ("اعتبر", "عدّ", "رأى", "قدّر"):
                return True  # passive: is considered
            definite = tok[i + 1].startswith("ال") and tok[i + 1] != "الا"
            if opener == "prep" and definite and not text.at("adverb", i + 1, self.end):
                return True  # its subject is a thing
        if subject is None and opener in ("that", "prep") and i + 1 < self.end:
            definite = tok[i + 1].startswith("ال") or tok[i + 1] in ("كل", "هذه", "جميع", "معظم", "تلك", "هذا")
            if definite and self._is_thing(i + 1, min(i + 5, self.end)) and not self._behind_subject(i):
                return True
        named = subject is not None and verb.joined
        if subject is not None and verb.lemma == "بين":
            named = named and text.is_head(subject[0], self.end)
        aside = (
            verb.lemma == "عبّر"
            and tok[after : after + 1] == ["،"]
            and subject is not None
            and "،" in tok[start - 2 : start]
        )
        if verb.lemma in ("بين", "عبّر") and start > after + 6 and not (named or aside or self._after_discourse(i)):
            return True
        if verb.form == "participle" and self._is_adjective(i, before) and (opener != "that" or start > i + 1):
            return True
        if (
            verb.kind in ("accuse", "describe")
            and start <= i + 1
            and opener not in ("quote", "noun")
            and verb.form == "finite"
        ):
            return True  # passive: accused of, known for
        if opener == "quote" and start + 1 < self.end and tok[start + 1][0] != "ب":
            return False  # متهما «عصابات إرهابية» بالهجوم
        # متهمين «بتشكيل ...»، متهمين بأعمال شغب
        return verb.kind == "accuse" and verb.form == "participle" and opener in ("quote", "prep") and start <= i + 1

    def _behind(self, i: int, subject: tuple[int, int] | None) -> int:
        """Where the words behind a verb and its subject start."""
        return max(subject[1], i + 1) if subject is not None else i + 1

    def _concludes(self, t: int) -> bool:
        """Whether a subject can come to a conclusion: somebody, or a report."""
        return self.text.is_head(t, self.end) or self.text.is_kind(t, "speech_noun") or self.text.is_kind(t, "document")

    def _spoke_before(self) -> bool:
        """Whether somebody speaks in the sentence before, of the same paragraph: يقول المحامي إن ... . ويلاحظ أن."""
        if not self.k or "\n" in self.tok[max(0, self.first - 2) : self.first]:
            return False
        events = self.reader.sentence(self.k - 1).events
        return bool(events) and events[-1].opener in ("that", "colon", "quote") and not events[-1].backward

    def _told_next(self, i: int) -> bool:
        """Whether what is said follows a verb of purpose at once: خرج ليعلن أن; not جاء ليؤكد حضوره."""
        after = i + 1 + (self.tok[i + 1 : i + 2] != [] and self.tok[i + 1] in ("علي", "الي", "من"))
        whom = after + 1 < self.end and self.tok[after].startswith("ال") and self.tok[after + 1] in ("بان", "بانه")
        return after < self.end and (self.tok[after] in THAT or after in self.quotes or whom)  # ليذكر الحكومة بأن

    def _excepted(self, i: int) -> bool:
        """Whether a negation is taken back: لا يتحدث إلا عن; not لم يعلن شيئا إلا أن."""
        for t in range(i + 1, min(i + 10, self.end - 1)):
            if self.tok[t] == "الا":
                return self.tok[t + 1] not in THAT
            if self.tok[t] == "،":
                return False
        return False

    def _renews(self, first: int, last: int) -> bool:
        """Whether what is renewed are words: جدد الوزير التأكيد على."""
        return any(self.text.is_kind(t, "renewed") for t in range(first, min(last + 1, self.end)))

    def _is_adjective(self, i: int, before: str) -> bool:
        """Whether a feminine participle goes with the indefinite word before it: بيئة مؤيدة لهم."""
        if before == "غير":
            return True
        plural = before.endswith(("ه", "ات"))
        if not (self.tok[i].endswith("ه") and plural and len(before) > 3) or before.startswith("ال"):
            return False
        return before not in self.text.cues.verbs and not self.text.is_kind(i - 1, "institution_head")

    def _after_discourse(self, i: int) -> bool:
        """Whether a verb follows من جهته، or its like, with which a sentence starts."""
        first = next((t for t in range(self.first, i) if self.tok[t][0].isalpha()), i)
        n = self.text.at("discourse", first, i)
        return bool(n) and i - first - n == (self.tok[i - 1] == "،")

    def _never_had(self, i: int) -> bool:
        """Whether a verb is a negated pluperfect: لم يكن الشاب قد أبدى."""
        return any(
            self.tok[t] in ("يكن", "تكن", "يكونوا") and self.tok[t - 1].endswith("لم")
            for t in range(i - 2, max(self.first, i - 6), -1)
        )

    def _clause_initial(self, i: int) -> bool:
        """Whether a word that is also a noun stands where a verb can."""
        text, tok = self.text, self.tok
        if i == self.first or tok[i][0] in "يت" or self._in_statement(i):
            return True
        if tok[i + 1 : i + 2] in (["خلاله"], ["خلالها"], ["خلالهما"], ["ان"], ["انه"], ["انها"], ["انهم"]):
            return True  # أجرى اتصالات شرح خلالها أن، السيناتور فلان كشف أن
        before = tok[i - 1]
        verb = text.cues.verbs.get(tok[i])
        if verb is not None and verb.joined:
            return True
        if not before[0].isalpha() or text.at("discourse", i - 1, i) or text.at("adverb", i - 1, i):
            return True
        if before in text.cues.words.get("relative", {}) or before in AS_NEXT or text.at("clause", i - 1, i):
            return True
        return before in (
            "كما",
            "حيث",
            "ثم",
            "لطالما",
            "ولطالما",
            "متصل",
            "ذلك",
            "حين",
            "الذي",
            "جهته",
            "جانبه",
            "ناحيته",
        ) or ends_alias(text, self.first, i)

    def _is_byline(self, i: int, verb: Verb, end: int) -> bool:
        """كتب فلان: on a line of its own, in front of an article and not of a quotation."""
        own_line = i == 0 or self.tok[i - 1] in ("-", "\n")
        alone = verb.lemma == "كتب" and not verb.joined and own_line and self.tok[end : end + 2] == [":", "\n"]
        return alone and end + 2 not in self.text.opening and self.tok[end + 2 : end + 3] not in (["ان"], ["«"])

    def _is_own_text(self, t: int) -> bool:
        """ترى هذه الورقة أن: who writes speaks."""
        return self.tok[t] in ("هذه", "هذا") and self.tok[t + 1 : t + 2] != [] and self.text.is_kind(t + 1, "own_text")
