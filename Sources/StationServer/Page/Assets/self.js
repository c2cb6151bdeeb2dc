// Self-service for pupils: a card, the books, done; returns without a card. It shows the first
// name, the class and the last book, and sends to the librarian whoever it can't help.

import { scanAnywhere } from "./keyboard.js";
import { listen } from "./live.js";
import { Outbox } from "./outbox.js";
import { cardsFirst, onPhoto } from "./photo.js";
import { Session } from "./session.js";
import { startShell } from "./shell.js";
import { play } from "./sounds.js";
import { post, postPicture, Unanswered } from "./station.js";
import { Worker } from "./worker.js";
import { dayText, spoken, weekdayText, word } from "./words.js";

const DEVICE = "self-service";
const SESSION_SECONDS = 40;
/** How long a book without a card is remembered: the next child must not get it. */
const BOOK_SECONDS = 15;

const find = (selector) => document.querySelector(selector);
const outbox = new Outbox("self");
const worker = new Worker(outbox, { attend, onCount: showOutbox });
const session = new Session({
  page: "self", seconds: SESSION_SECONDS, onTick: tick, onEnd: () => endSession("timed-out", "idle"),
});
/**
 * The book that was scanned last without a card, for a while: one that waits for the next card, or
 * one that was given back and may be scanned twice.
 */
let lastBook = null;

// MARK: what the page shows

const icons = { idle: "card", ok: "ok", info: "info", refused: "person", failed: "failed" };

function show(kind, words, title = "", more = "", icon = icons[kind] ?? kind) {
  const result = find("#result");
  result.dataset.kind = kind;
  find("#result-icon").setAttribute("href", `#i-${icon}`);
  find("#result-words").textContent = words;
  find("#result-title").textContent = title;
  find("#result-more").textContent = more;
  find("#answers").replaceChildren();
  result.classList.remove("fresh");
  void result.offsetWidth;
  result.classList.add("fresh");
  play(kind);
}

function showHome() {
  show("idle", word("home"), "", word("home-more"));
}

/** Large buttons under the message: pairs of a text and what it does. */
function offer(answers) {
  find("#answers").replaceChildren(...answers.map(([text, press]) => {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "button answer";
    element.textContent = text;
    element.addEventListener("click", () => { session.touch(); press(); });
    return element;
  }));
}

function showReader() {
  const patron = session.patron;
  find("#main").dataset.state = patron ? "reader" : "home";
  find("#reader").hidden = !patron;
  find("#ways").hidden = Boolean(patron);
  if (!patron) return;
  find("#reader-name").textContent = patron.name;
  find("#reader-initial").textContent = Array.from(patron.name)[0] ?? "";
  find("#reader-class").textContent = patron.schoolClass
    ? word("class", { name: patron.schoolClass }) : word(`kind-${patron.kind}`);
}

function showOutbox(count) {
  find("#strip-outbox").hidden = count === 0;
  find("#strip-outbox .strip-text").textContent = word("outbox", { count });
}

function tick(seconds) {
  // The pupil's time does not run out while the station owes an answer.
  if (outbox.count > 0 && seconds < SESSION_SECONDS) return session.touch();
  find("#countdown").value = seconds;
  find("#countdown-text").textContent = word("countdown", { count: seconds });
}

/** Remembers a book, or that there is none. */
function remember(book) {
  clearTimeout(lastBook?.timer);
  lastBook = book && { ...book, timer: setTimeout(forget, BOOK_SECONDS * 1_000) };
}

function forget() {
  const { isWaiting } = lastBook;
  remember(null);
  if (isWaiting && !session.patron) showHome();
}

function endSession(reason, kind) {
  session.close();
  remember(null);
  showReader();
  show(kind, word(reason), "", word("home-more"), kind === "ok" ? "wave" : "card");
}

// MARK: what the pupil does

/** Takes a code: typed, or read by a device that is named with it. */
function scan(text, device = DEVICE) {
  const trimmed = text.trim();
  if (!trimmed) return;
  session.touch();
  worker.add({ text: trimmed, card: session.card, device });
}

function request(path, body) {
  worker.add({ request: { path, body } });
}

async function readPhoto(file) {
  session.touch();
  show("waiting", word("reading-photo"));
  try {
    const answer = await postPicture(file);
    const found = answer.ok ? cardsFirst(answer.body) : [];
    const labels = found.map((one) => one.patron?.card ?? one.item?.label).filter(Boolean);
    if (labels.length === 0) show("info", word("not-understood"));
    labels.forEach((label) => scan(label));
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    show("waiting", word("waiting"));
  }
}

// MARK: from a scan to an act

