// The operator choice, ticked-off steps, and small comforts. Every page is complete without this file.
(() => {
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

  // A link into something hidden shows it.
  const reveal = () => {
    const place = goal(location);
    let hidden = place?.closest("[data-off]");
    if (!hidden) return;
    for (; hidden; hidden = hidden.closest("[data-off]")) hidden.removeAttribute("data-off");
    place.scrollIntoView();
  };

  const choice = one("[data-operators]");
  if (choice) {
    const { all: everyone, shown } = choice.dataset;
    const names = new Map([["", everyone], ...all("[data-id]", choice).map((link) => [link.dataset.id, link.textContent])]);
    // One choice per country: `al/one` is remembered for `al`.
    const key = "operator:" + [...names.keys()][1]?.split("/")[0];
    const status = make("p", { className: "hush" });
    status.setAttribute("role", "status");
    const show = (id) => {
      for (const part of all("[data-operator]")) {
        part.toggleAttribute("data-off", id !== "" && !part.dataset.operator.split(" ").includes(id));
      }
      for (const link of all(".toc li > a")) {
        link.parentNode.toggleAttribute("data-off", !!goal(link)?.closest("[data-off]"));
      }
    };
    const remembered = read(key);
    const chosen = names.has(remembered) ? remembered : "";
    const set = make("div", { className: "set" });
    for (const [id, name] of names) {
      set.append(make("label", {}, make("input", { type: "radio", name: "operator", value: id, checked: id === chosen }), name));
    }
    set.addEventListener("change", ({ target: { value } }) => {
      show(value);
      write(key, value);
      status.textContent = shown.replace("{operator}", names.get(value));
    });
    const legend = make("legend", { className: "label" }, one(".label", choice).textContent);
    choice.replaceWith(make("fieldset", { className: "choice" }, legend, set, status));
    show(chosen);
  }

  const guide = one("[data-guide]");
  if (guide) {
    // By the guide's id, not its address: a change of language keeps the ticks.
    const key = "done:" + guide.dataset.guide;
    const done = new Set(read(key) ?? []);
    const updates = [];
    const update = () => {
      updates.forEach((each) => each());
      write(key, [...done]);
    };
    all("[data-ticks]", guide).forEach((list, place) => {
      const boxes = [...list.children].map((entry, index) => {
        const id = entry.id || place + "." + index;
        const input = make("input", { type: "checkbox" });
        const title = entry.firstElementChild;
        if (list.tagName === "OL") {
          input.setAttribute("aria-label", guide.dataset.done + ": " + title.textContent);
          entry.append(make("label", { className: "tick" }, input, guide.dataset.done));
        } else {
          const label = make("label", { className: "tick" }, input);
          title.before(label);
          label.append(title);
        }
        input.addEventListener("change", () => {
          done[input.checked ? "add" : "delete"](id);
          update();
        });
        return { entry, id, input };
      });
      const text = make("span");
      text.setAttribute("role", "status");
      const reset = make("button", { type: "button" }, guide.dataset.reset);
      reset.addEventListener("click", () => {
        boxes.forEach(({ id }) => done.delete(id));
        update();
        boxes[0]?.input.focus();
      });
      const progress = make("div", { className: "progress", hidden: true }, text, reset);
      list.after(progress);
      updates.push(() => {
        for (const { entry, id, input } of boxes) {
          input.checked = done.has(id);
          entry.toggleAttribute("data-ticked", input.checked);
        }
        // What another operator's customers have to do does not count.
        const mine = boxes.filter(({ entry }) => !entry.closest("[data-off]"));
        const count = mine.filter(({ input }) => input.checked).length;
        const words = guide.dataset.progress.replace("{n}", count).replace("{total}", mine.length);
        if (text.textContent !== words) text.textContent = words;
        progress.toggleAttribute("data-off", !count);
        progress.hidden = false;
      });
    });
    updates.forEach((each) => each());
    document.addEventListener("change", ({ target: { name } }) => name === "operator" && updates.forEach((each) => each()));
  }

  // Who chooses a language is led to it from the root: by a server that reads the cookie, else from here.
  const isChooser = document.body.classList.contains("chooser");
  const root = isChooser ? location.pathname : one(".brand[href]")?.pathname.replace(/[^/]+\/$/, "") ?? "/";
  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.(".languages a[hreflang], .tongues a[hreflang]");
    if (!link) return;
    write("language", link.hreflang);
    document.cookie = `nf_lang=${link.hreflang}; path=${root}; max-age=31536000; samesite=lax`;
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
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const box = one("main [data-search] input") ?? one("[data-search] input");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing || !box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // Beside the text there is room for the contents.
  const contents = one(".toc details");
  if (contents) {
    const wide = matchMedia("(min-width: 64rem)");
    const fit = () => { contents.open = wide.matches; };
    wide.addEventListener("change", fit);
    fit();
    one("summary", contents).addEventListener("click", (event) => wide.matches && event.preventDefault());
  }

  // What scrolls sideways can be scrolled by keyboard.
  for (const wide of all("main :is(table, pre)")) {
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
  }

  reveal();
  addEventListener("hashchange", reveal);
})();
