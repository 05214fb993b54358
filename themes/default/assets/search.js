// Finds pages of the site by words: reads the index that the build has made, ranks as the command
// `cicerone search` does. An ES module without a page around it: `open(base, read)` works in Node too.

const is = (...ranges) => (c) => ranges.some(([from, to]) => c >= from && c <= to);
// Scripts that put no spaces between words.
const isRun = is([0xe01, 0xedf], [0x1000, 0x109f], [0x1780, 0x17d3], [0x3005, 0x3007], [0x3041, 0x3096],
  [0x309d, 0x309f], [0x30a1, 0x30fa], [0x30fc, 0x30ff], [0x31f0, 0x31ff], [0x3400, 0x4dbf], [0x4e00, 0x9fff],
  [0xac00, 0xd7a3], [0x20000, 0x323af]);
const DROPPED = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0621\u0640\u064b-\u065f\u0670\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc\u30fc\u00ad\u200b-\u200d\u2060\ufeff]/g;
const WORD = /[\p{Alphabetic}\p{N}\p{M}]/u;
const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ħ: "h", ı: "i", ς: "σ", ґ: "г",
  ך: "כ", ם: "מ", ן: "נ", ף: "פ", ץ: "צ", "ँ": "ं",
  ة: "ه", ہ: "ه", ھ: "ه", ە: "ه", ۃ: "ه", ى: "ي", ی: "ي", ے: "ي", ې: "ي", ۍ: "ي", ک: "ك", ڪ: "ك", ٱ: "ا", ں: "ن" };
// Digits of all scripts are one: each stands behind its zero, and before that stands something else.
const digit = (c) => {
  let value = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(c.codePointAt(0) - value - 1))) value++;
  return String(value % 10);
};
const hiragana = (c) => String.fromCharCode(c.charCodeAt(0) - 96);
// An Arabic word without its article, and what is written in one with that.
const bare = (word) => word.replace(/^[وف]?(?:[بك]?ال|لل)(?=...)/u, "");
const LONGEST = 40;

export const normal = (text) =>
  text.normalize("NFKC").toLowerCase().normalize("NFD").replace(DROPPED, "").normalize("NFC")
    .replace(/\p{Nd}/gu, digit).replace(/[\u30a1-\u30f6\u30fd\u30fe]/g, hiragana);

/** A text as words (strings) and runs (lists of characters). `variants` maps characters to what they are folded to. */
export const pieces = (text, variants = new Map()) => {
  const found = [];
  let word = [], run = [];
  const endWord = () => { if (word.length) found.push([...bare(word.join(""))].slice(0, LONGEST).join("")); word = []; };
  const endRun = () => { if (run.length) found.push(run); run = []; };
  for (const c of normal(text)) {
    if (isRun(c.codePointAt(0))) {
      endWord();
      run.push(variants.get(c) ?? c);
    } else if (WORD.test(c)) {
      endRun();
      word.push(...(PLAIN[c] ?? c));
    } else {
      endWord();
      endRun();
    }
  }
  endWord();
  endRun();
  return found;
};

/** The words under which a text is found. */
export const terms = (text, variants) =>
  pieces(text, variants).flatMap((piece) => typeof piece === "string" ? [piece]
    : [...piece.slice(1).map((c, at) => piece[at] + c), piece.at(-1)]);

/** Reads numbers and stretches of bytes, one behind the other. */
const reader = (bytes) => {
  let at = 0;
  const number = () => {
    let value = 0, factor = 1, byte;
    do {
      byte = bytes[at++];
      value += (byte & 127) * factor;
      factor *= 128;
    } while (byte & 128);
    return value;
  };
  const take = (length) => bytes.subarray(at, at += length);
  const last = new Uint8Array(512);
  return {
    number, take,
    more: () => at < bytes.length,
    /** A word, told by how much it shares with the one before. */
    word() {
      const shared = number(), length = number();
      last.set(take(length), shared);
      return text(last.subarray(0, shared + length));
    },
    name: (length) => [...take(length)].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
  };
};

