"""Arabic labels, tested by what is drawn."""

from __future__ import annotations

import warnings

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from kzanalytics._rtl import display_text, isolate, mirror_axes, renderer_shapes_arabic, use_font

hb = pytest.importorskip("uharfbuzz")

FONT = font_manager.findfont("DejaVu Sans")
SIZE = 90  # pixels to the em
WORDS = ["الثورات الملوّنة", "الإرهاب", "لا للإرهابيين", "كازاخستان", "غير معروف", "الله", "أسعار الوقود", "قرغيزستان"]


def drawn_ink(label: str) -> np.ndarray:
    """The ink of a label as matplotlib draws it."""
    with mpl.rc_context({"text.hinting": "no_hinting"}):  # outlines as they are, like the reference
        figure = Figure(figsize=(16, 3), dpi=72)
        canvas = FigureCanvasAgg(figure)
        figure.text(0.02, 0.4, label, fontsize=SIZE, family="DejaVu Sans")
        canvas.draw()
    return cropped(np.asarray(canvas.buffer_rgba())[..., 0] < 128)


def reference_ink(text: str) -> np.ndarray:
    """The ink of a text in one direction as HarfBuzz shapes it, its outlines filled."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    font = hb.Font(hb.Face(hb.Blob.from_file_path(FONT)))
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    scale, pen = SIZE / font.face.upem, 0
    figure = Figure(figsize=(16, 3), dpi=72)
    canvas = FigureCanvasAgg(figure)
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        vertices: list[tuple[float, float]] = []
        codes: list[int] = []

        def add(points: list[float], code: int, vertices: list = vertices, codes: list = codes) -> None:
            for x, y in zip(points[::2], points[1::2], strict=True):
                vertices.append((x, y))
                codes.append(code)

        draw = hb.DrawFuncs()
        draw.set_move_to_func(lambda x, y, _: add([x, y], Path.MOVETO))
        draw.set_line_to_func(lambda x, y, _: add([x, y], Path.LINETO))
        draw.set_quadratic_to_func(lambda a, b, x, y, _: add([a, b, x, y], Path.CURVE3))
        draw.set_cubic_to_func(lambda a, b, c, d, x, y, _: add([a, b, c, d, x, y], Path.CURVE4))
        draw.set_close_path_func(lambda _: add([0, 0], Path.CLOSEPOLY))
        font.draw_glyph(info.codepoint, draw)
        if vertices:
            offset = np.array([pen + position.x_offset, position.y_offset])
            outline = Path((np.array(vertices) + offset) * scale + [20, 50], codes)
            figure.add_artist(PathPatch(outline, facecolor="black", linewidth=0, transform=None))
        pen += position.x_advance
    canvas.draw()
    return cropped(np.asarray(canvas.buffer_rgba())[..., 0] < 128)


def cropped(ink: np.ndarray) -> np.ndarray:
    rows, columns = ink.any(axis=1).nonzero()[0], ink.any(axis=0).nonzero()[0]
    assert rows.size, "nothing was drawn"
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def overlap(a: np.ndarray, b: np.ndarray, dx: int = 4, dy: int = 16) -> float:
    """The best intersection over union within a few pixels of shift."""
    height, width = max(a.shape[0], b.shape[0]) + 2 * dy, max(a.shape[1], b.shape[1]) + 2 * dx
    fixed, other = np.zeros((height, width), bool), np.zeros((height, width), bool)
    fixed[dy : dy + a.shape[0], dx : dx + a.shape[1]] = a
    other[dy : dy + b.shape[0], dx : dx + b.shape[1]] = b
    shifted = [np.roll(other, (y, x), (0, 1)) for y in range(-dy, dy + 1) for x in range(-dx, dx + 1)]
    return float(max((fixed & moved).sum() / (fixed | moved).sum() for moved in shifted))


@pytest.mark.parametrize("word", WORDS)
def test_a_drawn_label_is_the_word_and_not_its_reverse(word):
    drawn = drawn_ink(display_text(word))
    assert overlap(drawn, reference_ink(word)) >= 0.9
    assert overlap(drawn, reference_ink(word[::-1])) <= 0.6


def test_marks_over_tall_letters_are_raised_where_the_renderer_positions_them():
    """Up to matplotlib 3.10 a shadda over kaf or lam touches the letter: legible, but not HarfBuzz's picture."""
    least = 0.9 if renderer_shapes_arabic() else 0.7
    assert overlap(drawn_ink(display_text("مكّة")), reference_ink("مكّة")) >= least


