// The page's words and dates. Words come with the page, in <template data-word="…"> elements.

const language = document.documentElement.lang;

/** The text in the page's language, of words that the station answered with. */
export function spoken(words) {
  return words?.[language] ?? "";
}

/** A word of the page by its name, with {values} filled in. */
export function word(name, values = {}) {
  const template = document.querySelector(`template[data-word="${name}"]`);
  const text = template?.content.textContent.trim() ?? name;
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

/** 2026-11-24 as people here write it: 24/11/2026. */
export function dayText(iso) {
  return iso ? iso.slice(0, 10).split("-").reverse().join("/") : "";
}

/** Hours and minutes of an RFC 3339 moment, by the station's own clock. */
export function timeText(iso) {
  return iso ? iso.slice(11, 16) : "";
}

/** The day of the week of an ISO date. */
export function weekdayText(iso) {
  const day = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  return new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(day);
}
