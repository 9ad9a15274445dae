import { pattern } from "./schema";

/** Where a node leads to: another node's id, or `$ending`. */
export type NodePointer = string;

/** The pointer to the end of a form, which is no node. */
export const ENDING = "$ending" satisfies NodePointer;

/**
 * Ids of nodes, components, rules and hidden fields. Auth0 does not publish the exact form; this is what its own ids have
 * in common.
 */
const ID = "[A-Za-z][A-Za-z0-9_]*";
export const IDENTIFIER_PATTERN = `^${ID}$`;
export const IDENTIFIER = pattern(IDENTIFIER_PATTERN, 'letters, digits and "_", a letter first');
export const POINTER = pattern(`^(${ID}|\\${ENDING})$`, 'the id of a node, or "$ending"');
export const FLOW_ID = pattern("^af_[A-Za-z0-9]{22}$", 'the id of a flow, "af_" and 22 letters and digits');
export const VAULT_CONNECTION_ID = pattern(
  "^ac_[A-Za-z0-9]{22}$",
  'the id of a Vault connection, "ac_" and 22 letters and digits',
);
export const HTTPS_URL = pattern("^https://", 'an address that begins with "https://"');