@pytest.mark.parametrize(
    ("label", "visual"),
    [
        ("BBC عربي", ["عربي", " ", "BBC"]),
        ("2022 الثورة", ["الثورة", " ", "2022"]),
        ("الثورة (5)", ["(5)", " ", "الثورة"]),
        ("الصحف: \u2068BBC (UK)\u2069", ["BBC (UK)", " ", "الصحف:"]),
    ],
)
def test_an_arabic_label_reads_from_the_right_whatever_it_begins_with(label, visual):
    """The ink, word by word from the left, is that of the words in that order."""
    drawn = drawn_ink(display_text(label))
    left, right = visual[0], visual[-1]
    for word, part in ((left, "left"), (right, "right")):
        ink = reference_ink(word)
        piece = drawn[:, : ink.shape[1] + 2] if part == "left" else drawn[:, -ink.shape[1] - 2 :]
        assert overlap(cropped(piece), ink) >= 0.85, f"{part} is not {word}"


def test_the_usual_reshaping_would_be_reversed_where_the_renderer_shapes():
    if not renderer_shapes_arabic():
        pytest.skip("this matplotlib does not shape Arabic")
    reshaped = display_text("الإرهاب", shaped=False)
    assert overlap(drawn_ink(reshaped), reference_ink("الإرهاب")) <= 0.6


def test_the_shadda_is_kept_by_both_ways():
    for shaped in (True, False):
        assert "\u0651" in display_text("الملوّنة", shaped=shaped)


def test_a_dollar_sign_is_not_mathematics():
    label = display_text("سعر الغاز 5$ أو 6$")
    figure = Figure()
    text = figure.text(0, 0, label)
    assert text._preprocess_math(label)[1] is False
    assert display_text("5$ - 6$", language="en") == r"5\$ - 6\$"


def test_controls_in_the_data_are_dropped_and_names_isolated():
    assert display_text("\u202eالثورة\u202c", shaped=True) == "الثورة"
    assert display_text(f"المصدر {isolate('BBC')} وحده", shaped=True) == "المصدر \u2068BBC\u2069 وحده"
    assert "\u2068" not in display_text(f"المصدر {isolate('BBC')} وحده", shaped=False)


def test_numbers_and_latin_labels_stay_as_they_are():
    assert display_text("-0.5") == "-0.5"
    assert display_text("Reuters (UK)") == "Reuters (UK)"


def test_presentation_forms_are_spelt_out():
    assert display_text("\ufdf2", shaped=True) == "الله"
    assert display_text("\ufefb", shaped=True) == "لا"


def test_a_character_without_a_glyph_is_named_in_a_warning():
    with pytest.warns(UserWarning, match=r"DejaVu Sans.*U\+06D6.*Pass font="):
        shown = display_text("قرآن\u06d6")
    assert "\u06d6" not in shown
    with pytest.warns(UserWarning, match=r"U\+0671"):
        display_text("\u0671لله", shaped=True)


def test_every_line_of_a_label_gets_its_own_direction():
    assert display_text("الثورة\n2022 مقال", shaped=True) == "الثورة\n\u200f2022 مقال"


def test_mirrored_axes_run_from_right_to_left():
    ax = mirror_axes(Figure().add_subplot())
    assert ax.xaxis_inverted()
    assert ax.yaxis.get_label_position() == "right"
    assert not ax.spines["left"].get_visible()
    assert ax.spines["right"].get_visible()


def test_a_font_is_set_on_one_axes_only():
    before = list(mpl.rcParams["font.family"])
    ax = Figure().add_subplot()
    ax.set_title("عنوان")
    use_font(ax, "DejaVu Sans Mono")
    assert ax.title.get_fontfamily() == ["DejaVu Sans Mono"]
    assert list(mpl.rcParams["font.family"]) == before


def test_nothing_is_warned_of_when_a_plain_label_is_drawn():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn_ink(display_text("غير معروف (000) — «الثورة»، 25%"))
