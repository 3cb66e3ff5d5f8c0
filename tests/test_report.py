"""The report's page as text: what goes in, what stays out, and that nothing in an article becomes markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pandas as pd
import pytest

import kzanalytics as kz
from kzanalytics._report_charts import compact_svg
from kzanalytics._report_data import json_for_html, page_data
from kzanalytics.report import write_report

CODEBOOK = kz.load_codebook("kazakhstan-2022")
FAR = " كلام بعيد لا إطار فيه" * 30 + " آخر المقال السري"


@pytest.fixture(scope="module")
def articles():
    return pd.DataFrame(
        {
            "article_id": ["1", "2", "3"],
            "outlet": ["الثورة", "الوسط", ""],
            "date": pd.to_datetime(["2022-01-06", "2022-01-07", None]).astype("datetime64[us]"),
            "title": ["عنوان </title><script>alert(1)</script>", "", ""],
            "text": [
                "قال توكاييف إنه يحارب الإرهاب.\u2028</script><!-- <script>" + FAR,
                "أكد بوتين 😀 أنه لن يسمح بثورات ملونة.",
                "ارتفعت الأسعار.",
            ],
        }
    )


@pytest.fixture(scope="module")
def mentions(articles):
    checked = kz.check_articles(articles)
    return kz.attribute_mentions(kz.find_mentions(checked, CODEBOOK), checked)


@pytest.fixture(scope="module")
def page(articles, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "new" / "report.html"
    assert write_report(path, articles, CODEBOOK, n_topics=0) == path
    return path.read_text(encoding="utf-8")


def data_of(page):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL).group(1))


def test_the_page_asks_the_network_for_nothing(page):
    markup = re.sub(r'<script type="application/json".*?</script>', "", page, flags=re.DOTALL)
    assert not re.search(r"https?:|//[a-z]|@import|\burl\((?!#)", markup.replace("// ", ""))
    assert set(re.findall(r'(?:src|href)="([^"#]*)', markup)) <= {""}


def test_the_policy_lets_only_the_pages_own_script_and_style_run(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1)
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        bodies = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert len(bodies) == 1
        digest = base64.b64encode(hashlib.sha256(bodies[0].encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert not re.search(r'<[^>]+ (?:style|on\w+)="', page), "no style or handler in an attribute"


def test_nothing_in_an_article_ends_the_script_or_becomes_markup(page, articles):
    assert page.count("</script>") == 2
    assert "<!--" not in page
    assert "\u2028" not in page
    data = data_of(page)
    assert [article["t"] for article in data["articles"]] == articles["text"].tolist()
    assert data["articles"][0]["h"] == articles["title"][0]


def test_mentions_are_placed_as_a_browser_counts(page, mentions):
    data = data_of(page)
    seen = []
    for article in data["articles"]:
        units = article["t"].encode("utf-16-le")
        seen += [units[2 * m["a"] : 2 * m["b"]].decode("utf-16-le") for m in article["m"]]
    assert seen == mentions["text"].tolist()
    assert any("ملونة" in text for text in seen), "the mention after 😀 is among them"
    stances = [data["stances"][m["s"]]["en"] for article in data["articles"] for m in article["m"]]
    assert len(stances) == len(mentions)


def test_arabic_first_with_english_beside_it(page):
    assert '<html lang="ar" dir="rtl">' in page
    assert "نظرة عامة" in page
    assert "Overview" in page
    assert page.count('lang="ar" aria-label') == page.count('lang="en" aria-label') >= 5


@pytest.mark.slow
def test_the_same_corpus_gives_the_same_bytes(articles, page, tmp_path):
    again = write_report(tmp_path / "again.html", articles, CODEBOOK, n_topics=0)
    assert again.read_text(encoding="utf-8") == page


@pytest.mark.parametrize("text", ["context", "none"])
def test_less_text_goes_in_on_request(articles, mentions, tmp_path, text):
    before = articles.copy()
    path = write_report(
        tmp_path / "r.html",
        articles.head(1),
        CODEBOOK,
        mentions=mentions[mentions["article_id"] == "1"],
        text=text,
        n_topics=0,
    )
    page = path.read_text(encoding="utf-8")
    assert "آخر المقال السري" not in page
    assert ("إنه يحارب" in page) == (text == "context")
    pd.testing.assert_frame_equal(articles, before)


def test_above_the_limit_the_page_and_a_warning_say_what_is_left_out(articles, mentions, tmp_path):
    with pytest.warns(UserWarning, match="max_articles=2 articles; 1 with fewer mentions"):
        path = write_report(
            tmp_path / "r.html", articles, CODEBOOK, mentions=mentions, n_topics=0, max_articles=2, language="en"
        )
    page = path.read_text(encoding="utf-8")
    assert [article["i"] for article in data_of(page)["articles"]] == ["1", "2"]
    assert "1 are left out" in page
    assert "3 articles" in page, "the charts count them all"
    assert '<html lang="en" dir="ltr">' in page


@pytest.mark.slow
def test_own_frames_need_no_change_of_code(tmp_path, articles):
    book = tmp_path / "own.yaml"
    book.write_text(
        "id: own\nversion: '1'\nlanguage: ar\nframes:\n  - id: prices\n    label_ar: الغلاء\n    label_en: Prices\n"
        "    definition: Prices rise.\n    terms: [الأسعار]\n",
        encoding="utf-8",
    )
    path = write_report(tmp_path / "r.html", articles, kz.load_codebook(book), n_topics=0)
    page = path.read_text(encoding="utf-8")
    data = data_of(page)
    assert data["frames"] == [{"ar": "الغلاء", "en": "Prices"}]
    assert sum(len(article["m"]) for article in data["articles"]) == 1


def test_wrong_options_are_named(articles, tmp_path):
    with pytest.raises(ValueError, match="text='some' is not known"):
        write_report(tmp_path / "r.html", articles, CODEBOOK, text="some")
    with pytest.raises(ValueError, match="language='fr' is not known"):
        write_report(tmp_path / "r.html", articles, CODEBOOK, language="fr")


def test_json_in_html_reads_back_as_it_was():
    value = {"a": "</script><!--&\u2028\u2029'\"", "ب": [1, None, "x\u0000y"]}
    text = json_for_html(value)
    assert not re.search("[<>&\u2028\u2029]", text)
    assert json.loads(text) == value


def test_shared_passages_are_merged_and_placed(articles, mentions):
    reuse = pd.DataFrame(
        {
            "article_a": ["2", "2"],
            "start_a": [4, 9],
            "end_a": [12, 20],
            "article_b": ["1", "1"],
            "start_b": [0, 0],
            "end_b": [8, 8],
        }
    )
    frames = [{"id": frame.id, "ar": frame.label_ar, "en": frame.label_en} for frame in CODEBOOK.frames]
    data = page_data(kz.check_articles(articles), mentions, reuse, frames, "full")
    assert data["articles"][0]["r"] == [[0, 8]]
    assert data["articles"][1]["r"] == [[4, 21]], "one unit further after 😀"


def test_a_compact_svg_keeps_its_rows_and_shares_its_letters():
    svg = (
        '<?xml version="1.0"?>\n<svg xmlns="http://a" role="img"><defs><style>*{x}</style></defs><g id="row-3">'
        '<defs><path id="DejaVuSans-1" d="M 1 2\nL 3 4"/><path id="m1" d="M 0 0"/></defs>'
        '<use xlink:href="#m1" style="fill: #ffffff; stroke: #000000" x="1.23456"/><use xlink:href="#DejaVuSans-1"/></g>'
        '<g id="text_1"/></svg>'
    )
    glyphs: dict[str, str] = {}
    small = compact_svg(svg, "a-", glyphs)
    assert glyphs == {"DejaVuSans-1": '<path id="DejaVuSans-1" d="M 1 2 L 3 4"/>'}
    assert small == (
        '<svg role="img"><g data-row="3"><defs><path id="a-m1" d="M 0 0"/></defs>'
        '<use href="#a-m1" fill="#ffffff" stroke="#000000" x="1.23"/><use href="#DejaVuSans-1"/></g><g/></svg>'
    )


def test_a_file_where_the_folder_should_be_is_named(articles, tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(FileExistsError, match="out is a file, not a folder; choose another place"):
        write_report(tmp_path / "out" / "r.html", articles, CODEBOOK, n_topics=0)
