// Transfer boxes: what is scanned goes into the open box, or was taken out of the one that came.

import { scanAnywhere } from "./keyboard.js";
import { listen } from "./live.js";
import { Outbox, operationName } from "./outbox.js";
import { button, chosenStage, line, link, offerRota, offerStages, showAmendment } from "./rota.js";
import { signIn, startShell, wantsSignIn } from "./shell.js";
import { ask, post, Unanswered } from "./station.js";
import * as view from "./view.js";
import { Worker } from "./worker.js";
import { spoken, word } from "./words.js";

const DEVICE = "box-page";
const KEY = "lienthong.box";
/** How the codes of a slip begin, and the labels of boxes. */
const SLIP = "LTM1";
const BOX = /^B\./i;
const COMING = new Set(["dispatched", "received-in-part", "found"]);

const find = (selector) => document.querySelector(selector);
const outbox = new Outbox("boxes");
const worker = new Worker(outbox, { attend, onCount: view.showOutbox });
/** The box in hand. */
let box = null;
/** The codes of a slip that were read and are not complete yet. */
let codes = [];
/** What this page has asked for: its answer shows it, so that the live event need not. */
const own = new Set();

const isComing = () => Boolean(box?.inbound && COMING.has(box.state));

/** Takes a code: typed, or read by a device that is named with it. */
function scan(text, device = DEVICE) {
  const trimmed = text.trim();
  if (!trimmed) return;
  // A slip's code ends in a dot, so that nothing of it is lost here.
  if (trimmed.startsWith(SLIP)) return readSlip(trimmed);
  if (BOX.test(trimmed)) return takeUp(trimmed);
  if (box?.state === "open") return worker.add({ act: "packings", text: trimmed, box: box.box, device });
  if (isComing()) {
    const condition = find("#condition").value;
    find("#condition").value = "good";
    return worker.add({ act: "items", text: trimmed, box: box.box, condition, device });
  }
  view.showResult("refused", word(box ? "not-open" : "choose-first"));
}

function send(path, body) {
  const operation = operationName();
  own.add(operation);
  return post(path, { operation, device: DEVICE, ...body });
}

const report = (number) => ask("GET", `boxes/report?box=${encodeURIComponent(number)}`);

// MARK: items, one scan after the other

async function attend(entry) {
  own.add(entry.operation);
  try {
    const answer = await post(`boxes/${entry.act}`, {
      operation: entry.operation, device: entry.device ?? DEVICE, box: entry.box, item: entry.text,
      condition: entry.condition, despiteWarnings: entry.despite,
    });
    if (answer.ok) showAct(answer.body);
    else return showFailure(answer, entry);
    return true;
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    view.showResult("waiting", word("waiting"), entry.text, word("waiting-more"));
    return false;
  }
}

function showAct(answer) {
  const kind = answer.repeated ? "info" : "ok";
  view.showResult(kind, spoken(answer.words), answer.item?.title ?? "", answer.item?.item ?? "");
  if (answer.box.box === box?.box) update(answer.box);
}

function showFailure(answer, entry) {
  if (wantsSignIn(answer)) {
    signIn();
    return false;
  }
  if (answer.status >= 500) {
    view.showResult("failed", spoken(answer.body.advice), "", word("waiting-more"));
    view.offerDiscard();
    return false;
  }
  view.showResult("refused", spoken(answer.body.advice), entry.text);
  const again = { act: entry.act, box: entry.box, condition: entry.condition };
  if (answer.body.warnings) {
    offer([[word("pack-anyway"), () => worker.add({ ...again, text: entry.text, despite: true })]]);
  } else if (answer.body.choices) {
    offer(answer.body.choices.map((item) => [
      `${item.library} · ${item.title}`, () => worker.add({ ...again, text: item.label }),
    ]));
  }
  return true;
}

const offer = (choices) => find("#result-more").replaceChildren(
  ...choices.map(([text, press]) => button(text, press)));

// MARK: the slip and the box in hand

