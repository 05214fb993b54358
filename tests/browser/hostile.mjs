// Everything that strangers may send, in Chromium and under no policy at all: nothing runs, nothing is fetched.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { launch } from "./site.mjs";
import { BEFORE, HTML, MARKDOWN, NAMES, SVG } from "./vectors.mjs";

const [work, program] = process.argv.slice(2);
const guides = path.join(work, "guides");
const output = path.join(work, "site");
const put = (name, bytes) => {
  mkdirSync(path.dirname(path.join(guides, name)), { recursive: true });
  writeFileSync(path.join(guides, name), bytes);
};
const quoted = (text) => JSON.stringify(text.replace(/[\n\r]/g, " "));
const guide = (front, body) => `---\n${front}\n---\n${body}\n`;
const picture = (inside, before = "") => `${before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">${inside}</svg>`;

put("site.yaml", "title: A site of strangers\nlanguages: [en]\nbase_url: https://site.example/\nmarkdown: true\n");
/** What was sent, by the file that holds it. */
const sent = new Map();
const send = (name, bytes, what) => { put(name, bytes); sent.set(`guides/${name}`, what); };
HTML.forEach((vector, at) => {
  const one = vector.replace(/[\n\r]/g, " ");
  send(`block/v${at}/en.md`, guide("title: A", vector), vector);
  send(`line/v${at}/en.md`, guide("title: A", `Some *text* ${one} and more.\n\n- an item ${one}\n\n| a | b |\n|---|---|\n| ${one.replaceAll("|", "\\|")} | c |\n\n> ${one}`), vector);
  send(`heading/v${at}/en.md`, guide("title: A", `## Heading ${one}\n\nText`), vector);
  send(`fields/v${at}/en.md`, guide(`title: ${quoted(vector)}\nsummary: ${quoted(vector)}\nsteps:\n  - id: one\n    title: ${quoted(vector)}\n    text: ${quoted(vector)}\nfaq:\n  - id: two\n    title: ${quoted(vector)}\nextra: {x: ${quoted(vector)}}`, "Text"), vector);
});
MARKDOWN.forEach((vector, at) => send(`markdown/v${at}/en.md`, guide("title: A", vector), vector));
SVG.forEach((vector, at) => {
  send(`pictures/v${at}.svg`, picture(vector), vector);
  send(`wide/v${at}.svg`, Buffer.from("\ufeff" + picture(vector), "utf16le"), vector);
});
BEFORE.forEach((vector, at) => send(`before/v${at}.svg`, picture("<text y='9'>&x;</text>".replace("&x;", vector.includes("ENTITY x") ? "&x;" : ""), vector), vector));
HTML.slice(0, 40).forEach((vector, at) => send(`disguised/v${at}.${["png", "txt", "pdf", "csv", "vcf"][at % 5]}`, vector, vector));
NAMES.forEach((name) => send(`names/${name}/en.md`, guide("title: A\naliases: [\"/old/" + encodeURIComponent(name) + "/\"]", "Text"), name));
["pictures", "wide", "before", "disguised"].forEach((folder) => put(`${folder}/en.md`, guide("title: Files", "Text")));
console.log(`     ${sent.size} hostile files`);
assert.ok(sent.size >= 500);

