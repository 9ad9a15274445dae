/** A form as large as nobody would fill in, as `auth0_form` has it: 200 components on 30 nodes, 100,000 characters of texts. */
export interface FormDocument {
  readonly start: string;
  readonly nodes: string;
  readonly ending: string;
}

const STEPS = 30;
const COMPONENTS = 200;
const CHARACTERS = 100_000;

/** @param word stands in every text, so that with another every text is another */
export function enormousForm(word: string): FormDocument {
  const sentence = `<p>${word} <b>and</b> more, é👩‍👩‍👧, <a href="https://example.com/">here</a>.</p>`;
  const each = CHARACTERS / COMPONENTS;
  const content = sentence.repeat(Math.ceil(each / sentence.length)).slice(0, each);
  const steps = Array.from({ length: STEPS }, (_, step) => ({
    id: `step_${step}`,
    type: "STEP",
    alias: `Step ${step}`,
    coordinates: { x: 500 * step, y: 0 },
    config: {
      components: Array.from({ length: COMPONENTS }, (_, index) => index)
        .filter((index) => index % STEPS === step)
        .map((index) => ({
          id: `text_${index}`,
          category: "BLOCK",
          type: "RICH_TEXT",
          config: { content },
        })),
      next_node: step + 1 < STEPS ? `step_${step + 1}` : "$ending",
    },
  }));
  return {
    start: JSON.stringify({ next_node: "step_0", coordinates: { x: 0, y: 0 } }),
    nodes: JSON.stringify(steps),
    ending: JSON.stringify({ resume_flow: true, coordinates: { x: 500 * STEPS, y: 0 } }),
  };
}
