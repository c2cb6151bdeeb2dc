// Asks the station. An answer is an answer, whatever its status; silence is `Unanswered`.

const BASE = "/api/v1/";
const ANSWER_MILLISECONDS = 10_000;
const PICTURE_MILLISECONDS = 30_000;

/** The station did not answer, so nobody knows yet whether the act was recorded. */
export class Unanswered extends Error {}

async function ask(path, body, type, milliseconds) {
  let response;
  try {
    response = await fetch(BASE + path, {
      method: "POST", body, headers: { "Content-Type": type }, cache: "no-store",
      signal: AbortSignal.timeout(milliseconds),
    });
    return { ok: response.ok, status: response.status, body: await response.json() };
  } catch (error) {
    throw new Unanswered(String(error));
  }
}

export function post(path, body) {
  return ask(path, JSON.stringify(body), "application/json", ANSWER_MILLISECONDS);
}

export function postPicture(file) {
  return ask("scan/image", file, file.type || "application/octet-stream", PICTURE_MILLISECONDS);
}
