import { describe, expect, it } from "vitest";
import { pieces, safeAddress } from "./links.ts";

const links = (text: string) => pieces(text).filter((piece) => piece.href).map(({ text: shown, href }) => [shown, href]);

describe("links", () => {
  it.each([
    ["See https://a.example/b.", [["https://a.example/b", "https://a.example/b"]]],
    ["(https://a.example/b_(c))", [["https://a.example/b_(c)", "https://a.example/b_(c)"]]],
    ["www.a.example, or ines@a.example!", [["www.a.example", "https://www.a.example/"], ["ines@a.example", "mailto:ines@a.example"]]],
    ["tel:+46701234567", [["tel:+46701234567", "tel:+46701234567"]]],
    ["https://a.example?x=1&y=2#z", [["https://a.example?x=1&y=2#z", "https://a.example/?x=1&y=2#z"]]],
    ["HTTPS://A.example", [["HTTPS://A.example", "https://a.example/"]]],
  ])("%s", (text, found) => expect(links(text)).toEqual(found));

  it.each([
    "javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:alert(1)", "vbscript:x", "file:///etc/passwd", "//a.example", "https://",
    "java\u0000script:alert(1)", "no links here", "a@b",
  ])("never makes a link of %s", (text) => expect(links(text)).toEqual([]));

  it("keeps every letter of the text", () => {
    const text = "a https://a.example/b). c\n\nwww.x.example… <b>d</b> \"https://q.example\"";
    expect(pieces(text).map((piece) => piece.text).join("")).toBe(text);
  });

  it("lets no markup into an address", () => {
    for (const [, href] of links('https://a.example/"onmouseover="x <https://b.example>')) expect(href).not.toMatch(/["<>]/);
  });

  it("is quick with hostile text", () => {
    const start = performance.now();
    for (const text of ["a@".repeat(50_000), "www.".repeat(25_000), `https://${")".repeat(20_000)}`, "a.".repeat(50_000) + "@"]) pieces(text);
    expect(performance.now() - start).toBeLessThan(1500);
  });

  it("knows which addresses may be followed", () => {
    expect(safeAddress("https://a.example/x")).toBe("https://a.example/x");
    for (const address of ["javascript:alert(1)", "", "/inbox", "data:,x"]) expect(safeAddress(address)).toBeNull();
  });
});
