// The librarian's desk: from a scan to an act, one after the other.

import { correct, offerFind, resetCard, wireCorrections } from "./corrections.js";
import { scanAnywhere, tookScan } from "./keyboard.js";
import { listen } from "./live.js";
import { Outbox } from "./outbox.js";
import { cardsFirst, onPhoto } from "./photo.js";
import { Session } from "./session.js";
import { signIn, startShell, wantsSignIn } from "./shell.js";
import { post, postPicture, Unanswered } from "./station.js";
import * as view from "./view.js";
import { Worker } from "./worker.js";
import { spoken, word } from "./words.js";

const DEVICE = "page";
/** Acts that have an opposite: those that can be taken back. */
const UNDOABLE = new Set([
  "checkouts", "checkins", "renewals", "losses", "finds", "on-site-readings",
]);
/** Acts about a book itself: it stays in sight afterwards. */
const ABOUT_ITEM = new Set(["notes", "labels", "discoveries"]);
const SESSION_SECONDS = 60;
const LAST_ACT = "lienthong.last-act";

const find = (selector) => document.querySelector(selector);
const outbox = new Outbox("desk");
const worker = new Worker(outbox, { attend, onCount: view.showOutbox });
const session = new Session({
  page: "desk", seconds: SESSION_SECONDS, onTick: tick, onEnd: () => endSession("timed-out"),
});
let mode = "lend";
let refusedRequest = null;
/** The operation of the last act that can be taken back; a reload does not forget it. */
let lastAct = keptAct();

// MARK: what the person does

/** Takes a code: typed, or read by a device that is named with it. */
function scan(text, device = DEVICE) {
  const trimmed = text.trim();
  if (!trimmed) return;
  session.touch();
  view.showSource(device === DEVICE ? "" : device);
  worker.add({ text: trimmed, mode, card: session.card, device });
}

function request(path, body) {
  session.touch();
  worker.add({ request: { path, body } });
}

function undo() {
  if (lastAct) request("undos", { undone: lastAct });
}

function keptAct() {
  try { return sessionStorage.getItem(LAST_ACT) || null; } catch { return null; }
}

function keepAct(operation) {
  lastAct = operation;
  try { sessionStorage.setItem(LAST_ACT, operation ?? ""); } catch { /* no storage to keep it in */ }
}

const act = (path, item) => request(path, { item: item.label });
const renew = (item) => request("renewals", { item: item.label });

function open(item, hint = "") {
  view.showItem(item, { hint, act });
  correct(item);
}

function setMode(next) {
  mode = next;
  document.body.dataset.mode = mode;
  for (const button of document.querySelectorAll(".modes button")) {
    button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
  }
  view.hideOverride();
  showHome();
}

function showHome() {
  view.showResult("idle", word(`idle-${mode}`));
  showSide();
}

/** The side's own panel for what is being done. */
function showSide() {
  if (mode === "search" || mode === "onsite") view.showPanel(mode);
  else if (session.patron) view.showPatron(session.patron, { renew });
  else view.showPanel("welcome");
}

function endSession(reason) {
  session.close();
  view.hideOverride();
  view.showResult("idle", word(reason), "", word(`idle-${mode}`));
  resetCard();
  showSide();
}

function tick(seconds) {
  // The patron's time does not run out while the station owes an answer.
  if (outbox.count > 0 && seconds < SESSION_SECONDS) session.touch();
  else view.showCountdown(seconds);
}

async function readPhoto(file) {
  session.touch();
  view.showResult("waiting", word("reading-photo"));
  let answer;
  try {
    answer = await postPicture(file);
  } catch {
    view.showResult("failed", word("photo-lost"));
    return;
  }
  if (!answer.ok) return showRefusal(answer, null);
  if (answer.body.codes.length === 0) view.showResult("info", spoken(answer.body.words));
  for (const recognition of cardsFirst(answer.body)) {
    const label = recognition.patron?.card ?? recognition.item?.label;
    if (label) scan(label);
    else showRecognition(recognition, { mode });
  }
}

