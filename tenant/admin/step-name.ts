import { type Form, stepOf } from "../documents/form";

/** What a step is called: its alias, or what its id says, as in `step_company_name`. */
export function stepName(form: Form | undefined, stepId: string): string {
  const alias = form && stepOf(form, stepId)?.alias;
  const words = stepId.replace(/^step_/, "").replaceAll("_", " ");
  return alias ?? words.charAt(0).toUpperCase() + words.slice(1);
}
