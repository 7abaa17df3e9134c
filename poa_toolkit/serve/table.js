// The table by keyboard, dark or light. Its links, its field and its list of keys are there without this.
"use strict";

const dark = matchMedia("(prefers-color-scheme: dark)");

function paint() {
  const chosen = sessionStorage.getItem("poa-theme");
  document.documentElement.dataset.theme = chosen ?? (dark.matches ? "dark" : "light");
}

function turn() {
  sessionStorage.setItem("poa-theme", document.documentElement.dataset.theme === "dark" ? "light" : "dark");
  paint();
}

function showKeys() {
  const keys = document.getElementById("_keys");
  keys.open = !keys.open;
  if (keys.open) keys.querySelector("summary").focus();
  else document.getElementById("_content").focus();
}

function pressed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const field = document.getElementById("_to");
  if (!field) return;
  if (event.target === field) {
    if (event.key === "Escape") document.getElementById("_content").focus({ preventScroll: true });
    return;
  }
  const link = document.querySelector(`a[data-key="${CSS.escape(event.key)}"]`);
  if (link) {
    event.preventDefault();
    link.click();
  } else if (event.key === "?") {
    event.preventDefault();
    showKeys();
  } else if (event.key === "*") {
    turn();
  } else if (/^[\p{L}\p{N}]$/u.test(event.key)) {
    // the letter goes where the focus is by then
    field.value = "";
    field.focus();
  }
}

paint();
dark.addEventListener("change", paint);
document.addEventListener("keydown", pressed);
// what led nowhere is typed over
document.addEventListener("DOMContentLoaded", () => document.querySelector("#_to[aria-invalid]")?.select());
document.addEventListener("click", (event) => {
  if (event.target.closest("#_theme")) turn();
  if (event.target.closest("#_help")) showKeys();
});