// Where the contexts of a chunk's bits begin, as `src/search/chunk.rs` has them.
const NUMBER = 128, DETAILED = 2048;
const [MORE, SHARED, REST, FAR, TIERS, TOTAL, PAGES, PARTS] = [0, 1, 2, 3, 4, 5, 6, 7].map((at) => at * NUMBER);
const PART = 11 * NUMBER, PAGE = 27 * NUMBER, FIRST = 51 * NUMBER, WEIGHT = FIRST + 4 * 64;
const BYTE = WEIGHT + 5 * 2 * 16, LETTER = BYTE + 256, ALL = LETTER + 32 * DETAILED;

// More zeros than any file ends with: each number in it has a bit that is none.
const SLACK = 64;

/** Reads the bits that `src/search/coder.rs` has written. */
const decoder = (bytes, contexts) => {
  const odds = new Uint16Array(contexts).fill(1 << 15), seen = new Uint8Array(contexts).fill(2);
  let at = 1, code = 0, range = 2 ** 32 - 1;
  // What stands for zeros at its end is left out; beyond that it is no file of ours, or was cut on its way.
  const shift = () => {
    if (at > bytes.length + SLACK) throw new Error("broken file");
    code = code * 256 % 2 ** 32 + (bytes[at++] ?? 0);
  };
  for (let start = 0; start < 4; start++) shift();
  const bit = (context) => {
    const known = odds[context], times = seen[context], bound = (range >>> 12) * (known >>> 4), is = code < bound;
    if (is) range = bound; else { code -= bound; range -= bound; }
    odds[context] = known + Math.trunc(((is ? 65536 : 0) - known) / times);
    if (times < 64) seen[context]++;
    while (range < 2 ** 24) {
      range *= 256;
      shift();
    }
    return is ? 1 : 0;
  };
  const bits = (context, count) => {
    let node = 1;
    for (let left = count; left; left--) node = node * 2 + bit(context + node);
    return node - (1 << count);
  };
  const number = (context, learnt = 2) => {
    let length = 0, node = 1;
    while (bit(context + length)) if (++length > 23) throw new Error("broken file");
    const first = context + 32 + (length << learnt);
    for (let at = 0; at < length; at++) node = node * 2 + bit(at < learnt ? first + node : first);
    return node - 1;
  };
  return { bit, bits, number, detailed: (context) => number(context, 6) };
};

const scale = (number) => 31 - Math.clz32(number);

/** Postings in their order: the card, the part (6 bits), the weight (4 bits). */
const postingsOf = ({ bits, number }) => {
  const found = [], count = number(PAGES), distance = PAGE + scale(count) * NUMBER;
  for (let page = 0, card = -1, parts = 1, weight = 0; page < count; page++) {
    card += 1 + number(distance);
    parts = 1 + number(PARTS + (Math.min(4, parts) - 1) * NUMBER);
    for (let left = parts, part = -1; left; left--) {
      part = left === parts ? bits(FIRST + (Math.min(4, parts) - 1) * 64, 6)
        : part + 1 + number(PART + ((Math.min(15, part) >> 2) * 4 + Math.min(4, left) - 1) * NUMBER);
      weight = bits(WEIGHT + ((part && Math.min(4, parts)) * 2 + (weight >= 8)) * 16, 4);
      found.push(card * 1024 + part * 16 + weight);
    }
  }
  return Uint32Array.from(found);
};

/** A chunk by its words in order: each with its postings, how many there are, and the names of the files of others. */
const wordsOf = (bytes) => {
  const from = decoder(bytes, ALL), { bit, bits, number, detailed } = from, found = new Map();
  for (let last = []; bit(MORE);) {
    const shared = number(SHARED), length = shared + number(REST), word = last.slice(0, shared);
    for (let at = shared; at < length; at++) {
      word.push(at === shared && at < last.length ? last[at] + number(FAR)
        : detailed(LETTER + (at && word[at - 1]) % 32 * DETAILED));
    }
    last = word;
    const further = number(TIERS), total = further && number(TOTAL), tiers = [];
    for (let tier = 0; tier < further; tier++) {
      tiers.push([1, 2, 3, 4].map(() => bits(BYTE, 8).toString(16).padStart(2, "0")).join(""));
    }
    const postings = postingsOf(from), written = String.fromCodePoint(...word);
    found.set(written, { word: written, count: total || postings.length, tiers, postings });
  }
  return found;
};

export const parseVariants = (bytes) => {
  const variants = new Map();
  const from = reader(bytes);
  for (let root = 0, variant = 0; from.more();) {
    root += from.number();
    const far = from.number();
    variant += far & 1 ? -(far >> 1) : far >> 1;
    variants.set(String.fromCodePoint(variant), String.fromCodePoint(root));
  }
  return variants;
};

