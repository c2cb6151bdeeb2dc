// What the station calls by paths and words of its document, as a person reads it on the page.

import { dayText, weekdayText, word } from "./words.js";

const find = (selector) => document.querySelector(selector);
const WEEKDAYS = /\b(mon|tues|wednes|thurs|fri|satur|sun)day\b/g;
const DAYS = ["mon", "tues", "wednes", "thurs", "fri", "satur", "sun"];
const TERMS =
  /\b(until|days?|semester|school-year|on-site|renewals|not counted|at most|closed|true|false|librarian|administrator|nobody)\b/g;

/** A day as the station takes it; it is written here as everywhere else, 30/04/2027. */
export function isoDay(text) {
  const match = text.trim().match(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/);
  if (!match) return text.trim();
  const [, day, month, year] = match;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** The line of a rule in its fieldset: `usual`, or `kinds` and the kind of material. */
function ruleLine(fieldset, [name, kind]) {
  const kinds = Array.from(document.querySelectorAll("template[data-kind]"));
  const index = name === "usual" ? 0 : 1 + kinds.findIndex((one) => one.dataset.kind === kind);
  return fieldset.querySelectorAll(".rule")[index];
}

function ruleField(line, name) {
  if (name === "renewals") return line.querySelector(".rule-renewals input");
  if (name === "itemLimit") return line.querySelector(".rule-limit input");
  return ["days", "until"].map((kind) => line.querySelector(`.rule-${kind}:not([hidden]) input`))
    .find(Boolean) ?? line.querySelector(".rule-period");
}

/** The field on the page that a path of the document means; nothing where there is none. */
export function fieldAt(path) {
  const [section, owner, ...rest] = path.split(".");
  const fieldset = section === "patrons" && find(`[data-patron="${owner}"]`);
  if (fieldset) {
    const line = ["usual", "kinds"].includes(rest[0]) && ruleLine(fieldset, rest);
    return line ? ruleField(line, rest.at(-1)) : fieldset.querySelector(`[data-field="${rest[0]}"]`);
  }
  const term = owner?.match(/^semesters(?:\[(\d+)\])?$/);
  if (term) {
    const line = find("#terms").children[Number(term[1] ?? 0)];
    return line?.querySelector(rest[0] === "last" ? ".term-last" : ".term-first") ?? null;
  }
  return {
    closedWeekdays: find("#weekdays input"), closedDays: find("#closed-days"),
    accessionGrammar: find("#grammar"), code39HasCheckCharacter: find("#code39"),
  }[owner] ?? null;
}

const textOf = (element) => element?.textContent.trim() ?? "";

/** Where on the page something is: its group, its rule and its label. */
export function placeOf(path) {
  if (path === "calendar") return textOf(find("#own-calendar").closest("fieldset").querySelector("legend"));
  const field = fieldAt(path);
  if (!field) return path;
  if (path.startsWith("calendar.closedWeekdays")) return textOf(find("#weekdays-label"));
  const day = path.match(/^calendar\.closedDays\.(.+)$/)?.[1];
  const rule = field.closest(".rule")?.querySelector(".rule-name");
  // A whole rule has no label of its own.
  const isWhole = rule && !/\.(period|renewals|itemLimit)$/.test(path);
  const label = field.labels?.[0];
  return [
    textOf(field.closest("fieldset")?.querySelector("legend")), textOf(rule),
    isWhole ? "" : textOf(label?.querySelector("span") ?? label), dayText(day),
  ].filter(Boolean).join(" · ");
}

/** A value of the document in the page's words. */
export function said(path, value) {
  if (value === null || value === undefined) return "–";
  if (path === "labels.accessionGrammar") return value;
  return value
    .replace(/\d{4}-\d\d-\d\d/g, dayText)
    // 5 January 2026 was a Monday.
    .replace(WEEKDAYS, (whole, name) => weekdayText(`2026-01-${String(5 + DAYS.indexOf(name)).padStart(2, "0")}`))
    .replace(TERMS, (term) => word(`said-${term.replace(/^day$/, "days").replace(" ", "-")}`));
}
