// Stock-taking: what stands on the shelves, scanned in any order and on several devices at once.

import { scanAnywhere } from "./keyboard.js";
import { listen } from "./live.js";
import { Outbox, operationName } from "./outbox.js";
import { signIn, startShell, wantsSignIn } from "./shell.js";
import { ask, post, Unanswered } from "./station.js";
import * as view from "./view.js";
import { Worker } from "./worker.js";
import { dayText, spoken, word } from "./words.js";

const DEVICE = "stock-page";
const KEY = "lienthong.stock";
const GOOD = new Set(["present"]);

const find = (selector) => document.querySelector(selector);
const outbox = new Outbox("stock");
const worker = new Worker(outbox, { attend, onCount: view.showOutbox });
/** The stock-taking that this device scans for. */
let session = null;

/** Takes a code: typed, or read by a device that is named with it. */
function scan(text, device = DEVICE) {
  const trimmed = text.trim();
  if (!trimmed) return;
  if (!session) return view.showResult("refused", word("choose-first"));
  worker.add({ text: trimmed, session: session.session, device });
}

const act = (path, body) => view.answer(
  post(path, { operation: operationName(), device: DEVICE, ...body }));

// MARK: one scan after the other

async function attend(entry) {
  try {
    const answer = await post("stock-takings/scans", {
      operation: entry.operation, device: entry.device ?? DEVICE, session: entry.session,
      text: entry.text,
    });
    if (answer.ok) showScan(answer.body);
    else return showFailure(answer, entry);
    return true;
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    view.showResult("waiting", word("waiting"), entry.text, word("waiting-more"));
    return false;
  }
}

function showScan(scanned) {
  const kind = GOOD.has(scanned.finding) ? "ok" : "refused";
  view.showResult(kind, spoken(scanned.words), scanned.item?.title ?? "", scanned.label);
  showCounts(scanned.counts);
}

function showFailure(answer, entry) {
  if (wantsSignIn(answer)) {
    signIn();
    return false;
  }
  if (answer.status < 500) {
    view.showResult("refused", spoken(answer.body.advice), entry.text);
    if (answer.body.choices) showChoices(answer.body.choices, entry);
    return true;
  }
  view.showResult("failed", spoken(answer.body.advice), "", word("waiting-more"));
  view.offerDiscard();
  return false;
}

