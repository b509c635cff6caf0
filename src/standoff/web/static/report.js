// A report with its entries: finding one from the other, deciding by keys, words by selection.
// Places are counted in code points, as the desk counts them, never in the browser's UTF-16 units.

import { decide, note } from "/static/decisions.js";
import { hideEdges, isDragging, showEdges } from "/static/edges.js";
import { change, renew } from "/static/renew.js";

const page = document.querySelector(".report");
const body = page.querySelector(".report-body");
const newForm = page.querySelector(".new-entry");
const report = page.dataset.report;
const root = page.dataset.root; // where decisions on entries go
let current = "";
let selected = null; // the last words that were selected in the text: {start, end, words}
let seen = body.dataset.seen; // what the desk calls the text and margin that it sent last
const painted = new Set(); // entries whose cards were changed here since

const segments = body.getElementsByClassName("seg"); // follows the text by itself
const marksOf = new WeakMap(); // paragraph → entry → [{segment, part}]; a step brings one or two new paragraphs

function marksIn(paragraph) {
  if (!marksOf.has(paragraph)) {
    const found = new Map();
    for (const segment of paragraph.getElementsByClassName("marked")) {
      for (const mark of segment.dataset.marks.split(" ")) {
        const [entry, part] = mark.split(":");
        if (!found.has(entry)) found.set(entry, []);
        found.get(entry).push({ segment, part });
      }
    }
    marksOf.set(paragraph, found);
  }
  return marksOf.get(paragraph);
}

// Where an entry's words stand: [{segment, part}].
const marked = (entry) => [...body.querySelector(".text").children].flatMap((one) => marksIn(one).get(entry) || []);

const card = (entry) => document.getElementById(`card-${entry}`);
const shownCards = () => [...body.querySelectorAll(".card:not([hidden])")];

function unmark() {
  for (const old of body.querySelectorAll(".card.current")) old.classList.remove("current");
  for (const old of body.querySelectorAll(".seg.current")) {
    old.classList.remove("current", "current-main", "current-cue", "current-source");
  }
}

function choose(entry, from = "keys") {
  unmark();
  const chosen = card(entry);
  current = chosen ? entry : "";
  edges();
  if (!chosen) return;
  chosen.classList.add("current");
  const marks = marked(entry);
  for (const { segment, part } of marks) {
    segment.classList.add("current");
    if (["issue", "requirement", "gate", "content"].includes(part)) segment.classList.add("current-main");
    if (["cue", "source"].includes(part)) segment.classList.add(`current-${part}`);
  }
  const first = marks.find(({ part }) => part !== "evidence") || marks[0];
  if (from !== "text") first?.segment.scrollIntoView({ block: "center" });
  const margin = body.querySelector(".margin");
  margin.scrollTop += chosen.getBoundingClientRect().top - margin.getBoundingClientRect().top - margin.clientHeight / 4;
  chosen.focus({ preventScroll: true });
  if (window.location.hash !== `#${entry}`) window.history.replaceState(null, "", `#${entry}`);
}

// The handles of the current entry, anew where the text has moved.
function edges() {
  const words = current && card(current)?.dataset.words;
  const [start, end] = (words || "").split("-").map(Number);
  if (!words || card(current).hidden) return hideEdges();
  const [entry, text] = [current, body.querySelector(".text")];
  showEdges(text, { start, end }, (edge, place) => send(`${root}/entries/${entry}/edge`, { edge, place: String(place) }));
}

window.addEventListener("resize", edges);

function step(by) {
  const cards = shownCards();
  const here = cards.findIndex((one) => one.dataset.entry === current);
  const next = cards[here < 0 ? (by > 0 ? 0 : cards.length - 1) : here + by];
  if (next) choose(next.dataset.entry);
  else note(by > 0 ? "the last entry; N goes to the next report" : "the first entry");
}

const KINDS = ["statement", "position", "precondition", "meeting"];
const wanted = () => Object.fromEntries([...page.querySelectorAll("[data-show]")].map((box) => [box.dataset.show, box.checked]));

function hide(one, shown) {
  const hidden = !shown[one.dataset.kind] || (shown.judged === false && one.dataset.review !== "machine");
  if (one.hidden !== hidden) one.hidden = hidden;
}

// Written only where it differs: what is written is laid out anew.
function write(place, words) {
  if (place && place.textContent !== String(words)) place.textContent = words;
}

function filter() {
  const shown = wanted();
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  for (const one of body.querySelectorAll(".card")) {
    counts[one.dataset.kind] += 1;
    hide(one, shown);
  }
  for (const kind of KINDS) {
    body.querySelector(".text").classList.toggle(`hide-${kind}`, !shown[kind]);
    write(page.querySelector(`[data-count="${kind}"]`), counts[kind]);
  }
  countWaiting();
}

function countWaiting() {
  write(body.querySelector("[data-waiting]"), body.querySelectorAll('.card[data-review="machine"]').length);
}

