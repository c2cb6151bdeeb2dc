// The end of a term: what the books expect, what was counted, what is open; closed and signed.

import { listen } from "./live.js";
import { operationName } from "./outbox.js";
import { signIn, startShell, wantsSignIn } from "./shell.js";
import { ask, post, Unanswered } from "./station.js";
import { dayText, spoken, word } from "./words.js";

const DEVICE = "term-page";
const COLUMNS = [
  "opening", "received", "registered", "found", "sent", "withdrawn", "lost", "expected", "counted",
];
/** What an answer calls each number of a way, and the word above it. */
const WAYS = [
  ["before", "way-before"], ["sent", "way-sent"], ["received", "way-received"],
  ["misdirected", "way-misdirected"], ["ended", "way-ended"], ["onTheWay", "way-onTheWay"],
];
/** A large station's journal is read from its beginning. */
const SUM_MILLISECONDS = 60_000;
const SVG = "http://www.w3.org/2000/svg";

const find = (selector) => document.querySelector(selector);
let report = null;
let isSure = false;
/** The file that was chosen, while it may have to be sent once more. */
let chosen = null;

function say(kind, text, place = "#message") {
  find(place).dataset.kind = kind;
  find(place).textContent = text;
}

/** Waits for an answer; gives its body, or nothing after saying why. */
async function take(request, { place = "#message", refused } = {}) {
  try {
    const answer = await request;
    if (answer.ok) return answer.body;
    if (wantsSignIn(answer)) return signIn();
    say("refused", spoken(answer.body.advice), place);
    refused?.(answer.body);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    say("failed", word("silent"), place);
  }
  return null;
}

function element(name, text, style) {
  const made = document.createElement(name);
  if (style) made.className = style;
  made.textContent = text;
  return made;
}

function fill(list, texts) {
  find(list).replaceChildren(...texts.map((text) => element("li", text)));
  return texts.length > 0;
}

// MARK: what is shown

async function load(term) {
  const query = term ? `?term=${encodeURIComponent(term)}` : "";
  const answer = await take(ask("GET", `reconciliation${query}`, undefined, {
    milliseconds: SUM_MILLISECONDS,
  }));
  if (answer) show(answer);
}

function show(answer) {
  report = answer;
  isSure = false;
  find("#close").textContent = word("close");
  showTerms();
  const state = report.closed
    ? word("closed-on", { day: dayText(report.closed.day), event: report.closed.event })
    : word("still-open", { event: report.through });
  find("#about").textContent = [
    word("about", { term: report.term, library: report.library, items: report.items }), state,
  ].join(" ");
  find("#headings").replaceChildren(...report.headings.map(({ words, items, open }) => {
    const box = document.createElement("div");
    box.append(element("dt", spoken(words)), element("dd", items));
    box.classList.toggle("is-open", open);
    return box;
  }));
  showUnknown();
  showSums();
  showOpen();
  showClosing();
}

function showTerms() {
  const select = find("#term");
  const known = [...new Set([report.term, ...terms(), ...report.closedTerms])].sort().reverse();
  select.replaceChildren(...known.map((term) => new Option(word("term-name", {
    semester: term.endsWith("/1") ? "I" : "II", year: term.split("/")[0],
  }), term, false, term === report.term)));
}

/** Terms that were offered before stay in the list. */
const terms = () => Array.from(find("#term").options, (option) => option.value);

function showUnknown() {
  const lines = [];
  if (report.openCounts > 0) lines.push(word("counts-open", { count: report.openCounts }));
  if (report.uncounted > 0) lines.push(word("uncounted", { count: report.uncounted }));
  for (const library of report.waitingFor) lines.push(word("waiting-for", { library }));
  fill("#unknown", lines);
}

function cells(row, values, name = "td") {
  row.append(...values.map((value) => element(name, value)));
  return row;
}

function showTable(id, heads, rows, total) {
  const table = find(id);
  const head = cells(document.createElement("tr"), heads, "th");
  for (const cell of head.children) cell.scope = "col";
  table.tHead.replaceChildren(head);
  const lines = rows.map((values) => cells(document.createElement("tr"), values));
  if (total) {
    lines.push(cells(document.createElement("tr"), total));
    lines.at(-1).className = "total";
  }
  table.tBodies[0].replaceChildren(...lines);
}

function showSums() {
  const sums = COLUMNS.map((name) => report.rows.reduce((sum, row) => sum + row[name], 0));
  showTable(
    "#rows", [word("kind"), word("home"), ...COLUMNS.map((name) => word(name))],
    report.rows.map((row) => [spoken(row.name), row.home, ...COLUMNS.map((name) => row[name])]),
    [word("total"), "", ...sums]);
  showTable(
    "#traffic", [word("from"), word("to"), ...WAYS.map(([, name]) => word(name))],
    report.traffic.map((way) => [way.from, way.to, ...WAYS.map(([name]) => way[name])]));
  find("#traffic-heading").hidden = report.traffic.length === 0;
  find("#traffic-area").hidden = report.traffic.length === 0;
  showPlot();
}

