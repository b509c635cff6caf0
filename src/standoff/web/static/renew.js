// The text and margin of a report as the desk sent them go in; what differs from what is shown is put in its place.
// A step changes a paragraph and a card or two: to lay out a long report as a whole each time would be felt.

// All of it, as HTML.
export function renew(body, html) {
  const sent = document.createElement("template");
  sent.innerHTML = html;
  const [text, cards] = [".text", ".cards"].map((one) => sent.content.querySelector(one));
  const shown = [...body.querySelector(".text").children];
  [...text.children].forEach((fresh, place) => {
    if (!shown[place].isEqualNode(fresh)) shown[place].replaceWith(fresh);
  });
  list(body.querySelector(".cards"), [...cards.children]);
  head(body, sent.content.querySelector(".margin-head"));
}

// Only what differs: paragraphs by their number, cards by their entry, the entries in order.
export function change(body, changed) {
  const text = body.querySelector(".text");
  for (const [place, html] of Object.entries(changed.paragraphs)) text.children[Number(place)].replaceWith(element(html));
  const shown = body.querySelector(".cards");
  const known = cardsOf(shown);
  list(shown, changed.order.map((entry) => (changed.cards[entry] ? element(changed.cards[entry]) : known.get(entry))));
  head(body, element(changed.head));
}

function element(html) {
  const sent = document.createElement("template");
  sent.innerHTML = html;
  return sent.content.firstElementChild;
}

const cardsOf = (shown) => new Map([...shown.children].map((old) => [old.dataset.entry, old]));

// The cards as they are to be, some of them those that are shown already.
function list(shown, cards) {
  const known = cardsOf(shown);
  let next = shown.firstElementChild;
  for (const fresh of cards) {
    const old = known.get(fresh.dataset.entry);
    known.delete(fresh.dataset.entry);
    if (old && (old === fresh || same(old, fresh))) {
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

function head(body, fresh) {
  const shown = body.querySelector(".margin-head");
  if (!fresh.isEqualNode(shown)) shown.replaceWith(fresh);
}