const WORDS = { accepted: "accepted", rejected: "rejected", machine: "not yet looked at" };

function paint(entry, review) {
  const one = card(entry);
  if (!one) return;
  one.classList.remove(`review-${one.dataset.review}`);
  one.classList.add(`review-${review}`);
  one.dataset.review = review;
  one.querySelector(".card-review").textContent = WORDS[review] || review;
  one.setAttribute("aria-label", `${one.dataset.kind}, ${WORDS[review] || review}`);
  painted.add(entry);
  hide(one, wanted());
  countWaiting();
}

async function whole() {
  const response = await fetch(window.location.href, { headers: { "x-fragment": "main" } });
  const sent = new DOMParser().parseFromString(await response.text(), "text/html").querySelector(".report-body");
  return { seen: sent.dataset.seen, body: sent.innerHTML };
}

async function show(data, sent = []) {
  if ((data.body || data.changed) && data.report === report) {
    // What differs from something else than what is shown here is of no use: then all of it is asked for.
    const fits = !data.changed || (data.before === seen && data.changed.order.every((one) => data.changed.cards[one] || card(one)));
    const now = fits ? data : await whole();
    const margin = body.querySelector(".margin").scrollTop;
    unmark();
    hideEdges(); // they lie in the text, but are none of it
    if (now.changed) change(body, now.changed);
    else renew(body, now.body);
    seen = now.seen;
    for (const entry of sent) painted.delete(entry);
    filter();
    body.querySelector(".margin").scrollTop = margin;
    if (data.current && card(data.current)) choose(data.current, "text");
    else if (current && card(current)) choose(current, "text");
    else current = "";
  }
  note(data.said);
}

async function send(address, fields) {
  try {
    const mine = [...painted];
    await show(await decide(address, { ...fields, seen, painted: mine.join(" ") }), mine);
    return true;
  } catch (error) {
    note(error.message);
    return false;
  }
}

async function judge(verdict) {
  if (!current) return;
  const entry = current;
  const before = card(entry).dataset.review;
  card(entry).classList.add("unsent");
  const after = verdict === "accept" && before === "corrected" ? "corrected" : `${verdict}ed`;
  paint(entry, after);
  step(1);
  try {
    const done = await decide(`${root}/entries/${entry}/${verdict}`);
    if (card(entry) && card(entry).dataset.review !== after) paint(entry, after); // another step has drawn it anew
    note(done.said);
  } catch (error) {
    paint(entry, before);
    note(error.message);
  }
  card(entry)?.classList.remove("unsent");
}

async function edit() {
  if (!current) return;
  const more = card(current).querySelector(".card-more");
  more.querySelector("form")?.remove();
  const response = await fetch(`${root}/entries/${current}/form`, { headers: { "x-fragment": "main" } });
  if (!response.ok) {
    note("This entry cannot be changed; was it rejected?");
    return;
  }
  more.insertAdjacentHTML("beforeend", await response.text());
  const form = more.querySelector("form");
  const start = form.querySelector('[name="holder"], [name="speaker"], [name="participants"]') || form.querySelector("input, select");
  start.focus();
  start.select?.();
}

function changed(form) {
  const fields = {};
  for (const field of form.querySelectorAll("input[name], select[name]")) {
    if (!field.closest("fieldset[disabled]") && field.value !== (field.dataset.was ?? "")) fields[field.name] = field.value;
  }
  return fields;
}

function openNew() {
  newForm.hidden = false;
  if (selected) {
    for (const name of ["evidence", "issue", "content", "requirement"]) {
      for (const field of newForm.querySelectorAll(`[name="${name}"]`)) field.value = `${selected.start}-${selected.end}`;
    }
  }
  showKind();
  newForm.querySelector("fieldset:not([disabled]) [name=holder], fieldset:not([disabled]) input")?.focus();
}

function showKind() {
  const kind = newForm.querySelector("[name=kind_of_entry]").value;
  for (const set of newForm.querySelectorAll("fieldset")) {
    set.hidden = set.disabled = set.dataset.kind !== kind;
  }
}

function closeForms() {
  newForm.hidden = true;
  for (const form of body.querySelectorAll(".card form")) form.remove();
  card(current)?.focus({ preventScroll: true });
}

const codePoints = (text) => [...text].length;
const startOf = (segment) => Number(segment.dataset.start);

