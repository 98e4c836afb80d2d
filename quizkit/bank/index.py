"""What stands in a bank's `solvers/`, read from the source without running any of it."""

from __future__ import annotations

import ast
import zlib
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from quizkit.errors import Problem, did_you_mean

# Relative tolerance of each kind of second route; 0 is exact.
ROUTES = {
    "torch": 1e-9,
    "autograd": 1e-9,
    "numpy": 1e-9,
    "sympy": 1e-9,
    "fractions": 1e-9,
    "loop": 1e-9,
    "counting": 0.0,
    "quadrature": 1e-9,
    "differences": 1e-6,
    "enumeration": 1e-9,
    "identity": 1e-9,
}
# Routes that try every case, or derive the value for all arguments: the key is then proved.
PROVING_ROUTES = {"enumeration", "identity"}
HEAVY = {"numpy", "sympy", "torch", "scipy", "mpmath"}


class Function(Struct, frozen=True, kw_only=True):
    """A public function of a bank, as its source declares it."""

    name: str
    where: str
    signature: str
    parameters: tuple[str, ...]
    doc: str
    libraries: tuple[str, ...]  # which of the heavy ones calling it may import
    code: int  # checksum of every bank module that it imports
    witnesses: tuple[str, ...] = ()

    @property
    def is_experiment(self) -> bool:
        """Whether it measures: `function(seeds, ..., first)` gives one measurement per seed."""
        return self.parameters[:1] == ("seeds",)


class _Module(Struct):
    """One parsed file: its functions, what each top-level name refers to, and its imports."""

    name: str
    where: str
    text: str
    functions: dict[str, ast.FunctionDef]
    references: dict[str, set[str]]
    heavy: dict[str, set[str]]  # heavy libraries that a top-level name's own body imports
    links: dict[str, tuple[str, str]]  # local name -> (module, function or "")


def index(root: Path) -> tuple[dict[str, Function], list[Problem]]:
    """The public functions of `root/solvers` by `module.function`, and what is wrong with them."""
    modules, problems = _modules(root)
    functions = {
        f"{module.name}.{name}": Function(
            name=f"{module.name}.{name}",
            where=f"{module.where}:{node.lineno}",
            signature=ast.unparse(node.args),
            parameters=tuple(each.arg for each in (*node.args.args, *node.args.kwonlyargs)),
            doc=ast.get_docstring(node) or "",
            libraries=tuple(sorted(_libraries(modules, module.name, name, set()))),
            code=_checksum(modules, module.name),
        )
        for module in modules.values()
        for name, node in module.functions.items()
        if not name.startswith("_")
    }
    functions |= _offered(modules, functions)
    return _with_witnesses(functions, problems), problems


def _modules(root: Path) -> tuple[dict[str, _Module], list[Problem]]:
    folder = root / "solvers"
    modules: dict[str, _Module] = {}
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.py")):
        where = path.relative_to(root).as_posix()
        name = ".".join(path.relative_to(folder).with_suffix("").parts)
        try:
            text = path.read_text(encoding="utf-8")
            modules[name.removesuffix(".__init__")] = _parse(name, where, text)
        except (SyntaxError, UnicodeDecodeError, ValueError) as error:
            line = getattr(error, "lineno", None) or 1
            problems.append(Problem(f"{where}:{line}", f"not Python: {error}"))
    return modules, problems


def _parse(name: str, where: str, text: str) -> _Module:
    module = _Module(name, where, text, {}, {}, {"": set()}, {})
    for node in ast.parse(text).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            module.links.update(_links(node, name))
            module.heavy[""] |= _heavy_imports(node)
        for local in _bound_names(node):
            inner = list(ast.walk(node))
            module.references[local] = {each.id for each in inner if isinstance(each, ast.Name)}
            imports = [each for each in inner if isinstance(each, ast.Import | ast.ImportFrom)]
            module.heavy[local] = set().union(*map(_heavy_imports, imports))
            for each in imports:
                links = _links(each, name)
                module.links.update(links)
                module.references[local] |= set(links)
        if isinstance(node, ast.FunctionDef):
            module.functions[node.name] = node
    return module