// As the words are sorted in the index: by code point.
const compare = (a, b) => {
  const [x, y] = [[...a], [...b]];
  for (let at = 0; at < x.length && at < y.length; at++) {
    if (x[at] !== y[at]) return x[at].codePointAt(0) - y[at].codePointAt(0);
  }
  return x.length - y.length;
};

/** The distance of Damerau and Levenshtein, each letter touched once; more than `most` is Infinity. */
const distance = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let before = [], last = [...Array(b.length + 1).keys()];
  for (let i = 0; i < a.length; i++) {
    const row = [i + 1];
    for (let j = 0; j < b.length; j++) {
      let best = Math.min(last[j] + (a[i] !== b[j]), last[j + 1] + 1, row[j] + 1);
      if (i && j && a[i - 1] === b[j] && b[j - 1] === a[i]) best = Math.min(best, before[j - 1] + 1);
      row.push(best);
    }
    if (Math.min(...row) > most) return Infinity;
    [before, last] = [last, row];
  }
  return last.at(-1) <= most ? last.at(-1) : Infinity;
};

const unzip = async (bytes) => {
  // A server may have unpacked it on the way.
  if (bytes[0] !== 31 || bytes[1] !== 139) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};
const text = (bytes) => new TextDecoder().decode(bytes);

/** Reads a file over the network. */
const overNetwork = async (url, fresh) => {
  const answer = await fetch(url, fresh ? { cache: "no-cache" } : undefined);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
};

const atLeast = (word, letters) => [...word].length >= letters;

const QUIET = 20, STRANGE = 30, LOUD = 100, PREFIXES = 30, CORRECTIONS = 8;

class Group {
  constructor(base, name, read, forget) {
    Object.assign(this, { base, name, read, forget, files: new Map(), made: new Map() });
  }

  async open() {
    const tables = reader(await this.read(`${this.base}${this.name}.idx`, true).then(unzip));
    const [head, variants, cards, chunks] = [1, 2, 3, 4].map(() => tables.take(tables.number()));
    Object.assign(this, JSON.parse(text(head)), { variants: parseVariants(variants), cards, chunks: [] });
    [this.endings, this.prefixes, this.tails, this.doubles, this.links, this.listed] = this.stemming;
    for (const from = reader(chunks); from.more();) this.chunks.push([from.word(), from.name(4)]);
  }

  file(name) {
    if (!this.files.has(name)) {
      const file = this.read(`${this.base}../assets/search/${this.name}/${name}.idx`).then(unzip);
      this.files.set(name, file);
      // The site may have been published anew, with files of other names.
      file.catch(this.forget);
    }
    return this.files.get(name);
  }

  async needSounds() {
    if (this.syllables || !this.sounds) return;
    const lines = text(await this.file("p" + this.sounds)).trim().split("\n");
    this.syllables = new Map();
    this.soundOf = new Map();
    for (const line of lines) {
      const [sound, chars] = line.split(" ");
      this.syllables.set(sound, chars);
      for (const c of chars) this.soundOf.set(c, sound);
    }
  }

  /** What `parse` makes of a file, made once. */
  parsed(name, parse) {
    if (!this.made.has(name)) {
      const made = this.file(name).then(parse);
      this.made.set(name, made);
      made.catch(this.forget);
    }
    return this.made.get(name);
  }

  chunk(at) {
    return this.parsed("t" + this.chunks[at][1], wordsOf);
  }

