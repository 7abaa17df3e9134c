// Makes a Word file with the library docx: `node document.mjs FILE WORD WORD …`, each word once, in another place.
import { writeFileSync } from "node:fs";
import * as docx from "docx";

const [, , file, ...words] = process.argv;
const next = () => words.shift();
const text = (options = {}) => new docx.TextRun({ text: next(), ...options });
const author = { id: 1, author: "A", date: "2017-12-04T10:30:00Z" };
const paragraph = (children, options = {}) => new docx.Paragraph({ children, ...options });
const numbered = (level) => ({ numbering: { reference: "plan", level } });

const levels = [
  { level: 0, format: docx.LevelFormat.DECIMAL, text: "%1." },
  { level: 1, format: docx.LevelFormat.LOWER_LETTER, text: "(%2)" },
];
const table = new docx.Table({
  rows: [0, 1].map(() => new docx.TableRow({
    children: [0, 1].map(() => new docx.TableCell({ children: [paragraph([text()])] })),
  })),
});
const document = new docx.Document({
  numbering: { config: [{ reference: "plan", levels }] },
  comments: { children: [{ id: 0, author: "A", date: new Date("2017-12-04T10:30:00Z"), children: [paragraph([text()]), paragraph([text()])] }] },
  footnotes: { 1: { children: [paragraph([text()])] } },
  endnotes: { 1: { children: [paragraph([text()])] } },
  features: { trackRevisions: true },
  sections: [{
    headers: { default: new docx.Header({ children: [paragraph([text()])] }), first: new docx.Header({ children: [paragraph([text()])] }) },
    footers: { default: new docx.Footer({ children: [paragraph([text(), new docx.TextRun({ children: [docx.PageNumber.CURRENT] })])] }) },
    properties: { titlePage: true },
    children: [
      paragraph([text()], { heading: docx.HeadingLevel.TITLE }),
      paragraph([text()], { heading: docx.HeadingLevel.HEADING_1 }),
      paragraph([text(), new docx.FootnoteReferenceRun(1), new docx.EndnoteReferenceRun(1)], numbered(0)),
      paragraph([text({ strike: true }), text({ vanish: true }), text({ underline: {} })], numbered(1)),
      paragraph([new docx.InsertedTextRun({ text: next(), ...author }), new docx.DeletedTextRun({ text: next(), ...author, id: 2 })], numbered(0)),
      paragraph([new docx.CommentRangeStart(0), text(), new docx.CommentRangeEnd(0), new docx.TextRun({ children: [new docx.CommentReference(0)] })]),
      paragraph([new docx.ExternalHyperlink({ link: "https://example.org", children: [text()] }), new docx.SymbolRun("F0B3")]),
      table,
      new docx.Textbox({ alignment: "center", children: [paragraph([text()])], style: { width: "200pt", height: "auto" } }),
      paragraph([text({ break: 1 }), new docx.TextRun({ children: [new docx.Tab(), next()] })]),
    ],
  }],
});
if (words.length > 0) throw new Error(`${words.length} words too many`);
writeFileSync(file, await docx.Packer.toBuffer(document));
