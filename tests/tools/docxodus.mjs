// Reads Word files with Docxodus: `node docxodus.mjs FILE …`. Prints, as JSON, each file as a page of HTML. Of a
// file with tracked changes it prints null, and saves FILE.accept and FILE.reject, with all of them accepted, or rejected.
import { readFileSync, writeFileSync } from "node:fs";
import * as docxodus from "docxodus/core";

// the runtime talks of itself on the stream of the answer
console.log = console.info = () => {};
await docxodus.initialize();
const settled = (bytes, file, settle) => {
  const session = docxodus.openDocxSession(bytes);
  const done = settle(session);
  if (!done.success) throw new Error(JSON.stringify(done));
  writeFileSync(file, session.save());
  session.close();
};
const found = [];
for (const file of process.argv.slice(2)) {
  const bytes = new Uint8Array(readFileSync(file));
  if ((await docxodus.getRevisions(bytes)).length > 0) {
    settled(bytes, `${file}.accept`, (session) => session.acceptAllRevisions());
    settled(bytes, `${file}.reject`, (session) => session.rejectAllRevisions());
    found.push(null);
  } else found.push(await docxodus.convertDocxToHtml(bytes, { renderFootnotesAndEndnotes: true }));
}
process.stdout.write(JSON.stringify(found), () => process.exit(0));