  /** The chunk that holds a word, if any does. */
  place(word) {
    let low = 0, high = this.chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.chunks[middle][0], word) <= 0) low = middle + 1; else high = middle;
    }
    return Math.max(0, low - 1);
  }

  /** Those of these words that there are. */
  async these(words) {
    if (!this.chunks.length) return [];
    const terms = await Promise.all(words.map(async (word) => (await this.chunk(this.place(word))).get(word)));
    return terms.filter(Boolean);
  }

  /** The words that begin with `prefix`, from a few chunks at most. */
  async range(prefix) {
    const first = this.place(prefix), chosen = [];
    for (let at = first; at < this.chunks.length && at < first + 3; at++) {
      if (at > first && !this.chunks[at][0].startsWith(prefix)) break;
      chosen.push(this.chunk(at));
    }
    const terms = (await Promise.all(chosen)).flatMap((chunk) => [...chunk.values()]);
    return terms.filter(({ word }) => word.startsWith(prefix));
  }

  /** Words by stem, of the list that holds it: its forms, and behind `+` the compounds that they are part of. */
  async family(stem) {
    const list = this.families.findLast(([first]) => compare(first, stem) <= 0);
    const lines = list ? await this.parsed("m" + list[1], (bytes) => new Map(text(bytes).split("\n").map((line) => {
      const [key, ...words] = line.split(" ");
      return [key, words];
    }))) : new Map();
    return lines.get(stem) ?? [];
  }

  async exact(word) {
    return (await this.these([word]))[0];
  }

  weight(word) {
    return this.quiet.includes(word) ? QUIET : LOUD;
  }

  /** What a query asks for; whether only a part that answers all of it is an answer; the words that no page has. */
  async question(query) {
    const found = await this.together(pieces(query, this.variants));
    const asked = new Set(), pairs = [];
    const waiting = found.map((piece, at) => {
      if (typeof piece === "string") return asked.has(piece) ? [] : (asked.add(piece), this.ofWord(piece, at === found.length - 1));
      if (piece.length === 1) return [this.ofChar(piece[0])];
      return piece.slice(1).flatMap((c, at) => {
        const pair = piece[at] + c;
        // Every second pair has all the characters of a long sentence, for half of the files.
        const spare = piece.length > 12 && at % 2 && at < piece.length - 2;
        if (spare || asked.has(pair)) return [];
        asked.add(pair);
        pairs.push([piece[at], c]);
        return [this.ofPair(pair)];
      });
    });
    const lists = await Promise.all(waiting.map(async (asks) => Promise.all(await asks)));
    const unknown = found.filter((_, at) => lists[at].length && lists[at].every(({ weight, answers }) => weight > QUIET && !answers.length))
      .map((piece) => typeof piece === "string" ? piece : piece.join(""));
    const asks = lists.flat(), silent = (asks) => asks.every(({ answers }) => !answers.length);
    if (!pairs.length || !silent(asks)) return { asks, unknown };
    // Another character with the same sound may have been typed.
    await this.needSounds();
    const sounds = await Promise.all(pairs.map((pair) => this.ofSounds(pair.map((c) => this.soundOf?.get(c)), 55)));
    if (!silent(sounds)) return { asks: sounds, unknown: [] };
    // Or the same said in another way: a part that has every character is an answer.
    const chars = await Promise.all([...new Set(pairs.flat())].sort(compare).map((c) => this.ofChar(c)));
    return { strict: true, unknown, asks: chars.map(({ answers }) => ({ weight: LOUD, answers: answers.map(([term]) => [term, 30]) })) };
  }

  async ofPair(pair) {
    const term = await this.exact(pair);
    const weight = this.weight(pair);
    return { weight: weight === LOUD && !term ? STRANGE : weight, answers: term ? [[term, 100]] : [] };
  }

  async ofChar(c) {
    const range = await this.range(c);
    const answers = range.filter(({ word }) => word === c).map((term) => [term, 100]);
    answers.push(...commonest(range.filter(({ word }) => word !== c)).map((term) => [term, 85]));
    return { weight: this.weight(c), answers };
  }

  /** Two syllables as one ask. */
  async ofSounds([a, b], worth) {
    const term = a && b ? await this.exact(`'${a}'${b}`) : undefined;
    return { weight: term ? LOUD : STRANGE, answers: term ? [[term, worth]] : [] };
  }

  /** The word itself and its other forms. */
  async near(word) {
    const stem = this.stem(word), forms = new Map();
    if (this.listed) {
      for (const form of await this.family(stem)) if (form[0] === "+") forms.set(form.slice(1), 45); else if (this.areForms(form, word)) forms.set(form, 80);
      forms.set(stem, 80);
    } else {
      for (const form of [stem, ...this.endings.map((ending) => stem + ending)]) forms.set(form, 75);
      for (const ending of this.endings) forms.set(word + ending, 85);
    }
    forms.set(word, 100);
    return (await this.these([...forms.keys()])).map((term) => [term, forms.get(term.word)]);
  }

  async ofWord(word, last) {
    const weight = this.weight(word);
    let answers = await this.near(word);
    if (!answers.length) {
      const asks = await this.ofSyllables(word, weight);
      if (asks) return asks;
    }
    if ((last || !answers.length) && [...word].length > 1) {
      const longer = (await this.range(word)).filter(({ word: found }) => !answers.some(([term]) => term.word === found));
      const worth = answers.length ? 40 : 60;
      answers.push(...commonest(longer).map((term) => [term, worth]));
    }
    if (!answers.length) {
      const halves = await this.halves(word);
      if (halves) return Promise.all(halves.map(async (half) => ({ weight, answers: await this.near(half) })));
      answers = await this.corrections(word);
    }
    return [{ weight, answers }];
  }

  /** Words of the query that the site writes in one: `e sim`, and the groups of a telephone number. */
  async together(found) {
    const kept = [], number = /^[0-9]+$/;
    for (let at = 0; at < found.length; at++) {
      if (typeof found[at] !== "string") {
        kept.push(found[at]);
        continue;
      }
      const words = [found[at]];
      const next = () => found[at + words.length];
      while (number.test(words.join("")) && typeof next() === "string" && number.test(next())) words.push(next());
      if (words.length === 1 && typeof next() === "string") {
        const joined = words[0] + next();
        const there = new Set((await this.these([words[0], next(), joined])).map(({ word }) => word));
        if (there.has(joined) && !(there.has(words[0]) && there.has(next()))) words.push(next());
      }
      const whole = words.join("");
      at += words.length - 1;
      if (words.length > 1 && await this.exact(whole)) kept.push(whole); else kept.push(...words);
    }
    return kept;
  }

  /** A word that the site writes in two: `simcard`. The longest first half that leaves a word. */
  async halves(word) {
    const letters = [...word], pairs = [];
    for (let at = letters.length - 2; at > 1; at--) {
      const first = letters.slice(0, at).join(""), second = letters.slice(at).join("");
      const bare = this.links.filter((link) => first.endsWith(link)).map((link) => first.slice(0, -link.length));
      pairs.push([[first, ...bare.filter((bare) => [...bare].length > 2)], second]);
    }
    const known = new Set((await this.these(pairs.flatMap(([firsts]) => firsts))).map((term) => term.word));
    for (const [firsts, second] of pairs) {
      const first = firsts.find((first) => known.has(first));
      if (first && (await this.exact(second) || this.listed && (await this.family(this.stem(second))).some((form) => form[0] !== "+"))) return [first, second];
    }
  }

  /** Whether two words with one stem begin alike for half of the shorter one. */
  areForms(one, other) {
    const [a, b] = [[...this.bare(one)], [...this.bare(other)]];
    let alike = 0;
    while (alike < a.length && a[alike] === b[alike]) alike++;
    return 2 * alike >= Math.min(a.length, b.length);
  }

  /** A word without what is put before it. */
  bare(word) {
    const prefix = this.prefixes.find((prefix) => word.startsWith(prefix) && atLeast(word.slice(prefix.length), 4));
    return prefix ? word.slice(prefix.length) : word;
  }

  /** A word without its endings, by the rules of the language. */
  stem(word) {
    word = this.bare(word);
    for (let left = this.listed ? 5 : 1; left; left--) {
      const ending = this.endings.find((ending) => word.endsWith(ending) && atLeast(word.slice(0, -ending.length), 3));
      if (ending) word = word.slice(0, -ending.length);
    }
    if (this.doubles) word = word.replace(/(.)\1+/gu, "$1");
    const tail = this.tails.find(([from]) => word.endsWith(from) && atLeast(word.slice(0, -from.length), 2));
    return tail ? word.slice(0, -tail[0].length) + tail[1] : word;
  }

  async ofSyllables(word, weight) {
    if (!this.sounds || !/^[a-z]+$/.test(word)) return;
    await this.needSounds();
    const cut = (rest) => {
      if (!rest) return [];
      for (let length = Math.min(6, rest.length); length; length--) {
        if (!this.syllables.has(rest.slice(0, length))) continue;
        const behind = cut(rest.slice(length));
        if (behind) return [rest.slice(0, length), ...behind];
      }
    };
    const syllables = cut(word.replaceAll("v", "u"));
    if (!syllables) return;
    if (syllables.length === 1) {
      const alone = "'" + syllables[0];
      const range = await this.range(alone);
      const answers = range.filter((term) => term.word === alone).map((term) => [term, 85]);
      answers.push(...commonest(range.filter((term) => term.word.startsWith(alone + "'"))).map((term) => [term, 85]));
      return answers.length ? [{ weight, answers }] : undefined;
    }
    const asks = await Promise.all(syllables.slice(1).map((second, at) => this.ofSounds([syllables[at], second], 85)));
    return asks.some(({ answers }) => answers.length) ? asks : undefined;
  }

  /** The nearest words that begin with its first letter, else with its second. */
  async corrections(word) {
    const letters = [...word];
    const most = letters.length < 4 ? 0 : letters.length < 8 ? 1 : 2;
    if (!most || !letters.every((c) => /[\p{Alphabetic}\p{M}]/u.test(c))) return [];
    for (const first of letters.slice(0, 2)) {
      const list = this.spelling.find(([initials]) => initials.includes(first));
      if (!list) continue;
      let found = [];
      for (const known of text(await this.file("s" + list[1])).split("\n")) {
        if (known.startsWith(first)) found.push([distance(letters, [...known], most), known]);
      }
      found = found.filter(([far]) => far <= most).sort((a, b) => a[0] - b[0] || compare(a[1], b[1]));
      if (!found.length) continue;
      const nearest = found.filter(([far]) => far === found[0][0]).slice(0, CORRECTIONS);
      const worth = found[0][0] === 1 ? 50 : 35;
      const near = await Promise.all(nearest.map(([, known]) => this.near(known)));
      // One word may be a form of several corrections: its best counts.
      const best = new Map();
      for (const [term, part] of near.flat()) {
        best.set(term, Math.max(best.get(term) ?? 0, Math.floor(part * worth / 100)));
      }
      return [...best];
    }
    return [];
  }

  /** Every posting of a word's first tier; of all its tiers with `all`. */
  async postings(term, all) {
    const tier = (name) => this.parsed("u" + name, (bytes) => postingsOf(decoder(bytes, LETTER)));
    return [term.postings, ...all ? await Promise.all(term.tiers.map(tier)) : []];
  }

  /** Hits, best first, and how much of the query the best known card answers. The first tiers do where they answer `limit` times. */
  async rank(query, limit = 0) {
    const question = await this.question(query), { asks } = question;
    // Where several words are asked for, a page that has them all may be in a further tier.
    const further = asks.reduce((sum, { answers }) => answers.reduce((sum, [term]) => sum + term.tiers.length, sum), 0);
    const first = further && (asks.length < 2 || further > 24);
    const found = await this.rankWithin(question, !first);
    return first && found.seen < limit ? this.rankWithin(question, true) : found;
  }

  async rankWithin({ asks, strict, unknown }, all) {
    const whole = asks.reduce((sum, { weight }) => sum + weight, 0);
    const loud = asks.some(({ weight }) => weight > QUIET);
    const cards = new Map();
    for (const [at, { weight, answers }] of asks.entries()) {
      const exact = answers.find(([, worth]) => worth === 100);
      const most = exact ? this.rarity(exact[0]) : Infinity;
      for (const [term, worth] of answers) {
        const factor = worth * Math.min(this.rarity(term), most) * weight;
        for (const postings of await this.postings(term, all)) for (const posting of postings) {
          const card = posting >>> 10, part = posting >>> 4 & 63, on = posting & 15, value = factor * on * (on + 16);
          let sheet = cards.get(card);
          if (!sheet) cards.set(card, sheet = { page: line(asks.length), parts: new Map() });
          let own = sheet.parts.get(part);
          if (!own) sheet.parts.set(part, own = line(asks.length));
          for (const kept of [sheet.page, own]) {
            if (value > kept.values[at]) kept.values[at] = value;
            if (on > kept.on[at]) kept.on[at] = on;
          }
        }
      }
    }
    // What is worth more than a question's small words, and is known here.
    const counted = asks.map(({ weight, answers }) => weight > STRANGE && answers.length > 0);
    let known = 0;
    const hits = [];
    for (const [card, { page, parts }] of cards) {
      let matched = 0, heard = false, sure = 0;
      const { part, value, more } = bestPart(parts);
      const [own, title] = [parts.get(part).on, parts.get(0)?.on];
      asks.forEach(({ weight }, at) => {
        if (!page.on[at]) return;
        matched += weight;
        heard ||= weight > QUIET;
        sure += weight * Math.max(firm(own[at]), firm(title?.[at] ?? 0), Math.floor(firm(page.on[at]) / 6));
      });
      if (loud && !heard || strict && !asks.every((_, at) => own[at])) continue;
      known = Math.max(known, matched / whole);
      const share = sure / (100 * whole), answered = agreed(counted, page.on);
      const together = helped(asks, parts, part);
      const sum = page.values.reduce((all, each) => all + each, 0);
      hits.push({ group: this, card, part, more, complete: answered >= 1, score: Math.floor((sum + 2 * value) * share * share * together * answered) });
    }
    return { hits: keepStrong(hits), known, unknown, seen: hits.length };
  }

  rarity({ count }) {
    return 24 + Math.round(8 * Math.log2(1 + this.parts / Math.max(1, count)));
  }

  async card(number) {
    const at = Math.floor(number / this.bundle);
    const name = `c${at}-${reader(this.cards.subarray(at * 3)).name(3)}`;
    return (await this.parsed(name, (bytes) => JSON.parse(text(bytes))))[number % this.bundle];
  }

  /** By kind: values with their name in `language` and the cards that have them. */
  async facetValues(language) {
    const data = await this.parsed("f" + this.facets, (bytes) => JSON.parse(text(bytes)));
    const at = Math.max(0, this.languages.indexOf(language));
    return Object.fromEntries(Object.entries(data).map(([kind, values]) => [kind, values.map(([id, names, deltas]) => {
      let last = 0;
      return { id, name: names[at], cards: new Set(deltas.map((delta) => last += delta)) };
    })]));
  }
}

