// Makes a project of many pages, builds its index, and asks it as readers do.
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync, readFileSync, statSync, readdirSync } from "node:fs";
import path from "node:path";

const [pages, work, bench, program, root, pagefind] = process.argv.slice(2);
let state = 20260822;
const below = (end) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * end);
};
// Zipf's law, near enough: the square of an even number prefers the first words.
const pick = (list) => list[Math.floor(((below(1e6) / 1e6) ** 2) * list.length)];
const words = (count, syllables, end) => [...new Set(Array.from({ length: count * 2 }, () =>
  Array.from({ length: 2 + below(2) }, () => syllables[below(syllables.length)]).join("") + end[below(end.length)]))].slice(0, count);
const consonants = [..."bdfgklmnprstvz", "sh", "th", "ch"], vowels = [..."aeiou"];
const latin = consonants.flatMap((c) => vowels.map((v) => c + v));
const albanian = ["q", "gj", "ç", "xh", "dh", "ll", "rr", ..."bdfgklmnprstvz"].flatMap((c) => [..."aeiouëy"].map((v) => c + v));
// Characters in use, with the simplified and the traditional form of each.
const common = [...readFileSync(path.join(root, "src/search/common.txt"), "utf8").trim()];
const classes = new Map(readFileSync(path.join(root, "src/search/variants.txt"), "utf8").split("\n").map((line) => [[...line][0], [...line]]));
const traditional = (text) => [...text].map((c) => classes.get(c)?.[1] ?? c).join("");
const chinese = Array.from({ length: 9000 }, () => Array.from({ length: 2 + (below(4) === 0) }, () => common[below(2500)]).join(""));
const english = words(9000, latin, ["", "", "n", "r", "s", "l"]), shqip = words(9000, albanian, ["", "n", "r", "t"]);
const tongues = {
  en: { list: english, gap: " " }, sq: { list: shqip, gap: " " },
  "zh-Hans": { list: chinese, gap: "" }, "zh-Hant": { list: chinese, gap: "", form: traditional },
};

const guides = Math.round(pages / 4);
const project = path.join(work, "project");
mkdirSync(path.join(project, "guides"), { recursive: true });
writeFileSync(path.join(project, "guides/site.yaml"), "title: Bench\nbase_url: https://example.org/\nlanguages: [en, zh-Hans, zh-Hant, sq]\n");
const queries = [];
const sentence = (tongue, count) => Array.from({ length: count }, () => pick(tongue.list)).join(tongue.gap);
const typo = (word) => {
  const letters = [...word], at = 1 + below(letters.length - 2);
  [letters[at], letters[at + 1]] = [letters[at + 1], letters[at]];
  return letters.join("") === word ? word.slice(0, at) + word.slice(at + 1) : letters.join("");
};
for (let guide = 0; guide < guides; guide++) {
  const folder = path.join(project, "guides", `s${guide % 40}`, `g${guide}`);
  mkdirSync(folder, { recursive: true });
  const chosen = guide % Math.max(1, Math.floor(guides / 60)) === 0;
  let shared;
  for (const [tag, tongue] of Object.entries(tongues)) {
    // Hans and Hant are the same text in two scripts.
    let parts = tag === "zh-Hant" ? shared : undefined;
    if (!parts) {
      const title = Array.from({ length: 4 }, () => tongue.list[below(tongue.list.length)]);
      parts = { title, sections: Array.from({ length: 8 }, () => [sentence(tongue, 4), Array.from({ length: 8 }, () => sentence(tongue, 12)).join(tongue.gap ? ". " : "。")]) };
      if (tag === "zh-Hans") shared = parts;
    }
    const form = tongue.form ?? ((text) => text);
    const title = form(parts.title.join(tongue.gap));
    const body = parts.sections.map(([heading, text], at) => `## ${form(heading)} {#p${at}}\n\n${form(text)}\n`).join("\n");
    const front = tag === "en" ? "tags: [bench]\n" : "translation: {of: en}\n";
    writeFileSync(path.join(folder, `${tag}.md`), `---\ntitle: "${title}"\n${front}---\n\n${body}`);
    if (!chosen) continue;
    const ask = (kind, query, language = tag) => queries.push({ kind: `${tag} ${kind}`, query, language, guide });
    const [a, b] = parts.title;
    ask("two words", form([a, parts.title[2]].join(" ")));
    ask("neighbours", form([a, b].join(tongue.gap)));
    ask("phrase", form(parts.sections[3][0]));
    if (tongue.gap) {
      ask("typo", `${typo(a)} ${b}`);
      ask("70 % typed", `${a} ${b.slice(0, Math.ceil(b.length * 0.7))}`);
    } else {
      ask("other script", tongue.form ? a + b : traditional(a + b));
    }
  }
}

