"""The reporting commands, from the arguments to the exit code, on a tiny bank."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from quizkit.errors import Exit

Run = Callable[..., tuple[int, str, str]]


def changed(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


# verify


def test_a_sound_bank_verifies_and_is_remembered(run: Run) -> None:
    code, out, _ = run("verify", "--write", "--jobs", "1")
    assert code == Exit.FINE
    assert "none wrong" in out
    assert run("verify", "--fresh", "--jobs", "1")[0] == Exit.FINE
    code, out, _ = run("verify")
    assert code == Exit.FINE
    assert "unchanged since the ledger was written" in out


def test_a_wrong_key_is_shown_with_its_place(run: Run, root: Path) -> None:
    changed(root, "questions/sizes.yaml", "answer: [4, 6, 6]", "answer: [4, 6, 7]")
    code, out, _ = run("verify", "--jobs", "1")
    assert code == Exit.WRONG
    line = next(line for line in out.splitlines() if "output-shape" in line)
    assert line.startswith("questions/sizes.yaml:")
    assert "stated [4, 6, 7], computed [4, 6, 6]" in line
    assert "correct the stated answer" in line


def test_the_report_is_json(run: Run, root: Path) -> None:
    changed(root, "questions/sizes.yaml", "answer: [2, 4]", "answer: [2, 5]")
    code, out, _ = run("verify", "sizes", "--json", "--jobs", "1")
    assert code == Exit.WRONG
    report = json.loads(out)
    assert set(report) >= {"questions", "keys", "evidence", "coverage", "seconds"}
    assert set(report["coverage"]) == {"sources", "covered", "missing"}
    (wrong,) = (key for key in report["keys"] if key["status"] == "wrong")
    assert wrong["id"] == "sizes/doubled"
    assert (wrong["stated"], wrong["computed"]) == ([2, 5], [2, 4])
    names = {"id", "kind", "status", "evidence", "stated", "computed", "witnesses", "where"}
    assert names <= set(wrong)
    assert {key["id"].split("/")[0] for key in report["keys"]} == {"sizes"}


def test_fresh_refuses_a_ledger_that_differs(run: Run, root: Path) -> None:
    run("verify", "--write", "--jobs", "1")
    changed(root, "questions/sizes.yaml", "why: Each is doubled.", "why: Each is taken twice.")
    code, out, _ = run("verify", "--fresh", "--jobs", "1")
    assert code == Exit.WRONG
    assert "sizes/doubled: changed since the ledger was written" in out
    assert "quizkit verify --write" in out


def test_of_many_faults_of_the_ledger_a_few_are_listed(run: Run, root: Path) -> None:
    ledger = {f"sizes/gone-{n}": {"stamp": "0", "evidence": ["cited"]} for n in range(30)}
    (root / "questions" / "evidence.json").write_text(json.dumps(ledger), encoding="utf-8")
    code, out, _ = run("verify", "--fresh", "--jobs", "1")
    assert code == Exit.WRONG
    assert out.count("questions/evidence.json") == 9
    assert "more like these" in out
    assert out.count("quizkit verify --write") == 1


def test_an_unknown_topic_is_usage(run: Run) -> None:
    code, _, err = run("verify", "sizs")
    assert code == Exit.USAGE
    assert "did you mean 'sizes'" in err
    assert run("verify", "sizes/one-thirt")[0] == Exit.USAGE


def test_one_question_can_be_verified_and_asked(run: Run) -> None:
    code, out, _ = run("verify", "sizes/one-third")
    assert code == 0
    assert ": 1 question, none wrong" in out


def test_a_broken_bank_says_all_its_problems(run: Run, root: Path) -> None:
    changed(root, "questions/sizes.yaml", "level: fresher", "level: freshr")
    changed(root, "questions/sizes.yaml", "answer: 1/3", "anwser: 1/3")
    code, _, err = run("verify")
    assert code == Exit.BROKEN
    assert "expected one of fresher, experienced" in err
    assert "did you mean 'answer'?" in err


# solve


def test_solving_shows_value_formula_and_evidence(run: Run) -> None:
    code, out, _ = run("solve", "sizes.output_size", "size=12", "kernel=3", "stride=1")
    assert code == Exit.FINE
    assert out.startswith("sizes.output_size(size=12, kernel=3, stride=1) = 10\n")
    assert "evidence" in out


def test_solving_as_json(run: Run) -> None:
    arguments = ("sizes.output_size", "size=12", "kernel=3", "stride=1", "--json")
    code, out, _ = run("solve", *arguments)
    assert code == Exit.FINE
    found = json.loads(out)
    names = {"solver", "given", "value", "witnesses", "agree", "evidence", "seconds"}
    assert set(found) == names
    assert found["value"] == 10
    assert found["agree"] is True
    assert found["given"] == {"size": 12, "kernel": 3, "stride": 1}


def test_a_witness_that_disagrees_is_an_error(run: Run, root: Path) -> None:
    path = root / "solvers" / "planted.py"
    path.write_text(
        "def one(n: int) -> int:\n    return n\n\n\n"
        "def one_by_loop(n: int) -> int:\n    return n + 1\n"
    )
    code, out, _ = run("solve", "planted.one", "n=3")
    assert code == Exit.WRONG
    assert "DISAGREES" in out
    assert "none: the routes disagree" in out


def test_the_solvers_are_listed_without_witnesses_and_mistakes(run: Run) -> None:
    code, out, _ = run("solve")
    assert code == Exit.FINE
    assert "output_size(" in out
    assert "off_by_one" not in out
    assert "_by_" not in out
    names = [entry["solver"] for entry in json.loads(run("solve", "--json")[1])]
    assert "sizes.output_size" in names


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sizes.outputsize"], "did you mean 'sizes.output_size'?"),
        (["sizes.output_size", "size"], "expected NAME=VALUE"),
        (["sizes.output_size", "size=1", "size=2"], "size is given twice"),
        (["sizes.output_size", "size=12", "kernal=3", "stride=1"], "did you mean 'kernel'?"),
        (["sizes.output_size", "size=a", "kernel=3", "stride=1"], "expected `int`"),
        (["os.system", "x=1"], "no solver 'os.system'"),
    ],
)
def test_what_cannot_be_solved_is_usage(run: Run, arguments: list[str], said: str) -> None:
    code, _, err = run("solve", *arguments)
    assert code == Exit.USAGE
    assert said in err


# grade


def lines(*answers: dict[str, Any]) -> str:
    return "".join(json.dumps(answer) + "\n" for answer in answers)


def test_grading_streams_one_line_for_one_line(run: Run) -> None:
    answers = lines(
        {"question": "sizes/one-third", "answer": "0.333", "student": "ada"},
        {"question": "sizes/one-third", "answer": "0.5"},
        {"question": "sizes/one-thrid", "answer": "0.5"},
    )
    code, out, err = run("grade", "-", stdin=answers + "{broken\n")
    assert code == Exit.FINE
    results = [json.loads(line) for line in out.splitlines()]
    assert [result["verdict"] for result in results] == ["right", "wrong", None, None]
    assert results[0]["student"] == "ada"
    assert "did you mean" in results[2]["error"]
    assert results[3]["raw"] == "{broken"
    assert "1 of 4 right, 2 could not be graded" in err


@pytest.mark.parametrize(("answer", "code"), [("0.333", Exit.FINE), ("0.5", Exit.WRONG)])
def test_check_makes_the_exit_code_the_verdict(run: Run, answer: str, code: Exit) -> None:
    answers = lines({"question": "sizes/one-third", "answer": answer})
    assert run("grade", "-", "--check", stdin=answers)[0] == code


def test_an_edited_question_is_stale_and_never_graded(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "answers.jsonl"
    sheet.write_text(lines({"question": "sizes/doubled", "answer": "[2, 4]", "fingerprint": "old"}))
    code, out, _ = run("grade", str(sheet))
    assert code == Exit.FINE
    assert json.loads(out)["verdict"] == "stale"


def test_the_markdown_of_a_sheet_points_to_its_lines(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sheet.md").write_text("# exercises")
    code, _, err = run("grade", str(tmp_path / "sheet.md"))
    assert code == Exit.USAGE
    assert "sheet.jsonl" in err


# bank


def test_listing_says_where_banks_come_from(run: Run, root: Path) -> None:
    code, out, _ = run("bank", "list", "--json")
    assert code == Exit.FINE
    (bank,) = json.loads(out)
    assert bank["root"] == str(root)
    assert set(bank["topics"]) >= {"sizes"}
    assert str(root) in run("bank", "list")[1]


def test_listing_a_broken_bank_names_its_problems(run: Run, root: Path) -> None:
    changed(root, "questions/sizes.yaml", "kind: array", "kind: arry")
    code, out, _ = run("bank", "list")
    assert code == Exit.BROKEN
    assert "did you mean 'array'?" in out


def test_showing_gives_nothing_away_without_key(run: Run) -> None:
    identity = "sizes/computed-choice"
    shown = json.loads(run("bank", "show", identity, "--json")[1])
    assert not {"key", "why", "misconceptions", "hints"} & set(shown)
    assert all(option.get("slug") != "key" for option in shown["options"])
    full = json.loads(run("bank", "show", identity, "--json", "--key")[1])
    assert full["key"] == "key"
    assert full["misconceptions"] or full["options"]
    text = run("bank", "show", "sizes/doubled", "--key")[1]
    assert "[2, 4]" in text
    assert "[2, 4]" not in run("bank", "show", "sizes/doubled")[1]


def test_the_same_seed_shows_the_same_question(run: Run) -> None:
    arguments = ("bank", "show", "sizes/rows-of-output", "--json", "--seed")
    assert run(*arguments, "7")[1] == run(*arguments, "7")[1]
    assert len({run(*arguments, str(seed))[1] for seed in range(8)}) > 4


def test_the_schema_accepts_the_bank_and_refuses_a_typing_error(run: Run) -> None:
    schema = json.loads(run("bank", "schema")[1])
    assert schema["$schema"].endswith("2020-12/schema")
    assert {"NumberQuestion", "ClaimQuestion"} <= set(schema["$defs"])
    number = schema["$defs"]["NumberQuestion"]
    assert {"ask", "why", "level"} <= set(number["required"])
    assert number["additionalProperties"] is False


def test_a_new_question_verifies_as_it_stands(run: Run, root: Path) -> None:
    code, out, _ = run("bank", "new", "fresh-topic/first-question")
    assert code == Exit.FINE
    assert "fresh-topic.yaml:1" in out
    assert run("verify", "fresh-topic", "--jobs", "1")[0] == Exit.FINE
    run("bank", "new", "fresh-topic/second-question")
    assert run("verify", "fresh-topic", "--jobs", "1")[0] == Exit.FINE
    code, _, err = run("bank", "new", "fresh-topic/first-question")
    assert code == Exit.USAGE
    assert "stands already" in err
    assert "first-question:" in (root / "questions" / "fresh-topic.yaml").read_text()


@pytest.mark.parametrize("identity", ["x", "a/b", "../up/down", "Topic/slug", "topic/", "a b/c d"])
def test_an_unusable_id_is_refused(run: Run, root: Path, identity: str) -> None:
    before = sorted(root.rglob("*.yaml"))
    assert run("bank", "new", identity)[0] == Exit.USAGE
    assert sorted(root.rglob("*.yaml")) == before


def test_coverage_names_what_is_missing(run: Run, root: Path) -> None:
    (root / "questions" / "sources.yaml").write_text(
        "s-1: {topic: sizes, computable: yes, title: first}\n"
        "s-2: {topic: sizes, computable: no, title: second}\n"
    )
    changed(root, "questions/sizes.yaml", "answer: 1/3", "answer: 1/3\n  sources: [s-1]")
    code, out, _ = run("bank", "coverage")
    assert code == Exit.FINE
    assert "✓ s-1" in out
    assert "· s-2" in out
    assert "1 of 2" in out
    found = json.loads(run("bank", "coverage", "--json")[1])
    assert [len(source["questions"]) for source in found] == [1, 0]


def test_a_computable_source_needs_a_computed_key(run: Run, root: Path) -> None:
    (root / "questions" / "sources.yaml").write_text(
        "s-1: {topic: rules, computable: yes, title: first}\n"
    )
    written = next(path for path in root.rglob("*.yaml") if "answer: zero" in path.read_text())
    name = written.relative_to(root).as_posix()
    changed(root, name, "answer: zero", "answer: zero\n  sources: [s-1]")
    code, out, _ = run("verify", "--jobs", "1")
    assert code == Exit.WRONG
    assert "only cited, but its source s-1 can be computed" in out


WORDS = """
learn-alone:
  kind: text
  level: fresher
  difficulty: 1
  sources: [s-1]
  ask: What happens where half of a layer is left out?
  points:
    alone: {says: Units learn alone., PILLARaccept: [units learn alone], contradict: [learn together]}
    noise: {says: Noise is added., accept: [noise added]}
  why: So.
  reference: Srivastava et al. 2014
  accept:
    - Units learn alone, and noise is added.
    - Noise is added, and units learn alone.
    - All units learn alone. There is noise added.
  partly: [Units learn alone., Noise is added.]
  reject: [Units learn together., It is magic., Nothing.]
