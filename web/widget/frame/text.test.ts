import { describe, expect, it } from "vitest";
import { parts } from "./text.ts";

const links = (text: string) => parts(text).flatMap(({ href }) => href ?? []);
const whole = (text: string) => parts(text).map((part) => part.text).join("");

describe("addresses in text", () => {
  it.each([
    ["See https://kvarn.example/k2.", ["https://kvarn.example/k2"]],
    ["https://kvarn.example/a_(b).", ["https://kvarn.example/a_(b)"]],
    ["(https://kvarn.example/a)", ["https://kvarn.example/a"]],
    ["www.kvarn.example, now", ["https://www.kvarn.example/"]],
    ["write to ines@example.com!", ["mailto:ines@example.com"]],
    ["mailto:ines@example.com tel:+46812345", ["mailto:ines@example.com", "tel:+46812345"]],
    ["two: http://a.example http://b.example", ["http://a.example/", "http://b.example/"]],
    ["no address. Just e.g. text", []],
    ["https://", []],
  ])("%s", (text, found) => {
    expect(links(text)).toEqual(found);
    expect(whole(text)).toBe(text);
  });

  it.each([
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd",
    "blob:https://a", "<img src=x onerror=alert(1)>", "java\nscript:alert(1)", "\u0001javascript:alert(1)",
  ])("%j leads nowhere", (text) => {
    expect(links(text).filter((href) => !/^(https?|mailto|tel):/.test(href))).toEqual([]);
    expect(whole(text)).toBe(text);
  });

  it("does not let what follows a scheme break out", () => {
    for (const href of links('https://a.example/"onmouseover="alert(1) https://a.example/<b> mailto:a@b.example"x')) {
      expect(href).not.toMatch(/["<>\s]/);
    }
  });

  it("is quick with long text", () => {
    const began = performance.now();
    parts(`${"a".repeat(50_000)}@${"a-".repeat(20_000)}`);
    parts("www.".repeat(10_000));
    parts(`https://x/${")".repeat(10_000)}`);
    expect(performance.now() - began).toBeLessThan(500);
  });
});
