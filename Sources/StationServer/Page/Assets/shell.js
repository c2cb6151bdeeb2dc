// What every page has: the menu, and signing out.

import { ask, Unanswered } from "./station.js";
import { word } from "./words.js";

const SIGN_IN = "/dang-nhap";

/** Leads to the sign-in page, and back here afterwards. */
export function signIn() {
  location.assign(`${SIGN_IN}?tiep=${encodeURIComponent(location.pathname)}`);
}

/** Says whether an answer wants somebody to sign in. */
export function wantsSignIn(answer) {
  return answer.status === 401;
}

const NOBODY = { role: "kiosk", name: null };

/** Says in the menu who is signed in; gives the session, nobody's where that can't be known. */
async function showWhoIsSignedIn() {
  try {
    const answer = await ask("GET", "session");
    const session = answer.ok ? answer.body : NOBODY;
    const isSomebody = session.role !== "kiosk";
    const who = document.querySelector("#who");
    document.querySelector("#sign-out").hidden = !isSomebody;
    who.hidden = !isSomebody;
    who.textContent = isSomebody ? word("who", { name: session.name }) : "";
    return session;
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    return NOBODY;
  }
}

/** The other language is that of the same address, whatever else the address asks for. */
function keepAddress(link) {
  const query = new URLSearchParams(location.search);
  query.set("lang", link.hreflang);
  link.href = `?${query}`;
}

async function signOut() {
  try {
    await ask("DELETE", "session");
    sessionStorage.clear();
    location.assign("/");
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    document.querySelector("#who").textContent = word("sign-out-failed");
  }
}

/** Brings the shell to life; every page calls it once. It promises who is signed in. */
export function startShell() {
  // A page that a browser kept for the way back may show what somebody saw who has signed out.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
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
  keepAddress(document.querySelector(".language"));
  return showWhoIsSignedIn();
}
