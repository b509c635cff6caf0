"""Pictures are well-formed, the same each time, and hold every name, whatever is in it."""

import xml.etree.ElementTree as ElementTree

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from standoff.analysis.pictures.curve import curve_picture
from standoff.analysis.pictures.layout import label_places, spread
from standoff.analysis.pictures.network import network_picture
from standoff.analysis.pictures.svg import number, scale_color, shortened, width_of
from standoff.analysis.pictures.tables import bar_picture, heat_map

DAY = 86_400
names = st.lists(st.text(max_size=30), min_size=0, max_size=7)


def words_of(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iterfind(".//{*}text")]


def hints_of(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iterfind(".//{*}title")]


def test_a_network_shows_actors_ties_and_camps() -> None:
    ties = np.array([[0.0, 2, 0], [2, 0, -1], [0, -1, 0]])
    svg = network_picture(["Union", "Mediator", "Company & Sons <Ltd>"], ties, [0, 0, 1], "Talks")
    assert words_of(svg)[:3] == ["Union", "Mediator", "Company & Sons <Ltd>"]
    root = ElementTree.fromstring(svg)
    lines = list(root.iterfind(".//{*}line"))
    assert len(lines) == 2 and sum("stroke-dasharray" in line.attrib for line in lines) == 1
    dots = list(root.iterfind(".//{*}circle"))
    assert dots[0].get("fill") == dots[1].get("fill") != dots[2].get("fill")


def test_tied_actors_lie_nearer_than_strangers() -> None:
    ties = np.zeros((6, 6))
    ties[:3, :3] = ties[3:, 3:] = 1
    np.fill_diagonal(ties, 0)
    places = spread(ties)
    distance = np.linalg.norm(places[:, None] - places[None], axis=2)
    assert distance[:3, :3].max() < distance[:3, 3:].min()


def test_names_avoid_each_other_where_there_is_room() -> None:
    (x1, y1, _), (x2, y2, _) = label_places([(100, 100), (110, 100)], ["one", "two"], 4, (0, 0, 300, 300))
    assert (x1, y1) != (x2, y2)
    assert label_places([(295, 100)], ["at the edge"], 4, (0, 0, 300, 300))[0][2] == "end"
    assert label_places([(100, 100)], ["off the line"], 4, (0, 0, 300, 300), [(100, 100, 290, 100)])[0][2] == "end"


def test_a_curve_has_gaps_where_there_is_no_value() -> None:
    svg = curve_picture([0, DAY, 2 * DAY, 3 * DAY, 4 * DAY], [0.1, 0.2, None, 0.3, 0.5], "Polarisation")
    assert len(list(ElementTree.fromstring(svg).iterfind(".//{*}polyline"))) == 2
    assert "1970-01-03" in words_of(svg)
    assert "no curve" in words_of(curve_picture([], [], "no curve"))


def test_a_heat_map_brings_alike_rows_together_and_shows_each_value_once() -> None:
    svg = heat_map(["A", "B", "C", "D"], ["x", "y"], np.array([[2.0, -2], [-2, 2], [1, -1], [0, 1.5]]), "Positions")
    shown = [words for words in words_of(svg) if words in "ABCD"]
    assert abs(shown.index("A") - shown.index("C")) == 1
    assert "A · y: -2" in hints_of(svg) and words_of(svg).count("1.5") == 1


def test_bars_go_left_against_and_right_in_favour() -> None:
    svg = bar_picture(["pay rise", "new rosters"], [1, 4], [3, 4], "Agreement")
    assert [words for words in words_of(svg) if words in ("pay rise", "new rosters")] == ["new rosters", "pay rise"]
    boxes = {box.findtext("{*}title"): box for box in ElementTree.fromstring(svg).iterfind(".//{*}rect")}
    against, in_favour = boxes["pay rise: 1"], boxes["pay rise: 3"]
    assert float(against.get("x", "")) < float(in_favour.get("x", ""))
    assert float(in_favour.get("width", "")) == 3 * float(against.get("width", ""))


def test_words_are_cut_to_fit() -> None:
    assert shortened("short", 100) == "short"
    cut = shortened("a rather long name of an actor", 100)
    assert cut.endswith("…") and width_of(cut) <= 100


def test_colours_run_from_disagreement_over_white_to_agreement() -> None:
    assert scale_color(0) == "#ffffff" and scale_color(2) == scale_color(1) == "#0072b2"
    assert scale_color(-1) == "#d55e00"


def test_numbers_are_short() -> None:
    assert [number(value) for value in (1.0, 0.126, -0.001, 20)] == ["1", "0.13", "0", "20"]


@given(names, st.integers(0, 5))
def test_any_names_give_a_well_formed_picture_and_the_same_one_again(labels: list[str], seed: int) -> None:
    count = len(labels)
    ties = np.random.default_rng(seed).integers(-2, 3, (count, count)).astype(float)
    ties = np.triu(ties, 1) + np.triu(ties, 1).T
    for draw in (
        lambda: network_picture(labels, ties, list(range(count)), "Title"),
        lambda: heat_map(labels, labels, ties, "Title"),
        lambda: bar_picture(labels, [1.0] * count, [2.0] * count, "Title"),
    ):
        svg = draw()
        ElementTree.fromstring(svg)
        assert svg == draw()
