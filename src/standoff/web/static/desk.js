// What every page can do: buttons and forms that decide, details beside the page, printing.

import { decide, note } from "/static/decisions.js";

const refresh = async (data) => {
  note(data.said);
  if (data.goto) window.location.assign(data.goto);
  else if (data.reload) await reloadMain();
  document.dispatchEvent(new CustomEvent("desk:decided", { detail: data }));
};

// The main part of this page anew, without losing the place.
export async function reloadMain(address = window.location.href) {
  const response = await fetch(address, { headers: { "x-fragment": "main" } });
  if (!response.ok) {
    note("The page could not be loaded anew.");
    return;
  }
  const focused = document.activeElement?.id;
  document.getElementById("main").innerHTML = await response.text();
  if (focused) document.getElementById(focused)?.focus();
  document.dispatchEvent(new CustomEvent("desk:loaded"));
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-post]");
  if (button) {
    event.preventDefault();
    const fields = button.dataset.fields ? JSON.parse(button.dataset.fields) : {};
    try {
      await refresh(await decide(button.dataset.post, fields));
    } catch (error) {
      note(error.message);
    }
    return;
  }
  if (event.target.closest("[data-print]")) window.print();
  const link = event.target.closest("a[data-aside]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    await openAside(link.getAttribute("href")); // of a link in a drawing `href` is no text
  }
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-decide]");
  if (!form) return;
  event.preventDefault();
  const fields = {};
  for (const [name, value] of new FormData(form, event.submitter)) {
    const between = "lines" in form.dataset ? "\n" : " "; // checked boxes of one name become a list
    fields[name] = fields[name] ? `${fields[name]}${between}${value}` : value;
  }
  try {
    await refresh(await decide(form.dataset.decide, fields));
  } catch (error) {
    note(error.message);
  }
});

async function openAside(address) {
  const dialog = document.getElementById("aside");
  const response = await fetch(address, { headers: { "x-fragment": "main" } });
  if (!response.ok) {
    window.location.assign(address);
    return;
  }
  dialog.querySelector(".aside-body").innerHTML = await response.text();
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
}

document.querySelector(".aside-close").addEventListener("click", () => document.getElementById("aside").close());

// A slider or choice with data-live shows its page anew as it moves.
let liveTimer = 0;
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form) return;
  clearTimeout(liveTimer);
  liveTimer = setTimeout(() => {
    const address = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
    window.history.replaceState(null, "", address);
    reloadMain(address);
  }, 120);
});

// A page that shows the state before the last decisions asks again until it is up to date.
function catchUp() {
  if (document.querySelector("#main [data-behind]")) setTimeout(() => reloadMain(), 800);
}
document.addEventListener("desk:loaded", catchUp);
catchUp();

// A row that is dragged onto another is merged into it; checked boxes do the same by keys.
let dragged = null;
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-thing]");
  if (dragged) event.dataTransfer.setData("text/plain", dragged.dataset.thing);
});
document.addEventListener("dragover", (event) => {
  const row = event.target.closest("[data-thing]");
  for (const old of document.querySelectorAll("tr.over")) old.classList.toggle("over", old === row);
  if (!dragged || !row || row === dragged) return;
  row.classList.add("over");
  event.preventDefault();
});
document.addEventListener("dragend", () => {
  dragged = null;
  for (const old of document.querySelectorAll("tr.over")) old.classList.remove("over");
});
document.addEventListener("drop", async (event) => {
  const row = event.target.closest("[data-thing]");
  if (!dragged || !row || row === dragged) return;
  event.preventDefault();
  try {
    await refresh(await decide(row.dataset.merge, { ids: `${row.dataset.thing} ${dragged.dataset.thing}`, into: row.dataset.thing }));
  } catch (error) {
    note(error.message);
  }
});
