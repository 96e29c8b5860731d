// Whichever stepper is on the page: its step, and what it asks for. It stands in another part's shadow, and says both
// as attributes.

/**
 * Call back with each change of the step, which is null where there is no stepper, and of the question asked there.
 * @param {(step: number | null, question: object | null) => void} callback
 * @returns {{stop: () => void, reveal: () => void}} `reveal` shows the answer to the question
 */
export function watchStepper(callback) {
  let stepper = null;
  const tell = () => callback(stepOf(stepper), JSON.parse(stepper?.dataset.question ?? "null"));
  const steps = new MutationObserver(tell);
  const look = () => {
    const found = findStepper();
    if (found === stepper) return;
    stepper = found;
    steps.disconnect();
    if (stepper) steps.observe(stepper, { attributeFilter: ["data-step", "data-question"] });
    tell();
  };
  const timer = setInterval(look, 500); // a stepper comes and goes with the page's views
  look();
  const stop = () => {
    clearInterval(timer);
    steps.disconnect();
  };
  return { stop, reveal: () => stepper?.dispatchEvent(new CustomEvent("reveal")) };
}

function findStepper() {
  for (const part of document.querySelectorAll("[data-testid=stBidiComponentIsolated]")) {
    for (const host of [part, ...part.querySelectorAll("*")]) {
      const stepper = host.shadowRoot?.querySelector(".stepper");
      if (stepper) return stepper;
    }
  }
  return null;
}

function stepOf(stepper) {
  const step = Number.parseInt(stepper?.dataset.step ?? "", 10);
  return Number.isNaN(step) ? null : step;
}
