"""Make the pictures that README shows: python docs/make_pictures.py

The picture of the report needs selenium, Chromium and its driver; without them it is left as it is.
"""

import importlib.util
import shutil
import tempfile
from io import BytesIO
from pathlib import Path

import kzanalytics as kz

folder = Path(__file__).resolve().parent / "images"
articles, book = kz.load_seeds(), kz.load_codebook("kazakhstan-2022")
mentions = kz.attribute_mentions(kz.find_mentions(articles, book, frames=list(book.default)), articles)

rates = kz.frame_rates(mentions, articles, by="outlet")
kz.save_figure(
    kz.plot_frame_rates(rates, codebook=book, language="ar"), folder / "frame_rates_ar", formats=["png"], dpi=110
)
shares = kz.stance_shares(mentions, articles, by=None)
kz.save_figure(kz.plot_stance(shares, codebook=book, language="en"), folder / "stance_en", formats=["png"], dpi=110)
for extra in [*folder.glob("*.json"), *folder.glob("*.csv")]:
    extra.unlink()

chromium = shutil.which("chromium") or shutil.which("google-chrome")
driver = shutil.which("chromedriver")
if importlib.util.find_spec("selenium") and chromium and driver:
    from PIL import Image
    from selenium import webdriver

    with tempfile.TemporaryDirectory() as scratch:
        report = kz.write_report(Path(scratch) / "report.html", articles, book, mentions=mentions, n_topics=3)
        options = webdriver.ChromeOptions()
        options.binary_location = chromium
        for flag in (
            "headless=new",
            "no-sandbox",
            "disable-gpu",
            "window-size=1300,900",
            f"user-data-dir={scratch}/profile",
        ):
            options.add_argument(f"--{flag}")
        options.add_argument("--host-resolver-rules=MAP * ~NOTFOUND")  # the report asks for no address
        browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
        try:
            browser.get(report.as_uri())
            # The reading room, at the first mention, with what is known of it.
            browser.execute_script(
                "document.documentElement.dataset.theme = 'light';"
                "document.getElementById('reading').scrollIntoView();"
                "document.querySelector('#body mark').focus({preventScroll: true})"
            )
            # 128 colours are enough for text and marks, and a third of the size.
            picture = Image.open(BytesIO(browser.get_screenshot_as_png())).convert("RGB").quantize(128)
            picture.save(folder / "report_ar.png", optimize=True)
        finally:
            browser.quit()
else:
    print("report_ar.png is left as it is: selenium, Chromium or chromedriver is not installed")
