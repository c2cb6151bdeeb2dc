// What the group's rotas ask of this library, on the page of boxes: what to pack and for whom, for
// which stage a box is opened, what has gone and come, and what was amended meanwhile.

import { ask } from "./station.js";
import * as view from "./view.js";
import { spoken, word } from "./words.js";

const find = (selector) => document.querySelector(selector);
/** The stages that boxes may be opened for, each with where to. */
let stages = [];

export function button(text, press, style = "button") {
  const element = document.createElement("button");
  element.type = "button";
  element.className = style;
  element.textContent = text;
  element.addEventListener("click", press);
  return element;
}

export function line(text) {
  const element = document.createElement("li");
  element.className = "item";
  const about = document.createElement("span");
  about.className = "item-text";
  about.textContent = text;
  element.append(about);
  return element;
}

export function link(name, path) {
  const element = document.createElement("a");
  element.className = "button";
  element.target = "_blank";
  element.href = `/api/v1/${path}`;
  element.textContent = word(name);
  return element;
}

/** Shows what the rotas ask; `choose` takes up a box. */
export async function offerRota(choose) {
  const answer = await view.answer(ask("GET", "boxes/rota"));
  if (!answer) return;
  ({ stages } = answer);
  offerStages();
  find("#rota").hidden = answer.sending.length + answer.coming.length === 0;
  find("#rota-tasks").replaceChildren(
    ...answer.amendments.map((one) => amended(one, choose)),
    ...answer.sending.map(task), ...answer.coming.map(arrival));
  find("#stages").hidden = answer.handovers.length === 0;
  find("#stage-minutes").replaceChildren(...answer.handovers.map(handover));
}

/** Lets the librarian choose a stage, where a rota sends something to the library that is typed. */
export function offerStages(preferred) {
  const to = find("#destination").value.trim().toUpperCase();
  const fitting = stages.filter((one) => one.to === to);
  find("#stage-row").hidden = fitting.length === 0;
  const options = fitting.map((one) =>
    new Option(word("stage-option", { stage: one.stage, term: one.term }), one.stage));
  options.push(new Option(word("stage-none"), "none"));
  find("#stage").replaceChildren(...options);
  find("#stage").value = preferred ?? options[0].value;
}

/** The stage that a box is opened for; nothing where no rota sends anything there. */
export function chosenStage() {
  return find("#stage-row").hidden ? undefined : find("#stage").value;
}

/** Says what was amended since a box was opened, where something was. */
export function showAmendment(amendment) {
  const note = find("#box-amended");
  note.hidden = !amendment;
  note.textContent = amendment
    ? [spoken(amendment.words), amendment.reason].filter(Boolean).join(" – ") : "";
}

function amended(amendment, choose) {
  const element = document.createElement("li");
  const note = document.createElement("p");
  note.className = "message";
  note.dataset.kind = "refused";
  note.textContent = spoken(amendment.words);
  element.append(note, button(
    word("show-box", { box: amendment.box }), () => choose(amendment.box)));
  return element;
}

function task(one) {
  const element = document.createElement("li");
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = word("rota-send", {
    set: one.set, to: one.to, term: one.term, limit: one.limit ?? word("rota-all"),
    shelf: one.onShelf, packed: one.packed, sent: one.sent,
  });
  const loans = Object.entries(one.onLoan).sort().map(([name, count]) =>
    word("rota-loan", { name: name || word("rota-no-class"), count }));
  const list = document.createElement("ul");
  list.append(...one.items.map((item) => line(`${item.item} · ${item.title}`)));
  if (loans.length > 0) list.prepend(line(`${word("rota-loans")} ${loans.join(", ")}`));
  const press = button(word("rota-open", { to: one.to }), () => {
    find("#destination").value = one.to;
    offerStages(`${one.rota}/${one.stage}`);
    find("#number").focus();
  });
  details.append(summary, list, press);
  element.append(details);
  return element;
}

function arrival(one) {
  return line(word(one.comingBoxes > 0 ? "rota-coming-boxes" : "rota-coming", {
    set: one.set, from: one.from, term: one.term, limit: one.limit ?? word("rota-all"),
    came: one.came, boxes: one.comingBoxes,
  }));
}

/** What has gone or come for a stage, with its minutes as soon as there are any. */
function handover(one) {
  const element = line(word(one.inbound ? "stage-came" : "stage-sent", {
    stage: one.stage, from: one.from, to: one.to, boxes: one.boxes, items: one.items,
    done: one.done,
  }));
  if (one.inbound && one.done === 0) return element;
  const stage = encodeURIComponent(one.stage);
  const path = `minutes?kind=stage&stage=${stage}&from=${one.from}&to=${one.to}`;
  const links = document.createElement("span");
  links.className = "copies";
  links.append(...["pdf", "csv"].map((format) =>
    link(`minutes-${format}`, `${path}&format=${format}`)));
  element.append(links);
  return element;
}
