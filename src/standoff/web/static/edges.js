// The edges of the current entry's words as handles that are dragged; where one is let go is where the words end.
// Places are code points of the report, as everywhere.

const WORD = /[\p{L}\p{N}_]+(?:['’-][\p{L}\p{N}_]+)*/gu;

let handles = [];
let dragging = null; // {edge, place, stand}

export const isDragging = () => dragging !== null;

// Handles at both ends of some segments of a text. stands: the main words as the desk has them, {start, end};
// moved(edge, place) is called once a handle is let go at another place.
export function showEdges(article, stands, moved) {
  hideEdges();
  if (!stands) return;
  for (const edge of ["start", "end"]) {
    const handle = document.createElement("span");
    handle.className = `edge edge-${edge}`;
    handle.setAttribute("aria-hidden", "true"); // the keys [ ] { } do the same
    handle.title = edge === "start" ? "drag the beginning of the words" : "drag the end of the words";
    article.append(handle);
    handles.push(handle);
    handle.addEventListener("pointerdown", (event) => begin(event, { article, edge, stands, handle, moved }));
  }
  place(article, stands);
}

export function hideEdges() {
  for (const handle of handles) handle.remove();
  handles = [];
}

function begin(event, drag) {
  event.preventDefault();
  dragging = { ...drag, place: drag.stands[drag.edge] };
  drag.handle.setPointerCapture(event.pointerId);
  drag.handle.classList.add("held");
  const move = (one) => drawTo(one);
  const end = (one) => {
    drag.handle.removeEventListener("pointermove", move);
    drag.handle.removeEventListener("pointerup", end);
    drag.handle.removeEventListener("pointercancel", end);
    document.removeEventListener("keydown", escape, true);
    drag.handle.classList.remove("held");
    const { place: where } = dragging ?? { place: null };
    dragging = null;
    window.getSelection().removeAllRanges();
    if (one.type === "pointerup" && where !== null && where !== drag.stands[drag.edge]) drag.moved(drag.edge, where);
    else place(drag.article, drag.stands);
  };
  const escape = (one) => {
    if (one.key !== "Escape") return;
    one.stopPropagation();
    end(one);
  };
  drag.handle.addEventListener("pointermove", move);
  drag.handle.addEventListener("pointerup", end);
  drag.handle.addEventListener("pointercancel", end);
  document.addEventListener("keydown", escape, true);
}

// The handle goes to the nearest edge of a word (with Alt: of a letter); the words are shown as selected meanwhile.
function drawTo(event) {
  const { article, edge, stands } = dragging;
  const found = caret(article, event.clientX, event.clientY);
  if (!found) return;
  const where = event.altKey ? found.place : nearest(found.paragraph, found.place, edge);
  if (edge === "start" ? where >= stands.end : where <= stands.start) return;
  dragging.place = where;
  const now = { ...stands, [edge]: where };
  const [first, last] = [point(article, now.start), point(article, now.end)];
  if (first && last) window.getSelection().setBaseAndExtent(first.node, first.offset, last.node, last.offset);
  place(article, now);
}

// The place in the report under a point of the screen.
function caret(article, x, y) {
  for (const handle of handles) handle.style.pointerEvents = "none";
  let node;
  let offset;
  if (document.caretPositionFromPoint) {
    const at = document.caretPositionFromPoint(x, y);
    [node, offset] = [at?.offsetNode, at?.offset];
  } else {
    const at = document.caretRangeFromPoint(x, y);
    [node, offset] = [at?.startContainer, at?.startOffset];
  }
  for (const handle of handles) handle.style.pointerEvents = "";
  const segment = node?.nodeType === Node.TEXT_NODE ? node.parentElement.closest(".seg") : null;
  if (!segment || !article.contains(segment)) return null;
  const before = [...node.data.slice(0, offset)].length;
  return { place: Number(segment.dataset.start) + before, paragraph: segment.closest("p") };
}

function nearest(paragraph, where, edge) {
  const segments = [...paragraph.querySelectorAll(".seg")];
  const begin = Number(segments[0].dataset.start);
  const text = segments.map((one) => one.textContent).join("");
  let best = where;
  let far = Infinity;
  for (const match of text.matchAll(WORD)) {
    const units = edge === "start" ? match.index : match.index + match[0].length;
    const at = begin + [...text.slice(0, units)].length;
    if (Math.abs(at - where) < far) [best, far] = [at, Math.abs(at - where)];
  }
  return best;
}

// The text node and offset of a place; the end of a piece rather than the beginning of the next.
function point(article, where) {
  const segments = article.getElementsByClassName("seg");
  let [low, high] = [0, segments.length]; // the first piece that begins at the place or after it
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(segments[middle].dataset.start) < where) low = middle + 1;
    else high = middle;
  }
  for (const segment of [segments[low - 1], segments[low]]) {
    if (!segment) continue;
    const begin = Number(segment.dataset.start);
    const letters = [...segment.textContent];
    if (where < begin || where > begin + letters.length) continue;
    const node = document.createTreeWalker(segment, NodeFilter.SHOW_TEXT).nextNode();
    if (node) return { node, offset: letters.slice(0, where - begin).join("").length };
  }
  return null;
}

function place(article, stands) {
  const frame = article.getBoundingClientRect();
  for (const [number, edge] of ["start", "end"].entries()) {
    const at = point(article, stands[edge]);
    const handle = handles[number];
    if (!at || !handle) continue;
    const range = document.createRange();
    const length = at.node.data.length;
    const inside = edge === "start" ? Math.min(at.offset, Math.max(0, length - 1)) : Math.max(at.offset - 1, 0);
    range.setStart(at.node, inside);
    range.setEnd(at.node, Math.min(inside + 1, length));
    const boxes = range.getClientRects();
    if (!boxes.length) continue;
    const box = edge === "start" ? boxes[0] : boxes[boxes.length - 1];
    const atStart = edge === "start" && at.offset === inside || edge === "end" && at.offset === 0;
    handle.style.left = `${(atStart ? box.left : box.right) - frame.left}px`;
    handle.style.top = `${box.top - frame.top}px`;
    handle.style.height = `${box.height}px`;
  }
}
