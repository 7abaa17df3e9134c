"""JSON Schemas of what the toolkit prints for other programs. Their keys are API."""

from __future__ import annotations

from typing import Any

from poa_toolkit.check.amendment_places import Fate
from poa_toolkit.diagnostic import Severity
from poa_toolkit.diff.change import Edit, Ground, Kind
from poa_toolkit.model import AmendmentKind, AmendmentState, Significance
from poa_toolkit.returned.draft.drafted_plan import Becomes
from poa_toolkit.search import Among

_TEXT = {"type": "string"}
_WHOLE = {"type": ["integer", "null"], "minimum": 1}
_COUNT = {"type": "integer", "minimum": 0}
_COUNTS = {"type": "object", "additionalProperties": _COUNT}
_PLACE = {"path": _TEXT, "line": _WHOLE, "column": _WHOLE}
_SPAN = {**_PLACE, "end_line": _WHOLE, "end_column": _WHOLE}
_VALUE = {"anyOf": [{"type": ["string", "null"]}, {"type": "array", "items": _TEXT}]}


def _object(properties: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
        **more,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def _choice(
    values: type[
        Severity
        | Kind
        | Significance
        | Ground
        | Edit
        | AmendmentKind
        | AmendmentState
        | Fate
        | Becomes
        | Among
    ],
) -> dict[str, Any]:
    return {"enum": [value.value for value in values]}


_DIAGNOSTIC = _object(
    {
        "code": {"type": "string", "pattern": "^POA[0-9]{3}$"},
        "severity": _choice(Severity),
        "message": _TEXT,
        "help": _TEXT,
        **_SPAN,
        "related": {"type": "array", "items": _object({"message": _TEXT, **_SPAN})},
        "fix": _or_null(_object({"text": _TEXT, **_SPAN})),
    }
)

DIAGNOSTICS = _object(
    {
        "diagnostics": _list(_DIAGNOSTIC),
        "summary": _object({"version": _TEXT, **{severity.value: _COUNT for severity in Severity}}),
    },
    description="What `poa validate --format json` prints. Lines and columns count from 1.",
)

TEMPLATE = _object(
    {
        "template": _TEXT,
        "tags": {
            "type": "array",
            "items": _object({"tag": _TEXT, "part": _TEXT, "place": _TEXT, "style": _TEXT, "runs": _COUNT}),
        },
        "unused": {"type": "array", "items": _TEXT},
        **DIAGNOSTICS["properties"],
    },
    description="What `poa template check --format json` prints. Tags stand in page order.",
)

_STRETCHES = {
    "anyOf": [
        _list(
            _object(
                {
                    "words": _TEXT,
                    "fate": {"enum": ["placed", "told", "generated"]},
                    "why": _TEXT,
                    "page": _COUNT,
                    "heading": _TEXT,
                    "place": _TEXT,
                }
            )
        ),
        {"type": "null"},
    ],
    "description": "With --explain: what became of every stretch of the file, in its order; else null.",
}

IMPORT = _object(
    {
        "file": _TEXT,
        "dry_run": {"type": "boolean"},
        "paths": _list(_TEXT),
        **dict.fromkeys(("sections", "actions", "points", "amendments", "notes", "understood"), _COUNT),
        "tables": _list(_TEXT),
        "characters": _object(dict.fromkeys(("read", "placed", "told", "generated"), _COUNT)),
        "outline": _list(
            _object(
                {
                    "number": _TEXT,
                    "text": _TEXT,
                    "becomes": _choice(Becomes),
                    "record": _TEXT,
                    "field": _TEXT,
                    "why": _TEXT,
                    "page": _COUNT,
                }
            )
        ),
        "stretches": _STRETCHES,
        **DIAGNOSTICS["properties"],
    },
    description="What `poa import --format json` prints.",
)
PULL = _object(
    {
        "files": {
            "type": "array",
            "items": _object(
                {
                    "file": _TEXT,
                    "path": _TEXT,
                    "version": {"type": ["string", "null"]},
                    "amendments": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["id", "proposer", "date"],
                            "properties": {"id": _TEXT, "proposer": _TEXT, "date": _TEXT},
                            "description": "The keys are those of schema/amendments.schema.json.",
                        },
                    },
                    "pulled_before": _COUNT,
                    "formatting": _COUNT,
                    "characters": _object(dict.fromkeys(("read", "placed", "told", "generated"), _COUNT)),
                    "stretches": _STRETCHES,
                }
            ),
        },
        **DIAGNOSTICS["properties"],
    },
    description="What `poa pull --format json` prints.",
)