async function search(words) {
  let answers;
  try {
    answers = await Promise.all([post("patrons/search", { words }), post("search", { words })]);
  } catch {
    view.showResult("waiting", word("waiting"));
    return;
  }
  const refused = answers.find((answer) => !answer.ok);
  if (refused) return showFailure(refused);
  const [{ body: { patrons } }, { body: { titles } }] = answers;
  view.showFound(patrons, titles, { choose: (patron) => scan(patron.card), open });
}

// MARK: one piece of work after the other

/** Does what an entry stands for; false where it has to be tried again. */
async function attend(entry) {
  try {
    if (!entry.request) {
      const answer = await post("scan", { text: entry.text });
      if (!answer.ok) return showFailure(answer);
      const next = showRecognition(answer.body, entry);
      if (!next) return true;
      outbox.update(entry, { request: next });
    }
    const { path, body } = entry.request;
    const answer = await post(path, {
      ...body, operation: entry.operation, device: entry.device ?? DEVICE,
    });
    if (!answer.ok) return showFailure(answer, entry.request);
    await showAct(answer.body, path);
    return true;
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    view.showResult("waiting", word("waiting"), entry.text ?? "", word("waiting-more"));
    return false;
  }
}

/** Shows what a scan was, and gives the request that it leads to, if any. */
function showRecognition(found, entry) {
  const words = spoken(found.words);
  switch (found.kind) {
    case "patron":
      session.open(found.patron);
      outbox.updateAfter(entry, { card: found.patron.card });
      if (entry.mode !== "lend" && entry.mode !== "return") setMode("lend");
      view.hideOverride();
      resetCard();
      view.showPatron(found.patron, { renew });
      view.showResult("info", words, found.patron.name);
      return null;
    case "item":
      return requestFor(found.item, entry, words);
    case "choice":
      view.showResult("info", words);
      view.showChoices(found.choices, { choose: (item) => { showSide(); scan(item.label); } });
      return null;
    case "title":
      view.showResult("info", words, found.title.title);
      view.showTitle(found.title, { words, open });
      return null;
    case "command":
      obey(found.command, entry);
      view.showResult(
        "info", found.command === "UNDO" && !lastAct ? word("nothing-to-undo") : words);
      return null;
    case "elsewhere":
    case "stranger":
      view.showResult("refused", words, found.choices?.[0].title ?? entry.text ?? "");
      if (found.unknownItem !== undefined) {
        offerFind(found.unknownItem);
        view.showPanel("find");
      }
      return null;
    default:
      view.showResult(found.kind === "box" ? "info" : "refused", words, entry.text ?? "");
      return null;
  }
}

/** What a scanned item leads to. */
function requestFor(item, entry, words) {
  if (entry.mode === "return") return { path: "checkins", body: { item: item.label } };
  if (entry.mode === "onsite") {
    const schoolClass = find("#onsite-class").value || null;
    return { path: "on-site-readings", body: { item: item.label, schoolClass, count: 1 } };
  }
  if (entry.mode === "lend" && entry.card) {
    return { path: "checkouts", body: { item: item.label, card: entry.card } };
  }
  view.showResult("info", words, item.title);
  open(item, entry.mode === "lend" ? word("needs-card") : "");
  return null;
}

/** Does what a printed command says. */
function obey(command, entry) {
  const modes = { LEND: "lend", RENEW: "lend", RETURN: "return", ONSITE: "onsite" };
  if (modes[command]) {
    setMode(modes[command]);
    outbox.updateAfter(entry, { mode });
  } else if (command === "DONE") {
    endSession("turn-over");
    outbox.updateAfter(entry, { card: null });
  } else if (command === "UNDO") {
    undo();
  } else if (command === "CANCEL") {
    refusedRequest = null;
    view.hideOverride();
    showSide();
  }
}

