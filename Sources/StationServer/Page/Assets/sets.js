// Sets: the titles of which every pupil of a class gets one each, such as a year's textbooks.

import { listen } from "./live.js";
import { operationName } from "./outbox.js";
import { signIn, startShell, wantsSignIn } from "./shell.js";
import { ask, post, Unanswered } from "./station.js";
import { spoken, word } from "./words.js";

/** Characters that a set's identifier may have. */
const LONGEST_ID = 20;

const find = (selector) => document.querySelector(selector);
let sets = [];
/** The set that is edited: its identifier, nothing for a new one, and its titles in order. */
let edited = null;

function say(kind, text) {
  find("#message").dataset.kind = kind;
  find("#message").textContent = text;
}

/** Asks, and says what went wrong; nothing where it did. */
async function answerTo(request) {
  try {
    const answer = await request;
    if (answer.ok) return answer.body;
    if (wantsSignIn(answer)) signIn();
    else say("failed", spoken(answer.body.advice));
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    say("failed", word("silent"));
  }
  return null;
}

function button(text, about, press) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button";
  element.textContent = text;
  element.setAttribute("aria-label", `${text}: ${about}`);
  element.addEventListener("click", () => press(element));
  return element;
}

function line(title, about, buttons) {
  const element = document.createElement("li");
  element.className = "item";
  const text = document.createElement("div");
  text.className = "item-text";
  for (const [style, words] of [["item-title", title], ["item-about", about]]) {
    const part = document.createElement("p");
    part.className = style;
    part.textContent = words;
    text.append(part);
  }
  const actions = document.createElement("div");
  actions.className = "item-actions";
  actions.append(...buttons);
  element.append(text, actions);
  return element;
}

// MARK: the sets

function showSets(answer) {
  sets = answer.sets;
  find("#no-sets").hidden = sets.length > 0;
  find("#sets").replaceChildren(...sets.map((set) => line(
    set.name, set.titles.map(({ title }) => title).join(" · "), [
      button(word("edit"), set.name, () => edit(set)),
      button(word("remove"), set.name, (element) => remove(set, element)),
    ])));
}

/** Takes a set away at the second press. */
async function remove(set, element) {
  if (element.textContent !== word("remove-sure")) {
    element.textContent = word("remove-sure");
    element.setAttribute("aria-label", `${word("remove-sure")}: ${set.name}`);
    return;
  }
  const answer = await answerTo(
    post("sets/removals", { operation: operationName(), id: set.id }));
  if (!answer) return;
  if (edited?.id === set.id) edit(null);
  showSets(answer);
  say("ok", word("removed", { name: set.name }));
}

// MARK: one set

function edit(set) {
  edited = set && { id: set.id, titles: [...set.titles] };
  find("#editor").hidden = !edited;
  say("info", "");
  if (!edited) return;
  find("#set-name").value = set.name;
  find("#search-form").reset();
  find("#found").replaceChildren();
  find("#found-count").textContent = "";
  showTitles();
  find("#set-name").focus();
}

function showTitles() {
  const { titles } = edited;
  find("#no-titles").hidden = titles.length > 0;
  find("#titles").replaceChildren(...titles.map((title, index) => line(
    `${index + 1}. ${title.title}`, title.author ?? "", [
      ...index > 0 ? [button(word("up"), title.title, () => moveUp(index))] : [],
      button(word("drop"), title.title, () => {
        titles.splice(index, 1);
        showTitles();
      }),
    ])));
}

function moveUp(index) {
  const { titles } = edited;
  [titles[index - 1], titles[index]] = [titles[index], titles[index - 1]];
  showTitles();
  find("#titles").children[index - 1].querySelector("button").focus();
}

async function search(words) {
  const answer = await answerTo(post("search", { words }));
  if (!answer || !edited) return;
  find("#found-count").textContent = answer.titles.length > 0
    ? word("titles-found", { count: answer.titles.length }) : word("titles-none");
  find("#found").replaceChildren(...answer.titles.map((title) => line(
    title.title, [title.author, title.grade ? word("grade", { grade: title.grade }) : ""]
      .filter(Boolean).join(" · "),
    [button(word("add"), title.title, () => add(title))])));
}

function add(title) {
  if (!edited.titles.some(({ record }) => record === title.record)) edited.titles.push(title);
  showTitles();
}

/** A short name for programs, made from the set's own and taken by no other set. */
function identifier(name) {
  const folded = name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d")
    .replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "") || "bo";
  const taken = new Set(sets.map(({ id }) => id));
  for (let number = 1; ; number += 1) {
    const suffix = number > 1 ? `-${number}` : "";
    const id = folded.slice(0, LONGEST_ID - suffix.length) + suffix;
    if (!taken.has(id)) return id;
  }
}

async function save() {
  const name = find("#set-name").value.trim();
  const answer = await answerTo(post("sets", {
    operation: operationName(), id: edited.id ?? identifier(name), name,
    records: edited.titles.map(({ record }) => record),
  }));
  if (!answer) return find("#message").scrollIntoView({ block: "nearest" });
  edit(null);
  showSets(answer);
  say("ok", word("saved", { name }));
}

async function start() {
  startShell();
  listen();
  find("#begin").addEventListener("click", () => edit({ id: null, name: "", titles: [] }));
  find("#give-up").addEventListener("click", () => edit(null));
  find("#set-form").addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  find("#search-form").addEventListener("submit", (event) => {
    event.preventDefault();
    search(find("#search").value);
  });
  const answer = await answerTo(ask("GET", "sets"));
  if (answer) showSets(answer);
}

start();
