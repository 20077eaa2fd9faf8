"""Words are whole, whatever script and signs stand around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threat_modeling.codebase.words import listed, needed, spaced, words


def test_words_are_whole() -> None:
    assert words("a.b_c('d-e', 1)\nähnlich()") == {"a", "b_c", "d", "e", "1", "ähnlich"}


def test_spaces_of_other_scripts_stand_between_words() -> None:
    assert words("one\u00a0two\u3000three\x85four\x1ffive") == {"one", "two", "three", "four", "five"}


def test_half_of_a_character_is_no_error() -> None:
    assert words("a.\ud800b") == {"a", "\ud800b"}


def test_every_sign_becomes_one_space_and_lines_stay() -> None:
    assert spaced("f(x)\r\n\tÄ=1;\n") == "f x  \n Ä 1 \n"


def test_each_word_is_listed_once_in_order_of_its_first_place() -> None:
    assert listed("b = a\nb = c.a()") == "\nb\na\nc\n"


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        ("flask", ("flask",)),
        ("models.Model", ("models\n", "\nModel")),
        ('.get("/', ("\nget\n",)),
        ("from a import", ("from\n", "\na\n", "\nimport")),
        (" do", ("\ndo",)),
        ("::", ()),
        ("", ("",)),
        ("Äh.x", ()),
    ],
)
def test_what_the_list_of_words_of_a_text_with_a_part_holds(part: str, wanted: tuple[str, ...]) -> None:
    assert needed(part) == wanted


@given(st.text(alphabet="ab_1.( \n\tä\u00a0\u3000"), st.data())
def test_the_list_of_words_holds_what_any_part_of_the_text_needs(text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text)))
    part = text[first : data.draw(st.integers(first, len(text)))]
    assert all(word in listed(text) for word in needed(part))
