// The strip at the foot of the page: how the station and its link are, as the station tells it.

import { dayText, spoken, timeText, weekdayText, word } from "./words.js";

/** The station sends its state every 15 s; after this silence the connection is taken for dead. */
const SILENCE_MILLISECONDS = 40_000;
const RETRY_MILLISECONDS = 3_000;

const strip = {
  station: document.querySelector("#strip-station"),
  link: document.querySelector("#strip-link"),
  pending: document.querySelector("#strip-pending"),
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

function showState(state) {
  set(strip.station, word("station-ready"), "good");
  showLink(state.link);
  set(strip.pending, word("pending", { count: state.pending }), state.pending > 0 ? "busy" : "good");
  const closed = state.open ? "" : ` · ${word("closed-today")}`;
  const today = `${weekdayText(state.today)} ${dayText(state.today)}`;
  set(strip.clock, `${today} · ${timeText(state.time)}${closed}`, "quiet");
}

/** Listens for as long as the page is open; `onState` and `onAct` get what the station tells. */
export function listen({ onState, onAct }) {
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