// The selected piece of text in code points, without white space at its edges; null if none of it is in the text.
function selection() {
  const chosen = window.getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  const inside = [...segments].filter((segment) => range.intersectsNode(segment));
  if (!inside.length) return null;
  const [first, last] = [inside[0], inside[inside.length - 1]];
  const whole = (segment) => segment.textContent;
  const head = first.contains(range.startContainer) && range.startContainer.nodeType === Node.TEXT_NODE ? range.startOffset : 0;
  const tail = last.contains(range.endContainer) && range.endContainer.nodeType === Node.TEXT_NODE ? range.endOffset : whole(last).length;
  const before = whole(first).slice(0, head);
  const lead = whole(first).slice(head).match(/^\s*/u)[0];
  const upTo = whole(last).slice(0, tail).replace(/\s+$/u, "");
  const start = startOf(first) + codePoints(before + lead);
  const end = startOf(last) + codePoints(upTo);
  return start < end ? { start, end, words: chosen.toString().trim() } : null;
}

document.addEventListener("selectionchange", () => {
  const found = isDragging() ? null : selection();
  if (found) selected = found;
});

function entriesAt(segment) {
  const length = (entry) => marked(entry).reduce((sum, one) => sum + one.segment.textContent.length, 0);
  const order = new Map();
  for (const mark of segment.dataset.marks.split(" ")) {
    const [entry, part] = mark.split(":");
    const one = card(entry);
    if (!one || one.hidden) continue;
    const rank = part === "evidence" && one.dataset.kind !== "meeting" ? 1 : 0;
    order.set(entry, Math.min(rank, order.get(entry) ?? 1));
  }
  return [...order.keys()].sort((a, b) => order.get(a) - order.get(b) || length(a) - length(b));
}

body.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  const one = event.target.closest(".card");
  if (button) {
    choose(one.dataset.entry);
    act({ accept: "a", reject: "r", edit: "e", reopen: "o" }[button.dataset.do]);
    return;
  }
  if (event.target.closest("[data-cancel]")) return closeForms();
  if (event.target.closest("form")) return;
  if (one) return choose(one.dataset.entry);
  const segment = event.target.closest(".seg.marked");
  if (segment && window.getSelection().isCollapsed) {
    const entries = entriesAt(segment);
    if (entries.length) choose(entries[(entries.indexOf(current) + 1) % entries.length], "text");
  }
});

page.addEventListener("click", (event) => {
  const take = event.target.closest("[data-take]");
  if (take) {
    selected = selection() || selected;
    if (!selected) return note("select words in the text first");
    const field = document.getElementById(take.dataset.take);
    field.value = `${selected.start}-${selected.end}`;
    const quote = field.closest(".form-line").querySelector(".form-quote");
    if (quote) quote.textContent = selected.words;
  }
  if (newForm.contains(event.target) && event.target.closest("[data-cancel]")) closeForms();
});

page.addEventListener("change", (event) => {
  if (event.target.closest("[data-show]")) filter();
  if (event.target.name === "kind_of_entry") showKind();
});

page.addEventListener("submit", async (event) => {
  const form = event.target.closest(".entry-form");
  if (!form) return;
  event.preventDefault();
  const fields = changed(form);
  if (form === newForm) {
    const kind = newForm.querySelector("[name=kind_of_entry]").value;
    for (const field of newForm.querySelectorAll("fieldset:not([disabled]) select")) fields[field.name] = field.value;
    if (await send(`${page.dataset.address}/add`, { ...fields, kind_of_entry: kind })) {
      newForm.reset();
      closeForms();
    }
    return;
  }
  if (!Object.keys(fields).length) return closeForms();
  await send(`${root}/entries/${form.dataset.entry}/correct`, { ...fields, report });
});

function act(key) {
  const shift = { "[": ["start", "-1"], "]": ["start", "1"], "{": ["end", "-1"], "}": ["end", "1"] }[key];
  if (shift) {
    if (current) send(`${root}/entries/${current}/shift`, { edge: shift[0], words: shift[1] });
    return true;
  }
  switch (key) {
    case "j": case "ArrowDown": step(1); return true;
    case "k": case "ArrowUp": step(-1); return true;
    case "a": case "o":
      if (root) note("nothing is accepted in blind coding: all entries are yours");
      else if (key === "a") judge("accept");
      else if (current) send(`/entries/${current}/reopen`, { report });
      return true;
    case "r": judge("reject"); return true;
    case "e": edit(); return true;
    case "w":
      selected = selection() || selected; // the browser tells of a new selection a moment later
      if (!selected) note("select words in the text first");
      else if (current) send(`${root}/entries/${current}/take-words`, { span: `${selected.start}-${selected.end}` });
      return true;
    case "n": openNew(); return true;
    case "u": send(`${root}/undo`, { report }); return true;
    case "U": send(`${root}/redo`, { report }); return true;
    case "N": if (page.dataset.after) window.location.assign(page.dataset.after); return true;
    case "P": if (page.dataset.before) window.location.assign(page.dataset.before); return true;
    default: return false;
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeForms();
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog[open]")) return;
  if (event.key.startsWith("Arrow") && !event.target.closest(".card")) return; // arrows scroll, but among cards
  if (act(event.key)) event.preventDefault();
});

filter();
if (window.location.hash) choose(decodeURIComponent(window.location.hash.slice(1)));
