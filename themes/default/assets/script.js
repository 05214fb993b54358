// The operator choice, ticked-off steps, and small comforts. Every page is complete without this file.
(() => {
  const root = document.documentElement;
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  // Storage may be forbidden (private windows, full disks): then nothing is remembered.
  const read = (key) => {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  };
  const write = (key, value) => {
    try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* not remembered */ }
  };
  const goal = ({ hash }) => {
    try { return document.getElementById(decodeURIComponent(hash.slice(1))); } catch { return null; }
  };

  // On a wide screen what is folded on a phone is open from the start: by the style sheet until here.
  const wide = matchMedia("(min-width: 64rem)");
  const contents = one(".toc details");
  const fit = () => {
    if (contents) contents.open = wide.matches;
    if (wide.matches) for (const fold of all("details.fold")) fold.open = true;
  };
  wide.addEventListener("change", fit);
  fit();
  root.dataset.js = "";
  if (contents) one("summary", contents).addEventListener("click", (event) => wide.matches && event.preventDefault());

  // A link into something hidden or folded shows it.
  const reveal = () => {
    const place = goal(location);
    if (!place) return;
    let changed = false;
    for (let at = place; (at = at.closest("[data-off]")); changed = true) at.removeAttribute("data-off");
    // A step's own fold lies in it; the fold of a block is around its heading.
    for (let at = one(":scope > details:not([open])", place) ?? place; at; at = at.parentElement) {
      if (at.localName === "details" && !at.open) changed = at.open = true;
    }
    if (changed) place.scrollIntoView();
  };

  const choice = one("[data-operators]");
  const printed = one(".printed");
  if (choice) {
    const links = all("[data-id]", choice);
    const names = new Map(links.map((link) => [link.dataset.id, link.textContent]));
    // One choice per country: `al/one` is remembered for `al`.
    const key = "operator:" + [...names.keys()][1]?.split("/")[0];
    const status = make("p", { className: "hush" });
    status.setAttribute("role", "status");
    const said = make("span", { lang: choice.closest("[lang]").lang });
    printed?.append(said);
    const tell = (id) => choice.dataset.shown.replace("{operator}", names.get(id));
    const show = (id) => {
      for (const part of all("[data-operator]")) {
        part.toggleAttribute("data-off", id !== "" && !part.dataset.operator.split(" ").includes(id));
      }
      for (const link of all(".toc li > a")) {
        link.parentNode.toggleAttribute("data-off", !!goal(link)?.closest("[data-off]"));
      }
      said.textContent = " · " + tell(id);
    };
    const remembered = read(key);
    const chosen = names.has(remembered) ? remembered : "";
    const list = one("ul", choice);
    list.setAttribute("role", "radiogroup");
    list.setAttribute("aria-label", one(".label", choice).textContent);
    for (const link of links) {
      const { id } = link.dataset;
      link.parentNode.setAttribute("role", "none");
      link.replaceWith(make("label", {}, make("input", { type: "radio", name: "operator", value: id, checked: id === chosen }), names.get(id)));
    }
    list.addEventListener("change", ({ target: { value } }) => {
      show(value);
      write(key, value);
      status.textContent = tell(value);
    });
    choice.append(status);
    show(chosen);
  }

  const guide = one("[data-guide]");
  if (guide) {
    // By the guide's id, not its address: a change of language keeps the ticks of what has an id.
    const key = "done:" + guide.dataset.guide;
    const done = new Set(read(key) ?? []);
    // What has no id is known by its words, and by how often they came before: never by its place.
    const seen = new Map();
    const named = (words) => {
      const count = (seen.get(words) ?? 0) + 1;
      seen.set(words, count);
      return "=" + words + (count > 1 ? "=" + count : "");
    };
    const boxes = [];
    for (const list of all("[data-ticks]", guide)) {
      for (const entry of list.children) {
        const fold = one(":scope > details", entry);
        const title = one("h3, b", entry);
        const words = title.textContent.trim();
        const input = make("input", { type: "checkbox" });
        const step = list.localName === "ol";
        if (step) {
          input.setAttribute("aria-label", guide.dataset.done + ": " + words);
          (fold ?? entry).append(make("label", { className: "tick" }, input, guide.dataset.done));
        } else {
          const label = make("label", { className: "tick" }, input);
          title.before(label);
          label.append(title);
        }
        boxes.push({ entry, fold, input, step, id: entry.id || named(words) });
      }
    }
    const bar = one("[data-progress]", guide);
    const meter = make("progress");
    meter.setAttribute("aria-hidden", "true");
    const text = make("span");
    text.setAttribute("role", "status");
    const reset = make("button", { type: "button" }, guide.dataset.reset);
    const mine = () => boxes.filter(({ entry, step }) => step && !entry.closest("[data-off]"));
    const update = () => {
      for (const { entry, input, id } of boxes) {
        input.checked = done.has(id);
        entry.toggleAttribute("data-ticked", input.checked);
      }
      if (!bar) return;
      // What another operator's customers have to do does not count.
      const steps = mine();
      const count = steps.filter(({ input }) => input.checked).length;
      const words = guide.dataset.progress.replace("{n}", count).replace("{total}", steps.length);
      if (text.textContent !== words) text.textContent = words;
      [meter.max, meter.value] = [steps.length || 1, count];
      reset.hidden = !done.size;
    };
    // The first step that is not done is open, those that are done are a line.
    const turn = () => {
      const steps = mine();
      for (const { fold, input } of steps) if (fold && input.checked) fold.open = false;
      const next = steps.find(({ input }) => !input.checked);
      if (next?.fold) next.fold.open = true;
      return next;
    };
    guide.addEventListener("change", ({ target }) => {
      const box = boxes.find(({ input }) => input === target);
      if (!box) return;
      done[target.checked ? "add" : "delete"](box.id);
      write(key, [...done]);
      update();
      if (!box.step || !target.checked) return;
      const next = turn();
      const place = next && (next.fold ? one("summary", next.fold) : next.input);
      place?.focus({ preventScroll: true });
      next?.entry.scrollIntoView({ block: "nearest" });
    });
    reset.addEventListener("click", () => {
      done.clear();
      write(key, []);
      update();
      const first = turn();
      (first?.fold ? one("summary", first.fold) : first?.input)?.focus();
    });
    if (bar) bar.append(meter, text, reset);
    update();
    if (done.size) turn();
    choice?.addEventListener("change", update);
  }

  // Who chooses a language is led to it from the root: by a server that reads the cookie, else from here.
  const isChooser = document.body.classList.contains("chooser");
  const path = isChooser ? location.pathname : one(".brand[href]")?.pathname.replace(/[^/]+\/$/, "") ?? "/";
  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.(".languages a, .tongues a");
    if (!link) return;
    const { lang } = one("[lang]", link) ?? link;
    write("language", lang);
    document.cookie = `nf_lang=${lang}; path=${path}; max-age=31536000; samesite=lax`;
  });
  if (isChooser && !document.referrer.startsWith(location.origin + "/")) {
    const home = all(".tongues a").find(({ hreflang }) => hreflang === read("language"));
    if (home) location.replace(home.href);
  }

  const languages = one(".languages");
  if (languages) {
    // The same place of the page in the other language, and what was searched for, however the link is opened.
    const follow = ({ target: place }) => {
      const link = place.closest("a");
      if (link) [link.search, link.hash] = [location.search, location.hash];
    };
    for (const kind of ["pointerdown", "focusin", "click"]) languages.addEventListener(kind, follow);
    document.addEventListener("click", ({ target: place }) => {
      if (!languages.contains(place)) languages.open = false;
    });
    languages.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      languages.open = false;
      one("summary", languages).focus();
    });
  }

  const theme = one("select[data-theme]");
  if (theme) {
    theme.value = root.dataset.theme ?? "";
    theme.addEventListener("change", () => {
      root.dataset.theme = theme.value;
      try { localStorage.setItem("theme", theme.value); } catch { /* not remembered */ }
    });
  }

  // The search is fetched when its box is first touched; the search page's with the page.
  for (const form of all("[data-search]")) {
    const input = one("input", form);
    form.dataset.ready = "";
    const load = () => {
      import(form.dataset.interface)
        .then(({ attach, page }) => form.dataset.search === "page" ? page(form) : attach(form))
        // The next touch tries again.
        .catch((fault) => { console.error(fault); input.addEventListener("focus", load, { once: true }); });
    };
    if (form.dataset.search === "page") load();
    else if (document.activeElement === input) load();
    else input.addEventListener("focus", load, { once: true });
  }
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    const box = one("main [data-search] input") ?? one("[data-search] input");
    // A tick is no text: its box may keep the focus.
    const typing = target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    const command = event.ctrlKey || event.metaKey;
    const asked = key === "/" ? !typing && !command && !event.altKey : key === "k" && command && !event.shiftKey && !event.altKey;
    if (!asked || !box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // The contents follow the text.
  const entries = new Map(all(".toc a").map((link) => [goal(link), link]).filter(([place]) => place));
  if (entries.size && "IntersectionObserver" in window) {
    const visible = new Set();
    let marked;
    const observer = new IntersectionObserver((changes) => {
      for (const { target, isIntersecting } of changes) visible[isIntersecting ? "add" : "delete"](target);
      const link = entries.get([...entries.keys()].find((place) => visible.has(place)));
      if (!link || link === marked) return;
      marked?.removeAttribute("aria-current");
      link.setAttribute("aria-current", "true");
      marked = link;
    }, { rootMargin: "0px 0px -60% 0px" });
    for (const place of entries.keys()) observer.observe(place);
  }

  // The address of a part, to be copied.
  for (const heading of all("article :is(h2, h3)")) {
    const { id } = heading.id ? heading : heading.closest("li, details.question") ?? heading;
    if (!id || !guide.dataset.copy) continue;
    const link = make("a", { className: "anchor", href: "#" + encodeURIComponent(id), textContent: "#" });
    link.setAttribute("aria-label", guide.dataset.copy);
    link.addEventListener("click", () => navigator.clipboard?.writeText(link.href));
    // Beside what folds, not in it: a link in a summary could not be told from the summary.
    (heading.closest("summary")?.parentNode ?? heading).before(link);
  }

  // What the glossary says of a term opens above the text; where that cannot be had, the link leads there.
  let note;
  const explain = (link) => {
    const request = new XMLHttpRequest();
    request.open("GET", link.pathname);
    request.responseType = "document";
    const follow = () => { location.href = link.href; };
    request.onerror = follow;
    request.onload = () => {
      const entry = request.response?.getElementById(decodeURIComponent(link.hash.slice(1)));
      const text = entry && one("p:not(.meta)", entry);
      if (!text) return follow();
      note?.remove();
      const name = make("a", { href: link.href }, one("h2", entry).textContent);
      note = make("div", { popover: "auto" }, name, make("p", {}, text.textContent));
      note.setAttribute("role", "dialog");
      note.setAttribute("aria-label", name.textContent);
      const { lang, dir } = request.response.documentElement;
      Object.assign(note, { lang, dir });
      note.style.cssText = "margin:0;max-width:min(24rem,calc(100vw - 2rem));padding:.75rem 1rem;color:var(--ink);background:var(--paper);border:1px solid var(--edge);border-radius:var(--round);box-shadow:0 .5rem 1.5rem #0003";
      link.after(note);
      note.showPopover();
      const [box, own] = [link.getBoundingClientRect(), note.getBoundingClientRect()];
      const top = box.bottom + own.height + 8 < innerHeight ? box.bottom + 4 : Math.max(8, box.top - own.height - 4);
      note.style.top = top + "px";
      note.style.left = Math.max(16, Math.min(box.left, innerWidth - own.width - 16)) + "px";
      name.focus();
    };
    request.send();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("main a[href*='/glossary/#']");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || link.parentNode === note || !HTMLElement.prototype.showPopover || document.body.classList.contains("glossary")) return;
    event.preventDefault();
    explain(link);
  });

  // What scrolls sideways can be scrolled by keyboard.
  for (const wide of all("main :is(table, pre)")) {
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
  }

  // Paper has no folds; browsers that cannot say so in a style sheet are told here.
  if (!CSS.supports("selector(::details-content)")) {
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = all("details:not([open])", one("main"));
      for (const fold of opened) { fold.removeAttribute("name"); fold.open = true; }
    });
    addEventListener("afterprint", () => { for (const fold of opened) fold.open = false; });
  }

  reveal();
  addEventListener("hashchange", reveal);
  // The same link again.
  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.("a[href^='#']");
    if (link && link.hash === location.hash) reveal();
  });
})();
