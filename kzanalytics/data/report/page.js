"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const root = document.documentElement;
  const UI = {
    ar: { all: "الكل", found: "مقاطع", of: "من أصل", articles: "مقالات", untitled: "بلا عنوان", voice: "الصوت", speaker: "المتحدث",
          named: "كما يسميه النص", quote: "الاقتباس", stance: "الموقف", cue: "القرينة", frame: "الإطار", read: "إلى المقال",
          title: "في العنوان", nobody: "غير مسمّى", search: "بحث", none: "—" },
    en: { all: "All", found: "passages", of: "of", articles: "articles", untitled: "Untitled", voice: "Voice", speaker: "Speaker",
          named: "as the text names it", quote: "Quotation", stance: "Stance", cue: "Cue", frame: "Frame", read: "Open the article",
          title: "in the headline", nobody: "nobody named", search: "Search", none: "—" },
  };
  const PAGE = 50, AROUND = 110;
  const $ = (id) => document.getElementById(id);
  const language = () => root.lang;
  const say = (key) => UI[language()][key];
  const named = (thing) => (language() === "ar" ? thing.ar : thing.en);

  function make(tag, options, ...children) {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(options || {})) {
      if (key === "class") node.className = value;
      else node.setAttribute(key, value);
    }
    for (const child of children) node.append(child);
    return node;
  }

  $("switch-language").addEventListener("click", () => {
    root.lang = language() === "ar" ? "en" : "ar";
    root.dir = root.lang === "ar" ? "rtl" : "ltr";
    if (data.text !== "none") { fillFilters(); update(); openArticle(opened, false); }
  });
  $("switch-theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  if (data.text === "none") return;

  // one entry per mention: [article, mention]
  const all = [];
  data.articles.forEach((article, a) => article.m.forEach((mention, m) => all.push([a, m])));
  const filters = { frame: "", outlet: "", stance: "", speaker: "", words: "" };
  let lines = [], shelf = [], opened = -1;

  function option(value, label) { return make("option", { value: String(value) }, label); }
  function fillFilters() {
    const lists = { frame: data.frames, stance: data.stances, speaker: data.speakers, outlet: data.outlets };
    for (const [name, things] of Object.entries(lists)) {
      const select = $("f-" + name);
      select.replaceChildren(option("", say("all")), ...things.map((thing, i) => option(i, named(thing) || say("nobody"))));
      select.value = filters[name];
    }
    $("f-words").value = filters.words;
  }

  // letters that newspapers spell in several ways, and marks between letters, do not hide a word
  const CLASSES = { "ا": "[اأإآٱ]", "أ": "[اأإآٱ]", "إ": "[اأإآٱ]", "آ": "[اأإآٱ]", "ى": "[ىي]", "ي": "[يىئ]", "ه": "[هة]", "ة": "[ةه]" };
  function pattern(words) {
    const parts = Array.from(words.trim()).map((letter) => {
      if (/\s/.test(letter)) return "\\s+";
      return (CLASSES[letter] || letter.replace(/[.*+?^${}()|[\]\\\/-]/g, "\\$&")) + "[\\u064b-\\u0652\\u0670\\u0640]*";
    });
    return new RegExp(parts.join(""), "gu");
  }

  function matches(article, mention) {
    return (filters.frame === "" || mention.f === +filters.frame) &&
      (filters.outlet === "" || article.o === +filters.outlet) &&
      (filters.stance === "" || mention.s === +filters.stance) &&
      (filters.speaker === "" || mention.p.includes(+filters.speaker));
  }

  function aroundMention(article, mention) {
    if (article.t === null) return [mention.l, mention.k, mention.r];
    return around(article.t, mention.a, mention.b);
  }
  function around(text, start, end) {
    let from = Math.max(0, start - AROUND), to = Math.min(text.length, end + AROUND);
    while (from > 0 && !/\s/.test(text[from - 1])) from -= 1;
    while (to < text.length && !/\s/.test(text[to])) to += 1;
    return [(from > 0 ? "… " : "") + text.slice(from, start), text.slice(start, end), text.slice(end, to) + (to < text.length ? " …" : "")];
  }

  function find() {
    const search = filters.words.trim() ? pattern(filters.words) : null;
    const plain = filters.frame === "" && filters.stance === "" && filters.speaker === "";
    if (!search) return all.filter(([a, m]) => matches(data.articles[a], data.articles[a].m[m])).map(([a, m]) => ({ a, m }));
    const found = [];
    if (plain && data.text === "full") {  // words alone: wherever they stand
      data.articles.forEach((article, a) => {
        if (filters.outlet !== "" && article.o !== +filters.outlet) return;
        for (const hit of article.t.matchAll(search)) if (hit[0]) found.push({ a, m: -1, start: hit.index, end: hit.index + hit[0].length });
      });
      return found;
    }
    for (const [a, m] of all) {  // with other filters: in the words around their mentions
      const article = data.articles[a], mention = article.m[m];
      if (!matches(article, mention)) continue;
      search.lastIndex = 0;
      if (search.test(aroundMention(article, mention).join(""))) found.push({ a, m });
    }
    return found;
  }

  function line(entry) {
    const article = data.articles[entry.a], mention = entry.m < 0 ? null : article.m[entry.m];
    const [left, word, right] = mention ? aroundMention(article, mention) : around(article.t, entry.start, entry.end);
    const mark = make("mark", mention ? { class: "f" + mention.f + " s" + mention.s } : {}, word);
    const button = make("button", { type: "button" }, say("read"));
    button.addEventListener("click", () => openArticle(entry.a, true, entry));
    const where = [named(data.outlets[article.o]), article.d, article.i];
    if (mention) where.push(named(data.frames[mention.f]), named(data.stances[mention.s]), speakers(mention));
    const meta = make("div", { class: "where" });
    for (const part of where) if (part) meta.append(make("bdi", {}, part));
    if (article.t !== null) meta.append(button);
    return make("li", {}, make("p", { class: "context", dir: "auto" }, left, mark, right), meta);
  }
  function speakers(mention) {
    return mention.p.map((p) => named(data.speakers[p])).filter(Boolean).join(language() === "ar" ? "، " : ", ");
  }

  function more(list, button, items, render) {
    const from = list.childElementCount;
    list.append(...items.slice(from, from + PAGE).map(render));
    button.hidden = list.childElementCount >= items.length;
  }
  const moreLines = () => more($("lines"), $("more-lines"), lines, line);
  const moreArticles = () => more($("articles"), $("more-articles"), shelf, articleButton);

  function update() {
    lines = find();
    $("lines").replaceChildren();
    moreLines();
    const mentionsOnly = lines.length === 0 || lines[0].m >= 0;  // words alone are sought outside mentions too
    $("count").textContent = lines.length.toLocaleString("en") + " " + say("found") +
      (mentionsOnly ? " (" + say("of") + " " + all.length.toLocaleString("en") + ")" : "");
    const filtered = Object.values(filters).some((value) => value !== "");
    shelf = filtered ? [...new Set(lines.map((entry) => entry.a))] : data.articles.map((_, a) => a);
    $("articles").replaceChildren();
    moreArticles();
    $("article-count").textContent = shelf.length.toLocaleString("en") + " " + say("articles");
  }

  function articleButton(a) {
    const article = data.articles[a];
    const name = article.h || article.i;
    const button = make("button", { type: "button", "aria-current": String(a === opened) },
      make("bdi", {}, name), make("br"), make("bdi", { class: "note" }, named(data.outlets[article.o])), article.d ? " · " + article.d : "");
    button.dataset.article = a;
    button.addEventListener("click", () => openArticle(a, true));
    return make("li", {}, button);
  }

  function openArticle(a, move, entry) {
    if (a < 0 || a >= data.articles.length) return;
    opened = a;
    const article = data.articles[a];
    $("article-title").textContent = article.h || say("untitled") + " (" + article.i + ")";
    $("article-meta").replaceChildren();
    for (const part of [named(data.outlets[article.o]), article.d, article.i].filter(Boolean))
      $("article-meta").append($("article-meta").firstChild ? " · " : "", make("bdi", {}, part));
    $("body").replaceChildren(...(article.t === null ? contexts(article) : paragraphs(article, entry)));
    for (const button of $("articles").querySelectorAll("button")) button.setAttribute("aria-current", String(+button.dataset.article === a));
    hide();
    if (!move) return;
    const target = $("body").querySelector(".target");
    if (target) { target.scrollIntoView({ block: "center" }); target.focus(); } else { $("article-title").scrollIntoView(); $("article-title").focus(); }
  }

  function contexts(article) {
    return article.m.map((mention, m) => make("p", { dir: "auto" }, mention.l, markOf(article, m, mention.k), mention.r));
  }

  // The text is cut wherever a mention, a cue or a shared passage begins or ends; each piece is put in as text.
  function paragraphs(article, entry) {
    const cuts = new Set([0, article.t.length]);
    for (const m of article.m) for (const at of [m.a, m.b, m.c, m.e]) if (at >= 0) cuts.add(at);
    for (const [start, end] of article.r) { cuts.add(start); cuts.add(end); }
    if (entry && entry.m < 0) { cuts.add(entry.start); cuts.add(entry.end); }
    for (let at = article.t.indexOf("\n"); at >= 0; at = article.t.indexOf("\n", at + 1)) { cuts.add(at); cuts.add(at + 1); }
    const places = [...cuts].sort((x, y) => x - y);
    const result = [];
    let paragraph = make("p", { dir: "auto" }), last = null;
    for (let i = 0; i + 1 < places.length; i += 1) {
      const start = places[i], end = places[i + 1], piece = article.t.slice(start, end);
      if (piece === "\n") { result.push(paragraph); paragraph = make("p", { dir: "auto" }); last = null; continue; }
      const mine = article.m.findIndex((m) => m.a <= start && end <= m.b);
      let node;
      if (mine >= 0) {
        if (last && last.mine === mine) { last.node.append(piece); continue; }
        node = markOf(article, mine, piece);
        if (entry && entry.m === mine) node.classList.add("target");
      } else node = make("span", {}, piece);
      if (entry && entry.m < 0 && entry.start <= start && end <= entry.end) {
        const hit = make("mark", { tabindex: "-1", class: "target" }, node);
        node = hit;
      }
      const cues = [];
      article.m.forEach((m, j) => { if (m.c >= 0 && m.c <= start && end <= m.e) cues.push(j); });
      if (cues.length) { node.classList.add("cue"); node.dataset.cues = cues.join(" "); }
      if (article.r.some(([from, to]) => from <= start && end <= to)) node.classList.add("shared");
      paragraph.append(node);
      last = { mine, node };
    }
    result.push(paragraph);
    return result.filter((p) => p.textContent.trim());
  }

  function markOf(article, m, text) {
    const mention = article.m[m];
    const mark = make("mark", { class: "f" + mention.f + " s" + mention.s + (matches(article, mention) ? "" : " dim"), tabindex: "0" }, text);
    mark.dataset.mention = m;
    for (const event of ["mouseenter", "focus"]) mark.addEventListener(event, () => show(article, m));
    for (const event of ["mouseleave", "blur"]) mark.addEventListener(event, hide);
    return mark;
  }

  function show(article, m) {
    hide();
    const mention = article.m[m];
    const facts = [
      [say("frame"), named(data.frames[mention.f])], [say("stance"), named(data.stances[mention.s])],
      [say("voice"), named(data.voices[mention.v])], [say("speaker"), speakers(mention) || say("none")],
      [say("named"), mention.n || say("none")], [say("quote"), named(data.quotes[mention.q])],
      [say("cue"), mention.u ? mention.u + (data.cues[mention.x] ? " (" + data.cues[mention.x] + ")" : "") : say("none")],
    ];
    const list = make("dl");
    for (const [term, value] of facts) list.append(make("div", {}, make("dt", {}, term), make("dd", {}, make("bdi", {}, value))));
    $("inspector").replaceChildren(list);
    $("inspector").hidden = false;
    for (const node of $("body").querySelectorAll("[data-cues]"))
      if (node.dataset.cues.split(" ").includes(String(m))) node.classList.add("on");
  }
  function hide() {
    $("inspector").hidden = true;
    for (const node of $("body").querySelectorAll(".on")) node.classList.remove("on");
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  function filterBy(wanted) {
    for (const name of Object.keys(filters)) filters[name] = name in wanted ? String(wanted[name]) : "";
    fillFilters();
    update();
    $("h-passages").scrollIntoView();
    $("h-passages").focus();
  }
  for (const figure of document.querySelectorAll("figure.chart")) {
    const rows = data.charts[figure.dataset.chart] || [];
    figure.addEventListener("click", (event) => {
      const hit = event.target.closest("[data-row]");
      const wanted = hit && rows[+hit.dataset.row];
      if (wanted) filterBy(wanted);
    });
    for (const node of figure.querySelectorAll("svg [data-row]")) if (rows[+node.dataset.row]) node.classList.add("live");
  }

  for (const name of ["frame", "outlet", "stance", "speaker"])
    $("f-" + name).addEventListener("change", (event) => { filters[name] = event.target.value; update(); if (opened >= 0) openArticle(opened, false); });
  let waiting = 0;
  $("f-words").addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { filters.words = event.target.value; update(); }, 150);
  });
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("clear").addEventListener("click", () => { filterBy({}); if (opened >= 0) openArticle(opened, false); });
  $("more-lines").addEventListener("click", moreLines);
  $("more-articles").addEventListener("click", moreArticles);
  fillFilters();
  update();
  openArticle(0, false);
})();
