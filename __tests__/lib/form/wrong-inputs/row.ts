import type { Component } from "../../../../lib";

/** A component, and all that is wrong with it. */
export type Row = readonly [component: Component, ...problems: (string | RegExp)[]];

export const LABEL = { label: "B" };

export const long = (length: number) => "x".repeat(length);

/** How a problem shows a text that is longer than it may be. */
export const LONG = `"${long(76)}...`;

/** What a caller without types may write. */
export const untyped = (options: object) => options as never;