async function readSlip(text, acceptsOthers = false) {
  if (text && !codes.includes(text)) codes.push(text);
  const body = { texts: codes, box: isComing() ? box.box : undefined, acceptsOthers };
  const answer = await view.answer(send("boxes/slips", body), (refused) => {
    if (refused.body.error !== "box-addressed-elsewhere") {
      codes = [];
      return false;
    }
    view.showResult("refused", spoken(refused.body.advice));
    offer([[word("take-anyway"), () => readSlip(null, true)]]);
    return true;
  });
  if (!answer) return;
  if (!answer.act) {
    // A code that was misread is scanned again; the others are kept.
    if (answer.damaged.length > 0 || answer.others.length > 0) codes.pop();
    view.showResult("info", spoken(answer.words), answer.codes
      ? word("codes-read", { read: answer.codes - answer.missing.length, codes: answer.codes }) : "");
    return;
  }
  codes = [];
  await choose(answer.act.box.box);
  view.showResult("ok", spoken(answer.words), answer.act.box.label);
}

/** A box's label was scanned: one that is known is taken up, one of another library has come. */
async function takeUp(number) {
  const known = await view.answer(report(number), (refused) => refused.body.error === "no-such-box");
  const coming = known && !known.box.inbound && known.box.state === "dispatched";
  if (known && !coming) return choose(known.box.box);
  const owner = number.split(".")[1]?.toUpperCase();
  if (!known && owner === document.body.dataset.library) {
    find("#number").value = number;
    find("#destination").focus();
    return view.showResult("info", word("new-box"), number);
  }
  const offered = [[word("arrived"), () => arrive(number)]];
  if (coming) offered.push([word("show"), () => choose(known.box.box)]);
  view.showResult("info", word("has-it-come"), number);
  offer(offered);
}

async function arrive(number) {
  const answer = await view.answer(send("boxes/arrivals", { box: number }));
  if (!answer) return;
  await choose(answer.box.box);
  showAct(answer);
}

async function choose(number) {
  const answer = await view.answer(report(number));
  if (!answer) return;
  box = answer.box;
  keep();
  show(answer);
  find("#scan").focus({ preventScroll: true });
}

function leave() {
  box = null;
  codes = [];
  keep();
  find("#choose-box").hidden = false;
  find("#box").hidden = true;
  find("#condition-row").hidden = true;
  find("#counts").replaceChildren();
  view.showResult("idle", word("idle"));
  offerBoxes();
}

// MARK: what is shown of it

function figure(name, count) {
  const element = document.createElement("div");
  const term = document.createElement("dt");
  term.textContent = word(`count-${name}`);
  const value = document.createElement("dd");
  value.textContent = count;
  element.append(term, value);
  return element;
}

/** Blind: while books are counted, nothing tells how many were expected. */
function showCounts() {
  const name = isComing() ? "counted" : "items";
  find("#counts").replaceChildren(figure(name, isComing() ? box.counted : box.items));
}

function show(answer) {
  find("#choose-box").hidden = true;
  find("#box").hidden = false;
  find("#condition-row").hidden = !isComing();
  find("#box-name").textContent = box.box;
  find("#box-about").textContent = [
    spoken(box.words), word("way", { from: box.from, to: box.to }),
    ...(box.stage ? [word("of-stage", { stage: box.stage })] : []),
  ].join(" · ");
  showAmendment(answer.amendment);
  showCounts();
  showSlipLinks();
  showActions();
  find("#send-on").hidden = box.state !== "refused" && !(isComing() && box.counted === 0);
  find("#lines").replaceChildren(...(box.inbound ? [] : answer.items.map(packedLine)));
  view.showResult("idle", word(
    box.state === "open" ? "idle-pack" : isComing() ? box.slip ? "idle-receive" : "idle-slip" : "idle-box"));
}

function packedLine(item) {
  const element = line(`${item.item} · ${item.title}`);
  if (box.state === "open") {
    const press = button(word("unpack"), () => act("unpackings", { item: item.label }));
    press.setAttribute("aria-label", `${word("unpack")}: ${item.item}`);
    element.append(press);
  }
  return element;
}

function showSlipLinks() {
  const isOurs = !box.inbound && box.slip;
  const name = encodeURIComponent(box.box);
  const slips = isOurs ? ["a4", "a5", "receipt"] : [];
  const minutes = isOurs || box.state === "received" ? ["pdf", "csv"] : [];
  find("#slip-links").hidden = slips.length + minutes.length === 0;
  find("#slip-links").replaceChildren(
    ...slips.map((paper) => link(`slip-${paper}`, `boxes/slip?box=${name}&paper=${paper}`)),
    ...minutes.map((format) => link(
      `minutes-${format}`, `minutes?kind=handover&box=${name}&format=${format}`)));
}

