// The strip at the foot of the page: how the station and its link are, as the station tells it.

import { dayText, spoken, timeText, weekdayText, word } from "./words.js";

/** The station sends its state every 15 s; after this silence the connection is taken for dead. */
const SILENCE_MILLISECONDS = 40_000;
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
  const mood = { never: "quiet", ok: "good", failing: "bad" }[link.state];
  set(strip.link, word(`link-${link.state}`, values), mood);
  document.querySelector("#strip-reason").textContent = spoken(link.reason) || word("link-help");
}

/** The cameras and scanners that are plugged into the station, where it has any. */
function showDevices(devices = []) {
  strip.devices.hidden = devices.length === 0;
  const away = devices.filter((device) => device.state !== "ready");
  if (away.length > 0) {
    set(strip.devices, word("devices-lost", { names: away.map((one) => one.name).join(", ") }), "bad");
  } else {
    set(strip.devices, word("devices-ready", { count: devices.length }), "good");
  }
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
  showDevices(state.devices);
  showWarnings(state.warnings);
  const closed = state.open ? "" : ` · ${word("closed-today")}`;
  const today = `${weekdayText(state.today)} ${dayText(state.today)}`;
  set(strip.clock, `${today} · ${timeText(state.time)}${closed}`, "quiet");
}

/**
 * Listens for as long as the page is open; `onState` and `onAct` get what the station tells, and
 * `onScan` what a scanner that is plugged into the station has read; `onStock` each scan of a
 * stock-taking on any device.
 */
export function listen({ onState = () => {}, onAct = () => {}, onScan = () => {}, onStock = () => {} } = {}) {
  let source;
  let watchdog;

  function isAlive() {
    clearTimeout(watchdog);
    watchdog = setTimeout(connect, SILENCE_MILLISECONDS);
  }

  function connect() {
    source?.close();
    source = new EventSource("/api/v1/events");
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
      onScan(JSON.parse(event.data));
    });
    source.addEventListener("stock", (event) => {
      isAlive();
      onStock(JSON.parse(event.data));
    });
    source.addEventListener("trouble", (event) => {
      isAlive();
      set(strip.station, spoken(JSON.parse(event.data).advice), "bad");
    });
    source.addEventListener("error", (event) => {
      set(strip.station, word("station-silent"), "bad");
      // A browser tries again by itself, but not after an answer that is no event stream.
      if (event.target.readyState === EventSource.CLOSED) setTimeout(connect, RETRY_MILLISECONDS);
    });
    isAlive();
  }

  connect();
}
