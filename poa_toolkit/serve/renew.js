// Renews a page when the plan has changed, and stays where one was: the place, the focus, what was typed.
"use strict";

const KEEP = "poa-place";
let source = null;
let seen = null;

// What is no trouble is for those who hear a page: who sees it sees what has changed, and nothing moves.
function say(words, looks = "") {
  const line = document.getElementById("_served");
  if (!line || line.textContent === words) return;
  line.className = looks;
  line.textContent = words;
}

// The first thing with a name that is in view, and how far down it stands.
function place() {
  const named = [...document.querySelectorAll("main [id]")];
  const first = named.find((each) => each.getBoundingClientRect().bottom > 0 && each.getClientRects().length);
  const kept = { path: location.href, x: scrollX, y: scrollY, inputs: [], open: [] };
  if (first && scrollY > 0) Object.assign(kept, { id: first.id, top: first.getBoundingClientRect().top });
  for (const each of document.querySelectorAll("input[id], select[id]")) {
    kept.inputs.push([each.id, each.value, each.checked === true]);
  }
  for (const each of document.querySelectorAll("details[open][id]")) kept.open.push(each.id);
  const focused = document.activeElement;
  if (focused && focused !== document.body) kept.focus = [handle(focused), alike(focused).indexOf(focused), focused.selectionStart];
  return kept;
}

function handle(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const name = ["data-key", "href", "name"].find((each) => element.hasAttribute(each));
  return element.localName + (name ? `[${name}="${CSS.escape(element.getAttribute(name))}"]` : "");
}

function alike(element) {
  return [...document.querySelectorAll(handle(element))];
}

function goBack(kept) {
  for (const [id, value, checked] of kept.inputs) {
    const field = document.getElementById(id);
    if (field && field.type !== "hidden") Object.assign(field, { value, checked });
  }
  for (const id of kept.open) document.getElementById(id)?.setAttribute("open", "");
  // what the address names is marked again
  if (location.hash) location.replace(location.hash);
  const first = kept.id && document.getElementById(kept.id);
  scrollTo(kept.x, first ? scrollY + first.getBoundingClientRect().top - kept.top : kept.y);
  if (!kept.focus) return;
  const [selector, index, caret] = kept.focus;
  const found = document.querySelectorAll(selector);
  const focused = found[index] ?? found[0];
  focused?.focus({ preventScroll: true });
  if (caret !== null && caret !== undefined) focused?.setSelectionRange?.(caret, caret);
}

function again(kept) {
  sessionStorage.setItem(KEEP, JSON.stringify(kept));
  location.reload();
}

function told(event) {
  const before = seen;
  seen = event.data;
  if (before === seen) return say("");
  // what a script has made of a page has to be made again by it
  const hasScript = document.querySelector('script[src$="search.js"]');
  if (!hasScript) return renew();
  say("");
  return before === null ? null : again(place());
}

async function renew() {
  let answer;
  try {
    answer = await fetch(location.href, { cache: "no-store", redirect: "error" });
  } catch {
    return;
  }
  if (answer.status === 404) {
    say("This page is no longer in the plan; what you see is how it was.");
    return;
  }
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const body = document.body.cloneNode(true);
  tidy(body);
  tidy(fresh.body);
  say("");
  const hasOtherHead = fresh.head.innerHTML !== document.head.innerHTML;
  if (!hasOtherHead && body.innerHTML === fresh.body.innerHTML) return;
  const kept = place();
  if (hasOtherHead) return again(kept);
  document.body.replaceWith(document.adoptNode(fresh.body));
  goBack(kept);
  say("The page has changed.", "unseen");
}

// What a person or a script has done to a page is no change of it.
function tidy(body) {
  const line = body.querySelector("#_served");
  line?.replaceChildren();
  line?.removeAttribute("class");
  for (const each of body.querySelectorAll("details[open]")) each.removeAttribute("open");
}

function listen() {
  source?.close();
  source = new EventSource(new URL("events", document.querySelector('script[src$="live/renew.js"]').src));
  source.onmessage = told;
  source.onerror = () => say("poa serve does not answer; what you see may have changed since.");
}

// A browser keeps few connections to one place: a page that nobody sees needs none.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) source?.close();
  else listen();
});
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", (event) => event.persisted && listen());

const kept = JSON.parse(sessionStorage.getItem(KEEP) ?? "null");
sessionStorage.removeItem(KEEP);
if (kept?.path === location.href) goBack(kept);
if (!document.hidden) listen();
