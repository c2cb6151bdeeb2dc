// One reader's data: shown, agreed to, exported, erased.

import { scanAnywhere } from "./keyboard.js";
import { listen } from "./live.js";
import { operationName } from "./outbox.js";
import { signIn, startShell, wantsSignIn } from "./shell.js";
import { post, Unanswered } from "./station.js";
import { dayText, spoken, word } from "./words.js";

const find = (selector) => document.querySelector(selector);
let data = null;
let isSure = false;

function say(kind, text) {
  find("#outcome").dataset.kind = kind;
  find("#outcome").textContent = text;
}

/** Asks the station; gives the answer's body, or nothing after saying why. */
async function send(path, body) {
  try {
    const answer = await post(path, body);
    if (wantsSignIn(answer)) return signIn();
    if (answer.ok) return answer.body;
    say("failed", spoken(answer.body.advice));
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    say("failed", word("silent"));
  }
  return null;
}

function line(texts, action) {
  const element = document.createElement("li");
  for (const text of texts.filter(Boolean)) {
    const part = document.createElement("span");
    part.textContent = text;
    element.append(part);
  }
  if (action) element.append(action);
  return element;
}

function consentLine(consent) {
  const texts = [consent.version, word(`giver-${consent.giver}`), dayText(consent.given)];
  if (consent.withdrawn) {
    return line([...texts, word("withdrawn", { day: dayText(consent.withdrawn) })]);
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = word("withdraw");
  button.setAttribute("aria-label", `${word("withdraw")}: ${consent.version}`);
  button.addEventListener("click", () => record({ ...consent, withdrawn: true }));
  return line(texts, button);
}

function show(found) {
  data = found;
  isSure = false;
  find("#reader").hidden = !data;
  find("#erase").textContent = word("erase");
  if (!data) return;
  find("#reader-name").textContent = data.name;
  find("#reader-about").textContent = [data.card, data.schoolClass, ...data.otherCards]
    .filter(Boolean).join(" · ");
  find("#consents").replaceChildren(...data.consents.map(consentLine));
  find("#no-consents").hidden = data.consents.length > 0;
  find("#acts").replaceChildren(...data.acts.map(
    (act) => line([dayText(act.time), act.item, act.title, act.reason])));
  find("#no-acts").hidden = data.acts.length > 0;
}

async function look(card) {
  say("info", "");
  const found = await send("patrons/export", { card });
  show(found);
}

async function record({ version, giver, withdrawn = false }) {
  const operation = operationName();
  const consent = { operation, card: data.card, version, giver, withdrawn };
  const found = await send("patrons/consents", consent);
  if (found) show(found);
}

/** Gives the record to the browser as a file. */
function exportFile() {
  const link = document.createElement("a");
  const file = new Blob([JSON.stringify(data, null, 2)], { type: "application/json" });
  link.href = URL.createObjectURL(file);
  link.download = "lienthong-ban-doc.json";
  link.click();
  URL.revokeObjectURL(link.href);
}

async function erase() {
  if (!isSure) {
    isSure = true;
    find("#erase").textContent = word("erase-sure");
    return;
  }
  const erased = await send("patrons/erase", { operation: operationName(), card: data.card });
  if (!erased) return;
  show(null);
  say("ok", spoken(erased.words));
}

startShell();
listen();
scanAnywhere(find("#scan"), look);
find("#scan-form").addEventListener("submit", (event) => {
  event.preventDefault();
  look(find("#scan").value);
  find("#scan").value = "";
});
find("#consent-form").addEventListener("submit", (event) => {
  event.preventDefault();
  record({ version: find("#version").value.trim(), giver: find("#giver").value });
});
find("#export").addEventListener("click", exportFile);
find("#erase").addEventListener("click", erase);
find("#unlink").addEventListener("click", async () => {
  const done = await send("patrons/unlink", { operation: operationName() });
  if (done) say("ok", spoken(done.words));
});
