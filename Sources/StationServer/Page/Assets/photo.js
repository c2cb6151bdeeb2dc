// Photos of labels, taken with the camera of a phone or a tablet.

/** Gives `read` each photo that is taken or chosen. */
export function onPhoto(read) {
  const input = document.querySelector("#photo");
  input.addEventListener("change", () => {
    const [file] = input.files;
    if (file) read(file);
    // The same photo may be chosen again.
    input.value = "";
  });
}

/** What was found in a photo, cards first: the books beside a card are for its owner. */
export function cardsFirst({ codes }) {
  return codes.map((code) => code.recognition)
    .sort((one, other) => (other.kind === "patron") - (one.kind === "patron"));
}
