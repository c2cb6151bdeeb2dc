// What the page shows. Texts go in as text, never as markup.

import { signIn, wantsSignIn } from "./shell.js";
import { play } from "./sounds.js";
import { Unanswered } from "./station.js";
import { dayText, spoken, timeText, word } from "./words.js";

const find = (selector) => document.querySelector(selector);

const panels = ["welcome", "patron", "items", "find", "search", "onsite"];

/** Shows one panel at the side and hides the others. */
export function showPanel(name) {
  for (const panel of panels) find(`#panel-${panel}`).hidden = panel !== name;
}

/** The large message: `kind` is idle, ok, info, refused, failed or waiting. */
export function showResult(kind, words, title = "", more = "") {
  const result = find("#result");
  result.dataset.kind = kind;
  find("#result-icon").setAttribute("href", `#i-${kind}`);
  find("#result-words").textContent = words;
  find("#result-title").textContent = title;
  find("#result-more").textContent = more;
  find("#discard").hidden = true;
  offerUndo(false);
  // The same animation for the same message a second time, so that a repeat is seen.
  result.classList.remove("fresh");
  void result.offsetWidth;
  result.classList.add("fresh");
  play(kind);
}

/** Offers to take back what was just recorded, on a page that has a button for it. */
export function offerUndo(isPossible = true) {
  const button = find("#result #undo");
  if (button) button.hidden = !isPossible;
}

/** Names the device that read the last scan; nothing where it was typed. */
export function showSource(device) {
  find("#scan-source").textContent = device ? word("read-by", { device }) : "";
}

/** Offers to give up what the station can't record. */
export function offerDiscard() {
  find("#discard").hidden = false;
}

function button(action, style, press) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = style;
  element.textContent = word(action);
  element.addEventListener("click", press);
  return element;
}

/** A line for an item; `actions` are pairs of a word's name and what it does. */
function itemLine(item, state, actions) {
  const line = find("#item-template").content.cloneNode(true).firstElementChild;
  line.querySelector(".item-title").textContent = item.title;
  const about = [item.item, item.author].filter(Boolean).join(" · ");
  line.querySelector(".item-about").textContent = about;
  const stateText = line.querySelector(".item-state");
  stateText.textContent = state;
  line.classList.toggle("is-overdue", item.overdue === true);
  line.querySelector(".item-actions").append(
    ...actions.map(([action, press]) => {
      const element = button(action, action === "lost" ? "button quiet" : "button", press);
      element.setAttribute("aria-label", `${word(action)}: ${item.title}`);
      return element;
    }));
  return line;
}

function loanState(item) {
  return word(item.overdue ? "overdue" : "due", { day: dayText(item.due) });
}

/** The patron whose card was scanned, with the loans, the soonest due first. */
export function showPatron(patron, { renew }) {
  find("#patron-name").textContent = patron.name;
  // Vietnamese names are told apart by their last word.
  find("#patron-initial").textContent = patron.name.trim().split(/\s+/).pop()?.[0] ?? "";
  const about = patron.schoolClass
    ? word("class", { name: patron.schoolClass }) : word(`kind-${patron.kind}`);
  const loans = word("loans", { count: patron.loans.length });
  find("#patron-about").textContent = `${about} · ${loans}`;
  find("#loans").replaceChildren(
    ...patron.loans.map((item) => itemLine(item, loanState(item), [["renew", () => renew(item)]])));
  find("#no-loans").hidden = patron.loans.length > 0;
  showPanel("patron");
}

export function showCountdown(seconds) {
  find("#countdown").value = seconds;
  find("#countdown-text").textContent = word("countdown", { count: seconds });
}

/** What can be done with an item that nobody has scanned a card for. */
function itemActions(item, act) {
  const actions = [];
  if (item.due) actions.push(["take-back", () => act("checkins", item)]);
  if (item.place.startsWith("missing:")) {
    actions.push(["found", () => act("finds", item)]);
  } else if (!item.place.startsWith("box:") && !item.place.startsWith("withdrawn:")) {
    actions.push(["lost", () => act("losses", item)]);
  }
  return actions;
}

/** A copy's number and place, to be opened by a press. */
function copyButton(item, open) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "copy";
  element.classList.toggle("is-away", !item.place.startsWith("shelf:"));
  const place = document.createElement("span");
  place.textContent = spoken(item.words);
  element.append(item.item, place);
  element.addEventListener("click", () => open(item));
  return element;
}

function showItems(words, style) {
  find("#items-words").textContent = words;
  find("#items").className = style;
  find("#item-more").hidden = style !== "items";
  showPanel("items");
}