const out = path.join(work, "index");
mkdirSync(out, { recursive: true });
const figures = JSON.parse(execFileSync(bench, [project, out], { encoding: "utf8", maxBuffer: 1 << 28 }));
copyFileSync(path.join(root, "themes/default/assets/search.js"), path.join(work, "search.mjs"));
const drive = (requests) => {
  const run = spawnSync("node", [path.join(root, "tests/search/drive.mjs"), path.join(work, "search.mjs"), path.join(out, "search")],
    { input: requests.map((request) => JSON.stringify(request) + "\n").join(""), encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.status) throw new Error(run.stderr);
  return run.stdout.trim().split("\n").map((line) => JSON.parse(line));
};
// The second time everything is at hand.
const answers = drive([...queries, ...queries]);
const warm = answers.slice(queries.length).map(({ ms }) => ms).sort((a, b) => a - b);
const cold = drive(queries.filter((_, at) => at % 7 === 0).map((query) => ({ ...query, cost: true })));
const kinds = new Map();
queries.forEach(({ kind, guide }, at) => {
  const rank = answers[at].hits.findIndex(({ url }) => url.includes(`/g${guide}/`));
  const tally = kinds.get(kind) ?? { asked: 0, first: 0, five: 0 };
  tally.asked++;
  tally.first += rank === 0;
  tally.five += rank >= 0 && rank < 5;
  kinds.set(kind, tally);
});
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const row = (name, ours, theirs = "") => console.log(`| ${name} | ${theirs} | ${ours} |`);
const size = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath ?? entry.path, entry.name)).size, 0);

let theirs = {};
if (pagefind) {
  const site = path.join(work, "site");
  execFileSync(program, ["--root", project, "-q", "build", "--output", site], { stdio: "ignore" });
  const before = process.resourceUsage();
  const run = spawnSync("/usr/bin/env", ["bash", "-c", `TIMEFORMAT='%U %S'; time "${pagefind}" --site "${site}" --output-path "${work}/pagefind" >/dev/null`], { encoding: "utf8" });
  const [user, system] = run.stderr.trim().split("\n").at(-1).split(" ").map(Number);
  theirs = {
    cpu: `${(((user + system) * 1000) / figures.pages).toFixed(2)} ms`,
    postings: `${(size(`${work}/pagefind/index`) / figures.pages / 1000).toFixed(2)} / ${(size(`${work}/pagefind/fragment`) / figures.pages / 1000).toFixed(2)} kB`,
  };
}
console.log(`\n| ${figures.pages} pages | Pagefind | ours |\n|---|---|---|`);
row("index CPU per page", `${(figures.cpu_ms / figures.pages).toFixed(3)} ms`, theirs.cpu);
row("peak memory per page, on top of the parsed guides", `${(figures.memory / figures.pages / 1000).toFixed(1)} kB`);
row("postings / fragment bytes per page", `${(figures.postings / figures.pages / 1000).toFixed(2)} / ${(figures.cards / figures.pages / 1000).toFixed(2)} kB`, theirs.postings);
row("first query with 8 results, median / worst", `${(median(cold.map(({ bytes }) => bytes)) / 1000).toFixed(1)} / ${(Math.max(...cold.map(({ bytes }) => bytes)) / 1000).toFixed(1)} kB`);
row("requests for it, median / worst", `${median(cold.map(({ files }) => files))} / ${Math.max(...cold.map(({ files }) => files))}`);
row("warm query, median / worst", `${median(warm).toFixed(1)} / ${warm.at(-1).toFixed(1)} ms`);
let five = 0;
for (const [kind, tally] of kinds) {
  five += tally.five;
  row(`top 1 / top 5: ${kind}`, `${(tally.first / tally.asked).toFixed(2)} / ${(tally.five / tally.asked).toFixed(2)}`);
}
row("top 5 over all", (five / queries.length).toFixed(3));
