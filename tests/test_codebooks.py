import re
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest

import kzanalytics as kz
from kzanalytics._forms import inflect
from kzanalytics.codebooks import list_forms

MINIMAL = "frames:\n  - id: fuel\n    terms:\n      - وقود\n"


@pytest.fixture(scope="module")
def codebook():
    return kz.load_codebook("kazakhstan-2022")


def write(tmp_path: Path, text: str, name: str = "own.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_codebook_has_its_ten_frames_in_order(codebook):
    assert [frame.id for frame in codebook] == [
        "terrorism",
        "colour_revolution",
        "fuel_prices",
        "protest",
        "riot",
        "coup",
        "foreign_interference",
        "militants",
        "peacekeeping",
        "state_violence",
    ]
    assert codebook.default == ("terrorism", "colour_revolution", "fuel_prices")
    assert (codebook.id, codebook.language) == ("kazakhstan-2022", "ar")
    assert codebook.version
    assert codebook.authors
    assert codebook.licence


@pytest.mark.parametrize("name", kz.list_codebooks())
def test_every_row_of_a_shipped_codebook_is_filled_in(name):
    codebook = kz.load_codebook(name)
    for frame in codebook:
        assert re.search("[\u0621-\u064a]", frame.label_ar), frame.id
        assert frame.label_en
        assert len(frame.definition) > 40, frame.id
        assert len(frame.positive) >= 3, frame.id
        assert len(frame.negative) >= 3, frame.id
        for term in (*frame.terms, *frame.exclude):
            assert term.note.endswith((".", ")")), term.term
    assert len({frame.colour for frame in codebook}) == len(codebook)


def test_the_colours_of_the_foreground_frames_differ_in_grey(codebook):
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    greys = sorted(grey(codebook[frame].colour) for frame in codebook.default)
    assert all(b - a > 50 for a, b in pairwise(greys))


@pytest.mark.parametrize("name", kz.list_codebooks())
def test_a_shipped_codebook_has_no_problem(name):
    assert kz.check_codebook(kz.load_codebook(name))["message"].tolist() == []


def test_a_codebook_is_found_by_name_and_by_path(codebook, tmp_path):
    source = resources.files("kzanalytics") / "data" / "codebooks" / "kazakhstan-2022.yaml"
    assert kz.load_codebook(write(tmp_path, source.read_text(encoding="utf-8"))) == codebook
    assert hash(codebook) == hash(kz.load_codebook("kazakhstan-2022"))
    assert codebook["riot"].label_en == "Riot"
    with pytest.raises(KeyError, match="no frame 'riots'"):
        codebook["riots"]


def test_a_short_codebook_gets_defaults(tmp_path):
    codebook = kz.load_codebook(write(tmp_path, MINIMAL))
    frame = codebook["fuel"]
    assert (codebook.id, codebook.default) == ("own", ("fuel",))
    assert frame.label_ar == frame.label_en == "fuel"
    assert re.fullmatch("#[0-9A-F]{6}", frame.colour)
    assert [str(term) for term in frame.terms] == ["وقود"]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_of_frames_and_terms_is_a_codebook(tmp_path, mark, delimiter):
    lines = ["frame,term,note", "a,إرهاب,why", "", "ب,رفع .. أسعار الوقود,", "a,مسلح,"]
    path = write(tmp_path, mark + "\r\n".join(lines).replace(",", delimiter), "own.csv")
    codebook = kz.load_codebook(path)
    assert [(f.id, [t.term for t in f.terms]) for f in codebook] == [
        ("a", ["إرهاب", "مسلح"]),
        ("ب", ["رفع .. أسعار الوقود"]),
    ]
    assert codebook["a"].terms[0].note == "why"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.yaml", "", "must be a list of 'name: value' lines"),
        ("a.yaml", "frames: []", "no frames"),
        ("a.yaml", "- a\n- b", "must be a list of 'name: value' lines"),
        ("a.yaml", "frames:\n  - id: [a\n", "line 3 is not valid YAML"),
        ("a.yaml", "frames:\n  - id: a\n\tterms: b", "line 3 is not valid YAML"),
        ("a.yaml", MINIMAL + "color: red", "unknown name 'color'; allowed names: authors"),
        ("a.yaml", MINIMAL.replace("terms", "term"), "unknown name 'term'"),
        ("a.yaml", MINIMAL.replace("fuel", "fuel prices"), "without spaces"),
        ("a.yaml", MINIMAL.replace("      - وقود", "      - ''"), "a term is empty"),
        ("a.yaml", MINIMAL.replace("وقود", "وقود .."), "remove the one at the end"),
        ("a.yaml", MINIMAL.replace("وقود", ".. وقود"), "a gap stands between two words"),
        ("a.yaml", MINIMAL.replace("وقود", "سعر ..99 وقود"), "a gap allows 1 to 10 words, not 99"),
        ("a.yaml", MINIMAL.replace("وقود", "وقود*"), r"'وقود\*' is not a word"),
        ("a.yaml", MINIMAL.replace("وقود", "سعر|"), "'' is not a word"),
        ("a.yaml", MINIMAL.replace("      - وقود", "      وقود"), "must be a list"),
        ("a.yaml", MINIMAL.replace("id: fuel", "id: fuel\n    colour: red"), "'#RRGGBB'"),
        ("a.yaml", MINIMAL + MINIMAL.removeprefix("frames:\n"), "two frames are called 'fuel'"),
        ("a.yaml", MINIMAL + "      - بنزين\n    terms:\n      - غاز", "line 6: 'terms' stands twice"),
        ("a.yaml", MINIMAL + "default: [gas]", "default names 'gas', which is no frame"),
        ("a.yaml", "frames: &f\n  - id: a\n    terms: *f", "YAML aliases are not allowed"),
        ("a.yaml", "a: &a [x]\nb: &b [*a, *a]\nframes: [*b, *b]", "YAML aliases are not allowed"),
        ("a.yaml", "frames: " + "[" * 1500, "nested too deeply"),
        ("a.yaml", "frames: !!python/object/apply:os.system [ls]", "must be a list of 'name: value' lines"),
        ("a.csv", "", "no column 'frame'"),
        ("a.csv", "frame,word\na,b", "no column 'term'"),
        ("a.csv", "frame,term\na,", "line 2: both frame and term"),
        ("a.csv", "frame,term\n", "no frames"),
        ("a.txt", "x", "expected a .yaml, .yml or .csv file"),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence(tmp_path, name, text, message):
    with pytest.raises(ValueError, match=message) as error:
        kz.load_codebook(write(tmp_path, text, name))
    assert "\n" not in str(error.value)


def test_a_missing_or_foreign_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no codebook 'kazakhstan'.*kazakhstan-2022"):
        kz.load_codebook("kazakhstan")
    with pytest.raises(FileNotFoundError, match="neither a file nor one that comes with"):
        kz.load_codebook(tmp_path)
    (tmp_path / "a.yaml").write_bytes("frames: وقود".encode("cp1256"))
    with pytest.raises(ValueError, match="is not UTF-8 text"):
        kz.load_codebook(tmp_path / "a.yaml")
    with pytest.raises(TypeError, match="id or path, not by int"):
        kz.load_codebook(2022)


def problems(tmp_path, text: str) -> list[tuple[str, str, str]]:
    table = kz.check_codebook(kz.load_codebook(write(tmp_path, text)))
    return [tuple(row) for row in table[["problem", "frame", "term"]].to_numpy()]


def frame(name: str, *terms: str, more: str = "") -> str:
    lines = "".join(f"      - {term}\n" for term in terms)
    return (
        f"  - id: {name}\n    definition: d\n    examples: {{positive: [الوقود], negative: [السلام]}}\n"
        f"    terms:\n{lines}{more}"
    )


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        ([frame("a", "وقود")], []),
        ([frame("a", "وقود", "الوقود")], [("duplicate", "a", "الوقود")]),
        ([frame("a", "وقود|بنزين", "بنزين")], [("shadowed", "a", "بنزين")]),
        ([frame("a", "بنزين", "وقود|بنزين")], []),
        ([frame("a", "وقود", "سعر ..5 وقود", "سعر .. وقود")], [("shadowed", "a", "سعر .. وقود")]),
        ([frame("a", "وقود", "غاز", more="    exclude:\n      - غاز\n")], [("unreachable", "a", "غاز")]),
        ([frame("a", "وقود"), frame("b", "محروقات|وقود")], [("overlapping", "b", "محروقات|وقود")]),
        ([frame("a", "بنزين")], [("missed_example", "a", "")]),
        ([frame("a", "وقود", "سلام")], [("wrong_example", "a", "سلام")]),
        (
            ["  - id: a\n    terms: [وقود]\n"],
            [("no_definition", "a", ""), ("no_examples", "a", "")],
        ),
    ],
)
def test_check_codebook_reports(tmp_path, frames, expected):
    assert problems(tmp_path, "frames:\n" + "".join(frames)) == expected


