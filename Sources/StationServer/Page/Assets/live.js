// The strip at the foot of the page: how the station and its link are, as the station tells it.

import { post } from "./station.js";
import { dayText, spoken, timeText, weekdayText, word } from "./words.js";

/** The station sends its state every 15 s; after this silence the connection is taken for dead. */
const SILENCE_MILLISECONDS = 32_000;
const RETRY_MILLISECONDS = 3_000;

const strip = {
  station: document.querySelector("#strip-station"),
  link: document.querySelector("#strip-link"),
  pending: document.querySelector("#strip-pending"),
  devices: document.querySelector("#strip-devices"),
  warning: document.querySelector("#strip-warning"),
  clock: document.querySelector("#strip-clock"),
};

function set(element, text, mood) {
  element.querySelector(".strip-text").textContent = text;
  element.dataset.mood = mood;
}

function showLink(link) {
  const values = { time: timeText(link.since), day: dayText(link.since) };
  const mood = { never: "quiet", ok: "good", failing: "bad", refused: "bad" }[link.state];
  set(strip.link, word(`link-${link.state}`, values), mood);
  document.querySelector("#strip-reason").textContent = spoken(link.reason) || word("link-help");
}

/** The scanners and cameras, and what is wrong with them; hidden where there are none. */
function showDevices(devices = [], profileProblems = []) {
  const count = devices.filter((device) => device.state === "present").length;
  const isBad = profileProblems.length > 0 || devices.some((device) => device.needsCare);
  const lines = [...devices.map((device) => device.words), ...profileProblems];
  strip.devices.hidden = lines.length === 0;
  set(strip.devices, word("devices", { count }), isBad ? "bad" : "good");
  document.querySelector("#devices").replaceChildren(...lines.map((words) => {
    const line = document.createElement("li");
    line.textContent = spoken(words);
    return line;
  }));
}

/** What somebody has to look after: a wrong clock, a calendar that has run out. */
function showWarnings(warnings = []) {
  strip.warning.hidden = warnings.length === 0;
  const text = warnings.map((warning) => spoken(warning.words)).join(" ");
  // The same text again would be read out again.
  if (strip.warning.querySelector(".strip-text").textContent !== text) {
    set(strip.warning, text, "bad");
  }
}

function showState(state) {
  set(strip.station, word("station-ready"), "good");
  showLink(state.link);
  set(strip.pending, word("pending", { count: state.pending }), state.pending > 0 ? "busy" : "good");
  showDevices(state.devices, state.profileProblems);
  showWarnings(state.warnings);
  const closed = state.open ? "" : ` · ${word("closed-today")}`;
  const today = `${weekdayText(state.today)} ${dayText(state.today)}`;
  set(strip.clock, `${today} · ${timeText(state.time)}${closed}`, "quiet");
}

/** Nothing that the strip says is known any more. */
function showSilence() {
  set(strip.station, word("station-silent"), "bad");
  for (const part of [strip.link, strip.pending, strip.devices]) part.dataset.mood = "quiet";
}

/** Scans go to the page that was last touched; it says so at most this often, in milliseconds. */
const ATTENTION_MILLISECONDS = 1_000;

/**
 * Listens for as long as the page is open; `onState` and `onAct` get what the station tells, and
 * `onScan` what a scanner that is plugged into the station has read; `onStock` each scan of a
 * stock-taking on any device, and
 * `onBox` each act on a transfer box.
 */
export function listen({ onState = () => {}, onAct = () => {}, onScan = null, onStock = () => {}, onBox = () => {} } = {}) {
  let source;
  let watchdog;
  let number = null;
  let lastAttention = 0;
  let lastTouch = null;

  /** Tells the station that somebody is at this page; silence is no harm, the next touch tells. */
  function attend() {
    const now = Date.now();
    if (!document.hidden) lastTouch = now;
    if (number === null || document.hidden || now - lastAttention < ATTENTION_MILLISECONDS) return;
    lastAttention = now;
    post("attention", { listener: number }).catch(() => {});
  }

  function isAlive() {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => { showSilence(); connect(); }, SILENCE_MILLISECONDS);
  }

  /** Where the events are; after a break it is told when this page was last touched. */
  function address() {
    if (!onScan) return "/api/v1/events";
    const seconds = Math.max(0, Math.round((Date.now() - lastTouch) / 1_000));
    return `/api/v1/events?scans=take${lastTouch === null ? "" : `&touched=${seconds}`}`;
  }

  function connect() {
    source?.close();
    source = new EventSource(address());
    source.addEventListener("hello", (event) => {
      number = JSON.parse(event.data).listener;
    });
    source.addEventListener("state", (event) => {
      isAlive();
      const state = JSON.parse(event.data);
      showState(state);
      onState(state);
    });
    source.addEventListener("act", (event) => {
      isAlive();
      onAct(JSON.parse(event.data));
    });
    source.addEventListener("scan", (event) => {
      isAlive();
      onScan?.(JSON.parse(event.data));
    });
    source.addEventListener("stock", (event) => {
      isAlive();
      onStock(JSON.parse(event.data));
    });
    source.addEventListener("box", (event) => {
      isAlive();
      onBox(JSON.parse(event.data));
    });
    source.addEventListener("trouble", (event) => {
      isAlive();
      set(strip.station, spoken(JSON.parse(event.data).advice), "bad");
    });
    source.addEventListener("error", (event) => {
      showSilence();
      // A browser tries again by itself, but with the old address.
      event.target.close();
      clearTimeout(watchdog);
      watchdog = setTimeout(connect, RETRY_MILLISECONDS);
    });
    isAlive();
  }

  for (const kind of ["pointerdown", "keydown", "focus", "visibilitychange"]) {
    window.addEventListener(kind, attend, { passive: true, capture: true });
  }
  // A browser keeps pages that were left, for the way back, and their streams with them: after
  // six it has no connection left to the station.
  window.addEventListener("pagehide", () => {
    clearTimeout(watchdog);
    source?.close();
  });
  connect();
}
