"""Begin a plan, and add records to it: each with an id that was never used, in its sorted place."""

from __future__ import annotations

import os
import re
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit import __version__
from poa_toolkit.api import schema
from poa_toolkit.api.edit_records import slot
from poa_toolkit.api.new_ids import next_id
from poa_toolkit.api.plan_edit import PlanEdit, Written, used_ids
from poa_toolkit.check.rulebook import DEMANDS
from poa_toolkit.diagnostic import Location
from poa_toolkit.edit import changes
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.files.atomic import write_new
from poa_toolkit.load.plan import load
from poa_toolkit.model import InstrumentsFile, ProgressFile, Section, Source, Status
from poa_toolkit.model.actions import point_ids
from poa_toolkit.source.base import PLAN_FOLDER, SCHEMAS, Files, is_plan_file
from poa_toolkit.text import valid_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from poa_toolkit.model import Plan, ProposedPoint
    from poa_toolkit.model.base import Record

TO_DO = tuple(DEMANDS)
"""What a new record may still lack: whatever the stage demands, which keeps nobody from writing it down."""

UNDECIDED = (Status.DRAFT, Status.REFINED)
"""The statuses of an action on which nobody has decided yet."""

UNWRITTEN = "This text is still to be written."

_DOT = "dot-"


class NewAction(NamedTuple):
    """What is known of an action when it is added."""

    text: str = UNWRITTEN
    level: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
    why: str | None = None
    provisions: tuple[str, ...] = ()
    timeframe: str | None = None
    origins: tuple[str, ...] = ()
    points: tuple[ProposedPoint, ...] = ()
    """Its points."""


def init(folder: Path, day: date) -> tuple[str, ...]:
    """Write a small valid plan into `folder`, its stage dated `day`: the paths written, inside it.

    Files that stand there already, beside a plan, are kept. Raises EditRefusedError where there is a
    plan.
    """
    return begin(folder, day)


