"""The compiled bank: always what the files say, never worth an error."""
# ruff: noqa: E501 (one case, one line)

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from quizkit.bank import cache, compiler
from quizkit.bank.bank import Bank
from quizkit.errors import BankBroken, UsageProblem

Write = Callable[..., Path]

NUMBER = """
{slug}:
  kind: number
  level: fresher
  difficulty: 1
  ask: How many?
  answer: {answer}
  why: So many.
  reference: r
"""
FILES = {
    "questions/cnn.yaml": NUMBER.format(slug="one", answer=1) + NUMBER.format(slug="two", answer=2),
    "questions/rnn.yaml": NUMBER.format(slug="three", answer=3),
}


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("QUIZKIT_CACHE", str(folder))
    return folder


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the files that are really read and parsed, as they are."""
    names: list[str] = []
    original = compiler._Compiler.read

    def read(self: Any, name: str) -> Any:
        names.append(name)
        return original(self, name)

    monkeypatch.setattr(compiler._Compiler, "read", read)
    return names


def answers(root: Path) -> dict[str, Any]:
    with closing(cache.compiled(root)) as db:
        return dict(db.execute("SELECT id, json_extract(json, '$.answer') FROM question"))


ALL = {"cnn/one": 1, "cnn/two": 2, "rnn/three": 3}


def test_a_bank_is_compiled_into_one_file(write_bank: Write, own_cache: Path) -> None:
    assert answers(write_bank(FILES)) == ALL
    assert [path.suffix for path in own_cache.iterdir()] == [".sqlite"]


def test_nothing_is_read_again_while_nothing_changes(
    write_bank: Write, read_files: list[str]
) -> None:
    root = write_bank(FILES)
    answers(root)
    assert sorted(read_files) == sorted(FILES)
    read_files.clear()
    assert answers(root) == ALL
    assert read_files == []


def test_only_a_file_whose_content_changed_is_read(
    write_bank: Write, read_files: list[str]
) -> None:
    root = write_bank(FILES)
    answers(root)
    read_files.clear()
    os.utime(root / "questions/cnn.yaml", ns=(1, 1))
    write_bank({"questions/rnn.yaml": NUMBER.format(slug="three", answer=30)})
    assert answers(root) == ALL | {"rnn/three": 30}
    assert read_files == ["questions/rnn.yaml"]


def test_an_edit_that_keeps_the_size_is_seen(write_bank: Write) -> None:
    root = write_bank(FILES)
    answers(root)
    path = root / "questions/rnn.yaml"
    size = path.stat().st_size
    path.write_text(path.read_text().replace("answer: 3", "answer: 7"))
    os.utime(path, ns=(2, 2))
    assert path.stat().st_size == size
    assert answers(root)["rnn/three"] == 7


def test_an_edit_while_the_bank_is_compiled_is_seen_at_the_next_start(
    write_bank: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_bank(FILES)
    original = compiler._Compiler.cross_checks

    def edited_meanwhile(self: Any) -> None:
        (root / "questions/rnn.yaml").write_text(NUMBER.format(slug="three", answer=33))
        original(self)

    with monkeypatch.context() as patch:
        patch.setattr(compiler._Compiler, "cross_checks", edited_meanwhile)
        assert answers(root) == ALL
    assert answers(root) == {**ALL, "rnn/three": 33}


def test_a_deleted_topic_is_gone(write_bank: Write) -> None:
    root = write_bank(FILES)
    answers(root)
    (root / "questions/cnn.yaml").unlink()
    assert answers(root) == {"rnn/three": 3}


def test_a_question_may_move_to_another_file_of_its_topic(write_bank: Write) -> None:
    """The name of the new file sorts before and after that of the old one."""
    root = write_bank(FILES)
    answers(root)
    for old, new in [("cnn", "cnn.sizes"), ("cnn.sizes", "cnn")]:
        (root / f"questions/{old}.yaml").unlink()
        write_bank({f"questions/{new}.yaml": FILES["questions/cnn.yaml"]})
        assert answers(root) == ALL
    one, two = (NUMBER.format(slug=slug, answer=n) for n, slug in enumerate(("one", "two"), 1))
    write_bank({"questions/cnn.yaml": two, "questions/cnn.a.yaml": one})
    assert answers(root) == ALL


def test_one_id_in_two_files_is_a_problem(write_bank: Write) -> None:
    root = write_bank(FILES | {"questions/cnn.more.yaml": NUMBER.format(slug="one", answer=9)})
    with pytest.raises(
        BankBroken, match=r"cnn\.yaml:2: cnn/one also stands at questions/cnn\.more"
    ):
        answers(root)


def test_a_broken_bank_says_all_and_is_well_when_it_is_mended(write_bank: Write) -> None:
    root = write_bank(FILES)
    answers(root)
    write_bank(
        {
            "questions/rnn.yaml": FILES["questions/rnn.yaml"].replace("level", "lvl"),
            "questions/cnn.yaml": FILES["questions/cnn.yaml"].replace("kind: number", "kind: n"),
        }
    )
    for _ in range(2):  # also from what was compiled before
        with pytest.raises(BankBroken) as caught:
            answers(root)
        assert [problem.where for problem in caught.value.problems] == [
            *("questions/cnn.yaml:3", "questions/cnn.yaml:12"),
            *("questions/rnn.yaml:2", "questions/rnn.yaml:4"),
        ]
    write_bank(FILES)
    assert answers(root) == ALL


BROKEN = [
    ("questions/a.yaml", NUMBER.format(slug="xx", answer=1) + "  solver: m.g", "no function m.g in solvers/; did you mean 'm.f'?"),
    ("questions/a.yaml", NUMBER.format(slug="xx", answer=1) + "  misconceptions: {aa: {mistake: m.f, because: b}}", "no function mistakes.m.f in solvers/mistakes/"),
    ("questions/a.yaml", NUMBER.format(slug="xx", answer=1) + "  sources: [s-2]", "unknown source 's-2'; did you mean 's-1'?"),
    ("questions/sources.yaml", "s-1: {title: t, topic: a, computable: maybe}", "s-1: Invalid enum value 'maybe'"),
    ("questions/sources.yaml", "s-1: 3", "questions/sources.yaml:1: s-1:"),
    ("questions/sources.yaml", "- s-1", "expected a mapping of ids to source questions"),
    ("questions/evidence.json", "{not json", "questions/evidence.json:1: not a ledger"),
    ("questions/evidence.json", "[]", "write it anew with `quizkit verify --write`"),
    ("solvers/m.py", "def f(:", "solvers/m.py:1: not Python"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "message"), BROKEN)
def test_what_does_not_fit_together_is_a_problem(
    write_bank: Write, name: str, text: str, message: str
) -> None:
    whole = {
        "questions/b.yaml": NUMBER.format(slug="yy", answer=1)
        + "  sources: [s-1]\n  solver: m.f\n",
        "questions/sources.yaml": "s-1: {title: t, topic: a, computable: yes}",
        "questions/evidence.json": "{}",
        "solvers/m.py": "def f():\n    return 1\n",
    }
    answers(write_bank(whole))
    with pytest.raises(BankBroken) as caught:
        answers(write_bank({name: text}))
    assert message in str(caught.value)


def test_bytes_that_are_no_text_are_a_problem(write_bank: Write) -> None:
    root = write_bank(FILES)
    (root / "questions/rnn.yaml").write_bytes(b"a: \xff")
    (root / "questions/evidence.json").write_bytes(b'{"a": "\xff"}')
    with pytest.raises(BankBroken) as caught:
        answers(root)
    assert "questions/rnn.yaml:1: not UTF-8" in str(caught.value)


def test_a_folder_without_questions_is_no_bank(write_bank: Write, tmp_path: Path) -> None:
    with pytest.raises(BankBroken, match="expected a bank"):
        answers(write_bank({}))


def whole_file(path: Path) -> None:
    path.write_bytes(b"no database at all" * 500)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def of_an_older_format(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE former")
        db.execute("CREATE TABLE old (a INT)")
        db.execute("PRAGMA user_version = 1")
        db.commit()


def without_a_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE file")
        db.commit()


DAMAGES = [whole_file, cut_off, emptied, of_an_older_format, without_a_table]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_cache_is_written_anew(
    write_bank: Write, own_cache: Path, read_files: list[str], damage: Callable[[Path], None]
) -> None:
    root = write_bank(FILES)
    answers(root)
    damage(next(own_cache.iterdir()))
    assert answers(root) == ALL
    read_files.clear()
    assert answers(root) == ALL
    assert read_files == []  # the new cache serves


def test_a_cache_folder_that_cannot_be_made_is_no_error(write_bank: Write, own_cache: Path) -> None:
    own_cache.write_text("a file where a folder is wanted")
    assert answers(write_bank(FILES)) == ALL
    assert own_cache.is_file()


def test_a_cache_file_that_cannot_be_opened_is_no_error(write_bank: Write, own_cache: Path) -> None:
    root = write_bank(FILES)
    answers(root)
    path = next(own_cache.iterdir())
    path.unlink()
    path.mkdir()
    assert answers(root) == ALL


def test_a_read_only_cache_serves_and_an_outdated_one_is_worked_around(
    write_bank: Write, own_cache: Path, read_files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opened as SQLite opens a file that it may not write, so that it also holds for root."""
    root = write_bank(FILES)
    answers(root)
    connect = sqlite3.connect

    def read_only(path: str, **more: Any) -> sqlite3.Connection:
        return connect(path if path == ":memory:" else f"file:{path}?mode=ro", uri=True, **more)

    def refused(path: str) -> None:
        raise PermissionError(path)

    monkeypatch.setattr(sqlite3, "connect", read_only)
    monkeypatch.setattr(os, "unlink", refused)
    read_files.clear()
    assert answers(root) == ALL
    assert read_files == []
    write_bank({"questions/rnn.yaml": NUMBER.format(slug="three", answer=30)})
    assert answers(root) == ALL | {"rnn/three": 30}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_cache_folder_without_the_right_to_write_is_no_error(
    write_bank: Write, own_cache: Path
) -> None:
    own_cache.mkdir()
    own_cache.chmod(0o500)
    try:
        assert answers(write_bank(FILES)) == ALL
    finally:
        own_cache.chmod(0o700)


