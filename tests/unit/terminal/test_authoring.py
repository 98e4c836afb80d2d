"""`quizkit bank try`: answers that begin with a minus are no options."""

from __future__ import annotations

import click
import pytest

from quizkit.terminal.authoring import try_


def given(*arguments: str) -> dict[str, object]:
    """What the command is called with."""
    settings = {"help_option_names": ["-h", "--help"]}
    return try_.make_context("try", list(arguments), **settings).params  # type: ignore[arg-type]


@pytest.mark.parametrize("answer", ["-eta*g", "-h*g", "-x", "-2", "-", "-h=3", "−x", "-json"])
def test_an_answer_may_begin_with_a_minus(answer: str) -> None:
    found = given("t/q", "x", answer, "--seed", "3", "y", "--json")
    assert found["answers"] == ("x", answer, "y")
    assert (found["identity"], found["seed"], found["as_json"]) == ("t/q", 3, True)


def test_options_are_taken_before_between_and_after() -> None:
    assert given("--seed=4", "t/q", "-x")["seed"] == 4
    assert given("t/q", "--seed", "4", "-x")["answers"] == ("-x",)
    assert given("t/q", "-x")["as_json"] is False


def test_after_two_minus_signs_all_are_answers() -> None:
    assert given("t/q", "--", "-h", "--json")["answers"] == ("-h", "--json")


@pytest.mark.parametrize(
    "arguments", [("t/q", "--sed", "3"), ("t/q", "--seed"), ("t/q", "--seed", "-x"), ()]
)
def test_what_is_no_option_is_told(arguments: tuple[str, ...]) -> None:
    with pytest.raises(click.UsageError):
        given(*arguments)


def test_help_is_help() -> None:
    with pytest.raises(click.exceptions.Exit):
        given("t/q", "-h")
