"""Instructions of a Dockerfile: continuations, comments, heredocs."""

from threat_modeling.codebase.dockerfile import instructions


def read(text: str) -> list[tuple[int, int, str]]:
    return [(line.start, line.end, line.text) for line in instructions(text)]


def test_instructions() -> None:
    text = "# comment\nfrom python:3.12\nRUN a \\\n  # inside\n  && b\n\nCMD x\n"
    assert read(text) == [(2, 2, "FROM python:3.12"), (3, 5, "RUN a && b"), (7, 7, "CMD x")]


def test_a_heredoc_is_one_instruction() -> None:
    assert read("RUN <<EOF\nUSER root\nEOF\nUSER app") == [(1, 3, "RUN <<EOF USER root EOF"), (4, 4, "USER app")]


def test_another_escape_character() -> None:
    assert read("# escape=`\nRUN a `\n b") == [(2, 3, "RUN a b")]


def test_an_unfinished_instruction_ends_with_the_file() -> None:
    assert read("RUN a \\\n") == [(1, 2, "RUN a")]
