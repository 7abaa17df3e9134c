"""Turn the words that were typed into a frozen text into proposals: the frozen words stand again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from poa_toolkit.amend.amendment import targets
from poa_toolkit.api.plan_edit import PlanEdit
from poa_toolkit.api.propose import propose
from poa_toolkit.api.validate import readable_baselines
from poa_toolkit.check.changed_since_freeze import frozen_here
from poa_toolkit.edit import changes
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.model import AmendmentKind
from poa_toolkit.model.fields import Value
from poa_toolkit.model.proposals import Proposal, Reviser

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from poa_toolkit.amend.amendment import Target
    from poa_toolkit.load.plan import Loaded
    from poa_toolkit.model import Baseline, Plan
    from poa_toolkit.source.base import Files


def reworded(project: Path, loaded: Loaded, record: str) -> dict[str, str]:
    """Return the frozen words of each text of a record that says something else now, by field.

    Empty where the stage of the plan is not frozen.
    """
    return _reworded(_frozen(project, loaded), loaded, record)


def _reworded(baseline: Baseline | None, loaded: Loaded, record: str) -> dict[str, str]:
    if loaded.plan is None or baseline is None:
        return {}
    before, now = (_texts(plan, record) for plan in (baseline.plan, loaded.plan))
    return {field: text for field, text in before.items() if now.get(field, text) != text}


def _frozen(project: Path, loaded: Loaded) -> Baseline | None:
    """Return the frozen text of the stage of a plan; baselines are read only where it may have one."""
    stage = loaded.plan.current_stage() if loaded.plan else None
    if stage is None or not (stage.baseline or loaded.endorsements):
        return None
    return frozen_here(stage, readable_baselines(project), loaded.endorsements)


def _texts(plan: Plan, record: str) -> dict[str, str]:
    """Return the texts of a record that are filled, by field."""
    every = ((field, each) for (name, field), each in targets(plan).items() if name == record)
    return {field: each.text for field, each in every if each.text and _is_prose(each)}


def _is_prose(target: Target) -> bool:
    return target.traits.value in (Value.PROSE, Value.PHRASE)


def propose_instead(project: Path, record: str, by: Reviser, files: Files) -> Mapping[str, bytes]:
    """Return what `files` hold once the frozen words of a record stand again and today's are proposed.

    Nothing is written. Where the text was endorsed, a proposal is a corrigendum. Raises EditRefusedError
    where the record says what was frozen.
    """
    edit = PlanEdit(project, files)
    baseline = _frozen(project, edit.loaded)
    frozen = _reworded(baseline, edit.loaded, record)
    if not frozen or baseline is None:
        raise EditRefusedError(f"{record} says what was frozen")
    now = {field: targets(edit.plan)[record, field] for field in frozen}
    for field, target in now.items():
        path, at = edit.place(target.at)
        edit.change(path, partial(changes.set_scalars, values={at: frozen[field]}))
    contents = dict(edit.changed())
    is_endorsed = any(each.text == baseline.name for each in edit.loaded.endorsements)
    kind = AmendmentKind.CORRIGENDUM if is_endorsed else AmendmentKind.TEXT
    for field, target in now.items():
        proposal = Proposal(kind, by, record, field, proposed=target.text or "")
        here = files._replace(contents={**files.contents, **contents})
        contents |= propose(project, proposal, files=here)[1].contents
    return contents
