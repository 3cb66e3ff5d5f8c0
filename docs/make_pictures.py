"""Make the pictures that README shows: python docs/make_pictures.py"""

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