function showChoices(items, entry) {
  find("#result-more").replaceChildren(...items.map((item) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${item.library} · ${item.title}`;
    button.addEventListener("click", () => worker.add({ text: item.label, session: entry.session }));
    return button;
  }));
}

function showCounts(counts) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const entries = [["scanned", total], ...Object.entries(counts).sort()];
  find("#counts").replaceChildren(...entries.map(([name, count]) => {
    const box = document.createElement("div");
    const term = document.createElement("dt");
    term.textContent = word(`count-${name}`);
    const value = document.createElement("dd");
    value.textContent = count;
    box.append(term, value);
    return box;
  }));
}

// MARK: the stock-taking

const nameOf = (one) => `${one.range || word("everything")} · ${dayText(one.opened)}`;

function show() {
  find("#choose-session").hidden = session !== null;
  find("#session").hidden = session === null;
  find("#report-area").hidden = true;
  if (!session) {
    find("#counts").replaceChildren();
    view.showResult("idle", word("idle"));
    return;
  }
  find("#session-name").textContent = nameOf(session);
  find("#pause").textContent = word(session.paused ? "go-on" : "pause");
  view.showResult(
    session.paused ? "info" : "idle", word(session.paused ? "paused" : "idle-scan"), nameOf(session));
}

async function join(one) {
  session = one;
  keep();
  show();
  const report = await view.answer(ask("GET", `stock-takings/report?session=${session.session}`));
  if (report) showCounts(report.counts);
  find("#scan").focus({ preventScroll: true });
}

function leave() {
  session = null;
  keep();
  show();
  offerSessions();
}

function minutesLinks(one) {
  return ["pdf", "csv"].map((format) => {
    const link = document.createElement("a");
    link.className = "button";
    link.target = "_blank";
    link.href = `/api/v1/minutes?kind=stock&session=${one.session}&format=${format}`;
    link.textContent = word(`minutes-${format}`);
    return link;
  });
}

async function offerSessions() {
  const answer = await view.answer(ask("GET", "stock-takings"));
  if (!answer) return [];
  find("#sessions").replaceChildren(...answer.sessions.map((one) => {
    const line = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.disabled = one.closed;
    const state = document.createElement("span");
    state.textContent = word(one.closed ? "closed" : one.paused ? "paused" : "running");
    button.append(nameOf(one), state);
    button.addEventListener("click", () => join(one));
    line.append(button, ...(one.closed ? minutesLinks(one) : []));
    return line;
  }));
  return answer.sessions;
}

// MARK: the report

/** A line of the report; with an action where the closing may settle it. */
function reportLine(label, text, item, action, isTicked) {
  const line = document.createElement("li");
  line.className = "item";
  const about = document.createElement(action ? "label" : "p");
  about.className = "item-text";
  about.textContent = [label, item?.title, text].filter(Boolean).join(" · ");
  if (action) {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.value = item.label;
    box.checked = isTicked;
    const words = document.createElement("span");
    words.textContent = word(action);
    const press = document.createElement("span");
    press.className = "check";
    press.append(box, words);
    about.append(press);
  }
  line.append(about);
  return line;
}

/** What was found, and in which box it is by the books. */
function foundText({ words, item }) {
  const isBoxed = item?.place.startsWith("box:");
  return isBoxed ? `${spoken(words)} ${spoken(item.words)}.` : spoken(words);
}

/** Shows the report; ticks of labels that were ticked before stay, where they still can. */
async function showReport(ticked = []) {
  const report = await view.answer(ask("GET", `stock-takings/report?session=${session.session}`));
  if (!report) return;
  showCounts(report.counts);
  find("#report-words").textContent = word("report-words", {
    expected: report.expected, missing: report.missing.length, unusual: report.unusual.length,
  });
  find("#lines").replaceChildren(
    ...report.missing.map((item) => reportLine(
      item.item, word("not-seen"), item, "record-missing", ticked.includes(item.label))),
    ...report.unusual.map((line) => reportLine(
      line.label, foundText(line), line.item, line.settling, ticked.includes(line.item?.label))));
  find("#report-area").hidden = false;
}

async function close(event) {
  event.preventDefault();
  const settle = Array.from(document.querySelectorAll("#lines input:checked"), (box) => box.value);
  const closed = await act("stock-takings/closings", { session: session.session, settle });
  if (!closed) {
    // What can't be settled any more has no tick to offer; the others stay ticked.
    await showReport(settle);
    return;
  }
  session = null;
  keep();
  show();
  view.showResult("ok", word("closed-words"), nameOf(closed));
  offerSessions();
}

// MARK: start

function keep() {
  try {
    if (session) localStorage.setItem(KEY, session.session);
    else localStorage.removeItem(KEY);
  } catch { /* without storage the list is there to choose from */ }
}

function kept() {
  try { return localStorage.getItem(KEY); } catch { return null; }
}

/** Another device has scanned for the same stock-taking, or its state has changed. */
function onStock(scanned) {
  if (session && scanned.session === session.session) showCounts(scanned.counts);
}

async function start() {
  startShell();
  scanAnywhere(find("#scan"), scan);
  find("#open-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const opened = await act("stock-takings", { range: find("#range").value });
    if (opened) join(opened);
  });
  find("#leave").addEventListener("click", leave);
  find("#report").addEventListener("click", () => showReport());
  find("#close-form").addEventListener("submit", close);
  find("#discard").addEventListener("click", () => worker.discard());
  find("#pause").addEventListener("click", async () => {
    const body = { session: session.session, paused: !session.paused };
    const changed = await act("stock-takings/pauses", body);
    if (changed) { session = changed; show(); }
  });
  listen({ onState: () => worker.wake(), onScan: ({ text, device }) => scan(text, device), onStock });
  show();
  const sessions = await offerSessions();
  const same = sessions.find((one) => one.session === kept() && !one.closed);
  if (same) await join(same);
  worker.work();
}

start();
