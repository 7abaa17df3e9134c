// The page of search: finds words in the entries of index.js, and lists what has them, the best first.
"use strict";
(() => {
  const MOST = 60;
  const FEW = 5;
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
  // what citations shorten, people write in full, and the other way round
  const FULL = new Map([
    ["art", "article"], ["arts", "article"], ["articles", "article"],
    ["para", "paragraph"], ["paras", "paragraph"], ["paragraphs", "paragraph"],
  ]);
  const term = (word) => FULL.get(plain(word)) ?? plain(word);

  // What stays of an English word without its ending, so that "disabled" finds "disabilities" too: it is
  // looked for beside the word itself as the beginning of words, so that nothing is lost where it is wrong.
  const ENDINGS = [
    /^(.{5,}?)(?:rations?|ations?|ions?|ib(?:le|ly|ility|ilities)|ab(?:le|ly|ility|ilities)|i?lit(?:y|ies)|it(?:y|ies)|led|oral|ors?|ments?|ly)$/,
    /^(.{4,}?)(?:y|ies)$/,
    /^(.{3,}?)(?:es?|ed|ers?|ings?|s)$/,
  ];
  const root = (word) => ENDINGS.reduce((found, each) => found ?? each.exec(word)?.[1], undefined) ?? word;

  const entries = globalThis.poaEntries;
  // the words of a text in their order, each between spaces
  const inARow = (text) => ` ${words(text).map(term).join(" ")} `;
  // those of an entry, found once: many paragraphs rest on the same provision
  const rows = new Map();
  function rowOf(id) {
    const { name, title, text } = entries[id];
    if (!rows.has(id)) rows.set(id, inARow(`${name} ${title} ${text}`));
    return rows.get(id);
  }
  const search = new globalThis.MiniSearch({
    fields: ["title", "name", "text", "linked"],
    extractField: (entry, field) => (field === "linked" ? entry.links.map(rowOf).join("") : entry[field]),
    storeFields: ["kind", "name", "title", "text", "page"],
    tokenize: (text, field) => (field === "linked" ? text.split(" ").filter(Boolean) : words(text)),
    processTerm: term,
    searchOptions: {
      // the words of what a paragraph comes from and rests on say less of it than its own
      boost: { title: 1.2, name: 2, linked: 0.05 },
      // what the plan says comes before what it rests on
      boostDocument: (_id, _term, stored) => (stored.kind === "paragraph" ? 3 : 1),
      prefix: (each) => each.length > 2,
      fuzzy: (each) => (each.length > 5 ? 0.15 : 0),
    },
  });
  search.addAll(entries);

  const sought = (text, combineWith) => search.search({
    combineWith,
    queries: [...new Set(words(text).map(term))].map((each) => {
      const short = root(each);
      const shortened = { queries: [short], prefix: true, fuzzy: false, weights: { prefix: 0.6 } };
      return { combineWith: "OR", queries: short === each ? [each] : [each, shortened] };
    }),
  });

  // leaves out the words that so many entries have that they tell nothing apart
  function rare(text) {
    const most = search.documentCount / 6;
    const telling = words(text).filter((word) => search.search(word, { fields: ["title", "name", "text"] }).length <= most);
    return telling.length ? telling.join(" ") : text;
  }

  // puts first what has several words just as they were typed, such as a symbol or an article
  function together(text, hits) {
    if (words(text).length < 2) return hits;
    const typed = inARow(text);
    const has = new Set(hits.filter(({ id }) => rowOf(id).includes(typed)));
    return [...has, ...hits.filter((hit) => !has.has(hit))];
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
      const isHit = terms.includes(term(piece));
      const node = isHit ? document.createElement("mark") : document.createTextNode(piece);
      if (isHit) node.textContent = piece;
      into.append(node);
    }
  }

  const many = (count) => (count === 1 ? "1 place" : `${count || "no"} places`);

  function show() {
    const typed = field.value.trim();
    list.replaceChildren();
    if (!typed) {
      said.textContent = "Type words into the field above.";
      return;
    }
    const all = together(typed, sought(typed, "AND"));
    const whole = new Set(all.map(({ id }) => id));
    const some = all.length < FEW ? sought(rare(typed), "OR").filter(({ id }) => !whole.has(id)) : [];
    const hits = [...all, ...together(typed, some)];
    const found = [`${many(all.length)} with ${words(typed).length > 1 ? "all of these words" : "this word"}`];
    if (some.length) found.push(`${many(some.length)} with some of them`);
    if (hits.length > MOST) found.push(`the first ${MOST} are shown`);
    said.textContent = `“${typed}”: ${found.join("; ")}.`;
    for (const hit of hits.slice(0, MOST)) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = hit.page;
      marked(link, hit.title, hit.terms);
      const kind = document.createElement("span");
      kind.className = "kind";
      kind.textContent = ` ${hit.kind} ${hit.name}`;
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
