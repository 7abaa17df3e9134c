// Opens a page in Chromium and looks at it, or at others that views name, in several ways. Reads from standard input
//   {"program": path, "page": address, "views": [{name, page, width, height, scheme, media, script, steps, ask, axe, picture}]}
// and prints {name: {answer, broken, requests}}: what `ask` gives in the page, the rules of axe that are
// broken, and the addresses the page asked for besides its own.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const task = JSON.parse(readFileSync(0, "utf8"));
const browser = await chromium.launch({
  executablePath: task.program,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

async function take(page, [what, ...how]) {
  switch (what) {
    case "press": return page.keyboard.press(how[0]);
    case "click": return page.click(how[0]);
    case "type": return page.keyboard.type(how[0]);
    case "focus": return page.focus(how[0]);
    case "scroll": return page.evaluate((down) => scrollTo(0, down), how[0]);
    case "at": return page.waitForURL((address) => (address.pathname + address.search).endsWith(how[0]));
    case "shows": return page.waitForSelector(how[0], { state: how[1] ?? "attached" });
    case "write": return writeFileSync(how[0], how[1]);
    case "run": return execFileSync(how[0], how.slice(1));
    case "choose": return page.selectOption(how[0], { label: how[1] });
    default: throw new Error(`no step is called ${what}`);
  }
}

async function look(view) {
  const context = await browser.newContext({
    viewport: { width: view.width ?? 1280, height: view.height ?? 900 },
    colorScheme: view.scheme ?? "light",
    javaScriptEnabled: view.script ?? true,
  });
  const page = await context.newPage();
  const requests = [];
  const errors = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("dialog", (dialog) => { errors.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  const address = view.page ?? task.page;
  await page.goto(address + (view.hash ?? ""));
  if (view.media) await page.emulateMedia({ media: view.media });
  for (const step of view.steps ?? []) await take(page, step);
  const answer = view.ask ? await page.evaluate(view.ask) : null;
  let broken = [];
  if (view.axe) {
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"], preload: false }));
    broken = found.violations.map((each) => `${each.id}: ${each.nodes.length} × ${each.nodes[0].html.slice(0, 200)}`);
  }
  if (view.picture) await page.screenshot({ path: view.picture, fullPage: view.whole ?? false });
  if (view.pdf) await page.pdf({ path: view.pdf, format: "A4", tagged: true });
  await context.close();
  return { answer, broken, errors, requests: requests.filter((each) => !each.startsWith(address)) };
}

const seen = {};
for (const view of task.views) seen[view.name] = await look(view);
await browser.close();
console.log(JSON.stringify(seen));
