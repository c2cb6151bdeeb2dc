// Lists: class lists and registers from files, and the end of the school year.

import { listen } from "./live.js";
import { operationName } from "./outbox.js";
import { signIn, startShell, wantsSignIn } from "./shell.js";
import { ask, post, Unanswered } from "./station.js";
import { spoken, word } from "./words.js";

const IMPORT_MILLISECONDS = 120_000;
/** Letters that a cell of the preview shows. */
const LONGEST_CELL = 60;

const find = (selector) => document.querySelector(selector);
let file = null;
/** The same name for every try, so that an answer that is lost imports nothing twice. */
let operation = null;

function say(element, kind, text) {
  element.dataset.kind = kind;
  element.textContent = text;
}

/** Asks, and says what went wrong; nothing where it did. */
async function answerTo(request, message) {
  try {
    const answer = await request;
    if (answer.ok) return answer.body;
    if (wantsSignIn(answer)) signIn();
    else say(message, "failed", spoken(answer.body.advice));
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    say(message, "failed", word("silent"));
  }
  return null;
}

// MARK: import

function send(query) {
  return answerTo(
    ask("POST", `imports${query}`, file, { type: "text/csv", milliseconds: IMPORT_MILLISECONDS }),
    find("#message"));
}

async function preview() {
  [file] = find("#file").files;
  find("#report").hidden = true;
  find("#file-name").textContent = file?.name ?? "";
  if (!file) return;
  operation = operationName();
  say(find("#message"), "info", word("reading"));
  const report = await send("");
  if (report) show(report);
}

async function run(skip) {
  say(find("#message"), "info", word("importing"));
  const report = await send(`?operation=${operation}${skip ? "&skip=refused" : ""}`);
  if (report) show(report);
}

function show(report) {
  for (const name of ["rows", "new", "changed", "unchanged", "refused"]) {
    find(`#${name}`).textContent = report[name];
  }
  showPreview(report);
  showChanges(report);
  find("#problems").replaceChildren(...report.problems.map(problemLine));
  find("#problems-first").textContent = report.problems.length < report.refused
    ? word("problems-first", { shown: report.problems.length, count: report.refused }) : "";
  find("#problems-heading").hidden = report.problems.length === 0;
  const isClean = report.refused === 0;
  const isUseful = report.new + report.changed > 0;
  find("#import").hidden = report.imported || !isClean || !isUseful;
  find("#import-rest").hidden = report.imported || isClean || !isUseful;
  find("#report").hidden = false;
  if (report.imported) say(find("#message"), "ok", word("imported", { count: report.new + report.changed }));
  else if (isClean && report.renamed > 0) say(find("#message"), "refused", word("ready-renamed"));
  else if (isClean) say(find("#message"), "info", word(isUseful ? "ready" : "nothing-new"));
  else say(find("#message"), "refused", word("has-problems", { count: report.refused }));
}

function cells(texts, tag) {
  const row = document.createElement("tr");
  row.append(...texts.map((text) => {
    const cell = document.createElement(tag);
    const letters = Array.from(String(text));
    cell.textContent = letters.length > LONGEST_CELL
      ? `${letters.slice(0, LONGEST_CELL).join("")}…` : text;
    return cell;
  }));
  return row;
}

function showPreview(report) {
  const headings = report.columns.map(({ heading, column }) => (
    `${heading} (${word(`column-${column ?? "none"}`)})`.trim()));
  find("#preview thead").replaceChildren(cells([word("line"), ...headings], "th"));
  find("#preview tbody").replaceChildren(
    ...report.preview.map((row) => cells([row.line, ...row.fields], "td")));
}

/** A line of a list: which row it is about, and what there is to say, each with its element. */
function rowLine(line, column, ...parts) {
  const element = document.createElement("li");
  element.className = "item";
  const place = document.createElement("b");
  place.textContent = word("problem-place", { line, column });
  element.append(place, ...parts.map(([tag, text]) => {
    const part = document.createElement(tag);
    part.textContent = text;
    return part;
  }));
  return element;
}

const problemLine = ({ line, column, text, words }) => (
  rowLine(line, spoken(column), ["bdi", text], ["span", spoken(words)]));

/** What a row changes, the old and the new. */
function changeLine({ line, number, before, after }) {
  const about = (state) => [
    state.name, state.schoolClass, state.subjects,
    before?.kind !== after.kind && state.kind ? word(`kind-${state.kind}`) : "",
  ].filter(Boolean).join(" · ");
  return rowLine(
    line, number, ["bdi", before ? about(before) : word("no-title")], ["span", "→"],
    ["bdi", about(after)]);
}

/** Rows that change what is there; open where a known card gets another name. */
function showChanges({ changed, renamed, changes, imported }) {
  const isWarned = renamed > 0 && !imported;
  find("#renamed-words").textContent = isWarned ? word("renamed", { count: renamed }) : "";
  const heading = imported ? "changes-done" : "changes";
  find("#changes-heading").textContent = word(heading, { count: changed });
  find("#changes-first").textContent = changes.length < changed
    ? word("changes-first", { shown: changes.length, count: changed }) : "";
  find("#changes").replaceChildren(...changes.map(changeLine));
  find("#changes-area").open = renamed > 0;
  find("#changes-area").hidden = changed === 0;
}

// MARK: promotion

function showSteps(steps) {
  find("#steps").replaceChildren(...steps.map((step) => {
    const line = document.createElement("li");
    line.className = "item";
    line.textContent = word(step.to ? "step" : "step-leaves", {
      from: step.from, to: step.to, pupils: step.pupils, loans: step.withLoans,
    });
    return line;
  }));
}

async function previewPromotion() {
  const answer = await answerTo(ask("GET", "promotions"), find("#promote-message"));
  if (!answer) return;
  showSteps(answer.steps);
  const { role } = await session;
  const isPossible = answer.steps.length > 0;
  find("#promote").hidden = !isPossible || role !== "administrator";
  find("#promote-needs").hidden = !isPossible || role === "administrator";
}

async function promote() {
  const body = { operation: operationName() };
  const answer = await answerTo(post("promotions", body), find("#promote-message"));
  if (!answer) return;
  find("#promote").hidden = true;
  say(find("#promote-message"), "ok", word("promoted"));
}

const session = startShell();
listen();
find("#file").addEventListener("change", preview);
find("#import").addEventListener("click", () => run(false));
find("#import-rest").addEventListener("click", () => run(true));
find("#promote-preview").addEventListener("click", previewPromotion);
find("#promote").addEventListener("click", promote);
