"""Which functions of a bank lead to which, from the names that their compiled code loads."""

from __future__ import annotations

import ast
import dis
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

from quizkit.bank.index import _bound_names, _links
from tests.mutants.changes import Change, changes, guard_functions

Node = tuple[str, str]  # module and top-level name

ANNOTATIONS = annotations.compiler_flag  # of this very import, above


class Reach:
    """The call graph of a bank's `solvers/`."""

    def __init__(self, root: Path) -> None:
        self.statements: dict[Node, ast.stmt] = {}
        self.links: dict[str, dict[str, Node]] = defaultdict(dict)
        self.guards: dict[str, set[str]] = {}
        folder = root / "solvers"
        for path in sorted(folder.rglob("*.py")):
            module = ".".join(path.relative_to(folder).with_suffix("").parts)
            self._read(module, ast.parse(path.read_text(encoding="utf-8")).body)
        for module, links in self.links.items():
            for local, (other, name) in links.items():
                if name in self.guards.get(other, ()):
                    self.guards[module].add(local)
        self.uses = {node: set(self._used(node)) for node in self.statements}
        self.reached: dict[Node, set[Node]] = defaultdict(set)
        for node in self.statements:
            for other in self._closure(node):
                self.reached[other].add(node)

    def functions_reaching(self, node: Node) -> set[str]:
        """The public functions, `module.name`, that run this one when called; itself included."""
        return {
            f"{module}.{name}"
            for module, name in self.reached[node]
            if not name.startswith("_")
            and isinstance(self.statements[module, name], ast.FunctionDef)
        }

    def changes(self, node: Node) -> list[Change]:
        """All changes to one function or table."""
        return changes(node[0], self.statements[node], self.guards[node[0]])

    def _read(self, module: str, body: list[ast.stmt]) -> None:
        self.guards[module] = guard_functions(body)
        for statement in body:
            if isinstance(statement, ast.ImportFrom | ast.Import):
                self.links[module].update(_links(statement, module))
            for name in _bound_names(statement):
                self.statements[module, name] = statement

    def _used(self, node: Node) -> Iterator[Node]:
        module, _ = node
        for name in _loaded(compiled(self.statements[node])):
            if (module, name) in self.statements:
                yield module, name
            elif name in self.links[module]:
                other = self.links[module][name]
                yield from [
                    each for each in self.statements if each[0] == other[0] and not other[1]
                ]
                if other in self.statements:
                    yield other

    def _closure(self, node: Node) -> set[Node]:
        reached, todo = set(), [node]
        while todo:
            current = todo.pop()
            if current not in reached:
                reached.add(current)
                todo += self.uses[current]
        return reached


def compiled(statement: ast.stmt, filename: str = "<mutant>") -> CodeType:
    """The code of one top-level statement, its annotations left as text."""
    tree = ast.Module(body=[statement], type_ignores=[])
    return compile(tree, filename, "exec", flags=ANNOTATIONS, dont_inherit=True)


def _loaded(code: CodeType) -> set[str]:
    names = {
        str(each.argval)
        for each in dis.get_instructions(code)
        if each.opname in ("LOAD_GLOBAL", "LOAD_NAME")
    }
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            names |= _loaded(constant)
    return names