const commonest = (terms) =>
  [...terms].sort((a, b) => b.count - a.count || compare(a.word, b.word)).slice(0, PREFIXES);

/** The best value and the greatest weight of each ask. */
const line = (length) => ({ values: Array(length).fill(0), on: Array(length).fill(0) });

/** How surely a page is about a word that weighs so much on it, in percent. */
const firm = (on) => on && 40 + Math.floor(60 * on * on / 225);

/** What it is worth to have the words: a page with both of two comes before one with the other in its title. */
const agreed = (counted, on) => {
  const all = counted.filter(Boolean).length, part = counted.filter((is, at) => is && on[at]).length / (all || 1);
  return all > 2 ? part : all ? part * part * part * part : 1;
};

/** What it is worth that parts answer the whole query by themselves, and what that the title does. */
const helped = (asks, parts, part) => {
  const whole = (on) => asks.every((_, at) => on[at]);
  const own = parts.get(part).on, title = parts.get(0)?.on ?? [];
  const one = whole(own) ? Math.min(3, 1.25 + 0.25 * asks.length)
    : asks.every(({ weight }, at) => weight === QUIET || own[at] || title[at]) ? 1.5 : 1;
  const several = [...parts.values()].filter(({ on }) => whole(on)).length;
  const titled = (least) => asks.every(({ weight }, at) => weight === QUIET || title[at] >= least);
  return one * (1 + Math.min(6, several) / 2) * (titled(15) ? 4 : titled(11) ? 2.5 : 1);
};

