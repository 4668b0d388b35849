// Whether mermaid's own parser takes the files named: node mermaid.mjs FOLDER FILE...; FOLDER has mermaid and jsdom among its node_modules.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import fs from 'node:fs';
const [folder, ...files] = process.argv.slice(2);
const require = createRequire(`${folder}/x.js`);
const { JSDOM } = require('jsdom');
const dom = new JSDOM('<!DOCTYPE html><body></body>', { pretendToBeVisual: true });
Object.assign(globalThis, { window: dom.window, document: dom.window.document });
for (const name of ['Element', 'HTMLElement', 'SVGElement', 'Node', 'DOMParser', 'MutationObserver']) globalThis[name] = dom.window[name];
const { default: mermaid } = await import(pathToFileURL(`${folder}/node_modules/mermaid/dist/mermaid.core.mjs`));
mermaid.initialize({ startOnLoad: false });
for (const file of files) {
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(fs.readFileSync(file, 'utf8'));
  console.log(db.getVertices().size, db.getEdges().length, db.getSubGraphs().length);
}
