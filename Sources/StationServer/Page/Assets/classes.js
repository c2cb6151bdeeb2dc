// A whole class: one book after the other, pupil by pupil, and the pile back in any order.

import { scanAnywhere } from "./keyboard.js";
import { listen } from "./live.js";
import { Outbox } from "./outbox.js";
import { signIn, startShell, wantsSignIn } from "./shell.js";
import { ask, post, Unanswered } from "./station.js";
import * as view from "./view.js";
import { Worker } from "./worker.js";
import { spoken, word } from "./words.js";

const DEVICE = "class-page";
const KEY = "lienthong.class";

const find = (selector) => document.querySelector(selector);
const outbox = new Outbox("classes");
const worker = new Worker(outbox, { attend, onCount: view.showOutbox });

let mode = "lend";
/** The class and the set that are being served; the fields show what was asked for last. */
let chosen = { schoolClass: "", set: "" };
/** The pupils of the class that was chosen, in the order of its list. */
let pupils = [];
/** The card of the pupil whose turn it is. */
let turn = null;
/** Cards of pupils who have had their turn. */
let served = new Set();
/** Operations that can be taken back, the last one at the end, each with whose turn it was. */
let acts = [];

// MARK: what the person does

/** Takes a code: typed, or read by a device that is named with it. */
function scan(text, device = DEVICE) {
  const trimmed = text.trim();
  if (trimmed) worker.add({ text: trimmed, mode, device });
}

function setMode(name) {
  mode = name;
  document.body.dataset.mode = name;
  for (const button of document.querySelectorAll(".modes button")) {
    button.setAttribute("aria-pressed", String(button.dataset.mode === name));
  }
  view.showResult("idle", word(`idle-${name}`));
  showTurn();
  if (name === "read") refreshReadings();
}

/**
 * What a person does without a scan waits its turn too: books that were scanned before are for the
 * pupils whose turn it was then, however late the station answers.
 */
const step = (name, value = null) => worker.add({ step: name, value });

async function take(entry) {
  switch (entry.step) {
    case "class": await choose({ ...chosen, schoolClass: entry.value }); break;
    case "set": await choose({ ...chosen, set: entry.value }); break;
    case "turn": turn = entry.value; break;
    case "skip": served.add(turn); turn = nextTurn(); showPupils(); break;
    case "undo": {
      const last = acts.at(-1);
      if (!last) break;
      outbox.update(entry, { request: { path: "undos", body: { undone: last.operation } } });
      return await perform(entry);
    }
  }
  showTurn();
  return true;
}

// MARK: the class

/** Serves another class or set; nothing has changed where the station does not answer. */
async function choose(next) {
  const found = await roster(next);
  if (found) {
    chosen = next;
    pupils = found;
    served = new Set();
    turn = null;
    turn = nextTurn();
  }
  find("#class").value = chosen.schoolClass;
  find("#set").value = chosen.set;
  showPupils();
}

/** The pupils of a class; nothing where they may not be told. */
async function roster({ schoolClass, set }) {
  if (!schoolClass) return [];
  const answer = await post("rosters", { schoolClass, set: set || null });
  if (wantsSignIn(answer)) signIn();
  else if (!answer.ok) view.showResult("refused", spoken(answer.body.advice));
  return answer.ok ? answer.body.pupils : null;
}

async function refresh() {
  pupils = await roster(chosen) ?? pupils;
  showPupils();
}

const isDone = (pupil) => chosen.set ? pupil.missing.length === 0 : served.has(pupil.card);

/** The first pupil after the one whose turn it was who has had none yet. */
function nextTurn() {
  const start = pupils.findIndex((pupil) => pupil.card === turn) + 1;
  const order = [...pupils.slice(start), ...pupils.slice(0, start)];
  return order.find((pupil) => !isDone(pupil) && !served.has(pupil.card))?.card ?? null;
}

function showTurn() {
  const pupil = pupils.find((one) => one.card === turn);
  find("#next").hidden = mode === "read" || (!pupil && acts.length === 0);
  find("#next-label").hidden = mode !== "lend" || !pupil;
  find("#next-name").textContent = mode === "lend" ? pupil?.name ?? "" : "";
  find("#next-about").textContent = mode === "lend" && pupil?.missing.length
    ? word("still-needs", { titles: pupil.missing.join(", ") }) : "";
  find("#skip").hidden = mode !== "lend" || !pupil;
  find("#undo").disabled = acts.length === 0;
  for (const line of document.querySelectorAll("#pupils button")) {
    line.setAttribute("aria-pressed", String(line.dataset.card === turn && mode === "lend"));
  }
  find(`#pupils [aria-pressed="true"]`)?.scrollIntoView({ block: "nearest" });
  remember();
}

