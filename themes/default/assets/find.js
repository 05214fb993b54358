// The search box of every page and the search page. Loaded when a box is first touched; draws with
// elements and text alone, so that no title can become markup.

const make = (name, properties = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value; else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
};

const fill = (words, values) => words.replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);

/** `text` in a new element, with the words of the query marked. */
const marked = (name, text, { engine, query, variants }, properties) => {
  const element = make(name, properties);
  const letters = [...text];
  const on = letters.map(() => false);
  const folded = letters.map((c) => {
    const plain = engine.normal(c);
    return variants.get(plain) ?? plain;
  });
  const pieces = engine.pieces(query, variants);
  for (const piece of pieces) {
    if (typeof piece === "string") continue;
    for (let at = 0; at < Math.max(1, piece.length - 1); at++) {
      const pair = piece.slice(at, at + 2);
      folded.forEach((_, place) => {
        if (pair.every((c, index) => folded[place + index] === c)) pair.forEach((_, index) => { on[place + index] = true; });
      });
    }
  }
  const words = pieces.filter((piece) => typeof piece === "string");
  let at = 0;
  for (const part of text.split(/([\p{Alphabetic}\p{N}\p{M}]+)/u)) {
    const length = [...part].length;
    const own = engine.pieces(part, variants)[0];
    const hit = typeof own === "string" && words.some((word) => own.startsWith(word) || (word.length > 4 && own.length > 3 && word.startsWith(own)));
    if (hit) on.fill(true, at, at + length);
    at += length;
  }
  let start = 0;
  for (let end = 1; end <= letters.length; end++) {
    if (end < letters.length && on[end] === on[start]) continue;
    const piece = letters.slice(start, end).join("");
    element.append(on[start] ? make("mark", {}, piece) : piece);
    start = end;
  }
  return element;
};

/** What is shown of a hit: title, section, first words; its language where that is not the reader's. */
const lines = (hit, state, link) => {
  const foreign = hit.language !== state.language;
  const wording = foreign ? { lang: hit.language, dir: "auto" } : { dir: "auto" };
  const title = marked(link ? "a" : "b", hit.title, state, link ? { ...wording, href: hit.url } : wording);
  const found = [title];
  if (foreign) found.push(" ", make("small", { className: "tongue" }, languageName(hit.language, state.language)));
  if (hit.section) {
    const where = marked(link ? "a" : "span", hit.section, state, { ...wording, className: "where", ...(link && { href: hit.url }) });
    if (hit.step) where.prepend(fill(state.words.step, { n: hit.step }) + ": ");
    found.push(where);
  }
  if (hit.text) found.push(marked("span", hit.text, state, { ...wording, className: "words" }));
  if (hit.call && link) found.push(make("a", { className: "call", dir: "ltr", href: dialled(hit) }, hit.call));
  return found;
};

const dialled = ({ call }) => "tel:" + call.replace(/[^\d+*#]/g, "").replaceAll("#", "%23");

/** What was searched for on this device, the last first. */
const recent = () => {
  try { return JSON.parse(localStorage.getItem("searches")) ?? []; } catch { return []; }
};
const remember = (query) => {
  const kept = query && [query, ...recent().filter((other) => other !== query)].slice(0, 6);
  try { if (kept) localStorage.setItem("searches", JSON.stringify(kept)); else localStorage.removeItem("searches"); } catch { /* not remembered */ }
};

/** That no page has some of the words. */
const missing = ({ unknown }, words) =>
  unknown.length ? fill(words.missing, { words: unknown.map((word) => `“${word}”`).join(", ") }) : "";

const languageName = (tag, reader) => {
  try { return new Intl.DisplayNames([reader], { type: "language" }).of(tag); } catch { return tag; }
};

/** Words and addresses of the search stand in the search page alone; no other page carries them. */
const settings = (form) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open("GET", form.action);
  request.responseType = "document";
  request.onload = () => resolve(request.response?.querySelector("[data-search=page]")?.dataset);
  request.onerror = reject;
  request.send();
});

const tools = async (form) => {
  if (!form.dataset.engine) {
    const { search, ready, ...known } = await settings(form);
    Object.assign(form.dataset, known);
  }
  const engine = await import(form.dataset.engine);
  const language = document.documentElement.lang;
  const search = engine.open(form.dataset.index, language);
  return { engine, search, language };
};

let boxes = 0;

