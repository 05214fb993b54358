// Makes a project as large as one likes that is like real ones where search is concerned: 600 to 1,200 words a
// page, as common as Zipf's law has it and for the most part in set phrases; sections and guides with words and
// phrases of their own. Also what readers would ask for. A page has about as many different words and pairs of
// characters as a guide of ours of the same length.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const SECTION = 25;

// The same numbers on every machine.
let state = 20260822;
const chance = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const below = (end) => Math.floor(chance() * end);
const of = (list) => list[below(list.length)];
const several = (count, make) => Array.from({ length: count }, make);
/** A place among `end`, the first ones the likeliest: Zipf's law as Mandelbrot mended it. */
const place = (end, shift = 2.7) => Math.floor(shift * ((end + shift) / shift) ** chance() - shift);

/** Made-up words, the commonest first and shortest; none differ in their endings alone, as forms of one would. */
const words = (count, syllables, ends) => {
  const list = new Map();
  while (list.size < count) {
    const length = list.size < 60 ? 1 : list.size < 2000 ? 1 + below(2) : 2 + below(3);
    const stem = several(length, () => of(syllables)).join("");
    if (!list.has(stem)) list.set(stem, stem + of(ends));
  }
  return [...list.values()];
};

const tongues = (root, count) => {
  const consonants = [..."bdfgklmnprstvz", "sh", "th", "ch", "st", "pr"];
  const latin = consonants.flatMap((c) => [..."aeiou"].map((v) => c + v));
  const albanian = ["q", "gj", "ç", "xh", "dh", "ll", "rr", ..."bdfgklmnprstvz"].flatMap((c) => [..."aeiouëy"].map((v) => c + v));
  // Characters in use, in no order of theirs; and the traditional form of each.
  const common = [...readFileSync(path.join(root, "src/search/common.txt"), "utf8").trim()];
  for (let at = common.length; at > 1;) {
    const other = below(at--);
    [common[at], common[other]] = [common[other], common[at]];
  }
  const classes = new Map(readFileSync(path.join(root, "src/search/variants.txt"), "utf8").split("\n").map((line) => [[...line][0], [...line][1]]));
  const traditional = (text) => [...text].map((c) => classes.get(c) ?? c).join("");
  const chinese = new Set();
  while (chinese.size < count) {
    const length = chinese.size < 80 ? 1 : below(6) ? 2 : 3 + below(2);
    chinese.add(several(length, () => common[place(common.length, 60)]).join(""));
  }
  const same = (text) => text;
  return {
    en: { list: words(count, latin, ["", "", "n", "r", "s", "l", "ng"]), gap: " ", stop: ". ", form: same },
    "zh-Hans": { list: [...chinese], gap: "", stop: "。", form: same },
    "zh-Hant": { list: [...chinese], gap: "", stop: "。", form: traditional },
    sq: { list: words(count, albanian, ["", "", "n", "r", "t", "sh"]), gap: " ", stop: ". ", form: same },
  };
};

/** What is written of in one place: words that are not among the commonest, and the phrases that they stand in. */
const topic = (tongue, count, phrases, others = []) => {
  const words = several(count, () => tongue.list[200 + place(tongue.list.length - 200, 400)]);
  const word = () => {
    const kind = chance();
    if (kind < 0.4) return words[place(count, 4)];
    return kind < 0.5 && others.length ? of(others) : tongue.list[place(tongue.list.length, 1)];
  };
  return { words, phrases: several(phrases, () => several(2 + below(3), word)) };
};

/** A guide's words in one language: its title, sections with a heading and sentences. */
const guideOf = (tongue, section) => {
  const own = topic(tongue, 16, 45, section.words);
  const phrase = () => {
    const kind = chance();
    if (kind < 0.4) return own.phrases[place(own.phrases.length, 15)];
    if (kind < 0.65) return section.phrases[place(section.phrases.length, 20)];
    if (kind < 0.9) return tongue.phrases[place(tongue.phrases.length, 20)];
    return [tongue.list[place(tongue.list.length)]];
  };
  // Chinese takes fewer words to say the same.
  const length = (600 + below(601)) * (tongue.gap ? 1 : 0.75), count = 6 + below(7);
  const used = new Map();
  const sentence = () => several(3 + below(4), () => {
    const words = phrase();
    used.set(words, (used.get(words) ?? 0) + 1);
    return words;
  }).flat();
  const part = () => {
    const heading = [of(own.words), of(section.words), ...phrase()], sentences = [];
    for (let left = length / count - heading.length; left > 3; left -= sentences.at(-1).length) sentences.push(sentence());
    return { heading, sentences };
  };
  const [a, b, c] = own.words;
  const parts = several(count, part);
  return { title: [a, b, of(section.words), c], parts, words: own.words, phrases: own.phrases.sort((a, b) => (used.get(b) ?? 0) - (used.get(a) ?? 0)) };
};

