export * from "./components";
export * from "./flow-actions";
export * from "./form";
export * from "./identifiers";
export * from "./limits";
export * from "./vault-connections";
