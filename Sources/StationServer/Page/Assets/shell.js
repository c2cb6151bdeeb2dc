// What every page has: the menu, and signing out.

import { ask, Unanswered } from "./station.js";

const SIGN_IN = "/dang-nhap";

/** Leads to the sign-in page, and back here afterwards. */
export function signIn() {
  location.assign(`${SIGN_IN}?tiep=${encodeURIComponent(location.pathname)}`);
}

/** Says whether an answer wants somebody to sign in. */
export function wantsSignIn(answer) {
  return answer.status === 401;
}

async function showWhoIsSignedIn() {
  try {
    const answer = await ask("GET", "session");
    document.querySelector("#sign-out").hidden = !answer.ok || answer.body.role === "kiosk";
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
  }
}

async function signOut() {
  try {
    await ask("DELETE", "session");
    sessionStorage.clear();
    location.assign("/");
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
  }
}

/** Brings the shell to life; every page calls it once. */
export function startShell() {
  const menu = document.querySelector(".menu");
  document.querySelector("#sign-out").addEventListener("click", signOut);
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  showWhoIsSignedIn();
}
