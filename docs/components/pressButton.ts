/** A button that does something when it is pressed. */
export function pressButton(label: string, press: () => unknown, className = "button"): HTMLButtonElement {
  const button = Object.assign(document.createElement("button"), {type: "button", className, textContent: label});
  button.addEventListener("click", () => void press());
  return button;
}