const twisted = (word) => {
  const letters = [...word], at = 1 + below(letters.length - 2);
  [letters[at], letters[at + 1]] = [letters[at + 1], letters[at]];
  return letters.join("") === word ? word.slice(0, at) + word.slice(at + 1) : letters.join("");
};

/** What a reader who wants this guide types: `{kind, query}`. */
const questions = (tag, tongue, { title, parts, words, phrases }) => {
  const join = (words) => tongue.form(words.join(tongue.gap));
  const [a, b, , c] = title;
  const at = below(title.length - 1);
  // Two words side by side in the text that say something, of the phrases that are this guide's own and used most.
  const common = new Set(tongue.list.slice(0, 200));
  const pairs = phrases.flatMap((words) => words.slice(1).map((word, at) => [words[at], word]));
  const telling = pairs.find(([a, b]) => a !== b && !common.has(a) && !common.has(b)) ?? pairs[0];
  const asked = [
    { kind: "words", query: tongue.form(`${a} ${c}`) },
    { kind: "neighbours in the title", query: join(title.slice(at, at + 2)) },
    { kind: "neighbours in the text", query: join(telling) },
    { kind: "heading", query: join(of(parts).heading) },
  ];
  // Two words of the text that stand apart: the title has none of them.
  const said = new Set(parts.flatMap(({ heading, sentences }) => [...heading, ...sentences.flat()]));
  const apart = [...new Set(words.slice(3))].filter((word) => said.has(word) && !title.includes(word) && !common.has(word));
  if (apart.length > 1) asked.push({ kind: "two words apart", query: tongue.form(`${apart[0]} ${apart[1]}`) });
  if (!tongue.gap) {
    const long = parts.flatMap(({ sentences }) => sentences).map((words) => words.join("")).find((text) => [...text].length > 15);
    if (long) asked.push({ kind: "a long sentence", query: tongue.form([...long].slice(0, 24).join("")) });
  }
  if (tongue.gap) {
    asked.push({ kind: "one typo", query: `${twisted(a)} ${b}` });
    asked.push({ kind: "70 % typed", query: `${a} ${b.slice(0, Math.ceil(b.length * 0.7))}` });
  }
  // What many pages answer; none is the right one.
  const wide = { query: tongue.form(title[2]), language: tag };
  return [...asked.map((one) => ({ ...one, kind: `${tag}, ${one.kind}`, language: tag })), wide];
};

/** Writes the project below `project`; `{queries}`, each with the number of the guide that answers it. */
export const make = (root, project, pages) => {
  const guides = Math.round(pages / 4);
  // Heaps' law: the larger the site, the more words.
  const vocabulary = Math.round(Math.min(120000, 600 * Math.sqrt(guides) + 4000));
  const all = tongues(root, vocabulary);
  for (const tongue of Object.values(all)) tongue.phrases = topic(tongue, 400, 2000).phrases;
  mkdirSync(path.join(project, "guides"), { recursive: true });
  writeFileSync(path.join(project, "guides/site.yaml"), "title: Bench\nbase_url: https://example.org/\nlanguages: [en, zh-Hans, zh-Hant, sq]\n");
  const every = Math.max(1, Math.floor(guides / 60));
  const queries = [];
  let sections = {};
  for (let guide = 0; guide < guides; guide++) {
    if (guide % SECTION === 0) {
      sections = Object.fromEntries(Object.entries(all).map(([tag, tongue]) => [tag, topic(tongue, 60, 120)]));
    }
    const folder = path.join(project, "guides", `s${Math.floor(guide / SECTION)}`, `g${guide}`);
    mkdirSync(folder, { recursive: true });
    let hans;
    for (const [tag, tongue] of Object.entries(all)) {
      // Hans and Hant are the same text in two scripts.
      const text = tag === "zh-Hant" ? hans : guideOf(tongue, sections[tag]);
      if (tag === "zh-Hans") hans = text;
      const body = text.parts.map(({ heading, sentences }, at) =>
        `## ${heading.join(tongue.gap)} {#p${at}}\n\n${sentences.map((words) => words.join(tongue.gap)).join(tongue.stop)}${tongue.stop.trim()}\n`).join("\n");
      const front = tag === "en" ? "tags: [bench]\n" : "translation: {of: en}\n";
      writeFileSync(path.join(folder, `${tag}.md`),
        tongue.form(`---\ntitle: "${text.title.join(tongue.gap)}"\n${front}---\n\n${body}`));
      if (guide % every) continue;
      const asked = questions(tag, tongue, text);
      if (!tongue.gap) {
        const other = tag === "zh-Hans" ? all["zh-Hant"] : all["zh-Hans"];
        asked.push({ kind: `${tag}, the other script`, query: other.form(text.title.slice(0, 2).join("")), language: tag });
      }
      queries.push(...asked.map((one) => ({ ...one, guide })));
    }
  }
  return queries;
};
