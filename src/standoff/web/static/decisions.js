// Decisions go in; each is kept in the browser until the desk has stored it, in order, and sent again if it was not.

const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;
const prefix = `desk-step:${meta("desk-case")}:`;
const LONGEST_WAIT = 15000; // milliseconds between tries
const waiting = new Map(); // key of a step → what this window does once it is stored
let pumping = false;
let pause = 0;
let timer = 0;

const windowId = (() => {
  let id = sessionStorage.getItem("desk-window");
  if (!id) {
    id = crypto.randomUUID();
    sessionStorage.setItem("desk-window", id);
  }
  return id;
})();

// A lock held as long as the window lives tells the others which kept steps still have an owner.
navigator.locks?.request(`desk-window:${windowId}`, () => new Promise(() => {}));

function mine() {
  const found = [];
  for (let i = 0; i < localStorage.length; i++) {
    const name = localStorage.key(i);
    if (name.startsWith(`${prefix}${windowId}:`)) found.push(name);
  }
  return found.sort();
}

async function adopt() {
  if (!navigator.locks) return;
  const alive = new Set((await navigator.locks.query()).held.map((lock) => lock.name));
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(prefix)).sort()) {
    const [owner, rest] = name.slice(prefix.length).split(/:(.*)/s);
    if (owner !== windowId && !alive.has(`desk-window:${owner}`)) {
      localStorage.setItem(`${prefix}${windowId}:${rest}`, localStorage.getItem(name));
      localStorage.removeItem(name);
    }
  }
}

export function decide(url, fields = {}) {
  const key = crypto.randomUUID();
  const place = `${prefix}${windowId}:${String(Date.now()).padStart(15, "0")}-${key}`;
  localStorage.setItem(place, JSON.stringify({ url, fields: { ...fields, key } }));
  const done = new Promise((resolve, reject) => waiting.set(place, { resolve, reject }));
  pause = 0;
  pump();
  return done;
}

async function pump() {
  if (pumping) return;
  pumping = true;
  clearTimeout(timer);
  try {
    for (let [place] = mine(); place; [place] = mine()) {
      const trouble = await send(place);
      if (trouble) {
        pause = Math.min(LONGEST_WAIT, pause ? pause * 2 : 1000);
        timer = setTimeout(pump, pause);
        tellTrouble(trouble);
        return;
      }
      pause = 0;
    }
    tellTrouble("");
  } finally {
    pumping = false;
  }
}

// Sends one step. Gives back why it is still not stored, or nothing once it is settled.
async function send(place) {
  const step = JSON.parse(localStorage.getItem(place));
  let response;
  let answer;
  try {
    response = await fetch(step.url, {
      method: "POST",
      headers: { "content-type": "application/json", "x-desk-csrf": meta("desk-csrf") },
      body: JSON.stringify(step.fields),
    });
    answer = await response.text();
  } catch {
    return "The desk does not answer.";
  }
  let data = {};
  try {
    data = JSON.parse(answer);
  } catch {
    data = { error: answer.trim() };
  }
  if (response.status === 403 || response.status >= 500) return data.error || "The desk does not answer.";
  localStorage.removeItem(place);
  const then = waiting.get(place);
  waiting.delete(place);
  if (response.ok) then ? then.resolve(data) : note(data.said);
  else then ? then.reject(new Error(data.error)) : note(data.error);
  return "";
}

function tellTrouble(words) {
  const banner = document.getElementById("banner");
  banner.hidden = !words;
  if (!words) {
    banner.replaceChildren();
    return;
  }
  const count = mine().length;
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Try now";
  again.addEventListener("click", () => pump());
  banner.replaceChildren(
    `${words} ${count} ${count === 1 ? "decision is" : "decisions are"} kept in this browser and will be sent again.`,
    again,
  );
}

let noteTimer = 0;

export function note(words) {
  if (!words) return;
  let line = document.getElementById("note");
  if (!line) {
    line = document.createElement("p");
    line.id = "note";
    line.className = "note";
    line.setAttribute("role", "status");
    document.body.append(line);
  }
  line.hidden = false;
  line.textContent = words;
  clearTimeout(noteTimer);
  noteTimer = setTimeout(() => { line.hidden = true; }, 4000);
}

window.addEventListener("online", () => pump());
adopt().then(pump);