/** Makes the box of a form a combobox (ARIA Authoring Practices, list with manual selection). */
export const attach = async (form) => {
  const input = form.querySelector("input");
  const id = "found-" + ++boxes;
  const list = make("ul", { id, className: "found", hidden: true });
  list.setAttribute("role", "listbox");
  const status = make("p", { className: "hush" });
  status.setAttribute("role", "status");
  form.append(list, status);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list" })) {
    input.setAttribute(name, value);
  }
  const { engine, search, language } = await tools(form);
  list.setAttribute("aria-label", form.dataset.label);
  const styles = make("link", { rel: "stylesheet", href: form.dataset.style });
  const styled = new Promise((resolve) => { styles.onload = styles.onerror = resolve; });
  document.head.append(styles);
  await styled;
  let active = -1, hits = [], turn = 0, timer;

  const open = (is) => {
    list.hidden = !is;
    input.setAttribute("aria-expanded", String(is));
    if (!is) choose(-1);
  };
  const choose = (at) => {
    active = at;
    const options = list.querySelectorAll("[id]");
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  };
  const go = ({ url, act }) => {
    open(false);
    if (act) return act();
    remember(input.value.trim());
    location.assign(url);
  };
  /** Shows what can be chosen: each a hit with what is seen of it. */
  const offer = (entries, label, before = []) => {
    hits = entries.map(([hit]) => hit);
    list.replaceChildren(...before, ...entries.map(([hit, ...seen], at) => {
      const option = make("li", { id: `${id}-${at}` }, ...seen);
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.addEventListener("click", () => go(hit));
      return option;
    }));
    list.setAttribute("aria-label", label);
    active = -1;
    input.removeAttribute("aria-activedescendant");
    open(document.activeElement === input);
  };
  const draw = async () => {
    const query = input.value.trim();
    const mine = ++turn;
    if (!query) {
      status.textContent = "";
      const known = recent().map((query) => [{ act: () => { input.value = query; draw(); } }, query]);
      const clear = [{ act: () => { remember(""); draw(); } }, form.dataset.clear];
      offer(known.length ? [...known, clear] : [], form.dataset.recent);
      return hits.length || open(false);
    }
    let found;
    try {
      found = await search.find(query, { limit: 7 });
    } catch (fault) {
      console.error(fault);
      if (mine === turn) tell(form.dataset.failed);
      return;
    }
    const variants = await search.variants().catch(() => new Map());
    // Something else has been typed meanwhile.
    if (mine !== turn) return;
    if (!found.count) return tell(fill(form.dataset.none, { query }));
    const state = { engine, query, variants, language, words: form.dataset };
    const lacks = missing(found, form.dataset);
    offer(found.hits.flatMap((hit) => {
      const entry = [hit, ...lines(hit, state)];
      return hit.call ? [entry, [{ url: dialled(hit) }, make("b", { dir: "ltr" }, hit.call)]] : [entry];
    }), form.dataset.label, lacks ? [note(lacks)] : []);
    status.textContent = `${fill(form.dataset.count, { n: found.count })} ${lacks}`;
  };
  const note = (words) => {
    const option = make("li", { className: "none" }, words);
    option.setAttribute("role", "option");
    option.setAttribute("aria-disabled", "true");
    return option;
  };
  /** A sentence instead of hits. */
  const tell = (words) => {
    offer([], form.dataset.label, [note(words)]);
    status.textContent = words;
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(draw, 60);
  });
  input.addEventListener("focus", () => hits.length && input.value ? open(true) : draw());
  form.addEventListener("submit", () => remember(input.value.trim()));
  input.addEventListener("keydown", (event) => {
    const { key } = event;
    // An input method has the keys while it composes.
    if (event.isComposing) return;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (!hits.length) return;
      event.preventDefault();
      if (list.hidden) open(true);
      const step = key === "ArrowDown" ? 1 : -1;
      const next = active + step;
      choose(next < -1 ? hits.length - 1 : next >= hits.length ? -1 : next);
    } else if (key === "Enter" && active >= 0 && !list.hidden) {
      event.preventDefault();
      go(hits[active]);
    } else if (key === "Escape") {
      event.preventDefault();
      if (list.hidden) input.value = ""; else open(false);
    }
  });
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (!form.contains(relatedTarget)) open(false);
  });
  // A press in the list keeps the focus in the box.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  if (input.value || document.activeElement === input) draw();
};

