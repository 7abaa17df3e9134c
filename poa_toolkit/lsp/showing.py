"""What an editor asks in order to show a plan: go to, find, hover, outline, what stands between the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from poa_toolkit.lsp import between_lines, diagnostics, outline
from poa_toolkit.lsp.hover import hover
from poa_toolkit.lsp.server import Answers, Server, in_thread, named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.lsp.names import Name
    from poa_toolkit.lsp.open_plan import Snapshot


async def _hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    place = await ls.place(params.text_document.uri)
    if place is None:
        return None
    here = types.Range(params.position, params.position)
    name = place.name(params.position)
    said = hover(place.snapshot, name) if name else None
    pages = diagnostics.pages(diagnostics.touching(place.snapshot, place.path, here))
    parts = [part for part in (said.value if said else "", pages) if part]
    if not parts:
        return None
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(parts)))


async def _definition(ls: Server, params: types.DefinitionParams) -> list[types.Location]:
    place, name = await named(ls, params)
    if place is None or name is None:
        return []
    names = place.snapshot.names
    own = [each for each in names.of(name.of) if each.is_own] or names.cited(name.of)
    return _places(place.snapshot, own)


async def _references(ls: Server, params: types.ReferenceParams) -> list[types.Location]:
    place, name = await named(ls, params)
    if place is None or name is None:
        return []
    found = place.snapshot.names.of(name.of)
    wanted = (each for each in found if params.context.include_declaration or not each.is_own)
    return _places(place.snapshot, wanted)


async def _highlight(ls: Server, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
    place, name = await named(ls, params)
    if place is None or name is None:
        return []
    here = [each for each in place.snapshot.names.of(name.of) if each.path == place.path]
    return [types.DocumentHighlight(each.range) for each in _places(place.snapshot, here)]


def _places(snapshot: Snapshot, names: Iterable[Name]) -> list[types.Location]:
    places = (snapshot.place(each.path, each.at, each.words) for each in names)
    return [each for each in places if each is not None]


async def _symbols(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    place = await ls.place(params.text_document.uri)
    return outline.symbols(place.snapshot, place.path) if place else []


async def _everywhere(ls: Server, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
    snapshots = [await watch.recent() for watch in ls.watches.values()]
    query = params.query
    return await in_thread(
        lambda _: [found for each in snapshots if each for found in outline.everywhere(each, query)]
    )


async def _links(ls: Server, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
    place = await ls.place(params.text_document.uri)
    return outline.links(place.text) if place else []


async def _folds(ls: Server, params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
    place = await ls.place(params.text_document.uri)
    return outline.folds(place.snapshot, place.path) if place else None


async def _hints(ls: Server, params: types.InlayHintParams) -> list[types.InlayHint]:
    place = await ls.place(params.text_document.uri)
    return between_lines.hints(place.snapshot, place.path, params.range) if place else []


async def _lenses(ls: Server, params: types.CodeLensParams) -> list[types.CodeLens]:
    place = await ls.place(params.text_document.uri)
    if place is None:
        return []
    return await in_thread(lambda _: between_lines.lenses(place.snapshot, place.path))


ANSWERS: Answers = (
    (types.TEXT_DOCUMENT_HOVER, _hover, None),
    (types.TEXT_DOCUMENT_DEFINITION, _definition, None),
    (types.TEXT_DOCUMENT_REFERENCES, _references, None),
    (types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, _highlight, None),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, _symbols, None),
    (types.WORKSPACE_SYMBOL, _everywhere, None),
    (types.TEXT_DOCUMENT_DOCUMENT_LINK, _links, None),
    (types.TEXT_DOCUMENT_FOLDING_RANGE, _folds, None),
    (types.TEXT_DOCUMENT_INLAY_HINT, _hints, None),
    (types.TEXT_DOCUMENT_CODE_LENS, _lenses, None),
)
