// The station's settings: one document, shown as fields, tried out and saved as a whole.

import { listen } from "./live.js";
import { operationName } from "./outbox.js";
import { signIn, startShell, wantsSignIn } from "./shell.js";
import { ask, Unanswered } from "./station.js";
import { fieldAt, isoDay, placeOf, said } from "./settings-words.js";
import { dayText, spoken, weekdayText, word } from "./words.js";

const find = (selector) => document.querySelector(selector);
const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const KINDS = Array.from(document.querySelectorAll("template[data-kind]"), (template) => ({
  kind: template.dataset.kind, name: template.content.textContent.trim(),
}));

/** What was changed and not saved is kept over another language, a sign-in and a reload. */
const DRAFT = "lienthong.settings";

/** The document as the station gave it; what has no field on the page stays as it is. */
let settings = null;

// MARK: from the document to the fields

function showRule(holder, name, rule, isUsual) {
  const line = find("#rule-template").content.cloneNode(true).firstElementChild;
  line.querySelector(".rule-name").textContent = name;
  line.setAttribute("aria-label", name);
  const period = line.querySelector(".rule-period");
  if (isUsual) period.options[0].remove();
  const [kind, value] = rule ? split(rule.period) : ["as-usual", null];
  period.value = kind;
  line.querySelector(".rule-days input").value = kind === "days" ? value : 7;
  line.querySelector(".rule-until input").value = kind === "until" ? value : "";
  line.querySelector(".rule-renewals input").value = rule?.renewals ?? 0;
  line.querySelector(".rule-limit input").value = rule?.itemLimit ?? "";
  line.querySelector(".rule-counts input").checked = rule?.countsTowardsLimit ?? true;
  const update = () => {
    line.querySelector(".rule-days").hidden = period.value !== "days";
    line.querySelector(".rule-until").hidden = period.value !== "until";
    for (const part of [".rule-renewals", ".rule-limit", ".rule-counts"]) {
      line.querySelector(part).hidden = period.value === "as-usual";
    }
  };
  period.addEventListener("change", update);
  update();
  holder.append(line);
}

function split(period) {
  if (period.startsWith("until ")) return ["until", period.slice(6)];
  return /^\d+ days?$/.test(period) ? ["days", parseInt(period, 10)] : [period, null];
}

function showPatrons(fieldset) {
  const policy = settings.patrons[fieldset.dataset.patron];
  const field = (name) => fieldset.querySelector(`[data-field=${name}]`);
  field("itemLimit").value = policy.itemLimit;
  field("overriddenBy").value = policy.overriddenBy;
  field("blocksWhenOverdue").checked = policy.blocksWhenOverdue;
  const rules = fieldset.querySelector(".rules");
  rules.replaceChildren();
  showRule(rules, word("usual"), policy.usual, true);
  for (const { kind, name } of KINDS) showRule(rules, name, policy.kinds[kind], false);
}

function showTerm(term) {
  const line = find("#term-template").content.cloneNode(true).firstElementChild;
  line.querySelector(".term-first").value = term.first;
  line.querySelector(".term-last").value = term.last;
  find("#terms").append(line);
}

function showCalendar(calendar) {
  find("#own-calendar").checked = Boolean(calendar);
  find("#terms").replaceChildren();
  (calendar?.semesters ?? [{ first: "", last: "" }]).forEach(showTerm);
  find("#weekdays").replaceChildren(...WEEKDAYS.map((name, index) => {
    const label = document.createElement("label");
    label.className = "check";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.value = name;
    box.checked = (calendar?.closedWeekdays ?? ["saturday", "sunday"]).includes(name);
    const text = document.createElement("span");
    // 5 January 2026 was a Monday.
    text.textContent = weekdayText(`2026-01-${String(5 + index).padStart(2, "0")}`);
    label.append(box, text);
    return label;
  }));
  find("#closed-days").value = (calendar?.closedDays ?? []).map(dayText).join("\n");
  switchCalendar();
}

function switchCalendar() {
  find("#calendar").hidden = !find("#own-calendar").checked;
  find("#standard-calendar").hidden = find("#own-calendar").checked;
}

function show(document_) {
  settings = document_;
  for (const fieldset of document.querySelectorAll("[data-patron]")) showPatrons(fieldset);
  showCalendar(settings.calendar);
  find("#grammar").value = settings.labels.accessionGrammar;
  find("#code39").checked = settings.labels.code39HasCheckCharacter;
}

/** Says which rules are this library's own, and which follow the group's. */
async function showSources() {
  const answer = await ask("GET", "settings/sources");
  if (!answer.ok) return;
  const { group, groupHolds, own } = answer.body;
  const holder = find("#sources");
  const lines = [];
  if (group) {
    const values = { number: group.revision, day: dayText(group.published) };
    lines.push(word(groupHolds ? "group-rules" : "group-rules-contradict", values));
    for (const { field, instead } of own) {
      lines.push(word("own-rule", { place: placeOf(field), value: said(field, instead) }));
    }
  }
  holder.hidden = lines.length === 0;
  holder.replaceChildren(...lines.map((line) => {
    const element = document.createElement("p");
    element.textContent = line;
    return element;
  }));
}

// MARK: from the fields to the document

const number = (input) => (input.value === "" ? -1 : Math.trunc(Number(input.value)));

