"""Banks are found, and give their questions one at a time."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from quizkit.bank.bank import BUILT_IN, Bank, Shelf, built_in, installed, open_banks
from quizkit.errors import UsageProblem
from quizkit.model import ChoiceQuestion

Write = Callable[..., Path]

IDS = {
    "basics": ["what-relu-does", "which-are-smooth", "steps-of-training", "which-loss", "stride-halves"],
    "sizes": ["rows-of-output", "one-third", "output-shape", "doubled", "computed-choice"],
}  # fmt: skip


def test_rows_come_topic_by_topic_in_the_order_of_the_file(tiny: Bank) -> None:
    rows = tiny.rows()
    expected = [f"tiny:{topic}/{slug}" for topic, slugs in IDS.items() for slug in slugs]
    assert [row.id for row in rows] == expected
    assert [row.kind for row in rows if row.varies] == ["number", "choice"]
    assert {row.level for row in rows} == {"fresher", "experienced"}
    assert tiny.topics() == ["basics", "sizes"]


def test_an_entry_holds_the_whole_question_and_its_place(tiny: Bank) -> None:
    entry = tiny.entry("basics/what-relu-does")
    assert isinstance(entry.question, ChoiceQuestion)
    assert list(entry.question.options) == ["zero", "same", "plus"]
    assert entry.where == "questions/basics.yaml:2"


def test_a_former_id_leads_to_the_question(tiny: Bank) -> None:
    assert tiny.entry("basics/relu-of-minus-one").id == "basics/what-relu-does"


def test_an_unknown_id_is_answered_with_the_nearest(tiny: Bank) -> None:
    with pytest.raises(UsageProblem, match="did you mean 'sizes/one-third'"):
        tiny.entry("sizes/one-thrid")


@pytest.mark.parametrize("id_", ["", "/", "sizes", "' OR 1=1 --", "sizes/\0", "x" * 100_000])
def test_no_id_does_harm(tiny: Bank, id_: str) -> None:
    with pytest.raises(UsageProblem, match="no question"):
        tiny.entry(id_)


def test_only_the_built_in_bank_runs_in_this_process(
    tiny_files: dict[str, str], write_bank: Write
) -> None:
    root = write_bank(tiny_files)
    foreign, trusted = Bank("tiny", root), Bank(BUILT_IN, root)
    assert not any(row.light for row in foreign.rows())
    assert all(row.light for row in trusted.rows())
    foreign.db.close()
    trusted.db.close()


def test_a_heavy_solver_makes_its_question_heavy(
    tiny_files: dict[str, str], write_bank: Write
) -> None:
    shape = "    return (filters, size, size)"
    assert shape in tiny_files["solvers/sizes.py"]
    heavy = tiny_files["solvers/sizes.py"].replace(shape, f"    import numpy\n{shape}")
    bank = Bank(BUILT_IN, write_bank(tiny_files | {"solvers/sizes.py": heavy}))
    assert [row.id for row in bank.rows() if not row.light] == ["sizes/output-shape"]
    assert not bank.is_light("sizes.shape")
    assert bank.is_light("sizes.share")
    assert not bank.is_light("sizes.none")
    bank.db.close()


def test_a_slow_solver_makes_its_question_heavy(
    tiny_files: dict[str, str], write_bank: Write
) -> None:
    record = (
        '{"sizes/doubled": {"stamp": "s", "evidence": ["computed"], "slow": ["sizes.doubled"]}}'
    )
    root = write_bank({**tiny_files, "questions/evidence.json": record})
    bank = Bank(BUILT_IN, root)
    assert [row.id for row in bank.rows() if not row.light] == ["sizes/doubled"]
    assert not bank.is_light("sizes.doubled")
    bank.db.close()
    (root / "questions/evidence.json").unlink()
    bank = Bank(BUILT_IN, root)
    assert all(row.light for row in bank.rows())
    assert bank.is_light("sizes.doubled")
    bank.db.close()


def test_functions_know_their_witnesses(tiny: Bank) -> None:
    assert tiny.functions()["sizes.output_size"].witnesses == ("counting",)
    assert "mistakes.sizes.off_by_one" in tiny.functions()


def test_the_sources_that_a_bank_answers(tiny_files: dict[str, str], write_bank: Write) -> None:
    sources = """
        s-1: {title: One, topic: sizes, computable: yes}
        s-2: {title: Two, topic: sizes, computable: no}
        """
    cited = tiny_files["questions/sizes.yaml"].replace(
        "answer: 1/3", "answer: 1/3\n  sources: [s-2]"
    )
    bank = Bank(
        "b",
        write_bank(
            {**tiny_files, "questions/sizes.yaml": cited, "questions/sources.yaml": sources}
        ),
    )
    assert [source.id for source in bank.source_questions()] == ["s-1", "s-2"]
    assert bank.answers()["s-2"] == ["sizes/one-third"]
    bank.db.close()


@pytest.fixture
def shelf(tiny: Bank, built_in_bank: Bank) -> Shelf:
    return Shelf([built_in_bank, tiny])


def test_ids_bear_their_banks_name_where_several_meet(shelf: Shelf, built_in_bank: Bank) -> None:
    assert shelf.bank_of("tiny:sizes/one-third").name == "tiny"
    assert shelf.entry("tiny:sizes/one-third").id == "tiny:sizes/one-third"
    own = built_in_bank.ids()[0]
    assert shelf.entry(own).id == own
    assert shelf.bank_of(own) is built_in_bank
    with pytest.raises(UsageProblem, match="no question"):
        shelf.entry("sizes/one-third")
    with pytest.raises(UsageProblem, match="no bank 'tyny' is open; did you mean 'tiny'"):
        shelf.entry("tyny:sizes/one-third")


def test_a_bank_that_is_alone_needs_no_name(tiny: Bank) -> None:
    assert Shelf([tiny]).entry("sizes/one-third").id == "tiny:sizes/one-third"


def test_rows_are_chosen_by_topic_and_level(tiny: Bank) -> None:
    shelf = Shelf([tiny])
    assert {row.topic for row in shelf.rows(["sizes"])} == {"sizes"}
    assert {row.id for row in shelf.rows(["sizes"], "experienced")} == {"tiny:sizes/output-shape"}
    assert shelf.rows(level="novice") == []
    ids = ["tiny:sizes/output-shape", "tiny:sizes/one-third"]
    assert sorted(row.id for row in shelf.rows(ids)) == sorted(ids)
    assert {row.topic for row in shelf.rows(["basics", ids[0]])} == {"basics", "sizes"}
    with pytest.raises(UsageProblem, match="no question 'tiny:sizes/one-thirt'; did you mean"):
        shelf.rows(["tiny:sizes/one-thirt"])
    with pytest.raises(UsageProblem, match="no topic 'size'; did you mean 'sizes'"):
        shelf.rows(["basics", "size"])
    with pytest.raises(UsageProblem, match="no topic 'qqq'; known are basics, sizes"):
        shelf.rows(["qqq"])


def test_two_banks_of_one_name_cannot_be_open_at_once(
    tiny_files: dict[str, str], write_bank: Write
) -> None:
    one, other = (str(write_bank(tiny_files, f"{folder}/mine")) for folder in "ab")
    with pytest.raises(UsageProblem, match="both called 'mine'; rename one"):
        open_banks([one, other])
    assert len(open_banks([one, f"{one}/../mine", one]).banks) == 1


def test_no_foreign_bank_can_pass_for_the_built_in_one(
    tiny_files: dict[str, str], write_bank: Write
) -> None:
    root = write_bank(tiny_files, BUILT_IN)
    with pytest.raises(UsageProblem, match="no other bank can be called 'built-in'"):
        open_banks([str(root)])


def test_banks_are_the_built_in_one_and_those_of_the_environment(
    tiny_files: dict[str, str], write_bank: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [bank.name for bank in open_banks().banks] == [BUILT_IN]
    paths = [str(write_bank(tiny_files, name)) for name in ("one", "two")]
    monkeypatch.setenv("QUIZKIT_BANKS", os.pathsep.join([*paths, "", paths[0]]))
    assert [bank.name for bank in open_banks().banks] == [BUILT_IN, "one", "two"]
    assert [bank.name for bank in open_banks([paths[1]]).banks] == ["two"]


def test_a_chosen_bank_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"is no bank: expected a folder with questions/ in it"):
        open_banks([str(tmp_path)])
    with pytest.raises(UsageProblem, match=r"no bank 'buit-in'.*did you mean 'built-in'"):
        open_banks(["buit-in"])


def test_the_built_in_bank_is_itself_by_name_and_by_folder() -> None:
    by_name, by_folder = open_banks([BUILT_IN]).banks, open_banks([str(built_in().root)]).banks
    assert [bank.name for bank in (*by_name, *by_folder)] == [BUILT_IN, BUILT_IN]


def test_an_installed_package_may_be_a_bank(
    tiny_files: dict[str, str], write_bank: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = "a_bank_of_the_tests"
    root = write_bank({**tiny_files, "__init__.py": "raise RuntimeError('runs nothing')"}, package)
    monkeypatch.syspath_prepend(str(root.parent))
    points = [
        SimpleNamespace(name="course", value=package),
        SimpleNamespace(name="gone", value="no_such_package"),
    ]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points)
    assert installed() == {"course": str(root)}
    assert [(bank.name, bank.root) for bank in open_banks(["course"]).banks] == [("course", root)]


def test_closing_closes_what_was_opened(tiny: Bank) -> None:
    shelf = Shelf([tiny])
    shelf.close()
    shelf.rows()
    shelf.close()
    with pytest.raises(Exception, match="closed"):
        tiny.db.execute("SELECT 1")