_CHANGE = {
    "record": _TEXT,
    "record_kind": _TEXT,
    "kind": _choice(Kind),
    "field": _TEXT,
    "old": _VALUE,
    "new": _VALUE,
    "segments": {
        "type": "array",
        "items": _object({"edit": _choice(Edit), "text": _TEXT, "moved": {"type": "boolean"}}),
    },
    "significance": _choice(Significance),
    "grounds": {"type": "array", "items": _choice(Ground)},
}

DIFF = _object(
    {
        "old": _object({"label": _TEXT, "digest": _TEXT}),
        "new": _object({"label": _TEXT, "digest": _TEXT}),
        "changes": {
            "type": "array",
            "items": _object(
                {
                    **_CHANGE,
                    "old_at": _or_null(_object(_PLACE)),
                    "new_at": _or_null(_object(_PLACE)),
                    "evidence": _TEXT,
                    "section": _TEXT,
                    "number": _TEXT,
                    "amendments": {"type": "array", "items": _TEXT},
                    "explained": {"type": "boolean"},
                }
            ),
        },
        "effects": {
            "type": "array",
            "items": _object({"kind": _TEXT, "record": _TEXT, "message": _TEXT}),
        },
        "left_out": {"type": "array", "items": _TEXT},
        "summary": _object(
            {
                "changes": _COUNT,
                "by_kind": {"type": "object", "additionalProperties": _COUNT},
                "by_significance": {"type": "object", "additionalProperties": _COUNT},
                "by_section": {"type": "object", "additionalProperties": _COUNT},
            }
        ),
    },
    description="What `poa diff --format json` prints.",
)

LOG = _object(
    {
        "record": _TEXT,
        "cut": _TEXT,
        "versions": _list(
            _object(
                {
                    "kind": {"enum": ["commit", "baseline", "working-tree"]},
                    "name": _TEXT,
                    "who": _TEXT,
                    "when": _TEXT,
                    "subject": _TEXT,
                    "trouble": _TEXT,
                    "amendments": _list(_TEXT),
                    "changes": _list(_object(_CHANGE)),
                }
            )
        ),
    },
    description="What `poa log --format json` prints: the versions of a record, the oldest first.",
)

_NAMES = _list(_TEXT)
_TEXT_OR_NULL = {"type": ["string", "null"]}

_AMENDMENT = {
    "type": "object",
    "required": ["id", "kind", "state", "proposer", "date"],
    "properties": {
        "id": _TEXT,
        "kind": _choice(AmendmentKind),
        "state": _choice(AmendmentState),
        "proposer": _TEXT,
        "date": _TEXT,
    },
    "description": "The other keys are those of schema/amendments.schema.json.",
}
_COLLISIONS = _list(_object({"amendments": _NAMES, "why": _TEXT}))

AMEND = _object(
    {
        "amendments": _list(_AMENDMENT),
        "collisions": _COLLISIONS,
        "changes": _list(
            _object(
                {
                    "record": _TEXT,
                    "field": _TEXT,
                    "kind": _choice(Kind),
                    "amendments": _NAMES,
                    "explained": {"type": "boolean"},
                }
            )
        ),
        "astray": _list(
            _object({"amendment": _TEXT, "fate": _choice(Fate), "what": _TEXT, "now": _NAMES, "cure": _TEXT})
        ),
    },
    description="What `poa amend list`, `show` and `report` print with `--format json`.",
)

_AMENDMENTS: dict[str, Any] = AMEND["properties"]["amendments"]
_BRACKETS = _list(_object(dict.fromkeys(("record", "field", "number", "section", "holder", "text"), _TEXT)))
_NAMED = _list(_object({"id": _TEXT, "name": _TEXT}))

