"""Every template compiles, and everything that it asks another one for is there."""

import pytest
from flask import Flask
from jinja2 import Environment, StrictUndefined, meta, nodes

from tests.house.tree import ROOT

NAMES = sorted(
    file.relative_to(ROOT / "templates").as_posix()
    for file in (ROOT / "templates").rglob("*")
    if file.is_file()
)


@pytest.fixture(scope="module")
def environment(the_app: Flask) -> Environment:
    return the_app.jinja_env


def parsed(environment: Environment, name: str) -> nodes.Template:
    assert environment.loader is not None
    return environment.parse(environment.loader.get_source(environment, name)[0], name)


def test_a_name_that_nobody_defined_is_an_error(environment: Environment) -> None:
    assert issubclass(environment.undefined, StrictUndefined)


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles(environment: Environment, name: str) -> None:
    environment.get_template(name)


@pytest.mark.parametrize("name", NAMES)
def test_what_it_takes_from_other_templates_is_there(environment: Environment, name: str) -> None:
    tree = parsed(environment, name)
    others = [other for other in meta.find_referenced_templates(tree) if other]
    for other in others:
        environment.get_template(other)
    for asked in tree.find_all(nodes.FromImport):
        if not isinstance(asked.template, nodes.Const):
            continue
        exported = {
            macro.name
            for macro in parsed(environment, asked.template.value).body
            if isinstance(macro, nodes.Macro)
        }
        wanted = {one if isinstance(one, str) else one[0] for one in asked.names}
        assert wanted <= exported, f"{asked.template.value} has no {wanted - exported}"


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("components/")])
def test_a_component_knows_only_what_it_is_given(environment: Environment, name: str) -> None:
    asked = meta.find_undeclared_variables(parsed(environment, name))
    assert asked - set(environment.globals) == set()
