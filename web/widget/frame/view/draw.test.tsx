/** @jsxImportSource . */
import type { ComponentChildren } from "preact";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { draw } from "./draw.ts";
import { fakeDocument, FakeNode } from "./testing.ts";
let root: FakeNode;
const show = (tree: unknown) => {
  draw(tree, root as unknown as Element);
  return root.inside;
};
const List = ({ keys }: { keys: string[] }) => <ul>{keys.map((key) => <li key={key}>{key}</li>)}</ul>;
const nodes = () => new Map((root.firstChild?.children ?? []).map((node) => [node.inside, node]));

beforeEach(() => {
  vi.stubGlobal("document", fakeDocument);
  if (root as FakeNode | undefined) show(null);
  root = new FakeNode("body", "html");
});

describe("drawing", () => {
  it("writes elements, text, numbers and lists, and skips what is absent", () => {
    const Two = ({ children }: { children: ComponentChildren }) => <>{children}<i /></>;
    expect(show(<div class="a">one{2}{null}{false}{undefined}{["x", <b>y</b>]}<Two>z</Two></div>))
      .toBe('<div class="a">one2x<b></b><i></i></div>'.replace("<b></b>", "<b>y</b>z"));
  });

  it("puts text in as text", () => {
    show(<p>{"<img src=x onerror=alert(1)>"}</p>);
    expect(root.firstChild?.firstChild?.tag).toBe("");
  });

  it("writes, changes and takes back attributes", () => {
    expect(show(<button hidden aria-pressed={false} tabIndex={0} title="a">x</button>))
      .toBe('<button hidden="" aria-pressed="false" tabIndex="0" title="a">x</button>');
    expect(show(<button hidden={false} aria-pressed title={undefined}>y</button>)).toBe('<button aria-pressed="true">y</button>');
  });

  it("listens to the newest listener only", () => {
    const calls: string[] = [];
    show(<button onClick={() => calls.push("old")}>x</button>);
    show(<button onClick={() => calls.push("new")}>x</button>);
    (root.firstChild as unknown as { onclick: () => void }).onclick();
    expect(calls).toEqual(["new"]);
    show(<button>x</button>);
    expect((root.firstChild as unknown as { onclick: unknown }).onclick).toBeUndefined();
  });

  it("keeps nodes by key, whatever happens around them", () => {
    show(<List keys={["b", "c", "d"]} />);
    const before = nodes();
    show(<List keys={["a", "d", "b", "e"]} />);
    expect(root.inside).toBe("<ul><li>a</li><li>d</li><li>b</li><li>e</li></ul>");
    for (const key of ["b", "d"]) expect(nodes().get(key)).toBe(before.get(key));
  });

  it("moves nothing when something comes at either end", () => {
    show(<List keys={["b", "c"]} />);
    const list = root.firstChild!;
    const made = list.made;
    show(<List keys={["a", "b", "c", "d"]} />);
    expect(list.made - made).toBe(2);
    show(<List keys={["a", "c", "d"]} />);
    expect(list.made - made).toBe(2);
  });

  it("keeps neighbours when something appears between them", () => {
    const Form = ({ fault }: { fault: boolean }) => <form>{fault && <p>no</p>}<input /></form>;
    show(<Form fault={false} />);
    const input = root.firstChild?.children[0];
    show(<Form fault />);
    expect(root.firstChild?.children[1]).toBe(input);
  });

  it("makes a new node for another tag or another key", () => {
    show(<div><a>x</a></div>);
    const old = root.firstChild?.firstChild;
    show(<div><b>x</b></div>);
    expect(root.firstChild?.firstChild).not.toBe(old);
    show(<p key="1">x</p>);
    const first = root.firstChild;
    show(<p key="2">x</p>);
    expect(root.firstChild).not.toBe(first);
  });

  it("hands over nodes once they stand, and tells when they go", () => {
    const told: string[] = [];
    const ref = (node: unknown) => void told.push(node ? `here ${(node as { parent: unknown }).parent !== null}` : "gone");
    const stays = (node: unknown) => void told.push(node ? "outer" : "outer gone");
    show(<div ref={stays}><p ref={ref} /></div>);
    show(<div ref={stays}><p ref={ref} class="x" /></div>);
    show(<div ref={stays} />);
    expect(told.sort()).toEqual(["gone", "here true", "outer"]);
  });

  it("draws pictures in their own namespace, and text after them again in the page's", () => {
    show(<p><svg><path /></svg><b /></p>);
    const [svg, b] = root.firstChild!.children as [FakeNode, FakeNode];
    expect([svg.namespaceURI, svg.children[0]?.namespaceURI, b.namespaceURI]).toEqual(["http://www.w3.org/2000/svg", "http://www.w3.org/2000/svg", "html"]);
  });
});

describe("any change of a list", () => {
  it("ends in the same page as drawing it afresh", () => {
    let seed = 7;
    const random = (below: number) => (seed = (seed * 16807) % 2147483647) % below;
    for (let round = 0; round < 300; round += 1) {
      const keys = ["a", "b", "c", "d", "e", "f", "g", "h"].filter(() => random(3)).sort(() => random(3) - 1);
      show(<List keys={keys} />);
      expect(root.inside).toBe(`<ul>${keys.map((key) => `<li>${key}</li>`).join("")}</ul>`);
    }
  });
});
