// Scanners type. Whatever has the focus, what they type ends up in the scan field.

/** Keys that come faster than any finger, in milliseconds between two. */
const SCANNER_GAP = 40;
/** The shortest text that is taken for a scan when it was typed into another field. */
const SCANNER_LENGTH = 6;

const TYPED = new Set(["text", "search", "number"]);

function isTextField(element) {
  return element.tagName === "TEXTAREA" || (element.tagName === "INPUT" && TYPED.has(element.type));
}

/** A field that takes scans for itself, such as the one for a new label. */
const takesScans = (element) => Boolean(element?.matches?.("[data-takes-scans]"));

/** Gives a device's scan to the field that has the focus, where that takes scans; says if it did. */
export function tookScan(text) {
  const field = document.activeElement;
  if (!takesScans(field)) return false;
  field.value = text;
  field.form.requestSubmit();
  return true;
}

/** A run of fast keys in a field that is not for scans, and what the field held before it. */
class Burst {
  #text = "";
  #time = 0;
  #before = "";

  note(key, field, now) {
    if (now - this.#time > SCANNER_GAP) {
      this.#text = "";
      this.#before = field.value;
    }
    this.#text += key;
    this.#time = now;
  }

  /** The scanned text, taken out of the field again; empty where a person typed. */
  take(field, now) {
    if (now - this.#time > SCANNER_GAP || this.#text.length < SCANNER_LENGTH) return "";
    field.value = this.#before;
    return this.#text;
  }
}

/** Leads keys to `field`, and gives `submit` each text that ends with Enter or by its form's button. */
export function scanAnywhere(field, submit) {
  const burst = new Burst();
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(field.value);
    field.value = "";
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const target = event.target;
    if (takesScans(target)) return;
    const isOtherField = target !== field && isTextField(target);
    if (event.key === "Enter") {
      const text = isOtherField ? burst.take(target, event.timeStamp) : "";
      // A scan that ends while a button has the focus must not press the button.
      if (text || (!isOtherField && field.value)) {
        event.preventDefault();
        submit(text || field.value);
        field.value = "";
      }
      return;
    }
    if (event.key.length !== 1) return;
    if (isOtherField) {
      burst.note(event.key, target, event.timeStamp);
    } else if (target !== field && (event.key !== " " || field.value)) {
      // The key's own text then goes into the field.
      field.focus({ preventScroll: true });
    }
  });
}