"""


@pytest.mark.parametrize(
    ("pillar", "problem"),
    [
        (
            "",
            "the key is only cited, but its source s-1 can be computed; add `rests_on` to a point",
        ),
        (
            "rests_on: [words/learn-alone], ",
            "a point rests on words/learn-alone, whose key is not computed",
        ),
        ("rests_on: [sizes/no-such], ", "rests on no question 'sizes/no-such'"),
        ("rests_on: [COMPUTED], ", None),
    ],
)
def test_a_text_on_a_computable_source_rests_on_computed_keys(
    run: Run, root: Path, pillar: str, problem: str | None
) -> None:
    keys = json.loads(run("verify", "--json", "--jobs", "1")[1])["keys"]
    computed = next(key["id"] for key in keys if "computed" in key["evidence"])
    (root / "questions" / "sources.yaml").write_text(
        "s-1: {topic: words, computable: yes, title: first}\n"
    )
    text = WORDS.replace("PILLAR", pillar.replace("COMPUTED", computed))
    (root / "questions" / "words.yaml").write_text(text)
    code, out, err = run("verify", "--jobs", "1")
    if problem is None:
        assert code == Exit.FINE, out + err
        assert f"see also: {computed}" in run("bank", "show", "words/learn-alone", "--key")[1]
    else:
        assert code != Exit.FINE
        assert problem in " ".join((out + err).split())


# errata


def test_errata_lists_what_does_not_hold(run: Run) -> None:
    code, out, _ = run("errata")
    assert code == Exit.FINE
    assert "✗ fails" in out
    assert "claims tried" in out
    claims = json.loads(run("errata", "--json")[1])
    assert all(claim["verdict"] != "holds" for claim in claims)
    everything = json.loads(run("errata", "--all", "--json")[1])
    assert len(everything) >= len(claims)
    assert set(claims[0]) >= {"id", "said", "right", "verdict", "evidence", "sources"}


def test_no_escape_sequence_of_a_bank_reaches_the_terminal(run: Run, root: Path) -> None:
    path = root / "solvers" / "planted.py"
    path.write_text('def red(n: int) -> str:\n    return "\\x1b[31mred"\n')
    code, out, _ = run("solve", "planted.red", "n=1")
    assert code == Exit.FINE
    assert "\x1b" not in out
    assert msgspec.json.decode(run("solve", "planted.red", "n=1", "--json")[1])


# bank try, grade --explain


def test_a_question_is_tried_with_the_key_in_other_words_and_near_misses(run: Run) -> None:
    code, out, _ = run("bank", "try", "sizes/rows-of-output", "999", "?!")
    assert code == Exit.FINE
    assert "with spaces and a sign of equality: right" in out
    assert "your own: wrong" in out
    assert "your own: misread" in out
    assert "0 graded otherwise than they deserve" in out


def test_a_tolerance_that_takes_a_near_miss_is_noticed(run: Run, root: Path) -> None:
    changed(root, "questions/sizes.yaml", "  kind: number\n", "  kind: number\n  within: 300 %\n")
    code, out, _ = run("bank", "try", "sizes/rows-of-output")
    assert code == Exit.WRONG
    assert "!!" in out


def test_each_step_of_a_decision_is_explained(run: Run) -> None:
    line = json.dumps({"question": "sizes/rows-of-output", "seed": 1, "answer": "999"})
    code, out, _ = run("grade", "-", "--explain", stdin=line)
    assert code == Exit.FINE
    steps = json.loads(out)["explain"]
    assert steps[0] == "read as 999"
    assert steps[1].startswith("against the key, ")
    assert "differs" in steps[1]
    assert any("slips" in step for step in steps)
    assert steps[-1] == "so it is wrong, worth 0"


# bank report, errata as a page


def test_the_bank_is_reported_with_its_limits(run: Run) -> None:
    run("verify", "--write", "--jobs", "1")
    code, out, _ = run("bank", "report")
    assert "sizes" in out
    assert "questions with evidence that is not stale" in out
    data = json.loads(run("bank", "report", "--json")[1])
    (found,) = data.values()
    kept = {limit["name"]: limit["kept"] for limit in found["limits"]}
    assert kept["questions with evidence that is not stale"] is True
    assert kept["questions with a hint"] is False  # most of these have none
    assert (code == Exit.FINE) is all(kept.values())
    assert "difficulty 1: " in out
    assert "verified in" not in out


def test_the_report_says_how_long_verifying_takes(run: Run) -> None:
    _, out, _ = run("bank", "report", "--time")
    assert re.search(r"verified\s+in\s+\d+\.\d\s+s", out)


def test_a_limit_that_is_not_kept_is_an_error(run: Run, root: Path) -> None:
    run("verify", "--write", "--jobs", "1")
    changed(root, "questions/sizes.yaml", "difficulty: 1", "difficulty: 2")
    code, out, _ = run("bank", "report")
    assert code == Exit.WRONG
    assert "✗" in out


def test_errata_as_a_page(run: Run, root: Path) -> None:
    (root / "questions" / "sources.yaml").write_text(
        "articles: {ab: A Book}\nab-1: {topic: t, computable: no, title: One}\n"
    )
    claim = next(path for path in root.rglob("*.yaml") if "kind: claim" in path.read_text())
    name = claim.relative_to(root).as_posix()
    changed(root, name, "kind: claim", "kind: claim\n  sources: [ab-1]")
    code, out, _ = run("errata", "--all", "--markdown")
    assert code == Exit.FINE
    assert out.startswith("# What the articles say, tried\n")
    assert "## A Book" in out
    assert "- said in: ab-1" in out