function readRule(line) {
  const kind = line.querySelector(".rule-period").value;
  if (kind === "as-usual") return null;
  const days = line.querySelector(".rule-days input");
  const limit = line.querySelector(".rule-limit input");
  const until = line.querySelector(".rule-until input");
  const periods = { days: `${number(days)} days`, until: `until ${until.value || "?"}` };
  return {
    period: periods[kind] ?? kind, renewals: number(line.querySelector(".rule-renewals input")),
    countsTowardsLimit: line.querySelector(".rule-counts input").checked,
    ...limit.value === "" ? {} : { itemLimit: number(limit) },
  };
}

function readPatrons(fieldset) {
  const field = (name) => fieldset.querySelector(`[data-field=${name}]`);
  const [usual, ...others] = Array.from(fieldset.querySelectorAll(".rule"), readRule);
  const kinds = {};
  KINDS.forEach(({ kind }, index) => { if (others[index]) kinds[kind] = others[index]; });
  return {
    itemLimit: number(field("itemLimit")), overriddenBy: field("overriddenBy").value,
    blocksWhenOverdue: field("blocksWhenOverdue").checked, usual, kinds,
  };
}

function readCalendar() {
  if (!find("#own-calendar").checked) return null;
  const terms = Array.from(find("#terms").children, (line) => ({
    first: line.querySelector(".term-first").value, last: line.querySelector(".term-last").value,
  }));
  return {
    semesters: terms.filter((term) => term.first || term.last),
    closedWeekdays: Array.from(find("#weekdays").querySelectorAll(":checked"), (box) => box.value),
    closedDays: find("#closed-days").value.split("\n").map(isoDay).filter(Boolean),
  };
}

function read() {
  const patrons = {};
  for (const fieldset of document.querySelectorAll("[data-patron]")) {
    patrons[fieldset.dataset.patron] = readPatrons(fieldset);
  }
  return {
    ...settings, patrons, calendar: readCalendar(),
    labels: {
      accessionGrammar: find("#grammar").value, code39HasCheckCharacter: find("#code39").checked,
    },
  };
}

// MARK: trying out and saving

function say(kind, lines) {
  const outcome = find("#outcome");
  outcome.dataset.kind = kind;
  outcome.replaceChildren(...lines.map((line) => {
    const element = document.createElement("p");
    element.textContent = line;
    return element;
  }));
  outcome.scrollIntoView({ block: "nearest" });
}

function tell(heading, preview) {
  const lines = preview.changes.map(({ field, before, after }) =>
    `${placeOf(field)}: ${said(field, before)} → ${said(field, after)}`);
  const due = preview.closedDueDays.map(
    ({ day, loans }) => word("closed-due", { day: dayText(day), count: loans }));
  return [
    lines.length > 0 ? heading : word("nothing"), ...lines,
    word("open-loans", { count: preview.openLoans }), ...due,
  ];
}

function forgetProblems() {
  for (const note of document.querySelectorAll(".problem")) note.remove();
  for (const field of document.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-errormessage");
  }
}

/** Says what is wrong at each field and at the foot, and leads to the first field. */
function showProblems(advice) {
  const problems = advice.split("\n").map((line) => {
    const [, field, text] = line.match(/^([\w.[\]-]+): (.*)$/) ?? [null, "", line];
    return { field, text: text.includes("until ?") ? word("needs-day") : said("", text) };
  });
  say("failed", problems.map(({ field, text }) => field ? `${placeOf(field)}: ${text}` : text));
  const fields = problems.map(({ field, text }, index) => {
    const element = fieldAt(field);
    if (!element) return null;
    const note = document.createElement("p");
    note.className = "problem";
    note.id = `problem-${index}`;
    note.textContent = text;
    (element.closest("label") ?? element).after(note);
    element.setAttribute("aria-invalid", "true");
    element.setAttribute("aria-errormessage", note.id);
    return element;
  });
  fields.find(Boolean)?.focus();
}

async function send(method, path, heading, kind, name = {}) {
  forgetProblems();
  try {
    const answer = await ask(method, path, { ...read(), ...name });
    if (wantsSignIn(answer)) return signIn();
    if (!answer.ok) return showProblems(spoken(answer.body.advice));
    say(kind, tell(heading, answer.body));
    if (kind === "ok") {
      keepDraft(null);
      await showSources();
    }
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    say("failed", [word("silent")]);
  }
}

async function load() {
  try {
    const answer = await ask("GET", "settings");
    if (wantsSignIn(answer)) return signIn();
    if (!answer.ok) return say("failed", [spoken(answer.body.advice)]);
    const draft = keptDraft();
    show(draft ?? answer.body);
    if (draft) say("info", [word("draft")]);
    await showSources();
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    say("failed", [word("silent")]);
  }
}

function keptDraft() {
  try { return JSON.parse(sessionStorage.getItem(DRAFT)); } catch { return null; }
}

function keepDraft(document_) {
  try {
    if (document_) sessionStorage.setItem(DRAFT, JSON.stringify(document_));
    else sessionStorage.removeItem(DRAFT);
  } catch { /* without storage a change that was not saved is lost with the page */ }
}

startShell();
listen();
find("#settings").addEventListener("input", () => keepDraft(read()));
find("#own-calendar").addEventListener("change", switchCalendar);
find("#add-term").addEventListener("click", () => showTerm({ first: "", last: "" }));
find("#try").addEventListener("click", () => send("POST", "settings/preview", word("would"), "info"));
find("#settings").addEventListener("submit", (event) => {
  event.preventDefault();
  send("PUT", "settings", word("saved"), "ok", { operation: operationName() });
});
load();