/** Whatever is refused is taken out, as a writer would; what is left has to be harmless. */
const run = (...parts) => spawnSync(program, ["--root", work, ...parts], { encoding: "utf8", maxBuffer: 1 << 28 });
const checked = run("check", "--format", "json");
const faults = checked.stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
// A picture from another site is a warning that says that it tells that site who reads: a writer may mean it.
const refuses = (fault) => (fault.severity === "error" || fault.code === "remote-image") && sent.has(fault.file);
const refused = new Set(faults.filter(refuses).map((fault) => fault.file));
assert.ok(faults.every((fault) => fault.severity !== "error" || refused.has(fault.file)), "an error of no file that was sent");
for (const file of refused) rmSync(path.join(work, file));
const built = run("build", "--output", output);
assert.equal(built.status, 0, built.stderr);
console.log(`     ${refused.size} refused, ${sent.size - refused.size} published`);

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png", ".txt": "text/plain", ".pdf": "application/pdf", ".csv": "text/csv", ".json": "application/json", ".xml": "application/xml", ".md": "text/markdown" };
const server = http.createServer((request, response) => {
  let file = path.join(output, decodeURIComponent(new URL(request.url, "http://localhost").pathname));
  if (existsSync(file) && statSync(file).isDirectory()) file = path.join(file, "index.html");
  if (!existsSync(file)) { response.writeHead(404); response.end(); return; }
  // A type that a server does not know is left to the browser's guess.
  const type = TYPES[path.extname(file)];
  response.writeHead(200, type ? { "content-type": type } : {});
  response.end(readFileSync(file));
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await launch("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
const context = await browser.newContext();
const found = [];
let shown = "";
await context.exposeFunction("harm", () => { found.push(`${shown}: code ran`); });
context.on("request", (request) => {
  const url = request.url();
  if (!url.startsWith(origin) && !url.startsWith("data:image/")) found.push(`${shown}: fetched ${url}`);
});
context.on("dialog", (dialog) => { found.push(`${shown}: ${dialog.message()}`); dialog.dismiss(); });

/** What would run when it is touched, in the tree that the browser has made of the page. */
const lurking = () => {
  const found = [];
  const own = (address) => new URL(address, document.baseURI).origin === location.origin;
  const each = (root) => {
    for (const element of root.querySelectorAll("*")) {
      const name = element.localName;
      if (["iframe", "frame", "object", "embed", "base", "foreignObject", "applet", "portal", "style"].includes(name) && !(name === "style" && document.contentType === "image/svg+xml")) found.push(`<${name}>`);
      if (name === "script" && !(element.src && own(element.src)) && element.type !== "application/ld+json") found.push("a script of its own");
      if (name === "meta" && element.httpEquiv && !/^0; url=\//.test(element.content) && element.httpEquiv.toLowerCase() !== "content-type") found.push(`<meta ${element.httpEquiv}>`);
      if (name === "form" && element.action && !own(element.action)) found.push(`a form to ${element.action}`);
      for (const { name: attribute, value } of element.attributes) {
        if (/^on[a-z]/i.test(attribute)) found.push(attribute);
        if (attribute === "style" && document.contentType !== "image/svg+xml") found.push("a style of its own");
        if (/^(?:xlink:)?(?:href|src|action|formaction|data|poster|background)$/i.test(attribute)) {
          const scheme = value.replace(/[\0- ]/g, "").match(/^([a-z][a-z0-9+.-]*):/i)?.[1].toLowerCase();
          if (scheme && !["http", "https", "mailto", "tel", "sms"].includes(scheme) && !value.startsWith("data:image/")) found.push(`${attribute}=${value}`);
        }
      }
      if (element.shadowRoot) each(element.shadowRoot);
    }
  };
  each(document);
  return found;
};

const files = [];
const walk = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) walk(name);
    else if (!entry.name.startsWith(".") && !/\.(?:idx|css|js|woff2|json|webmanifest|pdf)$/.test(entry.name) && !name.includes("/assets/")) files.push(path.relative(output, name));
  }
};
walk(output);
/** Goes to one file in a page of its own, as what an earlier one still leads to would interrupt the next. */
const visit = async (file) => {
  const url = `${origin}/${file.split("/").map(encodeURIComponent).join("/")}`;
  const page = await context.newPage();
  // A page that leads on is looked at itself: it is not left, and where it leads is told.
  await page.route("**/*", (route) => {
    const request = route.request();
    if (!request.isNavigationRequest() || request.frame() !== page.mainFrame() || request.url() === url) return route.continue();
    if (!request.url().startsWith(origin)) found.push(`${file}: leads to ${request.url()}`);
    return route.abort("aborted");
  });
  const answer = await page.goto(url, { waitUntil: "load" }).catch((error) => String(error));
  if (typeof answer === "string" && !answer.includes("Download is starting")) found.push(`${file}: ${answer}`);
  if (/\.(?:html|svg)$/.test(file)) {
    for (const one of await page.evaluate(lurking).catch((error) => [String(error)])) found.push(`${file}: ${one}`);
  }
  await page.close();
};
await Promise.all([1, 2, 3, 4].map(async () => {
  while (files.length) {
    const file = files.pop();
    shown = file;
    await visit(file);
  }
}));
// The test itself: a picture and a page that do run are seen.
const page = await context.newPage();
for (const [name, bytes] of [["seen.svg", picture("<script>harm()</script><image href='https://elsewhere.example/x.png' width='9' height='9'/>")], ["seen.html", "<img src=x onerror=harm()><img src=https://elsewhere.example/y.png>"]]) {
  writeFileSync(path.join(output, name), bytes);
  const before = found.length;
  shown = name;
  await page.goto(`${origin}/${name}`, { waitUntil: "load" });
  assert.ok((await page.evaluate(lurking)).length > 0, `${name}: nothing lurks`);
  await page.waitForTimeout(300);
  assert.ok(found.slice(before).some((one) => one.includes("code ran")) && found.slice(before).some((one) => one.includes("fetched")), `${name} is not seen: ${found.slice(before)}`);
  found.length = before;
}
await browser.close();
server.close();
if (found.length) { console.log(`FAIL nothing runs, nothing is fetched\n${[...new Set(found)].slice(0, 40).join("\n")}`); process.exit(1); }
console.log("ok   nothing runs, nothing is fetched");