/** One item, with what can be done with it. */
export function showItem(item, { hint, act }) {
  find("#items-heading").textContent = word("item-heading");
  showItems(hint, "items");
  const condition = item.condition ? word(`condition-${item.condition}`) : "";
  const state = [spoken(item.words), condition].filter(Boolean).join(" · ");
  find("#items").replaceChildren(itemLine(item, state, itemActions(item, act)));
}

/** Items of several libraries that carry one number; the person picks one. */
export function showChoices(items, { choose }) {
  find("#items-heading").textContent = word("choose-heading");
  showItems("", "items choices");
  find("#items").replaceChildren(
    ...items.map((item) => {
      const state = `${word("library", { code: item.library })} · ${spoken(item.words)}`;
      return itemLine(item, state, [["choose", () => choose(item)]]);
    }));
  find("#items button").focus();
}

/** A title that was scanned by its ISBN, with its copies. */
export function showTitle(title, { words, open }) {
  find("#items-heading").textContent = title.title;
  showItems(words, "items copies");
  find("#items").replaceChildren(...title.copies.map((item) => copyButton(item, open)));
}

/** Somebody whom a search found, to be opened by a press as by the card. */
function patronButton(patron, choose) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "copy";
  const about = document.createElement("span");
  about.textContent = patron.schoolClass
    ? word("class", { name: patron.schoolClass }) : word(`kind-${patron.kind}`);
  element.append(patron.name, about);
  element.addEventListener("click", () => choose(patron));
  const line = document.createElement("li");
  line.append(element);
  return line;
}

/** What a search found: people, and titles with their copies and where they are. */
export function showFound(patrons, titles, { choose, open }) {
  const counts = [
    patrons.length > 0 ? word("people-found", { count: patrons.length }) : "",
    titles.length > 0 ? word("titles-found", { count: titles.length }) : "",
  ].filter(Boolean);
  find("#search-count").textContent = counts.join(" ") || word("nothing-found");
  find("#people").replaceChildren(...patrons.map((patron) => patronButton(patron, choose)));
  find("#titles").replaceChildren(
    ...titles.map((title) => {
      const line = itemLine({ ...title, item: title.author, author: null }, "", []);
      const copies = document.createElement("div");
      copies.className = "copies";
      copies.append(...title.copies.map((item) => copyButton(item, open)));
      line.append(copies);
      return line;
    }));
}

/** Asks for a reason, where a rule may be overridden. */
export function showOverride(action) {
  find("#override-submit").textContent = word(action);
  find("#reason").value = "";
  find("#override").hidden = false;
}

export function hideOverride() {
  find("#override").hidden = true;
}

/** How much the station has not answered yet. */
export function showOutbox(count) {
  find("#strip-outbox").hidden = count === 0;
  find("#strip-outbox .strip-text").textContent = word("outbox", { count });
}

const RECENT_LIMIT = 5;

/** The desk's own acts need no name; those of other pages have one in words. */
const PAGES = new Set(["self-service", "class-page", "stock-page", "box-page"]);

/** The other page, the scanner or the camera that an act came from, where it was one. */
function from({ device }) {
  if (!device || device === "page") return "";
  return `(${PAGES.has(device) ? word(`from-${device}`) : device})`;
}

/** An act of this or another page, newest first. */
export function showRecent(act) {
  const line = document.createElement("li");
  const time = document.createElement("time");
  time.textContent = timeText(act.time);
  const words = document.createElement("span");
  words.textContent = [spoken(act.words), act.title, from(act)].filter(Boolean).join(" ");
  line.append(time, words);
  const list = find("#recent");
  list.prepend(line);
  while (list.children.length > RECENT_LIMIT) list.lastElementChild.remove();
}

/** The figures of the day, and the classes to choose from. */
export function showFigures(state) {
  const onLoan = Object.entries(state.balances)
    .filter(([place]) => place.startsWith("patron:"))
    .reduce((sum, [, count]) => sum + count, 0);
  find("#figure-on-loan").textContent = onLoan;
  find("#figure-overdue").textContent = state.overdue;
  find("#figure-readings").textContent = state.readingsToday;
  find("#onsite-today").textContent = state.readingsToday;
  const classes = find("#onsite-class");
  const known = new Set(Array.from(classes.options, (option) => option.value));
  classes.append(
    ...state.classes.filter((name) => !known.has(name)).map((name) => new Option(name, name)));
}

/**
 * Waits for an answer that is not queued, and shows why there is none; gives its body, or nothing.
 *
 * A refusal that `isRefusal` knows is left to the caller.
 */
export async function answer(request, isRefusal = () => false) {
  try {
    const reply = await request;
    if (reply.ok) return reply.body;
    if (wantsSignIn(reply)) signIn();
    else if (!isRefusal(reply)) showResult("refused", spoken(reply.body.advice));
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    showResult("waiting", word("waiting"));
  }
  return null;
}