const bestPart = (parts) => {
  const whole = parts.get(0)?.values ?? [];
  const ranked = [...parts].map(([part, { values }]) => {
    let own = 0, value = 0;
    values.forEach((each, at) => {
      own += each;
      value += part ? Math.max(each, Math.floor((whole[at] ?? 0) * 9 / 10)) : each;
    });
    return { part, own, value };
  }).sort((a, b) => b.value - a.value || a.part - b.part);
  const [{ part, value }] = ranked;
  const most = Math.max(...ranked.map(({ own }) => own));
  const more = ranked.filter((other) => other.part !== part && other.part && other.own * 2 >= most);
  return { part, value, more: more.slice(0, 3).map((other) => other.part) };
};

const keepStrong = (hits) => {
  hits.sort((a, b) => b.score - a.score || a.card - b.card);
  return strong(hits);
};

/** Without those that lack a word and are worth less than a fiftieth of the best. */
const strong = (hits) => hits.filter(({ complete, score }) => complete || score * 50 >= hits[0].score);

/** A word as it stands in the query. */
const typed = (word, query, variants) => query.split(/\s+/).map((one) => one.replace(/^[^\p{Alphabetic}\p{N}]+|[^\p{Alphabetic}\p{N}]+$/gu, ""))
  .find((one) => [pieces(one, variants)].every(([first, more]) => first && !more && [...first].join("") === word)) ?? word;