def test_the_codebook_as_a_table_has_every_term(codebook):
    table = codebook.to_table()
    assert list(table.columns) == ["frame", "label_ar", "label_en", "term", "note", "excluded"]
    assert len(table) == sum(len(f.terms) + len(f.exclude) for f in codebook)


def test_forms_can_be_listed():
    (forms,) = list_forms("إرهابي")
    assert {"الارهابيين", "وللارهابيات", "بالارهابيه", "كارهابي"} <= set(forms)
    assert [len(forms) for forms in list_forms("=حفظ .. =السلام")] == [1, 1]


@pytest.mark.parametrize(
    ("word", "inside", "outside"),
    [
        ("ثورة", "ثوره الثوره ثورات ثورتان بثورتين ثوراتهم وللثوره", "ثور ثروه ثوار ثائر الثور"),
        ("وقود", "الوقود وقودا وقودهم بالوقود وللوقود", "وقد قود وقدوا"),
        ("إرهاب", "ارهاب الارهاب ارهابا ارهابي الارهابيون ارهابهم", "رهبه ترهيب ارهاق رهاب"),
        ("إرهابي", "ارهابيون ارهابيين ارهابيتان ارهابيات ارهابيا ارهابيو", "ارهاب الارهاب"),
        ("غاز", "الغاز غازا بالغاز للغاز غازات", "غازي الغازي غازيه"),
        ("قوات", "القوات قواتها وقواتهم بقوات", "قوي قوه"),
        ("مسلح", "مسلحون المسلحين مسلحه بمسلحين", "سلاح تسليح"),
        ("فوضى", "فوضي الفوضي فوضاهم", "فوضيين"),
        ("التزام", "التزام بالتزام التزامهم", "تزام"),
    ],
)
def test_a_word_stands_for_its_inflections_and_no_other_word(word, inside, outside):
    forms = inflect(word)
    assert set(inside.split()) <= forms
    assert not set(outside.split()) & forms
