// The text and margin of a report as the desk sent them go in; what differs from what is shown is put in its place.
// A step changes a paragraph and a card or two: to lay out a long report as a whole each time would be felt.

export function renew(body, html) {
  const sent = document.createElement("template");
  sent.innerHTML = html;
  const [text, cards] = [".text", ".cards"].map((one) => sent.content.querySelector(one));
  paragraphs(body.querySelector(".text"), text);
  list(body.querySelector(".cards"), cards);
  const head = sent.content.querySelector(".margin-head");
  const shown = body.querySelector(".margin-head");
  if (!head.isEqualNode(shown)) shown.replaceWith(head);
}

// The words of a report never change, so its paragraphs stay as many as they were.
function paragraphs(shown, sent) {
  const fresh = [...sent.children];
  [...shown.children].forEach((old, place) => {
    if (!old.isEqualNode(fresh[place])) old.replaceWith(fresh[place]);
  });
}

function list(shown, sent) {
  const known = new Map([...shown.children].map((old) => [old.dataset.entry, old]));
  let next = shown.firstElementChild;
  for (const fresh of [...sent.children]) {
    const old = known.get(fresh.dataset.entry);
    known.delete(fresh.dataset.entry);
    if (old && same(old, fresh)) {
      if (old === next) next = next.nextElementSibling;
      else shown.insertBefore(old, next);
    } else {
      if (old && old === next) next = next.nextElementSibling;
      old?.remove();
      shown.insertBefore(fresh, next);
    }
  }
  for (const gone of known.values()) gone.remove();
}

// A card that a filter hides is still the same card.
function same(old, fresh) {
  fresh.hidden = old.hidden;
  return old.isEqualNode(fresh);
}