/** The search page: hits as a list of links, facets, a shareable address. */
export const page = async (form) => {
  const results = document.querySelector("[data-results]");
  const more = document.querySelector("[data-more]");
  const status = document.querySelector("[data-status]");
  const input = form.querySelector("input");
  const selects = [...form.querySelectorAll("select")];
  const { engine, search, language } = await tools(form);
  // A theme's own page may lack them.
  const empty = document.querySelector("[data-empty]") ?? {}, filters = form.querySelector("details") ?? {};
  filters.open = matchMedia("(min-width:40rem)").matches;
  const size = 10;
  let turn = 0, timer, drawn = 0;

  const where = () => Object.fromEntries(selects.map(({ name, value }) => [name, value]));
  const address = () => {
    const asked = new URLSearchParams();
    if (input.value) asked.set("q", input.value);
    for (const [name, value] of Object.entries(where())) if (value) asked.set(name, value);
    return location.pathname + (asked.size ? "?" + asked : "");
  };
  const options = (select, values) => {
    const kept = select.value;
    const [all] = select.options;
    select.replaceChildren(all, ...values.map(({ id, name, count }) =>
      make("option", { value: id, selected: id === kept }, count ? `${name} (${count})` : name)));
    if (kept && select.value !== kept) select.append(make("option", { value: kept, selected: true }, kept));
    select.parentNode.hidden = select.options.length < 2;
  };
  const draw = async (from = 0) => {
    const query = input.value.trim();
    const mine = ++turn;
    if (!query) {
      const known = recent();
      const clear = make("button", { type: "button" }, form.dataset.clear);
      clear.addEventListener("click", () => { remember(""); draw(); input.focus(); });
      results.replaceChildren(...known.length ? [make("li", { className: "recent" }, make("b", {}, form.dataset.recent), " ", clear,
        make("ul", { className: "near" }, ...known.map((query) => make("li", {}, make("a", { href: "?q=" + encodeURIComponent(query), dir: "auto" }, query)))))] : []);
      status.textContent = "";
      more.hidden = true;
      empty.hidden = false;
      return;
    }
    let found, variants;
    try {
      found = await search.find(query, { limit: size, from, where: where(), facets: true });
      variants = await search.variants().catch(() => new Map());
    } catch (fault) {
      console.error(fault);
      status.textContent = form.dataset.failed;
      return;
    }
    if (mine !== turn) return;
    const state = { engine, query, variants, language, words: form.dataset };
    const entries = found.hits.map((hit) => {
      const entry = make("li", {}, ...lines(hit, state, true));
      if (hit.more.length) {
        entry.append(make("ul", {}, ...hit.more.map(({ url, section }) =>
          make("li", {}, marked("a", section, state, { href: url, lang: hit.language, dir: "auto" })))));
      }
      return entry;
    });
    if (from) results.append(...entries); else results.replaceChildren(...entries);
    drawn = from + entries.length;
    more.hidden = drawn >= found.count;
    empty.hidden = found.count > 0;
    status.textContent = found.count ? `${fill(form.dataset.count, { n: found.count })} ${missing(found, form.dataset)}`
      : fill(form.dataset.none, { query });
    for (const select of selects) {
      if (select.name === "language") {
        options(select, found.languages.map((tag) => ({ id: tag, name: languageName(tag, language) })));
      } else {
        options(select, found.facets[select.name] ?? []);
      }
    }
    filters.hidden = selects.every((select) => select.parentNode.hidden);
    if (from) results.children[from]?.querySelector("a")?.focus();
  };
  const restore = () => {
    const asked = new URLSearchParams(location.search);
    input.value = asked.get("q") ?? "";
    for (const select of selects) {
      const value = asked.get(select.name) ?? "";
      if (value && ![...select.options].some((option) => option.value === value)) select.append(make("option", { value }, value));
      select.value = value;
    }
    return draw();
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      history.replaceState(null, "", address());
      draw();
    }, 120);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    remember(input.value.trim());
    history.pushState(null, "", address());
    draw();
  });
  results.addEventListener("click", () => remember(input.value.trim()));
  for (const select of selects) {
    select.addEventListener("change", () => {
      history.pushState(null, "", address());
      draw();
    });
  }
  more.addEventListener("click", () => draw(drawn));
  addEventListener("popstate", restore);
  await restore();
};
