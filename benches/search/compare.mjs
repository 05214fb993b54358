// Makes a project of many pages, builds its index, asks it as readers do, and prints the table of the search.
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { make } from "./corpus.mjs";

const [pages, work, bench, program, root, pagefind] = process.argv.slice(2);
const assets = path.join(root, "themes/default/assets");
const project = path.join(work, "project");
const out = path.join(work, "index");
mkdirSync(out, { recursive: true });
const queries = make(root, project, pages);
const figures = JSON.parse(execFileSync(bench, [project, out], { encoding: "utf8", maxBuffer: 1 << 28 }));

/** The answers of a driver to all queries, when everything is at hand; and what it costs who asks first. */
const ask = (...driver) => {
  const drive = (requests) => {
    const run = spawnSync("node", driver,
      { input: requests.map((request) => JSON.stringify(request) + "\n").join(""), encoding: "utf8", maxBuffer: 1 << 28 });
    if (run.status) throw new Error(run.stderr);
    return run.stdout.trim().split("\n").map((line) => JSON.parse(line));
  };
  const answers = drive([...queries, ...queries]).slice(queries.length);
  // A query that finds less costs less.
  const wide = queries.filter((_, at) => answers[at].hits.length === 8);
  const step = Math.max(1, Math.floor(wide.length / 250));
  const first = drive(wide.filter((_, at) => at % step === 0).map((query) => ({ ...query, cost: true })));
  const kinds = new Map();
  queries.forEach(({ kind, guide }, at) => {
    if (!kind) return;
    const rank = answers[at].hits.findIndex(({ url }) => url.includes(`/g${guide}/`));
    const tally = kinds.get(kind) ?? { asked: 0, first: 0, five: 0 };
    tally.asked++;
    tally.first += rank === 0;
    tally.five += rank >= 0 && rank < 5;
    kinds.set(kind, tally);
  });
  const spread = (list, digits) => {
    const sorted = [...list].sort((a, b) => a - b);
    return [sorted[sorted.length >> 1], sorted[Math.floor(sorted.length * 0.95)], sorted.at(-1)].map((one) => one.toFixed(digits)).join(" / ");
  };
  const share = (field, of) => (of.reduce((sum, tally) => sum + tally[field], 0) / of.reduce((sum, { asked }) => sum + asked, 0)).toFixed(3);
  const shares = (of) => `${share("first", of)} / ${share("five", of)}`;
  return {
    bytes: `${spread(first.map(({ bytes }) => bytes / 1000), 1)} kB`,
    requests: spread(first.map(({ files }) => files), 0),
    warm: `${spread(answers.map(({ ms }) => ms), 1)} ms`,
    kinds: new Map([...kinds].map(([kind, tally]) => [kind, shares([tally])])),
    all: shares([...kinds.values()]),
  };
};
const size = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath ?? entry.path, entry.name)).size, 0);
const zipped = (...files) => files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
/** A script of the theme as readers get it: without comments and indentation (`src/parse/script.rs`). */
const travels = (name) => readFileSync(path.join(assets, name), "utf8").split("\n").map((line) => line.trim())
  .filter((line) => line && !/^(\/\/|\/\*\*.*\*\/$)/.test(line)).join("\n") + "\n";
const each = (number, digits) => (number / figures.pages).toFixed(digits);
const pair = (postings, fragments) => `${each(postings / 1000, 2)} / ${each(fragments / 1000, 2)} kB`;

copyFileSync(path.join(assets, "search.js"), path.join(work, "search.mjs"));
const ours = {
  ...ask(path.join(root, "tests/search/drive.mjs"), path.join(work, "search.mjs"), path.join(out, "search")),
  cpu: `${each(figures.cpu_ms, 3)} ms`,
  memory: `${each(figures.memory / 1000, 1)} kB`,
  size: pair(figures.postings, figures.cards),
  runtime: `${(["search.js", "find.js"].reduce((sum, name) => sum + gzipSync(travels(name), { level: 9 }).length, 0) / 1000).toFixed(1)} kB`,
  edit: `${figures.edit_ms.toFixed(0)} ms, ${figures.edit_cpu_ms.toFixed(0)} ms of CPU`,
};

const theirs = {};
if (pagefind) {
  const site = path.join(work, "site"), index = path.join(work, "pagefind");
  execFileSync(program, ["--root", project, "-q", "build", "--output", site], { stdio: "ignore" });
  // Of what a program has cost and its own have, Python knows without a package.
  const measure = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); "
    + "spent = resource.getrusage(resource.RUSAGE_CHILDREN); print((spent.ru_utime + spent.ru_stime) * 1000, spent.ru_maxrss * 1024)";
  const run = spawnSync("python3", ["-c", measure, pagefind, "--site", site, "--output-path", index], { encoding: "utf8" });
  const [cpu, memory] = run.stdout.trim().split(" ").map(Number);
  const wasm = readdirSync(index).find((name) => name.startsWith("wasm."));
  Object.assign(theirs, ask(path.join(root, "benches/search/pagefind.mjs"), index), {
    cpu: `${each(cpu, 3)} ms`,
    memory: `${each(memory / 1000, 1)} kB`,
    size: pair(size(`${index}/index`), size(`${index}/fragment`)),
    runtime: `${(zipped(`${index}/pagefind.js`, `${index}/pagefind-ui.js`, `${index}/${wasm}`) / 1000).toFixed(1)} kB`,
    edit: `everything again, ${(cpu / 1000).toFixed(1)} s of CPU`,
  });
}

const row = (name, field) => console.log(`| ${name} | ${field(theirs) ?? ""} | ${field(ours)} |`);
console.log(`\n| ${figures.pages} pages | Pagefind | ours |\n|---|---|---|`);
row("index CPU per page", ({ cpu }) => cpu);
row("peak memory per page (ours: on top of the parsed guides)", ({ memory }) => memory);
row("postings / fragment bytes per page", ({ size }) => size);
row("first query with 8 results, median / 95 % / worst", ({ bytes }) => bytes);
row("requests for it, median / 95 % / worst", ({ requests }) => requests);
row("warm query, median / 95 % / worst", ({ warm }) => warm);
row("runtime with its interface, gzip", ({ runtime }) => runtime);
row("one page edited", ({ edit }) => edit);
for (const kind of ours.kinds.keys()) row(`top 1 / top 5: ${kind}`, ({ kinds }) => kinds?.get(kind));
row("top 1 / top 5, all", ({ all }) => all);
