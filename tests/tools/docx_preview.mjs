// Shows Word files with docx-preview in Chromium: `node docx_preview.mjs PROGRAM FILE …`. Prints, as JSON, of each file
// the words that it shows as inserted and as deleted, and saves what it shows as FILE.pdf: numbers are on the page alone.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const [, , program, ...files] = process.argv;
const library = (path) => fileURLToPath(new URL(`node_modules/${path}`, import.meta.url));
const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.setContent('<div id="shown"></div>');
await page.addScriptTag({ path: library("jszip/dist/jszip.min.js") });
await page.addScriptTag({ path: library("docx-preview/dist/docx-preview.min.js") });
const found = [];
for (const file of files) {
  found.push(await page.evaluate(async (base64) => {
    const shown = document.getElementById("shown");
    const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
    await docx.renderAsync(bytes.buffer, shown, null, { inWrapper: false, renderChanges: true });
    // the numbers of notes are the reader's own
    const words = (name) => [...shown.querySelectorAll(name)].map((each) => {
      const copy = each.cloneNode(true);
      copy.querySelectorAll("sup").forEach((number) => number.remove());
      return copy.textContent;
    });
    return { ins: words("ins"), del: words("del") };
  }, readFileSync(file).toString("base64")));
  await page.pdf({ path: `${file}.pdf` });
}
await browser.close();
process.stdout.write(JSON.stringify(found));