async function showAct(answer, path) {
  refusedRequest = null;
  view.hideOverride();
  view.showResult("ok", spoken(answer.words), answer.item?.title ?? "");
  keepAct(UNDOABLE.has(path) ? answer.operation : null);
  view.offerUndo(lastAct !== null);
  if (answer.patron) session.open(answer.patron);
  else if (session.card && path !== "on-site-readings") await refreshPatron();
  if (path === "cards") resetCard();
  if (ABOUT_ITEM.has(path) && answer.item) return open(answer.item);
  showSide();
  if (mode === "search" && find("#search").value.trim()) search(find("#search").value);
}

/** Asks for the patron anew, after an act whose answer names nobody. */
async function refreshPatron() {
  const answer = await post("scan", { text: session.card });
  if (answer.ok && answer.body.patron) session.open(answer.body.patron);
}

/** An answer that is no success: a refusal ends the matter, a station in trouble is asked again. */
function showFailure(answer, refused) {
  if (wantsSignIn(answer)) {
    // What was scanned stays in the outbox and is done after the sign-in.
    signIn();
    return false;
  }
  if (answer.status < 500) {
    showRefusal(answer, refused ?? null);
    return true;
  }
  view.showResult("failed", spoken(answer.body.advice), "", word("waiting-more"));
  view.offerDiscard();
  return false;
}

function showRefusal(answer, refused) {
  const { advice, choices, overridable } = answer.body;
  view.showResult("refused", spoken(advice));
  if (choices && refused) {
    const choose = (item) => request(refused.path, { ...refused.body, item: item.label });
    view.showChoices(choices, { choose });
  }
  refusedRequest = overridable ? refused : null;
  if (refusedRequest) {
    view.showOverride(refused.path === "renewals" ? "override-renew" : "override-lend");
  }
}

// MARK: start

function listenToPerson() {
  scanAnywhere(find("#scan"), (text) => scan(text));
  onPhoto(readPhoto);
  for (const button of document.querySelectorAll(".modes button")) {
    button.addEventListener("click", () => setMode(button.dataset.mode));
  }
  find("#patron-done").addEventListener("click", () => endSession("turn-over"));
  for (const panel of ["items", "find"]) {
    find(`#${panel}-close`).addEventListener("click", showHome);
  }
  find("#undo").addEventListener("click", undo);
  find("#discard").addEventListener("click", () => {
    worker.discard();
    showHome();
  });
  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => session.touch(), { passive: true });
  }
}

function listenToForms() {
  wireCorrections({ request, card: () => session.card });
  find("#override").addEventListener("submit", (event) => {
    event.preventDefault();
    const overrideReason = find("#reason").value.trim();
    if (!refusedRequest || !overrideReason) return;
    request(refusedRequest.path, { ...refusedRequest.body, overrideReason });
  });
  find("#search-form").addEventListener("submit", (event) => {
    event.preventDefault();
    search(find("#search").value);
  });
  const count = find("#onsite-count");
  const step = (by) => { count.value = Math.min(1_000, Math.max(1, (Number(count.value) || 1) + by)); };
  find("#onsite-less").addEventListener("click", () => step(-1));
  find("#onsite-more").addEventListener("click", () => step(1));
  find("#onsite-form").addEventListener("submit", (event) => {
    event.preventDefault();
    request("on-site-readings", {
      kind: find("#onsite-kind").value, schoolClass: find("#onsite-class").value || null,
      count: Number(count.value) || 1,
    });
    count.value = 1;
  });
}

function start() {
  listenToPerson();
  listenToForms();
  startShell();
  listen({
    onState: (state) => { view.showFigures(state); worker.wake(); },
    onAct: view.showRecent,
    onScan: ({ text, device }) => { if (!tookScan(text)) scan(text, device); },
  });
  setMode("lend");
  const isLeftOver = outbox.count > 0;
  const card = session.remembered();
  if (card && !isLeftOver) scan(card);
  if (isLeftOver) view.showResult("waiting", word("restored"));
  find("#scan").focus({ preventScroll: true });
  worker.work();
}

start();