function shape(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

/** The table again, for the eye: for each kind a bar of what the books expect, and one of what was counted inside it. */
function showPlot() {
  const kinds = new Map();
  for (const row of report.rows) {
    const sum = kinds.get(row.kind) ?? { name: spoken(row.name), expected: 0, counted: 0 };
    sum.expected += row.expected;
    sum.counted += row.counted;
    kinds.set(row.kind, sum);
  }
  const most = Math.max(1, ...[...kinds.values()].flatMap((sum) => [sum.expected, sum.counted]));
  const width = Math.max(300, Math.min(640, find("#plot").clientWidth));
  const [left, line] = [width < 500 ? 130 : 170, 40];
  const scale = (width - left - 110) / most;
  const plot = shape("svg", {
    viewBox: `0 0 ${width} ${kinds.size * line + 4}`, width, "aria-hidden": true,
  });
  [...kinds.values()].forEach(({ name, expected, counted }, index) => {
    const y = index * line + 4;
    plot.append(
      shape("text", { x: left - 10, y: y + 20, "text-anchor": "end" }, name),
      shape("rect", { x: left, y, width: Math.max(expected * scale, 1), height: 28, class: "bar" }),
      shape("rect", {
        x: left, y: y + 7, width: Math.max(counted * scale, 1), height: 14,
        class: counted === expected ? "bar-same" : "bar-other",
      }),
      shape("text", { x: left + Math.max(expected, counted) * scale + 10, y: y + 20 },
        `${counted} / ${expected}`));
  });
  find("#plot").replaceChildren(plot, element("p", word("plot-hint"), "hint"));
}

function showOpen() {
  find("#open-none").hidden = report.open.length > 0;
  find("#open").replaceChildren(...report.open.map((difference) => {
    const line = element("li", "", "item");
    const text = element("div", "", "item-text");
    text.append(
      element("p", `${difference.item} · ${difference.title}`, "item-title"),
      element("p", [
        spoken(difference.words), difference.library ? word("at", difference) : "",
        difference.since === report.term ? "" : word("since", { term: difference.since }),
        difference.events.length > 0
          ? word("events", { events: difference.events.join(", ") }) : "",
      ].filter(Boolean).join(" · "), "item-about"));
    line.append(text);
    return line;
  }));
  find("#settled-heading").hidden = !fill("#settled", report.settled);
  find("#trails-heading").hidden = !fill("#trails", report.brokenTrails.map(
    ({ item, title, events }) =>
      `${item} · ${title} · ${word("events", { events: events.join(", ") })}`));
}

function link(text, path) {
  const made = element("a", text, "button");
  made.href = `/api/v1/${path}`;
  return made;
}

function showClosing() {
  const term = encodeURIComponent(report.term);
  const links = [link(word("items-csv"), `reconciliation/items?term=${term}`)];
  if (report.closed) {
    const statement = link(word("statement"), `reconciliation/statement?term=${term}`);
    statement.download = `doi-chieu-${report.library}-${report.term.replace("/", "-")}.txt`;
    links.unshift(
      link(word("minutes-pdf"), `minutes?kind=term&term=${term}`),
      link(word("minutes-csv"), `minutes?kind=term&term=${term}&format=csv`), statement);
  }
  find("#files").replaceChildren(...links);
  find("#close-area").hidden = Boolean(report.closed);
  fill("#signatures", report.closed ? [
    word("hash", { hash: report.closed.hash }),
    word("signed-by", { library: report.library }),
    ...report.closed.signatures.map(({ library, notReceived }) => notReceived.length > 0
      ? word("signed-without", { library, items: notReceived.join(", ") })
      : word("signed-by", { library })),
  ] : []);
}

// MARK: closing and signing

async function close() {
  if (!isSure) {
    isSure = true;
    find("#close").textContent = word("close-sure");
    return;
  }
  isSure = false;
  find("#close").textContent = word("close");
  const closed = await take(post("reconciliation/closings", {
    operation: operationName(), device: DEVICE, term: report.term,
  }));
  if (!closed) return;
  show(closed);
  say("ok", word("closed-words"));
}

async function sign(text, accepted = false) {
  chosen = text;
  find("#sign-more").replaceChildren();
  const path = `reconciliation/signatures?operation=${operationName()}`
    + (accepted ? "&differences=accepted" : "");
  const answer = await take(
    ask("POST", path, text, { type: "text/plain", milliseconds: SUM_MILLISECONDS }), {
      place: "#sign-message",
      refused: (body) => { if (body.error === "statement-differs") offerToSign(); },
    });
  if (!answer) return;
  say("ok", spoken(answer.words), "#sign-message");
  if (answer.own) return load(answer.term);
  const file = element("a", word("signed-file"), "button");
  file.href = URL.createObjectURL(new Blob([answer.file], { type: "text/plain" }));
  file.download = `doi-chieu-${answer.library}-${answer.term.replace("/", "-")}.txt`;
  find("#sign-more").replaceChildren(file);
}

function offerToSign() {
  const button = element("button", word("sign-anyway"), "warning");
  button.type = "button";
  button.addEventListener("click", () => sign(chosen, true));
  find("#sign-more").replaceChildren(button);
}

function start() {
  startShell();
  find("#term-form").addEventListener("submit", (event) => event.preventDefault());
  find("#term").addEventListener("change", () => {
    say("info", "");
    load(find("#term").value);
  });
  find("#close").addEventListener("click", close);
  find("#file").addEventListener("change", async () => {
    const [file] = find("#file").files;
    if (!file) return;
    find("#file-name").textContent = file.name;
    const text = await file.text();
    find("#file").value = "";
    await sign(text);
  });
  listen({});
  load();
}

start();
