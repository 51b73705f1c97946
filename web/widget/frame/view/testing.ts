// As much of a page as drawing needs.

export class FakeNode {
  parent: FakeNode | null = null;
  children: FakeNode[] = [];
  readonly attributes: Record<string, string> = {};
  readonly style: Record<string, string> = {};
  nodeValue: string | null = null;
  made = 0;
  readonly tag: string;
  readonly namespaceURI: string;

  constructor(tag: string, namespaceURI: string) {
    this.tag = tag;
    this.namespaceURI = namespaceURI;
  }

  get firstChild(): FakeNode | null {
    return this.children[0] ?? null;
  }

  get nextSibling(): FakeNode | null {
    const around = this.parent?.children ?? [];
    return around[around.indexOf(this) + 1] ?? null;
  }

  insertBefore(node: FakeNode, at: FakeNode | null): void {
    node.remove();
    const index = at ? this.children.indexOf(at) : this.children.length;
    this.children.splice(index, 0, node);
    node.parent = this;
    this.made += 1;
  }

  remove(): void {
    if (!this.parent) return;
    this.parent.children.splice(this.parent.children.indexOf(this), 1);
    this.parent = null;
  }

  setAttribute(name: string, value: unknown): void {
    this.attributes[name] = String(value);
  }

  removeAttribute(name: string): void {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
    delete this.attributes[name];
  }

  get written(): string {
    if (!this.tag) return this.nodeValue ?? "";
    const attributes = Object.entries(this.attributes).map(([name, value]) => ` ${name}="${value}"`).join("");
    return `<${this.tag}${attributes}>${this.inside}</${this.tag}>`;
  }

  get inside(): string {
    return this.children.map((child) => child.written).join("");
  }
}

export const fakeDocument = {
  createElementNS: (namespace: string, tag: string) => new FakeNode(tag, namespace),
  createTextNode: () => new FakeNode("", ""),
};