_RECORD = _object(
    {
        **dict.fromkeys(("title", "record", "field", "kind", "number", "section"), _TEXT),
        "place": _object(_PLACE),
        "texts": _list(_object(dict.fromkeys(("record", "field", "number", "text"), _TEXT))),
        "settings": _list(_object({"field": _TEXT, "label": _TEXT, "values": _NAMED})),
        "brackets": _BRACKETS,
        "recommendations": _list(_object(dict.fromkeys(("id", "text", "source"), _TEXT))),
        "provisions": _list(_object({"citation": _TEXT, "words": _NAMES, "source": _TEXT})),
        "used_by": _list(_object({"id": _TEXT, "number": _TEXT})),
        "amendments": _AMENDMENTS,
        "collisions": _COLLISIONS,
        "decided": _COUNT,
        "history": _list(
            _object(
                {
                    **dict.fromkeys(("name", "who", "when", "subject", "trouble"), _TEXT),
                    "kind": {"enum": ["commit", "baseline", "working-tree"]},
                    "fields": _NAMES,
                    "amendments": _NAMES,
                }
            )
        ),
        "unknown": _TEXT,
    }
)

SHOW = _object(
    {
        "shown": _list(
            {
                "anyOf": [_RECORD, _object({"title": _TEXT})],
                "description": "A record; an annex has a title alone.",
            }
        )
    },
    description="What `poa show --format json` prints; `unknown` says why the oldest history is not known.",
)

FIND = _object(
    {
        "sought": _TEXT,
        "found": _list(
            _object(
                {
                    "among": _choice(Among),
                    **dict.fromkeys(("record", "field", "number", "text"), _TEXT),
                    "words": _list(_object({"start": _COUNT, "end": _COUNT})),
                    **_PLACE,
                    "used_by": _NAMES,
                    "to": _TEXT,
                }
            )
        ),
    },
    description=(
        "What `poa find --format json` prints. `words` are places in `text`, in characters from 0; line and "
        "column, from 1, are those of the first of them."
    ),
)

PREVIEW = _object(
    {
        "order": _NAMES,
        "by_consideration": {"type": "boolean"},
        "accepted": _list(_AMENDMENT),
        "refused": _list(_object({"amendment": _TEXT, "why": _TEXT})),
        "others": _list(_object({"amendment": _TEXT, "becomes": _TEXT})),
        "collisions": _COLLISIONS,
        "changes": _list(_object({**_CHANGE, "amendments": _NAMES, "explained": {"type": "boolean"}})),
        "would_be_refused": {"type": "boolean"},
        **DIAGNOSTICS["properties"],
    },
    description="What `poa amend preview --format json` prints; `accepted` are as they lie on the table.",
)

STATUS = _object(
    {
        "version": _TEXT,
        "digest": _TEXT,
        "stage": _TEXT,
        "statuses": _COUNTS,
        "sections": _list(
            _object({"id": _TEXT, "number": _TEXT, "title": _TEXT, "statuses": _COUNTS, "brackets": _COUNT})
        ),
        "brackets": _BRACKETS,
        "amendments": _object(
            {
                "pending": _list(
                    _object(
                        {
                            "id": _TEXT,
                            "record": _TEXT_OR_NULL,
                            "field": _TEXT_OR_NULL,
                            "proposer": _TEXT,
                            "state": _choice(AmendmentState),
                            "astray": _TEXT,
                        }
                    )
                ),
                "decided": _COUNTS,
            }
        ),
        "coverage": _object(
            {
                "recommendations": _COUNT,
                "taken_up": _COUNT,
                "explained": _NAMES,
                "unanswered": _NAMES,
                "obligations": _COUNT,
                "unserved": _NAMES,
                "provisions": _COUNT,
                "unverified": _NAMES,
            }
        ),
        "blocking": _list(_object({"stage": _TEXT, "errors": _list(_DIAGNOSTIC)})),
    },
    description="What `poa status --format json` prints.",
)
