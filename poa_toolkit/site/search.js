// The page of search: finds words in the entries of index.js, and lists what has them, the best first.
"use strict";
(() => {
  const MOST = 60;
  const AROUND = 90;
  const field = document.getElementById("_q");
  const said = document.getElementById("_found");
  const list = document.getElementById("_hits");
  // words of Chinese and Thai are not parted by spaces
  const segmenter = globalThis.Intl?.Segmenter ? new Intl.Segmenter(undefined, { granularity: "word" }) : null;
  const words = (text) => segmenter
    ? [...segmenter.segment(text)].filter((each) => each.isWordLike).map((each) => each.segment)
    : text.split(/[\s\p{P}]+/u).filter(Boolean);
  const plain = (word) => word.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase();

  const search = new globalThis.MiniSearch({
    fields: ["title", "text"],
    storeFields: ["kind", "title", "text", "page"],
    tokenize: words,
    processTerm: plain,
    searchOptions: {
      boost: { title: 2 },
      // what the plan says comes before what it rests on
      boostDocument: (_id, _term, stored) => (stored.kind === "paragraph" ? 2 : 1),
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 5 ? 0.15 : 0),
    },
  });
  search.addAll(globalThis.poaEntries);

  // leaves out the words that so many entries have that they tell nothing apart
  function rare(sought) {
    const most = search.documentCount / 6;
    const telling = words(sought).filter((word) => search.search(word).length <= most);
    return telling.length ? telling.join(" ") : sought;
  }

  function excerpt(hit, terms) {
    const folded = plain(hit.text);
    const places = terms.map((term) => folded.indexOf(term)).filter((at) => at >= 0);
    const from = Math.max(0, Math.min(...(places.length ? places : [0])) - AROUND);
    const to = from + 3 * AROUND;
    const piece = hit.text.slice(from, to);
    // no word is cut in two, where words are parted by spaces
    const whole = `${from ? piece.replace(/^\S{1,30}\s/u, "") : piece}`;
    return `${from ? "… " : ""}${to < hit.text.length ? `${whole.replace(/\s\S{0,30}$/u, "")} …` : whole}`;
  }

  // marks the words of the hit, as text: nothing of it is read as HTML
  function marked(into, text, terms) {
    for (const piece of text.split(/([\p{L}\p{M}\p{N}]+)/u)) {
      const isHit = terms.includes(plain(piece));
      const node = isHit ? document.createElement("mark") : document.createTextNode(piece);
      if (isHit) node.textContent = piece;
      into.append(node);
    }
  }

  function show() {
    const sought = field.value.trim();
    list.replaceChildren();
    if (!sought) {
      said.textContent = "Type words into the field above.";
      return;
    }
    const all = search.search(sought, { combineWith: "AND" });
    const hits = all.length ? all : search.search(rare(sought));
    const count = hits.length === 1 ? "1 place" : `${hits.length || "no"} places`;
    const which = all.length || !hits.length ? "with these words" : "with some of these words, and none with all";
    said.textContent = `“${sought}”: ${count} ${which}${hits.length > MOST ? `; the first ${MOST} are shown` : ""}.`;
    for (const hit of hits.slice(0, MOST)) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = hit.page;
      marked(link, hit.title, hit.terms);
      const kind = document.createElement("span");
      kind.className = "kind";
      kind.textContent = ` ${hit.kind}`;
      const text = document.createElement("p");
      text.dir = "auto";
      marked(text, excerpt(hit, hit.terms), hit.terms);
      item.append(link, kind, text);
      list.append(item);
    }
  }

  field.value = new URLSearchParams(location.search).get("q") ?? "";
  field.addEventListener("input", () => {
    history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`);
    show();
  });
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  show();
  field.focus();
})();
