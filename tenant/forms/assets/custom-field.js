// @ts-nocheck The tsconfig of the repository knows no browser; with "lib": ["DOM"] this file has no error.

// What is around the code of a CUSTOM field, in a frame that reaches nothing but by messages to the page around it.

/** The code of the field puts itself here. */
const customField = { code: undefined };

(() => {
  /** What the page around has told. */
  let setUp = { formId: "", params: undefined, values: {}, hidden: {} };
  let isInitialised = false;
  /** Why the code could not even be read. */
  let unreadable;
  let isValid = true;
  let value;
  let component = {};

  const tell = (kind, more = {}) => parent.postMessage({ kind, ...more }, "*");
  const failed = (error) =>
    tell("failed", { said: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
  window.addEventListener("error", ({ error, message }) => {
    unreadable ??= error;
    failed(error ?? message);
  });
  window.addEventListener("unhandledrejection", ({ reason }) => failed(reason));

  const context = {
    custom: {
      getValue: () => value,
      setValue: (given) => {
        value = given;
      },
      createUid: () => `af-custom-${Math.random().toString(36).slice(2)}`,
      // Nothing before init, as at Auth0.
      getParams: () => (isInitialised ? setUp.params : {}),
    },
    form: {
      getId: () => setUp.formId,
      getRoot: () => document.body,
      goForward: () => tell("press", { action: "next" }),
      goPrevious: () => tell("press", { action: "previous" }),
      isValid: () => isValid,
      validate: () => tell("validate"),
      getAllHiddenFields: () => ({ ...setUp.hidden }),
      setHiddenField: (id, given) => {
        setUp.hidden[id] = given;
        tell("hidden", { id, value: given });
      },
      getValues: () => ({ ...setUp.values, ...setUp.hidden }),
      getField: (id) => ({
        // The page around can not be reached from here.
        getNode: () => document.body,
        getValue: () => setUp.values[id],
        setRequired: (isRequired) => tell("required", { id, isRequired: isRequired === true }),
      }),
    },
  };

  const answers = {
    // The page around may have begun to listen after this one was ready.
    hello: () => {
      if (document.readyState === "complete" && !isInitialised) {
        tell("ready");
      }
    },
    init: (given) => {
      if (isInitialised) {
        return;
      }
      setUp = given;
      value = given.value;
      if (typeof customField.code !== "function") {
        throw unreadable ?? new Error("the code of the field is no function");
      }
      component = customField.code(context) ?? {};
      isInitialised = true;
      const scripts = component.getScripts?.() ?? [];
      if (scripts.length > 0) {
        tell("lost", { scripts: scripts.map(String) });
      }
      const shown = component.init?.(setUp.params);
      if (shown instanceof Node) {
        document.body.append(shown);
      } else if (typeof shown === "string") {
        document.body.innerHTML = shown;
      }
      if (setUp.isVisitedAgain) {
        component.update?.();
      }
    },
    // What the person entered elsewhere in the page until now.
    values: ({ values, isValid: isNowValid }) => {
      setUp.values = { ...setUp.values, ...values };
      isValid = isNowValid;
    },
    collect: async () => {
      try {
        const given = component.getValue === undefined ? value : await component.getValue();
        tell("collected", { value: given === undefined ? "" : JSON.stringify(given) });
      } catch (error) {
        tell("collected", { value: "", problem: error instanceof Error ? error.message : String(error) });
      }
    },
    block: () => component.block?.(),
    unblock: () => component.unblock?.(),
  };

  window.addEventListener("message", async ({ source, data }) => {
    if (source !== parent) {
      return;
    }
    try {
      await answers[data.kind]?.(data);
    } catch (error) {
      failed(error);
    }
  });
  window.addEventListener("focus", () => component.onFocus?.());
  window.addEventListener("blur", () => component.onBlur?.());
  window.addEventListener("load", () => {
    new ResizeObserver(() => tell("height", { height: document.documentElement.offsetHeight })).observe(
      document.documentElement,
    );
    tell("ready");
  });
})();
