// Files go to the desk one after the other, and again until it has them; how far they are is asked for while it works.

const main = document.getElementById("main");
const csrf = document.querySelector('meta[name="desk-csrf"]').content;
const LONGEST_WAIT = 15000; // milliseconds between tries
const ASK_AGAIN = 600; // milliseconds
const files = []; // files that the desk does not have yet: {file, published, line}
let sending = false;
let asking = 0;

const drop = () => main.querySelector(".drop");
const wait = (time) => new Promise((done) => { setTimeout(done, time); });

function tell(line, words, wrong = false) {
  line.textContent = words;
  line.classList.toggle("wrong", wrong);
}

function take(list) {
  const published = document.getElementById("day-of-files").value;
  for (const file of list) {
    const line = document.createElement("li");
    main.querySelector(".sending").append(line);
    if (file.size > Number(drop().dataset.most)) {
      tell(line, `${file.name}: ${file.size.toLocaleString("en")} bytes, the limit is ${Number(drop().dataset.most).toLocaleString("en")}`, true);
      continue;
    }
    tell(line, `${file.name}: to be sent`);
    files.push({ file, published, line });
  }
  send();
}

async function send() {
  if (sending) return;
  sending = true;
  let pause = 0;
  while (files.length) {
    const { file, published, line } = files[0];
    tell(line, `${file.name}: is being sent`);
    let answer;
    try {
      answer = await sent(file, published);
    } catch (error) {
      pause = Math.min(LONGEST_WAIT, pause ? pause * 2 : 1000);
      tell(line, `${file.name}: ${error.message} It is sent again; leave this page open.`, true);
      await wait(pause);
      continue;
    }
    pause = 0;
    files.shift();
    if (answer.error) tell(line, answer.error, true);
    else line.remove();
    await showProgress();
  }
  sending = false;
}

// What the desk says to a file; throws while it does not answer, or cannot take it now.
async function sent(file, published) {
  let response;
  let text;
  try {
    const address = `/add/file?${new URLSearchParams({ name: file.name, published })}`;
    response = await fetch(address, { method: "POST", headers: { "x-desk-csrf": csrf, "content-type": "application/octet-stream" }, body: file });
    text = await response.text();
  } catch {
    try {
      await file.slice(0, 1).arrayBuffer();
    } catch { // the file itself is gone or may not be read: to try again would not help
      return { error: `${file.name}: cannot be read any more` };
    }
    throw new Error("the desk does not answer.");
  }
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    answer = { error: `${file.name}: ${text.trim()}` };
  }
  if (response.status === 403 || response.status >= 500) throw new Error(answer.error || "the desk does not answer.");
  return answer;
}

async function showProgress() {
  clearTimeout(asking);
  try {
    const response = await fetch("/add/progress");
    const place = document.getElementById("progress");
    if (response.ok && place) {
      const html = await response.text();
      if (place.innerHTML.trim() !== html.trim()) place.innerHTML = html;
    }
  } catch { /* the next asking tells */ }
  follow();
}

function follow() {
  clearTimeout(asking);
  if (main.querySelector("#progress [data-busy]")) asking = setTimeout(showProgress, ASK_AGAIN);
}

main.addEventListener("change", (event) => {
  if (event.target.id !== "chosen") return;
  take(event.target.files);
  event.target.value = "";
});

main.addEventListener("dragover", (event) => {
  const over = event.target.closest(".drop");
  if (!over || !event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  over.classList.add("over");
});
main.addEventListener("dragleave", (event) => event.target.closest(".drop")?.classList.remove("over"));
main.addEventListener("drop", (event) => {
  const over = event.target.closest(".drop");
  if (!over || !event.dataTransfer.files.length) return;
  event.preventDefault();
  over.classList.remove("over");
  take(event.dataTransfer.files);
});

window.addEventListener("beforeunload", (event) => {
  if (files.length) event.preventDefault(); // the browser asks whether to leave: files are not kept in it
});
document.addEventListener("desk:decided", (event) => {
  if (event.detail.kept) main.querySelector(".paste").reset(); // what is not kept yet stays where it was typed
  showProgress();
});
follow();