OPEN = """
import sys
from pathlib import Path
from quizkit.bank.cache import compiled

sys.stdin.readline()
db = compiled(Path(sys.argv[1]))
print(db.execute("SELECT count(*) FROM question").fetchone()[0], db.execute("PRAGMA database_list").fetchone()[2] != "")
"""


def test_two_processes_may_compile_at_once(write_bank: Write, own_cache: Path) -> None:
    more = {
        f"questions/t{n}.yaml": "".join(
            NUMBER.format(slug=f"q{n}-{k}", answer=k) for k in range(20)
        )
        for n in range(10)
    }
    root = write_bank(FILES | more)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, str(root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=60) for process in processes]
    assert outputs == [("203 True\n", "")] * 3
    assert len(answers(root)) == 203


def test_the_cache_folder_follows_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert cache.cache_home() == str(tmp_path / "cache")
    monkeypatch.delenv("QUIZKIT_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache.cache_home() == str(tmp_path / "xdg" / "quizkit")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert Path(cache.cache_home()).parts[-2:] == (".cache", "quizkit")


def marks(root: Path) -> dict[str, tuple[str, str]]:
    bank = Bank("tiny", root)
    with closing(bank.db):
        entries = [bank.entry(id_) for id_ in bank.ids()]
    return {entry.id: (entry.fingerprint, entry.stamp) for entry in entries}


def changed(before: dict[str, Any], after: dict[str, Any], part: int) -> set[str]:
    return {id_ for id_ in before if before[id_][part] != after[id_][part]}


SOLVED = {
    "questions/cnn.yaml": NUMBER.format(slug="one", answer=1) + "  solver: m.f\n",
    "questions/rnn.yaml": NUMBER.format(slug="three", answer=1) + "  solver: n.f\n",
    "solvers/m.py": "from .helper import g\n\ndef f():\n    return g()\n",
    "solvers/n.py": "def f():\n    return 1\n",
    "solvers/helper.py": "def g():\n    return 1\n",
}
EDITS = [
    ("questions/cnn.yaml", "How many?", "How many then?", {"cnn/one"}, {"cnn/one"}),
    ("questions/cnn.yaml", "answer: 1", "answer: 2", {"cnn/one"}, {"cnn/one"}),
    ("questions/cnn.yaml", "So many.", "So very many.", set(), {"cnn/one"}),
    ("questions/cnn.yaml", "difficulty: 1", "difficulty: 2", set(), {"cnn/one"}),
    ("questions/cnn.yaml", "kind:", "# a remark\n  kind:", set(), set()),
    ("solvers/m.py", "return", "return 0 +", set(), {"cnn/one"}),
    ("solvers/helper.py", "return 1", "return 2", set(), {"cnn/one"}),
    ("solvers/n.py", "return 1", "return 2", set(), {"rnn/three"}),
]


@pytest.mark.parametrize(("name", "old", "new", "fingerprints", "stamps"), EDITS)
def test_an_edit_moves_the_fingerprints_and_stamps_that_it_concerns(
    write_bank: Write, name: str, old: str, new: str, fingerprints: set[str], stamps: set[str]
) -> None:
    before = marks(write_bank(SOLVED))
    assert old in SOLVED[name]
    after = marks(write_bank({name: SOLVED[name].replace(old, new)}))
    assert changed(before, after, 0) == fingerprints
    assert changed(before, after, 1) == stamps


def test_marks_are_the_same_in_every_folder(write_bank: Write) -> None:
    assert marks(write_bank(SOLVED, "here")) == marks(write_bank(SOLVED, "there"))


def test_a_closed_bank_can_be_opened_again(write_bank: Write) -> None:
    bank = Bank("tiny", write_bank(FILES))
    assert bank.topics() == ["cnn", "rnn"]
    bank.db.close()
    with pytest.raises(UsageProblem):
        Bank("tiny", bank.root).entry("cnn/none")