function pupilLine(pupil) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.dataset.card = pupil.card;
  button.classList.toggle("is-away", isDone(pupil));
  const about = document.createElement("span");
  about.textContent = [
    word("loans", { count: pupil.loans }),
    pupil.overdue > 0 ? word("overdue-count", { count: pupil.overdue }) : "",
  ].filter(Boolean).join(" · ");
  button.append(pupil.name, about);
  button.addEventListener("click", () => step("turn", pupil.card));
  const line = document.createElement("li");
  line.append(button);
  return line;
}

function showPupils() {
  find("#pupils").replaceChildren(...pupils.map(pupilLine));
  const out = pupils.reduce((sum, pupil) => sum + pupil.loans, 0);
  find("#class-count").textContent = pupils.length > 0
    ? word("class-count", { count: pupils.length, loans: out }) : "";
  showTurn();
}

// MARK: reading in the library

async function refreshReadings() {
  const answer = await ask("GET", "readings");
  if (!answer.ok) return;
  find("#readings").replaceChildren(...answer.body.readings.map((reading) => {
    const line = document.createElement("li");
    line.textContent = word("reading-line", {
      name: reading.schoolClass ?? "–", kind: spoken(reading.kindName), count: reading.count,
    });
    return line;
  }));
}

function showClassButtons(names) {
  find("#class-buttons").replaceChildren(...names.map((name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = word("class", { name });
    button.addEventListener("click", () => worker.add({
      request: {
        path: "on-site-readings", body: { kind: find("#kind").value, schoolClass: name, count: 1 },
      },
    }));
    return button;
  }));
}

// MARK: one piece of work after the other

async function attend(entry) {
  try {
    if (entry.step && !entry.request) return await take(entry);
    if (!entry.request) {
      const answer = await post("scan", { text: entry.text });
      if (!answer.ok) return showFailure(answer);
      if (!await meet(answer.body, entry)) return true;
    }
    return await perform(entry);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    view.showResult("waiting", word("waiting"), entry.text ?? "", word("waiting-more"));
    return false;
  }
}

/** Does what a scan asks for; false where that is nothing to be recorded. */
async function meet(found, entry) {
  if (found.kind === "patron") await open(found.patron);
  else if (found.kind === "command") await obey(found.command, entry);
  else if (found.kind === "choice") showChoices(found.choices, entry);
  else if (found.kind === "item") return requestFor(found.item, entry);
  else view.showResult("refused", spoken(found.words), entry.text);
  return false;
}

/** A pupil's card: the turn is theirs, whatever the order. */
async function open(patron) {
  if (patron.schoolClass && patron.schoolClass !== chosen.schoolClass) {
    await choose({ ...chosen, schoolClass: patron.schoolClass });
  }
  turn = patron.card;
  served.delete(patron.card);
  view.showResult("info", word("scan-book"), patron.name);
  showTurn();
}

function requestFor(item, entry) {
  const request = {
    lend: { path: "checkouts", body: { item: item.label, card: turn, set: chosen.set || null } },
    return: { path: "checkins", body: { item: item.label } },
    read: {
      path: "on-site-readings",
      body: { item: item.label, schoolClass: chosen.schoolClass || null, count: 1 },
    },
  }[entry.mode];
  if (entry.mode === "lend" && !turn) {
    view.showResult("refused", word("choose-pupil"), item.title);
    return false;
  }
  // A repeat after a restart does exactly the same, for the same pupil.
  outbox.update(entry, { request, turn });
  return true;
}