def _offered(modules: dict[str, _Module], functions: dict[str, Function]) -> dict[str, Function]:
    """What a package offers as its own: all that its `__init__.py` imports from its modules."""
    from msgspec.structs import replace

    return {
        f"{package}.{local}": replace(functions[f"{origin}.{name}"], name=f"{package}.{local}")
        for package, module in modules.items()
        if module.name.endswith(".__init__")
        for local, (origin, name) in module.links.items()
        if local == name and f"{origin}.{name}" in functions
    }


def _bound_names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Name):
                yield target.id


def _heavy_imports(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names} & HEAVY
    return {(node.module or "").split(".")[0]} & HEAVY if node.level == 0 else set()


def _links(node: ast.Import | ast.ImportFrom, module: str) -> dict[str, tuple[str, str]]:
    """Local names that stand for another module of the bank, or for a function of one."""
    if not isinstance(node, ast.ImportFrom) or node.level == 0:
        return {}
    package = module.split(".")[: -node.level]
    origin = ".".join([*package, *([node.module] if node.module else [])])
    links = {}
    for alias in node.names:
        target = (origin, alias.name) if node.module else (".".join([*package, alias.name]), "")
        links[alias.asname or alias.name] = target
    return links


def _libraries(modules: dict[str, _Module], name: str, function: str, seen: set[str]) -> set[str]:
    """The heavy libraries that calling a function may import, itself or through others."""
    if name not in modules or f"{name}.{function}" in seen:
        return set()
    seen.add(f"{name}.{function}")
    module = modules[name]
    found = module.heavy[""] | module.heavy.get(function, set())
    for local in module.references.get(function, set()):
        for other, target in _targets(modules, module, local):
            found |= _libraries(modules, other, target, seen)
    return found


def _targets(modules: dict[str, _Module], module: _Module, local: str) -> list[tuple[str, str]]:
    """The functions that a name within a module may lead to."""
    if local in module.references:
        return [(module.name, local)]
    if local not in module.links:
        return []
    other, target = module.links[local]
    if target or other not in modules:
        return [(other, target)]
    return [(other, each) for each in modules[other].functions]


def _checksum(modules: dict[str, _Module], name: str) -> int:
    """Over the source of a module and of all the bank's modules that it imports."""
    reached, todo = set(), [name]
    while todo:
        current = todo.pop()
        if current in modules and current not in reached:
            reached.add(current)
            todo += [other for other, _ in modules[current].links.values()]
    return zlib.crc32("\0".join(modules[each].text for each in sorted(reached)).encode())


def _with_witnesses(functions: dict[str, Function], problems: list[Problem]) -> dict[str, Function]:
    from msgspec.structs import replace

    for name, function in list(functions.items()):
        solver, by, route = name.rpartition("_by_")
        if (
            not by
            or name.startswith("mistakes.")
            or not {solver, route} & (functions.keys() | ROUTES.keys())
        ):
            continue  # `clip_by_norm` is a name like any other
        if route not in ROUTES:
            hint = did_you_mean(route, list(ROUTES)) or f"; known are {', '.join(ROUTES)}"
            problems.append(Problem(function.where, f"{name}: unknown route {route!r}{hint}"))
        elif solver not in functions:
            orphan = f"{name}: a witness of {solver}, which is not there"
            problems.append(Problem(function.where, orphan))
        elif functions[solver].signature != function.signature:
            expected = functions[solver].signature
            problems.append(
                Problem(
                    function.where,
                    f"{name}({function.signature}): expected its solver's ({expected})",
                )
            )
        else:
            known = (*functions[solver].witnesses, route)
            functions[solver] = replace(functions[solver], witnesses=known)
    return functions
