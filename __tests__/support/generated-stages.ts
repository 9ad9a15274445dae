import fc from "fast-check";
import {
  boolean,
  type Component,
  choice,
  date,
  doNothing,
  flow,
  legal,
  nextButton,
  number,
  phone,
  richText,
  type SaveTo,
  Stage,
  type Step,
  step,
  text,
} from "../../lib";

const ATTRIBUTES = ["name", "nickname", "given_name", "family_name"] as const;

interface Drawn {
  readonly type: number;
  readonly required: boolean;
  readonly place: number;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  type: fc.nat(6),
  required: fc.boolean(),
  place: fc.nat(5),
});

const stages = fc.array(
  fc.record({
    kind: fc.constantFrom("until", "accepted", "when", "always" as const),
    steps: fc.array(fc.array(drawn, { maxLength: 3 }), { minLength: 1, maxLength: 2 }),
    also: fc.boolean(),
    skippable: fc.boolean(),
    around: fc.boolean(),
    daily: fc.boolean(),
  }),
  { minLength: 1, maxLength: 3 },
);

function saveTo(id: string, stageIndex: number, { place }: Drawn, isFirst: boolean): SaveTo | undefined {
  const attribute = ATTRIBUTES[stageIndex];
  const places: readonly (SaveTo | undefined)[] = [
    undefined,
    `app_metadata.${id}`,
    `user_metadata.object.${id}`,
    [`app_metadata.object.${id}`, `user_metadata.${id}`],
    [],
    isFirst && attribute !== undefined ? attribute : undefined,
  ];
  return places[place];
}

function field(id: string, index: number, given: Drawn, isFirst: boolean): Component {
  // Of an agreement it has to be said where the tick goes.
  const place = saveTo(id, index, given, isFirst) ?? (given.type === 5 ? (`user_metadata.${id}` as const) : undefined);
  const options = { label: id, required: given.required, saveTo: place };
  const makers = [text, phone, number, boolean, date, legal];
  return makers[given.type]?.(id, options) ?? choice(id, { ...options, options: ["x", "y"] });
}

/** Stages of all kinds, as far as they are right. */
export const generatedStages: fc.Arbitrary<Stage[]> = stages.map((all) =>
  all.map(({ kind, steps, also, skippable, around, daily }, index) => {
    const id = `s${index}`;
    const key = `${id}_key`;
    const made: Step[] = steps.map((fields, place) =>
      step(`${id}_${place}`, {
        components: [
          richText("<p>Hello {{context.user.name}}</p>", { id: `${id}_${place}_text` }),
          ...(place === 0 && kind === "until" ? [text(key, { label: key, required: true })] : []),
          ...(place === 0 && kind === "accepted" ? [legal(`${id}_ok`, { required: true, saveTo: [] })] : []),
          ...fields.map((one, number) => field(`${id}_${place}_${number}`, index, one, number + place === 0)),
          nextButton(),
        ],
      }),
    );
    const options = {
      id,
      steps: made,
      skippable,
      ...(also && {
        alsoSave: { [`app_metadata.${id}_from`]: "form", [`user_metadata.${id}_at`]: "{{functions.now()}}" },
      }),
      ...(around && { before: flow(`${id}_flow`, { actions: [doNothing("nothing")] }) }),
      // One that is always due hides those behind it, unless it has a moment.
      ...((daily || kind === "always") && { ask: { atMostEvery: { days: 1 } } }),
    };
    switch (kind) {
      case "until":
        return Stage.untilAnswered(key, options);
      case "accepted":
        return Stage.untilAccepted(`app_metadata.${key}`, { ...options, version: "1" });
      case "when":
        return Stage.when({ operator: "EQ", operands: [`{{context.user.user_metadata.${id}_asked}}`, false] }, options);
      default:
        return Stage.always(id, options);
    }
  }),
);