/** The group of a language: Chinese is one in both scripts. */
const groupOf = (tag) => tag.toLowerCase().startsWith("zh") ? "zh" : tag.toLowerCase();

/** The search of the index at `base` (an address that ends in `/`) for readers of `language`. */
export const open = (base, language, readFile = overNetwork) => {
  const groups = new Map();
  const group = (name) => {
    if (!groups.has(name)) {
      // A failure is not remembered: the next key stroke tries again.
      const forget = () => groups.delete(name);
      const one = new Group(base, name, readFile, forget);
      groups.set(name, one.open().then(() => one));
      groups.get(name).catch(forget);
    }
    return groups.get(name);
  };
  const own = groupOf(language);

  /** A hit with everything that is shown of it. */
  const shown = async ({ group: of, card, part, more, score }) => {
    const [kind, anchors, faces, call, steps] = await of.card(card);
    const face = faces.find(([tag]) => tag === language) ?? faces[0];
    const [tag, title, url, parts] = face;
    const place = (at) => {
      const has = parts[at * 2] || parts[at * 2 + 1];
      const chosen = has ? at : 0;
      const anchor = anchors[chosen];
      return { anchor, step: steps[chosen] ?? "", url: anchor ? `${url}#${anchor}` : url, section: parts[chosen * 2] ?? "", text: parts[chosen * 2 + 1] ?? "" };
    };
    const main = place(part);
    const others = more.filter((at) => parts[at * 2]).map(place);
    if (!title) return { kind, call, language: tag, score, ...main, title: main.section, section: "", more: others };
    return { kind, call, language: tag, score, title, ...main, more: others };
  };

  return {
    /** `{count, hits, facets}`: hits from `from` on, `limit` at the most. `where` limits them: `{operator, country, tag, language}`. */
    async find(query, { limit = 8, from = 0, where = {}, facets = false } = {}) {
      const first = where.language ? groupOf(where.language) : own;
      const main = await group(first);
      let { hits, known, unknown } = await main.rank(query, from + limit);
      let asked = [main];
      if (known < 0.5 && !where.language) {
        hits.forEach((hit) => { hit.score = Math.floor(hit.score * 1.2); });
        const others = await Promise.all(main.groups.filter(([name]) => name !== first).map(([name]) => group(name)));
        for (const other of others) {
          const better = await other.rank(query);
          if (better.known >= 0.5) {
            hits.push(...better.hits);
            asked.push(other);
            unknown = unknown.filter((word) => better.unknown.includes(word));
          }
        }
        const order = main.groups.map(([name]) => name);
        hits.sort((a, b) => b.score - a.score || order.indexOf(a.group.name) - order.indexOf(b.group.name) || a.card - b.card);
        hits = strong(hits);
      }
      const kinds = {};
      const limits = ["operator", "country", "tag"].filter((kind) => where[kind]);
      if (facets || limits.length) {
        for (const one of asked) {
          const values = await one.facetValues(language);
          hits = hits.filter((hit) => hit.group !== one || limits.every((kind) =>
            values[kind].find(({ id }) => id === where[kind])?.cards.has(hit.card)));
          for (const [kind, list] of Object.entries(values)) {
            for (const { id, name, cards } of list) {
              const count = hits.filter((hit) => hit.group === one && cards.has(hit.card)).length;
              const known = (kinds[kind] ??= new Map()).get(id);
              if (count) kinds[kind].set(id, { id, name: known?.name ?? name, count: count + (known?.count ?? 0) });
            }
          }
        }
      }
      const chosen = await Promise.all(hits.slice(from, from + limit).map(shown));
      return {
        count: hits.length,
        hits: chosen,
        unknown: unknown.map((word) => typed(word, query, main.variants)),
        languages: main.groups.flatMap(([, tags]) => tags),
        facets: Object.fromEntries(Object.entries(kinds).map(([kind, values]) => [kind, [...values.values()].sort((a, b) => b.count - a.count)])),
      };
    },
    /** The variants that the site knows, for marking what was found. */
    variants: async () => (await group(own)).variants,
  };
};
