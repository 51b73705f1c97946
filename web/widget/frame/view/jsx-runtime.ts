// What TypeScript turns JSX into. Types are Preact's; what runs is draw.ts, a fifth of its size, because the
// whole opened chat may weigh 20 kB. Components are plain functions of their props: state lives in signals.

import type { ComponentChildren, JSX as Preact, VNode } from "preact";
import { Fragment as Group, type Element } from "./draw.ts";

// TypeScript looks for the types of JSX under this name.
// eslint-disable-next-line @typescript-eslint/no-namespace
export namespace JSX {
  export type Element = VNode;
  export type ElementType = Preact.ElementType;
  export type IntrinsicElements = Preact.IntrinsicElements;
  export type IntrinsicAttributes = { key?: string | number };
  export type ElementChildrenAttribute = { children: ComponentChildren };
}

export const Fragment = Group as unknown as (props: { children?: ComponentChildren }) => VNode;

export function jsx(tag: Element["tag"], { children, ...props }: Record<string, unknown>, key?: string): VNode {
  return { tag, props, children, key } as unknown as VNode;
}

export { jsx as jsxs };