/** Two libraries have the number: the one of this library's shelf is named for a scan of its own. */
function showChoices(choices, entry) {
  view.showResult("refused", word("choose-heading"), choices.map((item) => item.label).join(" · "));
  const line = document.createElement("div");
  line.append(...choices.map((item) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${item.library} · ${item.title}`;
    button.addEventListener("click", () => worker.add({ text: item.label, mode: entry.mode }));
    return button;
  }));
  find("#result-more").replaceChildren(line);
}

async function obey(command, entry) {
  const modes = { LEND: "lend", RETURN: "return", ONSITE: "read" };
  if (modes[command]) {
    setMode(modes[command]);
    outbox.updateAfter(entry, { mode });
  } else if (command === "UNDO") {
    if (acts.length === 0) view.showResult("info", word("nothing-to-undo"));
    else step("undo");
  } else if (command === "DONE") {
    await choose({ schoolClass: "", set: chosen.set });
    view.showResult("idle", word("class-done"));
  }
}

async function perform(entry) {
  const { path, body } = entry.request;
  const answer = await post(path, {
    operation: entry.operation, device: entry.device ?? DEVICE, ...body,
  });
  if (!answer.ok) return showFailure(answer);
  view.showResult("ok", spoken(answer.body.words), answer.body.item?.title ?? "");
  if (path === "undos") await takenBack(body.undone);
  else if (acts.at(-1)?.operation !== entry.operation) {
    acts.push({ operation: entry.operation, turn: entry.turn ?? null });
  }
  if (path === "on-site-readings") await refreshReadings();
  else if (path === "checkouts") await lent(entry.turn);
  else await refresh();
  return true;
}

async function lent(card) {
  if (!chosen.set) served.add(card);
  await refresh();
  const pupil = pupils.find((one) => one.card === card);
  if (!pupil || isDone(pupil)) turn = nextTurn();
  showTurn();
}

async function takenBack(operation) {
  const act = acts.find((one) => one.operation === operation);
  acts = acts.filter((one) => one !== act);
  if (act?.turn) {
    served.delete(act.turn);
    turn = act.turn;
  }
  if (mode === "read") await refreshReadings();
}

function showFailure(answer) {
  if (wantsSignIn(answer)) {
    signIn();
    return false;
  }
  if (answer.status < 500) {
    view.showResult("refused", spoken(answer.body.advice));
    if (answer.body.error === "already-undone" || answer.body.error === "moved-since") acts.pop();
    showTurn();
    return true;
  }
  view.showResult("failed", spoken(answer.body.advice), "", word("waiting-more"));
  view.offerDiscard();
  return false;
}

// MARK: start

function remember() {
  try {
    const state = { mode, ...chosen, turn, served: [...served], acts };
    sessionStorage.setItem(KEY, JSON.stringify(state));
  } catch { /* without storage a reload begins anew */ }
}

function remembered() {
  try { return JSON.parse(sessionStorage.getItem(KEY)) ?? {}; } catch { return {}; }
}

function offerClasses(names) {
  const select = find("#class");
  const known = new Set(Array.from(select.options, (option) => option.value));
  const fresh = names.filter((name) => !known.has(name));
  if (fresh.length === 0) return;
  select.append(...fresh.map((name) => new Option(name, name)));
  showClassButtons(Array.from(select.options, (option) => option.value).filter(Boolean));
}

async function offerSets() {
  const answer = await ask("GET", "sets");
  if (wantsSignIn(answer)) return signIn();
  if (answer.ok) find("#set").append(...answer.body.sets.map((set) => new Option(set.name, set.id)));
}

async function start() {
  startShell();
  scanAnywhere(find("#scan"), scan);
  for (const button of document.querySelectorAll(".modes button")) {
    button.addEventListener("click", () => setMode(button.dataset.mode));
  }
  for (const name of ["class", "set"]) {
    find(`#${name}`).addEventListener("change", (event) => step(name, event.target.value));
  }
  for (const name of ["skip", "undo"]) {
    find(`#${name}`).addEventListener("click", () => step(name));
  }
  find("#discard").addEventListener("click", () => worker.discard());
  const kept = remembered();
  chosen = { schoolClass: kept.schoolClass ?? "", set: kept.set ?? "" };
  turn = kept.turn ?? null;
  served = new Set(kept.served);
  acts = kept.acts ?? [];
  setMode(kept.mode ?? "lend");
  listen({
    onState: (state) => { offerClasses(state.classes); worker.wake(); },
    onScan: ({ text, device }) => scan(text, device),
  });
  await restore();
  find("#scan").focus({ preventScroll: true });
  worker.work();
}

/** Goes on where a reload found the page. */
async function restore() {
  try {
    await offerSets();
    if (!chosen.schoolClass) return;
    const state = await ask("GET", "state");
    offerClasses(state.body.classes);
    find("#class").value = chosen.schoolClass;
    find("#set").value = chosen.set;
    await refresh();
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
  }
}

start();
