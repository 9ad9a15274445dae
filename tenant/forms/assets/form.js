// @ts-nocheck The tsconfig of the repository knows no browser; with "lib": ["DOM"] this file has no error.

// What makes the pages of the forms more comfortable. Without it everything works too: the server checks the same.

/** @typedef {{ kind: string, limit?: number | string, message: string }} Check */

(() => {
  /** @type {HTMLFormElement | null} */
  const form = document.querySelector(".af-form");
  if (form === null) {
    return;
  }

  /** @type {HTMLElement[]} */
  const fields = [...form.querySelectorAll("[data-checks]")].filter((field) => field instanceof HTMLElement);
  let isPosted = false;
  /** The CUSTOM fields have told what they hold. */
  let isCollected = false;
  const customs = [...form.querySelectorAll(".af-customField-frame")].map(customField);

  form.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    const isNext = !(pressed instanceof HTMLButtonElement) || pressed.value === "next";
    if (customs.length > 0 && !isCollected && !isPosted) {
      event.preventDefault();
      void collect().then(() => {
        isCollected = true;
        form.requestSubmit(pressed);
        isCollected = false;
      });
      return;
    }
    if (isPosted || (isNext && !areAllValid())) {
      event.preventDefault();
      return;
    }
    isPosted = true;
    for (const { tell } of customs) {
      tell({ kind: "block" });
    }
    // A button that is disabled would not be posted.
    pressed?.classList.add("af-button-loading");
    form.setAttribute("aria-busy", "true");
  });

  // The browser's back button shows the page as it was left.
  window.addEventListener("pageshow", () => {
    isPosted = false;
    for (const { tell } of customs) {
      tell({ kind: "unblock" });
    }
    form.removeAttribute("aria-busy");
    for (const button of form.querySelectorAll(".af-button-loading")) {
      button.classList.remove("af-button-loading");
    }
  });

  for (const field of fields) {
    field.addEventListener("input", () => {
      if (field.classList.contains("af-field-invalid")) {
        show(field, problemOf(field));
      }
    });
    field.addEventListener("focusout", (event) => {
      const isLeft = !(event.relatedTarget instanceof Node && field.contains(event.relatedTarget));
      // Who only passes by an empty field is not told off.
      if (isLeft && enteredIn(field) !== "") {
        show(field, problemOf(field));
      }
    });
  }

  function areAllValid() {
    const invalid = fields.filter((field) => {
      const problem = problemOf(field);
      show(field, problem);
      return problem !== undefined;
    });
    list(invalid);
    (invalid[0]?.querySelector("iframe") ?? inputsOf(invalid[0])[0])?.focus();
    return invalid.length === 0;
  }

  /** @param {HTMLElement} field */
  function problemOf(field) {
    if (field.dataset.problem !== undefined) {
      return field.dataset.problem;
    }
    const value = enteredIn(field);
    /** @type {Check[]} */
    const checks = JSON.parse(field.dataset.checks ?? "[]");
    return checks.find((check) => !passes(check, value))?.message;
  }

  /**
   * @param {Check} check
   * @param {string} value
   */
  function passes({ kind, limit }, value) {
    if (kind === "required") {
      return value !== "";
    }
    if (value === "") {
      return true;
    }
    switch (kind) {
      case "min_length":
        return value.length >= Number(limit);
      case "max_length":
        return value.length <= Number(limit);
      case "min":
        return Number(value) >= Number(limit);
      case "max":
        return Number(value) <= Number(limit);
      default:
        return new RegExp(String(limit)).test(value);
    }
  }

  /**
   * What was typed, or of boxes and buttons something that is not empty where one is chosen.
   *
   * @param {HTMLElement} field
   */
  function enteredIn(field) {
    const inputs = inputsOf(field);
    const [first] = inputs;
    if (first instanceof HTMLInputElement && (first.type === "radio" || first.type === "checkbox")) {
      const isChosen = inputs.some((input) => input instanceof HTMLInputElement && input.checked);
      const isWritten = inputs.some((input) => input.name.endsWith(".other") && input.value.trim() !== "");
      return isChosen || isWritten ? "chosen" : "";
    }
    const isPassword = first instanceof HTMLInputElement && first.type === "password";
    return (isPassword ? first.value : first?.value.trim()) ?? "";
  }

  /**
   * The inputs that answer; the country of a phone number is none.
   *
   * @param {HTMLElement | undefined} field
   */
  function inputsOf(field) {
    const inputs = [...(field?.querySelectorAll("input, select, textarea") ?? [])];
    return inputs.filter(
      /** @returns {input is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} */
      (input) =>
        (input instanceof HTMLInputElement ||
          input instanceof HTMLSelectElement ||
          input instanceof HTMLTextAreaElement) &&
        input.name !== "" &&
        !input.name.endsWith(".country"),
    );
  }

  /**
   * @param {HTMLElement} field
   * @param {string | undefined} problem
   */
  function show(field, problem) {
    field.classList.toggle("af-field-invalid", problem !== undefined);
    for (const input of inputsOf(field)) {
      if (problem === undefined) {
        input.removeAttribute("aria-invalid");
      } else {
        input.setAttribute("aria-invalid", "true");
      }
    }
    const said = field.querySelector(".af-field-error");
    if (!(said instanceof HTMLElement)) {
      return;
    }
    said.hidden = problem === undefined;
    said.textContent = problem ?? "";
  }

  /**
   * The list above the fields, where the server has made one, says what is wrong now.
   *
   * @param {HTMLElement[]} invalid
   */
  function list(invalid) {
    const items = document.querySelector("#af-error ul");
    items?.replaceChildren(
      ...invalid.map((field) => {
        const link = document.createElement("a");
        const [input] = inputsOf(field);
        const label = field.querySelector(".af-fieldLabel-text")?.textContent ?? input?.getAttribute("aria-label");
        const problem = field.querySelector(".af-field-error")?.textContent;
        link.href = `#${input?.id}`;
        link.textContent = label ? `${label}: ${problem}` : `${problem}`;
        const item = document.createElement("li");
        item.append(link);
        return item;
      }),
    );
  }

  /** How long the code of a CUSTOM field may take to tell what it holds. */
  const PATIENCE = 5000;

  /** Asks every CUSTOM field for its value, and puts it where it is posted from. */
  async function collect() {
    const values = Object.fromEntries(
      fields.flatMap((field) =>
        inputsOf(field)
          .filter(({ name, type }) => name.startsWith("field.") && type !== "password")
          .map((input) => [input.name.slice("field.".length), input.value]),
      ),
    );
    const isValid = fields.every((field) => problemOf(field) === undefined);
    await Promise.all(
      customs.map(async ({ tell, collected }) => {
        tell({ kind: "values", values, isValid });
        await Promise.race([collected(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
      }),
    );
  }

  /**
   * Puts into the tenant's log what went wrong in the browser; a preview has no login, and tells nobody.
   *
   * @param {string} problem
   */
  function report(problem) {
    const { state, csrf } = form.elements;
    if (state !== undefined && csrf !== undefined) {
      const body = new URLSearchParams({ state: state.value, csrf: csrf.value, problem });
      void fetch(`${location.pathname}/problem`, { method: "POST", body }).catch(() => undefined);
    }
  }

  /**
   * Talks with the code of a CUSTOM field, which is in a frame without an origin.
   *
   * @param {HTMLIFrameElement} frame
   */
  function customField(frame) {
    const field = frame.closest(".af-field");
    const input = frame.previousElementSibling;
    /** @param {object} message */
    const tell = (message) => frame.contentWindow?.postMessage(message, "*");
    let done = () => undefined;
    const noted = new Set();

    /** @type {Record<string, (data: any) => void>} */
    const answers = {
      ready: () => {
        const value = input.value === "" ? undefined : JSON.parse(input.value);
        tell({ kind: "init", value, ...JSON.parse(frame.dataset.setUp ?? "{}") });
      },
      height: ({ height }) => {
        frame.height = String(Math.min(2000, Math.max(24, Math.ceil(Number(height)))));
      },
      collected: ({ value, problem }) => {
        const given = String(value);
        input.value = given === "null" || given === '""' ? "" : given;
        if (problem === undefined) {
          delete field.dataset.problem;
        } else {
          field.dataset.problem = String(problem);
        }
        done();
      },
      press: ({ action }) => {
        const name = action === "previous" ? "previous" : "next";
        form.requestSubmit(form.querySelector(`button[name="action"][value="${name}"]`) ?? undefined);
      },
      validate: () => void areAllValid(),
      hidden: ({ id, value }) => {
        const name = `hidden.${id}`;
        const known = [...form.elements].find((element) => element.name === name);
        const hidden = known ?? document.createElement("input");
        Object.assign(hidden, { type: "hidden", name, value: String(value) });
        form.append(hidden);
      },
      required: ({ id, isRequired }) =>
        setRequired(String(id), isRequired === true ? frame.dataset.required : undefined),
      failed: ({ said }) => {
        note(String(said));
        report(`CUSTOM ${JSON.stringify(frame.dataset.field)}: ${said}`);
      },
      lost: ({ scripts }) => note((frame.dataset.lost ?? "").replace("{{parts}}", () => scripts.join(", "))),
    };

    // Of a field whose code came before this one did, there is no "ready" any more.
    window.addEventListener("message", ({ source, data }) => {
      if (
        source === frame.contentWindow &&
        typeof data === "object" &&
        data !== null &&
        Object.hasOwn(answers, data.kind)
      ) {
        answers[data.kind](data);
      }
    });
    tell({ kind: "hello" });

    /** @param {string} said by the code, for the one who wrote it */
    function note(said) {
      if (noted.has(said)) {
        return;
      }
      noted.add(said);
      const told = document.createElement("p");
      told.className = "af-scenarioMessage af-scenarioMessage-info af-scenarioMessage-cause";
      told.textContent = `${frame.dataset.onlyLocal} ${said}`;
      frame.after(told);
    }

    return {
      tell,
      collected: () =>
        new Promise((resolve) => {
          done = () => resolve(undefined);
          tell({ kind: "collect" });
        }),
    };
  }

  /**
   * For the page alone: the server asks for what the form says.
   *
   * @param {string} id
   * @param {string | undefined} message undefined where the field may be left empty
   */
  function setRequired(id, message) {
    const field = fields.find(({ classList }) => classList.contains(`af-componentId-${id}`));
    if (field === undefined) {
      return;
    }
    const checks = JSON.parse(field.dataset.checks ?? "[]").filter(({ kind }) => kind !== "required");
    field.dataset.checks = JSON.stringify(message === undefined ? checks : [{ kind: "required", message }, ...checks]);
  }

  // An option of one's own is chosen by writing it.
  for (const other of form.querySelectorAll(".af-choiceField-other")) {
    const [box, text] = other.querySelectorAll("input");
    text?.addEventListener("input", () => {
      if (box !== undefined) {
        box.checked = text.value !== "";
      }
    });
  }

  for (const meter of form.querySelectorAll("meter.af-passwordField-strength")) {
    const input = meter.previousElementSibling;
    if (!(meter instanceof HTMLMeterElement) || !(input instanceof HTMLInputElement)) {
      continue;
    }
    meter.hidden = false;
    meter.low = 2;
    meter.high = 3;
    meter.optimum = 4;
    input.addEventListener("input", () => {
      const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(input.value)).length;
      meter.value = input.value.length < 8 ? Math.min(kinds, 1) : kinds;
    });
  }

  for (const resend of form.querySelectorAll(".af-resendButton")) {
    if (!(resend instanceof HTMLElement)) {
      continue;
    }
    const [waiting, active] = resend.querySelectorAll("p");
    const end = Date.now() + Number(resend.dataset.remaining) * 1000;
    const timer = setInterval(() => {
      const seconds = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      if (waiting === undefined || active === undefined) {
        return;
      }
      waiting.textContent = (resend.dataset.waiting ?? "").replace(/\{\{\s*remaining_seconds\s*\}\}/g, String(seconds));
      waiting.hidden = seconds === 0;
      active.hidden = seconds > 0;
      if (seconds === 0) {
        clearInterval(timer);
      }
    }, 250);
  }

  for (const select of form.querySelectorAll(".af-telField-country select")) {
    if (select instanceof HTMLSelectElement) {
      makeSearchable(select);
    }
  }

  /**
   * Puts a list to search in in place of a native one, which keeps the choice and is what is posted.
   *
   * @param {HTMLSelectElement} select
   */
  function makeSearchable(select) {
    const place = select.parentElement;
    const parts = select.closest(".af-telField-parts");
    if (place === null || parts === null) {
      return;
    }
    const name = select.getAttribute("aria-label") ?? "";
    const search = select.dataset.search ?? "";
    const countries = [...select.options].map((option) => ({
      code: option.value,
      name: option.text.replace(/ \(\+[0-9]+\)$/, ""),
      callingCode: option.dataset.callingCode ?? "",
    }));
    let active = -1;

    const button = document.createElement("button");
    button.type = "button";
    button.className = "af-stringField-input af-telField-button";
    button.setAttribute("aria-haspopup", "listbox");

    const panel = document.createElement("div");
    panel.className = "af-telField-panel";
    panel.hidden = true;
    const input = document.createElement("input");
    input.type = "text";
    input.className = "af-stringField-input";
    input.placeholder = search;
    input.autocomplete = "off";
    const options = document.createElement("ul");
    options.id = `${select.id}-options`;
    options.className = "af-telField-list";
    options.setAttribute("role", "listbox");
    // Browsers stop with Tab at what scrolls; the options are gone through with the arrows.
    options.tabIndex = -1;
    options.setAttribute("aria-label", name);
    for (const [attribute, value] of [
      ["role", "combobox"],
      ["aria-label", search],
      ["aria-autocomplete", "list"],
      ["aria-controls", options.id],
      ["aria-expanded", "true"],
    ]) {
      input.setAttribute(String(attribute), String(value));
    }
    panel.append(input, options);
    select.hidden = true;
    parts.classList.add("af-telField-searchable");
    place.append(button);
    parts.append(panel);
    showChoice();

    button.addEventListener("click", () => (panel.hidden ? open() : close(true)));
    input.addEventListener("input", fill);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") {
        activate(active + 1);
      } else if (event.key === "ArrowUp") {
        activate(active - 1);
      } else if (event.key === "Enter") {
        choose(options.children[active]);
      } else if (event.key === "Escape") {
        close(true);
      } else {
        return;
      }
      // Enter would post the form.
      event.preventDefault();
    });
    options.addEventListener("click", (event) => {
      if (event.target instanceof Element) {
        choose(event.target.closest("li") ?? undefined);
      }
    });
    panel.addEventListener("focusout", (event) => {
      const isLeft = !(event.relatedTarget instanceof Node && panel.contains(event.relatedTarget));
      // The button closes the panel by itself.
      if (isLeft && event.relatedTarget !== button) {
        close(false);
      }
    });
    // A click on an option must not take the focus out of the panel before it is one.
    options.addEventListener("mousedown", (event) => event.preventDefault());

    function showChoice() {
      const chosen = countries.find(({ code }) => code === select.value);
      button.textContent = `${chosen?.code ?? ""} +${chosen?.callingCode ?? ""}`;
      button.setAttribute("aria-label", `${name}: ${chosen?.name ?? ""}, ${button.textContent}`);
      button.setAttribute("aria-expanded", String(!panel.hidden));
    }

    function open() {
      panel.hidden = false;
      input.value = "";
      fill();
      showChoice();
      input.focus({ preventScroll: true });
      panel.scrollIntoView({ block: "nearest" });
    }

    /** @param {boolean} takesFocus */
    function close(takesFocus) {
      panel.hidden = true;
      showChoice();
      if (takesFocus) {
        button.focus();
      }
    }

    function fill() {
      const wanted = plain(input.value.trim());
      const found = countries.filter(
        ({ code, name, callingCode }) =>
          plain(name).includes(wanted) ||
          code.toLowerCase() === wanted ||
          callingCode.startsWith(wanted.replace(/^\+/, "") || "-"),
      );
      options.replaceChildren(
        ...found.map(({ code, name, callingCode }) => {
          const option = document.createElement("li");
          option.id = `${options.id}-${code}`;
          option.dataset.code = code;
          option.setAttribute("role", "option");
          option.setAttribute("aria-selected", String(code === select.value));
          const calling = document.createElement("span");
          calling.className = "af-telField-callingCode";
          calling.textContent = `+${callingCode}`;
          option.append(name, calling);
          return option;
        }),
      );
      if (found.length === 0) {
        const none = document.createElement("li");
        none.className = "af-telField-none";
        none.textContent = select.dataset.none ?? "";
        options.append(none);
      }
      activate(wanted === "" ? found.findIndex(({ code }) => code === select.value) : 0);
    }

    /** @param {number} index */
    function activate(index) {
      options.children[active]?.classList.remove("af-active");
      active = Math.min(Math.max(index, 0), options.children.length - 1);
      const option = options.children[active];
      option?.classList.add("af-active");
      option?.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option?.id ?? "");
    }

    /** @param {Element | undefined} option */
    function choose(option) {
      if (!(option instanceof HTMLElement) || option.dataset.code === undefined) {
        return;
      }
      select.value = option.dataset.code;
      close(true);
      select.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  /** @param {string} text */
  function plain(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }
})();
