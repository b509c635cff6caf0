"""Whatever the bytes: a report or one error that names the file, never a crash."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.errors import InputError
from standoff.ingest import read_bytes
from standoff.ingest.formats import SUFFIXES
from standoff.report import Report

NAMES = [f"x{suffix}" for suffix in SUFFIXES] + ["x"]


def read_or_refuse(data: bytes, name: str) -> list[Report]:
    try:
        return read_bytes(data, name)
    except InputError as error:
        assert str(error).startswith(name)
        assert "\n" not in str(error)
        return []


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(NAMES))
def test_any_bytes_under_any_name(data: bytes, name: str) -> None:
    read_or_refuse(data, name)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.data())
def test_a_good_file_with_a_few_bytes_changed(
    make_pdf: Callable[..., bytes], make_docx: Callable[..., bytes], english: str, data: st.DataObject
) -> None:
    good = {
        "x.pdf": make_pdf([[(72, 700, 11, english[:70])], [(72, 700, 11, english[70:150])]]),
        "x.docx": make_docx([english, [["one", "two"]]]),
        "x.html": f"<html><head><meta charset=utf-8></head><body><p>{english}</p></body></html>".encode(),
        "x.eml": f"From: desk@example.org\nContent-Type: text/plain; charset=utf-8\n\n{english}".encode(),
        "x.md": f"---\ntitle: Talks\npublished: 2016-01-15\n---\n{english}".encode(),
    }
    name = data.draw(st.sampled_from(sorted(good)))
    damaged = bytearray(good[name])
    for place, byte in data.draw(
        st.lists(st.tuples(st.integers(0, len(damaged) - 1), st.integers(0, 255)), min_size=1, max_size=6)
    ):
        damaged[place] = byte
    read_or_refuse(bytes(damaged), name)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_bytes_give_the_same_reports(name: str, english: str) -> None:
    data = f"<html><body><article><p>{english}</p></article></body></html>".encode()
    assert read_or_refuse(data, name) == read_or_refuse(data, name)