/** What can be done with a box, by its state: words that are paths of the API too. */
function actions() {
  if (isComing()) return ["check", ...(box.counted === 0 ? ["refusals"] : []), "losses"];
  switch (box.state) {
    case "open": return ["seals"];
    case "sealed": return ["dispatches", "reopenings", "losses"];
    case "refused": return ["returns", "reopenings", "losses"];
    case "received": return ["check"];
    case "lost": return ["finds"];
    default: return ["losses"];
  }
}

function showActions() {
  find("#actions").replaceChildren(...actions().map((name, index) => button(
    word(`act-${name}`), () => name === "check" ? check() : act(name),
    index === 0 ? "primary" : "button")));
}

/** Does something with the box itself, and shows it anew. */
async function act(name, more = {}) {
  const answer = await view.answer(send(`boxes/${name}`, { box: box.box, ...more }));
  if (!answer) return;
  await choose(answer.box.box);
  view.showResult("ok", spoken(answer.words), answer.item?.title ?? "");
}

/** Holds what was counted against the slip, and offers to confirm it. */
async function check() {
  const answer = await view.answer(report(box.box));
  if (!answer) return;
  box = answer.box;
  find("#counts").replaceChildren(
    ...Object.entries(answer.counts).sort().map(([name, count]) => figure(name, count)));
  const unusual = answer.difference.filter((one) => one.heading !== "agreed");
  find("#lines").replaceChildren(...unusual.map((one) => line(
    [one.item, spoken(one.words), one.otherBox].filter(Boolean).join(" · "))));
  view.showResult("info", word(unusual.length === 0 ? "all-agreed" : "differences", {
    count: unusual.length,
  }));
  if (box.state !== "received") {
    find("#actions").prepend(button(word("act-receipts"), () => act("receipts"), "warning"));
  }
}

/** The box has changed here or on another device. */
function update(changed) {
  const isSameState = changed.state === box.state;
  box = changed;
  if (isComing() && isSameState) {
    find("#send-on").hidden = true;
    showActions();
    return showCounts();
  }
  const { words, title, more } = {
    words: find("#result-words").textContent, title: find("#result-title").textContent,
    more: find("#result-more").textContent,
  };
  const kind = find("#result").dataset.kind;
  choose(box.box).then(() => view.showResult(kind, words, title, more));
}

async function offerBoxes() {
  const answer = await view.answer(ask("GET", "boxes"));
  if (!answer) return [];
  find("#coming-boxes").hidden = answer.coming.length === 0;
  find("#coming").replaceChildren(...answer.coming.map((one) => {
    const element = document.createElement("li");
    const about = document.createElement("span");
    about.textContent = word(one.slip ? "coming-slip" : "coming-from", { from: one.from });
    const press = button(one.box, () => takeUp(one.label), "copy");
    press.append(about);
    element.append(press);
    return element;
  }));
  find("#boxes").replaceChildren(...answer.boxes.map((one) => {
    const element = document.createElement("li");
    const about = document.createElement("span");
    about.textContent = word("way", { from: one.from, to: one.to });
    const press = button(spoken(one.words), () => choose(one.box), "copy");
    press.append(about);
    element.append(press);
    return element;
  }));
  offerRota(choose);
  return answer.boxes;
}

// MARK: start

function keep() {
  try {
    if (box) localStorage.setItem(KEY, box.box);
    else localStorage.removeItem(KEY);
  } catch { /* without storage the list is there to choose from */ }
}

function kept() {
  try { return localStorage.getItem(KEY); } catch { return null; }
}

async function start() {
  startShell();
  scanAnywhere(find("#scan"), scan);
  find("#open-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const to = find("#destination").value.toUpperCase();
    const body = { box: find("#number").value, to, stage: chosenStage() };
    const opened = await view.answer(send("boxes", body));
    if (!opened) return;
    // The next box has another number, and may have another way.
    find("#open-form").reset();
    offerStages();
    choose(opened.box.box);
  });
  find("#destination").addEventListener("input", () => offerStages());
  find("#send-on").addEventListener("submit", (event) => {
    event.preventDefault();
    act("dispatches", { to: find("#next").value.toUpperCase() });
  });
  find("#leave").addEventListener("click", leave);
  find("#discard").addEventListener("click", () => worker.discard());
  listen({
    onState: () => worker.wake(), onScan: ({ text, device }) => scan(text, device),
    onBox: (act) => {
      if (!own.delete(act.operation) && act.box.box === box?.box) update(act.box);
    },
  });
  const boxes = await offerBoxes();
  if (boxes.some((one) => one.box === kept())) await choose(kept());
  worker.work();
}

start();
