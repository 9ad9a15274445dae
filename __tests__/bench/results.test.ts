import type { Figure, Section } from "../../bench/figure";
import { plotsOf } from "../../bench/plot";
import { figureJson, figureLine, sectionMarkdown, shown } from "../../bench/results";

const COMPARED: Figure = {
  name: "article as published",
  unit: "ms",
  values: [640, 700, 620],
  peer: { name: "raw bindings", values: [570, 600, 580] },
  goal: { of: "ratio", is: "at most", limit: 1.05 },
};
const ALONE: Figure = { name: "peak memory", unit: "MB", values: [118.2, 110, 131.4] };

const SECTION: Section = {
  title: "Synth",
  about: "Each is a process of its own.",
  rounds: [15, 3],
  measure: async () => [],
};

test.each<[string, Figure, string]>([
  ["with its peer", COMPARED, "synth, article as published 640 ms (raw bindings 580 ms, 1.12)"],
  ["without one", ALONE, "synth, peak memory 118 MB"],
  [
    "of a small part of its peer's",
    { name: "all answer", unit: "pages", values: [40], peer: { name: "article's own Action", values: [1000] } },
    "synth, all answer 40 pages (article's own Action 1000 pages, 0.04)",
  ],
  ["of rounds in even number", { ...ALONE, values: [1, 2, 3, 4] }, "synth, peak memory 2.5 MB"],
])("a figure %s is one line", (_name, figure, line) => {
  expect(figureLine("synth", figure)).toBe(line);
});

test("the ratio is that of what ran in the same round, and not of the medians", () => {
  const peer = { name: "peer", values: [1, 100, 1] };
  expect(figureLine("synth", { name: "all", unit: "s", values: [2, 100, 200], peer })).toBe(
    "synth, all 100 s (peer 1 s, 2.00)",
  );
});

test.each([
  [1234.5, "1235"],
  [100, "100"],
  [99.96, "100"],
  [11.34, "11.3"],
  [2.0, "2"],
  [0.3734, "0.373"],
  [0, "0"],
])("%d is shown as %s", (value, text) => {
  expect(shown(value)).toBe(text);
});

test("a figure for other programs has its quartiles, and those of its ratio", () => {
  expect(figureJson("synth", COMPARED)).toEqual({
    section: "synth",
    name: "article as published",
    unit: "ms",
    value: { lower: 630, median: 640, upper: 670 },
    peer: { name: "raw bindings", value: { lower: 575, median: 580, upper: 590 } },
    ratio: {
      lower: (640 / 570 + 620 / 580) / 2,
      median: 640 / 570,
      upper: (640 / 570 + 700 / 600) / 2,
    },
    goal: "ratio at most 1.05",
  });
  expect(figureJson("synth", ALONE)).toEqual({
    section: "synth",
    name: "peak memory",
    unit: "MB",
    value: { lower: 114.1, median: 118.2, upper: 124.80000000000001 },
  });
});

test("a section of RESULTS.md has a row for each figure, its plots, and how it was measured", () => {
  const calls = { name: "apply", unit: "calls", values: [33, 33], peer: { name: "HCL", values: [33, 33] } };
  const figures: Figure[] = [
    COMPARED,
    ALONE,
    { ...ALONE, goal: { of: "value", is: "at most", limit: 200 } },
    { ...ALONE, goal: { of: "value", is: "at least", limit: 200 } },
    { ...calls, goal: { of: "ratio", is: "at most", limit: 1 } },
  ];
  expect(sectionMarkdown(SECTION, figures, ["synth-stages-ms.svg"], "on a quiet day.")).toBe(`## Synth

Each is a process of its own.

| | here | peer | ratio | goal |
| --- | --- | --- | --- | --- |
| article as published | 640 ms | raw bindings 580 ms | 1.12 (1.10–1.14) | ratio at most 1.05: missed |
| peak memory | 118 MB (114–125) |  |  |  |
| peak memory | 118 MB (114–125) |  |  | at most 200 MB |
| peak memory | 118 MB (114–125) |  |  | at least 200 MB: missed |
| apply | 33 calls | HCL 33 calls | 1.00 | ratio at most 1.00 |

![synth-stages-ms](plots/synth-stages-ms.svg)

Measured on a quiet day.`);
});

describe("plots", () => {
  const point = (at: number, ours: number, peers: number): Figure => ({
    name: `${at} instances`,
    unit: "ms",
    values: [ours],
    peer: { name: "raw & bare", values: [peers] },
    point: { axis: "instances", at, curve: "constructs" },
  });
  const figures = [COMPARED, point(1, 100, 100), point(10, 1000, 100), point(100, 10_000, 1000)];

  test("there is one for each axis and unit, and none of what stands on no axis", () => {
    const memory: Figure = { ...point(1, 5, 5), unit: "MB" };
    expect([...plotsOf("synth", [...figures, memory]).keys()]).toEqual([
      "synth-instances-ms.svg",
      "synth-instances-MB.svg",
    ]);
    expect(plotsOf("synth", [COMPARED, ALONE])).toEqual(new Map());
  });

  test("what grows in proportion is a straight line, and its ends are named", () => {
    const svg = plotsOf("synth", figures).get("synth-instances-ms.svg") ?? "";
    expect([...svg.matchAll(/points="([^"]*)"/g)].map(([, points]) => points)).toEqual([
      "56,220 214,125 372,30",
      "56,220 214,220 372,125",
    ]);
    expect([...svg.matchAll(/>([^<]+)<\/text>/g)].map(([, words]) => words)).toEqual([
      ...["1", "10", "100", "100", "10000", "instances", "ms", "● constructs", "● raw &amp; bare"],
    ]);
  });

  test("figures that have one peer share its curve, whose unit and names stand beside all curves", () => {
    const shared = [
      ...[point(1, 10, 20), point(2, 10, 20)],
      ...[point(1, 10, 40), point(2, 10, 40)].map((figure) => ({
        ...figure,
        point: { axis: "instances", at: figure.point?.at ?? 0, curve: "others" },
      })),
    ];
    const svg = plotsOf("synth", shared).get("synth-instances-ms.svg") ?? "";
    expect([...svg.matchAll(/points="([^"]*)"/g)].map(([, points]) => points?.split(" ").length)).toEqual([2, 2, 2]);
    expect([...svg.matchAll(/y="(\d+)"[^>]*>(ms|● [^<]+)</g)].map(([, y, words]) => [y, words])).toEqual([
      ["16", "ms"],
      ["276", "● constructs"],
      ["292", "● raw &amp; bare"],
      ["308", "● others"],
    ]);
    expect(svg).toContain('viewBox="0 0 400 316"');
  });

  test("values that are all the same are a flat line", () => {
    const svg = plotsOf("synth", [point(1, 5, 5), point(2, 5, 5)]).get("synth-instances-ms.svg") ?? "";
    expect(svg).not.toContain("NaN");
    expect(svg).toContain('points="56,220 372,220"');
  });
});
