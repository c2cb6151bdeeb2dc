// Asks the station. An answer is an answer, whatever its status; silence is `Unanswered`, and so is
// the plea to slow down, which says nothing of what was asked.

const BASE = "/api/v1/";
const ANSWER_MILLISECONDS = 10_000;
const PICTURE_MILLISECONDS = 30_000;

/** A pupil's page asks as nobody, so that it shows no more to a child when a librarian is signed in. */
const asNobody = document.body.dataset.page === "self";

/** The station did not answer, so nobody knows yet whether the act was recorded. */
export class Unanswered extends Error {}

/** Asks with any method; a body goes as JSON unless it has a type of its own. */
export async function ask(method, path, body, { type, milliseconds } = {}) {
  try {
    const headers = body === undefined ? {} : { "Content-Type": type ?? "application/json" };
    const response = await fetch(BASE + path, {
      method, headers, cache: "no-store",
      credentials: asNobody && path !== "session" ? "omit" : "same-origin",
      body: body === undefined || type ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(milliseconds ?? ANSWER_MILLISECONDS),
    });
    const text = await response.text();
    const answer = { ok: response.ok, status: response.status, body: text ? JSON.parse(text) : null };
    if (answer.body?.error === "too-many-requests") throw new Error(answer.body.error);
    return answer;
  } catch (error) {
    throw new Unanswered(String(error));
  }
}

export function post(path, body) {
  return ask("POST", path, body);
}

export function postPicture(file) {
  return ask("POST", "scan/image", file, {
    type: file.type || "application/octet-stream", milliseconds: PICTURE_MILLISECONDS,
  });
}
