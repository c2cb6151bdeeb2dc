// Signing in; afterwards the page that asked for it opens.

import { listen } from "./live.js";
import { startShell } from "./shell.js";
import { post, Unanswered } from "./station.js";
import { spoken, word } from "./words.js";

const find = (selector) => document.querySelector(selector);

/** The page to go on with: one of this station, never an address elsewhere. */
function nextPage() {
  const wanted = new URLSearchParams(location.search).get("tiep") ?? "";
  return /^\/[a-z-]*$/.test(wanted) ? wanted : "/quay";
}

function say(text, kind) {
  find("#signin-result").textContent = text;
  find("#signin-result").dataset.kind = kind;
}

async function signIn(event) {
  event.preventDefault();
  say(word("working"), "info");
  const password = find("#password").value;
  find("#password").value = "";
  try {
    const answer = await post("session", { name: find("#name").value.trim(), password });
    if (answer.ok) return location.assign(nextPage());
    say(spoken(answer.body.advice), "failed");
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    say(word("silent"), "failed");
  }
  find("#password").focus();
}

/** Tells somebody who has signed in why that did not open the page that was asked for. */
async function explain(session) {
  const { role, name } = await session;
  const wanted = new URLSearchParams(location.search).has("tiep");
  if (role !== "kiosk" && wanted) say(word("needs-administrator", { name }), "refused");
}

explain(startShell());
listen();
find("#signin-form").addEventListener("submit", signIn);
find("#name").focus();
