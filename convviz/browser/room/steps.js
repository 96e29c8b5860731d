// The step of whichever stepper is on the page. It stands in another part's shadow, which says it as an attribute.

/** Call back with each new step, and with null when there is no stepper; returns a function that ends it. */
export function watchStep(callback) {
  let stepper = null;
  const steps = new MutationObserver(() => callback(stepOf(stepper)));
  const look = () => {
    const found = findStepper();
    if (found === stepper) return;
    stepper = found;
    steps.disconnect();
    if (stepper) steps.observe(stepper, { attributeFilter: ["data-step"] });
    callback(stepOf(stepper));
  };
  const timer = setInterval(look, 500); // a stepper comes and goes with the page's views
  look();
  return () => {
    clearInterval(timer);
    steps.disconnect();
  };
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