async function attend(entry) {
  try {
    if (!entry.request) {
      const answer = await post("scan", { text: entry.text });
      if (!answer.ok) return isSettled(answer, entry);
      const next = meet(answer.body, entry);
      if (!next) return true;
      outbox.update(entry, { request: next });
    }
    const { path, body } = entry.request;
    const answer = await post(path, {
      ...body, operation: entry.operation, device: entry.device ?? DEVICE,
    });
    if (!answer.ok) return isSettled(answer, entry);
    showAct(path, answer.body);
    return true;
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    show("waiting", word("waiting"), "", word("waiting-more"));
    return false;
  }
}

/** Shows what a scan was, and gives the request that it leads to, if any. */
function meet(found, entry) {
  switch (found.kind) {
    case "patron": return meetCard(found.patron, entry);
    case "item": return meetBook(found.item, entry);
    case "choice":
      show("info", word("which"), found.choices[0]?.title ?? "", "", "book");
      offer(found.choices.map((item) => [
        `${word("library", { code: item.library })} · ${item.title}`, () => scan(item.label),
      ]));
      return null;
    case "command": return obey(found.command);
    case "title": show("info", word("library-label"), found.title.title, "", "book"); return null;
    case "elsewhere":
    case "stranger": show("refused", word("ask"), found.choices?.[0]?.title ?? ""); return null;
    default: show("info", word("not-understood")); return null;
  }
}

function meetCard(patron, entry) {
  session.open(patron);
  outbox.updateAfter(entry, { card: patron.card });
  showReader();
  show("info", word("hello", { name: patron.name }), "", word("scan-books"), "book");
  const book = lastBook;
  remember(null);
  return book?.isWaiting
    ? { path: "checkouts", body: { item: book.label, card: patron.card } } : null;
}

/** Without a card a book that is out comes back; with one, a book is borrowed. */
function meetBook(item, entry) {
  if (entry.card) {
    return { path: "checkouts", body: { item: item.label, card: entry.card } };
  }
  if (item.place.startsWith("shelf:") && item.library === item.place.slice(6)) {
    if (lastBook?.label === item.label && !lastBook.isWaiting) {
      show("ok", word("returned"), item.title, word("put-away"));
      return null;
    }
    remember({ label: item.label, isWaiting: true });
    show("info", word("card-first"), item.title, word("home-more"), "card");
    return null;
  }
  return { path: "checkins", body: { item: item.label } };
}

function obey(command) {
  if (command === "DONE") endSession("bye", "ok");
  else if (command === "CANCEL") session.patron ? show("info", word("scan-books"), "", "", "book") : showHome();
  else show("info", word("home"), "", word("home-more"), "card");
  return null;
}

function showAct(path, answer) {
  const title = answer.item?.title ?? "";
  const due = answer.due
    ? word("bring-back", { weekday: weekdayText(answer.due), day: dayText(answer.due) }) : "";
  if (answer.patron) {
    session.open(answer.patron);
    showReader();
  }
  if (path === "checkouts") show("ok", word("lent"), title, due);
  else if (path === "renewals") show("ok", word("renewed"), title, due);
  else {
    remember({ label: answer.item?.label, isWaiting: false });
    show("ok", word("returned"), title, word("put-away"));
  }
}

/** An answer that is no success; false where the station has to be asked again. */
function isSettled(answer, entry) {
  if (answer.status >= 500) {
    show("waiting", word("trouble"), "", word("waiting-more"));
    offer([[word("discard"), () => { worker.discard(); showHome(); }]]);
    return false;
  }
  const { error, words, choices } = answer.body;
  const { path, body } = entry.request ?? {};
  if (error === "already-on-loan" && answer.body.overridable) {
    show("info", word("not-yours"), "", "", "book");
    offer([[word("give-back"), () => request("checkins", { item: body.item })]]);
  } else if (error === "already-on-loan") {
    show("info", word("mine"), "", "", "book");
    offer([
      [word("give-back"), () => request("checkins", { item: body.item })],
      [word("keep"), () => request("renewals", { item: body.item })],
    ]);
  } else if (choices) {
    show("info", word("which"), "", "", "book");
    offer(choices.map((item) => [
      word("library", { code: item.library }), () => request(path, { ...body, item: item.label }),
    ]));
  } else {
    show("refused", spoken(words?.child) || word(entry.request ? "ask" : "ask-card"));
  }
  return true;
}

// MARK: start

function start() {
  startShell();
  scanAnywhere(find("#scan"), (text) => scan(text));
  onPhoto(readPhoto);
  find("#finish").addEventListener("click", () => endSession("bye", "ok"));
  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => session.touch(), { passive: true });
  }
  listen({ onState: () => worker.wake(), onScan: ({ text, device }) => scan(text, device) });
  const card = session.remembered();
  if (outbox.count > 0) show("waiting", word("restored"));
  else if (card) scan(card);
  worker.work();
}

start();