def begin(folder: Path, day: date, plan: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Write a project into `folder`: settings, schemas, and the files of `plan`, or else the small one.

    Otherwise as `init`.
    """
    if os.path.lexists(folder / PLAN_FOLDER):
        raise EditRefusedError(f"there is a plan in {folder} already; name another folder")
    files = beginning(folder, day, plan)
    write_new(folder, {path: files[path].encode("utf-8") for path in sorted(files)}, head=PLAN_FOLDER)
    return tuple(sorted(files))


def beginning(folder: Path, day: date, plan: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the files that `begin` writes, by their paths in `folder`: those that do not stand there."""
    scaffold = {
        path: text.replace("{date}", day.isoformat()).replace("{version}", __version__)
        for path, text in _scaffold(resources.files("poa_toolkit") / "scaffold", "")
    }
    if plan is None:
        files = scaffold
    else:
        files = {path: text for path, text in scaffold.items() if not path.startswith("plan/")} | dict(plan)
    files |= {f"{SCHEMAS}/{name}": text for name, text in _schemas_of(files).items()}
    return {path: text for path, text in files.items() if not (folder / path).exists()}


def _schemas_of(files: Mapping[str, str]) -> dict[str, str]:
    """Return the schemas that know the ids of a new plan."""
    contents = {path: text.encode("utf-8") for path, text in files.items() if is_plan_file(path)}
    return schema.of(load(Files("the new plan", contents)))


def new_action(
    project: Path, given: NewAction, *, section: str | None = None, after: str | None = None
) -> tuple[str, Written]:
    """Add an action behind the action `after`, or at the end of `section`: its id, and where it stands.

    What it lacks is among the errors to mend; any other new error refuses it.
    """
    edit = PlanEdit(project)
    path, index = slot(edit, section, after)
    name = put_action(edit, given, path, index)
    return name, edit.finish(name, left_to_do=TO_DO, may_depart=True)


def put_action(edit: PlanEdit, given: NewAction, path: str, index: int) -> str:
    """Put an action into a file, before the one that is `index` now: its id."""
    status = undecided(edit.plan)
    name = next_id(edit, "A-", width=3)
    fields = {("from" if key == "origins" else key): value for key, value in given._asdict().items()}
    fields["points"] = [_point(*each) for each in zip(point_ids(), given.points, strict=False)]
    record = _ordered(Section, "actions", {"id": name, **fields, "status": status.value})
    edit.insert(path, ("actions",), index, record)
    return name


def _point(name: str, point: ProposedPoint) -> dict[str, Any]:
    """Return a point with its sub-points, and an id for each."""
    below = [{"id": each, "text": text} for each, text in zip(point_ids(name), point.points, strict=False)]
    return {"id": name, "text": point.text, **({"points": below} if below else {})}


def undecided(plan: Plan) -> Status:
    """Return the status of an action on which nobody has decided, as far as the stage has one.

    A stage that allows only what is agreed makes nothing agreed: there, too, it is a draft.
    """
    stage = plan.current_stage()
    allowed = stage.allows.statuses if stage and stage.allows else ()
    return next((each for each in UNDECIDED if each in allowed), Status.DRAFT)


def new_recommendation(
    project: Path, text: str, *, source: str, name: str | None = None, page: str | None = None
) -> tuple[str, Written]:
    """Add a recommendation to the file of the consultation or mechanism `source`.

    With `page`, where it was read, it is recorded; without, illustrative.
    """
    edit = PlanEdit(project)
    path, at = edit.find(source, "consultation or mechanism")
    if at not in (("consultation",), ("mechanism",)):
        raise EditRefusedError(f'"{source}" is neither a consultation nor a mechanism')
    stem = f"{edit.loaded.trees[path].value[at[0]]['id']}-r"
    new = _unused(edit, name) if name else next_id(edit, stem)
    origin = "recorded" if page else "illustrative"
    given = {"id": new, "text": text, "origin": origin, "source": page}
    record = _ordered(Source, "recommendations", given)
    edit.append(path, "recommendations", record)
    return new, edit.finish(new, may_depart=True)


def new_instrument(project: Path, family: str, fields: Mapping[str, str]) -> tuple[str, Written]:
    """Add an instrument to the registry, to the file of `family`, which is made where there is none."""
    edit = PlanEdit(project)
    name = _unused(edit, fields["id"])
    path = _path("instruments", family)
    record = _ordered(InstrumentsFile, "instruments", dict(fields))
    edit.append(path, "instruments", record)
    return name, edit.finish(name, may_depart=True)


def new_section(project: Path, title: str, *, name: str) -> tuple[str, Written]:
    """Add a section, printed behind the others: sections stand in the order of their files' names."""
    edit = PlanEdit(project)
    _unused(edit, name)
    names = [path.rpartition("/")[2] for path in edit.loaded.trees if path.startswith("plan/sections/")]
    numbers = [int(found[1]) for each in names if (found := re.match(r"([0-9]+)-", each))]
    path = _path("sections", f"{max(numbers, default=0) + 1:02}-{name}")
    edit.create(path, {"id": name, "title": title, "actions": []})
    return name, edit.finish(name, may_depart=True)


def new_progress(project: Path, name: str, fields: Mapping[str, str], *, by: str, day: date) -> Written:
    """Put on record what `by` reports on an action for a day, in the file of that year."""
    edit = PlanEdit(project)
    path = _path("progress", str(day.year))
    given = {"action": name, "by": by, "date": day.isoformat(), **fields}
    edit.append(path, "progress", _ordered(ProgressFile, "progress", given))
    return edit.finish(name)._replace(at=Location(path))


def _scaffold(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    """Return every file of a new plan; what begins with a dot there is packaged without it."""
    for each in folder.iterdir():
        name = "." + each.name.removeprefix(_DOT) if each.name.startswith(_DOT) else each.name
        if each.is_dir():
            yield from _scaffold(each, f"{path}{name}/")
        else:
            yield f"{path}{name}", each.read_text(encoding="utf-8")


def _unused(edit: PlanEdit, name: str) -> str:
    """Return back an id that may be used. Raises EditRefusedError for one that may not."""
    if why := valid_names.fault(name):
        raise EditRefusedError(f'"{name}" cannot be an id: {why}')
    used = used_ids(edit)
    if name.lower() in used:
        raise EditRefusedError(f'"{name}" cannot be used: it is or was an id of {used[name.lower()]}')
    return name


def _path(folder: str, name: str) -> str:
    if why := valid_names.fault(name, longest=valid_names.LONGEST_FILE):
        raise EditRefusedError(f'"{name}" cannot name a file: {why}')
    return f"plan/{folder}/{name}.yaml"


def _ordered(root: type[Record], key: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return the keys of a record that hold something, in the order of its model."""
    found = {
        name: list(value) if isinstance(value, tuple) else value for name, value in given.items() if value
    }
    names = list(found)
    order = changes.order_of(root, (key, 0), names)
    return {names[index]: found[names[index]] for index in order}
