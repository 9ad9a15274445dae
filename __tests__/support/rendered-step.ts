import type { FormComponent } from "auth0-forms";
import type { Form } from "../../tenant/documents/form";
import type { Json } from "../../tenant/documents/json";
import { previewJourney } from "../../tenant/forms/entrances";
import type { Journey } from "../../tenant/forms/journey";
import { renderStep } from "../../tenant/forms/page";

export const NOW = "2026-01-01T00:00:00.000Z";
export const CONTEXT = { user: { user_id: "auth0|1", name: 'Ana "<script>alert(1)</script>' } };

export function formOf(components: readonly FormComponent[], more: Partial<Form> = {}): Form {
  const step = { id: "one", type: "STEP", config: { components, next_node: "$ending" } } as const;
  return { id: "ap_1", name: "Profile", nodes: [step], created_at: NOW, updated_at: NOW, ...more };
}

export function rendered(form: Form, journey: Partial<Journey> = {}): string {
  return renderStep({
    form,
    journey: { ...previewJourney(form, "one"), ...journey },
    context: CONTEXT,
    action: "/u/custom-prompt/ap_1?state=a&b",
    hidden: { state: "s<1>", csrf: "t" },
    assets: "/assets",
    stylesheet: "/style/ap_1.css",
    clock: () => new Date(NOW),
    frames: "/custom",
    executionLink: (flowId, id) => `/_tenant/flows/${flowId}/${id}`,
  });
}

export function field(type: string, more: Partial<FormComponent> = {}): FormComponent {
  return { id: "answer", category: "FIELD", type, label: "Answer", ...more };
}

export function block(type: string, config: Record<string, Json> = {}, id = "block"): FormComponent {
  return { id, category: "BLOCK", type, config };
}

export const OPTIONS = [
  { value: "s", label: "Small", image_url: "https://example.com/s.png" },
  { value: "l", label: "Large", image_url: "https://example.com/l.png" },
];
