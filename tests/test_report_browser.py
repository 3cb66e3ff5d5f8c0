"""The report in a real browser: nothing leaves the page, nothing fails, and what is clicked is shown.

Needs selenium, Chromium and its driver; accessibility is checked if AXE_CORE names the file axe.min.js of axe-core.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

import kzanalytics as kz
from kzanalytics.report import write_report

webdriver = pytest.importorskip("selenium.webdriver")
WebDriverWait = pytest.importorskip("selenium.webdriver.support.ui").WebDriverWait
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="Chromium and chromedriver are not installed"),
]

HOSTILE = (
    "قال الرئيس إنه يحارب الإرهاب </script><script>window.broken = 1</script> \"'><img src=x onerror='window.broken=2'>\n"
    "\u202eمقلوب\u202c ثم عاد الإرهاب 😀 بعد رمز، {{ 7 * 7 }} &amp; \u2028 سطر، والإرهاب أخيرًا."
)


@pytest.fixture(scope="module")
def corpus():
    seeds = kz.load_seeds()
    hostile = pd.DataFrame(
        {
            "article_id": ["<b>x</b>"],
            "outlet": ['<i>منبر</i> & "آخر"'],
            "date": pd.to_datetime(["2022-01-12"]).astype(seeds["date"].dtype),
            "title": ["<script>window.broken = 3</script>"],
            "text": [HOSTILE],
        }
    )
    return pd.concat([seeds, hostile], ignore_index=True)[["article_id", "outlet", "date", "title", "text"]]


@pytest.fixture(scope="module")
def attributed(corpus):
    return kz.attribute_mentions(kz.find_mentions(corpus, kz.load_codebook("kazakhstan-2022")), corpus)


@pytest.fixture(scope="module")
def report(corpus, attributed, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    return write_report(path, corpus, kz.load_codebook("kazakhstan-2022"), mentions=attributed, n_topics=3)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    options = webdriver.ChromeOptions()
    for flag in (
        "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync --window-size=1400,1000"
    ).split():
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('profile')}")
    options.binary_location = CHROMIUM
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd(
        "Network.emulateNetworkConditions",
        {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0},
    )
    driver.set_script_timeout(120)
    yield driver
    driver.quit()


@pytest.fixture
def page(browser, report):
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(report.as_uri())
    yield browser
    errors = [entry for entry in browser.get_log("browser") if entry["level"] != "DEBUG"]
    assert not errors
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
    assert asked, "the page itself was asked for"
    assert {url for url in asked if not url.startswith(("file:", "data:"))} == set()


def texts(page, selector):
    return page.execute_script(
        "return Array.from(document.querySelectorAll(arguments[0])).map((node) => node.textContent)", selector
    )


def choose(page, name, label):
    page.execute_script(
        "const select = document.getElementById(arguments[0]);"
        "select.value = Array.from(select.options).find((o) => o.text === arguments[1]).value;"
        "select.dispatchEvent(new Event('change'));",
        f"f-{name}",
        label,
    )


def total(page):
    return int(texts(page, "#count")[0].split()[0].replace(",", ""))


def open_article(page, article_id):
    page.execute_script(
        "Array.from(document.querySelectorAll('#articles button')).find((b) => b.textContent.includes(arguments[0])).click()",
        article_id,
    )


def test_the_page_opens_in_arabic_and_switches_to_english(page):
    html = page.find_element("tag name", "html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("ar", "rtl")
    assert page.find_element("id", "h-overview").text == "نظرة عامة"
    shown = (
        "return Array.from(document.querySelectorAll('figure svg')).filter((s) => s.checkVisibility())"
        ".map((s) => s.getAttribute('lang'))"
    )
    assert set(page.execute_script(shown)) == {"ar"}
    page.find_element("id", "switch-language").click()
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("en", "ltr")
    assert page.find_element("id", "h-overview").text == "Overview"
    assert set(page.execute_script(shown)) == {"en"}
    assert "Terrorism" in texts(page, "#f-frame option")


def test_marks_sit_on_the_words_of_the_mentions(page, corpus, attributed):
    for article in corpus[corpus["title"] != ""].itertuples():
        open_article(page, article.title[:40])
        own = attributed[attributed["article_id"] == article.article_id]
        starts = own.drop_duplicates("start").sort_values("start")
        marks = texts(page, "#body mark")
        assert len(own) > 0
        flat = [str(text).replace("\r", "") for text in starts["text"]]
        if not (own["end"].sort_values().to_numpy()[:-1] > own["start"].sort_values().to_numpy()[1:]).any():
            assert marks == flat
        body = "".join(texts(page, "#body p"))
        assert body == "".join(line for line in article.text.split("\n") if line.strip())


def test_an_article_with_markup_shows_as_text_and_does_nothing(page):
    open_article(page, "window.broken")
    body = "\n".join(texts(page, "#body p"))
    assert body == HOSTILE
    assert texts(page, "#article-title") == ["<script>window.broken = 3</script>"]
    assert texts(page, "#body mark") == ["الإرهاب", "الإرهاب", "والإرهاب"], "also after a character of two units"
    assert page.execute_script("return window.broken") is None
    assert page.execute_script("return document.querySelectorAll('main img, #body script').length") == 0


def test_filters_change_what_is_shown(page, attributed):
    assert total(page) == len(attributed)
    choose(page, "frame", "الإرهاب")
    terrorism = attributed[attributed["frame"] == "terrorism"]
    assert total(page) == len(terrorism)
    choose(page, "outlet", "غير معروف (003)")
    assert total(page) == (terrorism["article_id"] == "003").sum()
    assert len(texts(page, "#articles button")) == 1
    choose(page, "frame", "الكل")
    choose(page, "outlet", "الكل")
    choose(page, "stance", "ينقل نفي غيره له")
    assert total(page) == (attributed["stance"] == "reports_denial").sum()
    choose(page, "stance", "الكل")
    choose(page, "speaker", "فلاديمير بوتين")
    assert total(page) == attributed["speaker"].str.split(";").map(lambda names: "Putin" in names).sum()
    page.find_element("id", "clear").click()
    assert total(page) == len(attributed)


def test_words_are_found_however_they_are_spelt(page):
    before = texts(page, "#count")
    box = page.find_element("id", "f-words")
    box.send_keys("الارهاب")
    WebDriverWait(page, 5).until(lambda _: texts(page, "#count") != before)
    found = texts(page, "#lines mark")
    assert "الإرهاب" in found
    assert {word.replace("إ", "ا") for word in found} == {"الارهاب"}
    box.clear()


def test_a_click_on_a_bar_or_a_table_row_lists_its_passages(page, attributed):
    page.execute_script(
        "document.querySelector('#chart-rates .ar svg [data-row=\"0\"]').dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    )
    first = sorted(attributed["outlet"].unique())[0]
    n = total(page)
    frame = page.execute_script("return document.getElementById('f-frame').selectedOptions[0].text")
    outlet = page.execute_script("return document.getElementById('f-outlet').selectedOptions[0].text")
    assert (frame, outlet) == ("الإرهاب", first)
    assert n == ((attributed["frame"] == "terrorism") & (attributed["outlet"] == first)).sum()
    page.execute_script("document.querySelector('#chart-terms button.open').click()")
    word = page.find_element("id", "f-words").get_attribute("value")
    assert word
    assert total(page) >= 1


def test_focus_on_a_mark_tells_voice_speaker_and_cue_and_shows_the_cue(page, attributed):
    row = attributed[(attributed["cue_start"] >= 0) & (attributed["speaker"] == "Putin")].iloc[0]
    open_article(page, row["outlet"] if "غير" in row["outlet"] else row["article_id"])
    place = attributed[attributed["article_id"] == row["article_id"]].reset_index(drop=True)
    number = place[(place["start"] == row["start"]) & (place["end"] == row["end"])].index[0]
    page.execute_script(f"document.querySelector('#body mark[data-mention=\"{number}\"]').focus()")
    said = texts(page, "#inspector")[0]
    assert "فلاديمير بوتين" in said
    assert row["cue"] in said
    assert row["speaker_text"] in said
    assert "".join(texts(page, "#body .cue.on")) == row["cue"]


def test_it_works_dark_narrow_and_without_sideways_scrolling(page):
    page.find_element("id", "switch-theme").click()
    colour = page.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert colour == "rgb(21, 24, 27)"
    size = page.get_window_size()
    page.set_window_size(500, 900)
    wide = page.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.set_window_size(size["width"], size["height"])
    assert wide <= 0


@pytest.mark.skipif(not Path(os.environ.get("AXE_CORE", "")).is_file(), reason="AXE_CORE does not name axe.min.js")
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_no_serious_violation(page, dark):
    if dark:
        page.find_element("id", "switch-theme").click()
    page.execute_script(
        "document.querySelectorAll('details')[1].open = true; document.querySelector('#body mark').focus()"
    )
    # added by the driver, outside the page's own policy
    page.execute_script(Path(os.environ["AXE_CORE"]).read_text(encoding="utf-8"))
    for switch in (False, True):
        if switch:
            page.find_element("id", "switch-language").click()
        found = page.execute_async_script(
            # the outlines of letters inside a picture are not read; the picture's name is
            "const done = arguments[0]; axe.run({exclude: [['figure svg > *'], ['svg.glyphs']]}).then(done)"
        )
        serious = [
            (v["id"], [node["html"][:200] for node in v["nodes"][:3]])
            for v in found["violations"]
            if v["impact"] in ("serious", "critical")
        ]
        assert serious == []


def test_a_page_with_contexts_or_without_texts_works_too(browser, corpus, attributed, tmp_path):
    codebook = kz.load_codebook("kazakhstan-2022")
    corpus = corpus.head(1)
    attributed = attributed[attributed["article_id"] == corpus["article_id"].iloc[0]]
    for text in ("context", "none"):
        path = write_report(tmp_path / f"{text}.html", corpus, codebook, mentions=attributed, text=text, n_topics=0)
        browser.get_log("browser")
        browser.get(path.as_uri())
        assert not browser.get_log("browser")
        browser.find_element("id", "switch-language").click()
        if text == "context":
            assert len(texts(browser, "#lines li")) == min(50, len(attributed))
            assert texts(browser, "#lines mark")[0] == attributed["text"].iloc[0]
        else:
            assert not browser.find_elements("id", "passages")
