// What puts books and cards right: notes, a new label, a new card, a book in no register.

import { post, Unanswered } from "./station.js";
import { dayText, spoken, word } from "./words.js";

const find = (selector) => document.querySelector(selector);

/** The item that the panel is about, by its label. */
let label = null;

function noteLine(note) {
  const line = document.createElement("li");
  const day = document.createElement("time");
  day.textContent = dayText(note.time);
  const text = document.createElement("bdi");
  text.textContent = note.text;
  line.append(day, text);
  return line;
}

/** Shows what was written about the item, once somebody looks. */
async function showNotes() {
  if (!find("#item-more").open || !label) return;
  const asked = label;
  try {
    const answer = await post("notes/search", { item: asked });
    if (asked !== label) return;
    const lines = answer.ok ? answer.body.notes.map(noteLine) : [spoken(answer.body.advice)];
    find("#notes").replaceChildren(...lines);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    find("#notes").replaceChildren(word("waiting"));
  }
}

/** Makes the panel be about an item. */
export function correct(item) {
  label = item.label;
  find("#item-more").open = false;
  find("#notes").replaceChildren();
  for (const form of ["#note-form", "#label-form"]) find(form).reset();
}

/** Fills in what is known of a book that is in no register. */
export function offerFind(number) {
  find("#find-form").reset();
  find("#find-number").value = number;
}

/** The patron's panel, with nothing of the patron before. */
export function resetCard() {
  find("#card-more").open = false;
  find("#card-form").reset();
}

/** Leads the forms to `request`; `card` gives the card of the patron at the desk. */
export function wireCorrections({ request, card }) {
  const forms = {
    "#note-form": () => {
      const [condition, text] = [find("#condition").value, find("#note").value.trim()];
      request("notes", { item: label, condition: condition || null, text: text || null });
    },
    "#label-form": () => request("labels", { item: label, label: find("#new-label").value.trim() }),
    "#card-form": () => request("cards", { card: card(), newCard: find("#new-card").value.trim() }),
    "#find-form": () => request("discoveries", {
      item: find("#find-number").value.trim(),
      homeLibrary: find("#find-library").value.trim().toUpperCase() || null,
    }),
  };
  for (const [selector, send] of Object.entries(forms)) {
    find(selector).addEventListener("submit", (event) => {
      event.preventDefault();
      send();
    });
  }
  find("#item-more").addEventListener("toggle", showNotes);
}
