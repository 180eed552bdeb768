"""A change of who may decide always moves open steps: no door makes the change alone."""

from collections.abc import Iterator

import pytest

from placet.requisitions import actions
from tests.house.source import SourceFile, code, imported, snippet

# Rooms where people and programs come in. The demo and the set-up build a company before anything
# was ever submitted.
DOORS = {"web", "api", "jobs"}
SET_UP = {"src/placet/jobs/setting_up.py"}
ALONE = "placet.companies.organisation"


def alone(file: SourceFile) -> Iterator[str]:
    """Imports of a change that leaves open steps as they are."""
    if file.room not in DOORS or file.path in SET_UP:
        return
    for line, name in imported(file):
        module, _, what = name.rpartition(".")
        is_upper = module == "placet.companies.actions" and what in actions.__all__
        if (name.startswith(ALONE) and not name.endswith(".Bounds")) or is_upper:
            yield f"{file.path}:{line} imports {name}; placet.requisitions.actions has it"


def test_no_door_changes_who_decides_and_leaves_open_steps_as_they_are() -> None:
    assert [complaint for file in code() for complaint in alone(file)] == []


@pytest.mark.parametrize(
    "text",
    [
        "from placet.companies.actions import set_absence",
        "from placet.companies.organisation.heads import name_head",
        "from placet.companies.organisation import heads",
    ],
)
def test_the_rule_can_be_broken(text: str) -> None:
    assert list(alone(snippet("src/placet/web/settings/views.py", text)))
    assert not list(alone(snippet("src/placet/demo/loading/people.py", text)))
