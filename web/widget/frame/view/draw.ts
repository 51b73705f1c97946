// Makes the page match a tree of elements, touching only what differs.

type Props = Record<string, unknown>;

export type Element = { tag: string | ((props: Props) => unknown); props: Props; children: unknown; key?: string | number | undefined };

type Ref = ((node: globalThis.Element | null) => void) | undefined;

/** What stands in the page. Its id is its place in the tree, its key where it has one, and its tag. */
type Drawn = { id: string; node: globalThis.Element | Text; props: Props; inside: Drawn[] };

const SVG = "http://www.w3.org/2000/svg";

let standing: Drawn[] = [];
let born: (() => void)[] = [];

export const Fragment = ({ children }: Props): unknown => children;

export function draw(tree: unknown, root: globalThis.Element): void {
  standing = match(root, standing, tree);
  const told = born;
  born = [];
  for (const tell of told) tell();
}

function match(parent: globalThis.Element, olds: Drawn[], tree: unknown): Drawn[] {
  const left = new Map(olds.map((old) => [old.id, old]));
  const news: Drawn[] = [];
  each([tree].flat(), "", (id, one) => {
    const drawn = left.get(id) ?? make(parent, id, one);
    left.delete(id);
    update(drawn, one);
    news.push(drawn);
  });
  left.forEach(remove);
  let at = parent.firstChild;
  for (const { node } of news) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
  return news;
}

// Calls components and opens lists. What is absent keeps its place, so that its neighbours keep theirs.
function each(tree: unknown, id: string, use: (id: string, one: Element | string) => void): void {
  if (Array.isArray(tree)) {
    tree.forEach((one: Partial<Element> | null, index) => each(one, `${id}.${one?.key ?? index}`, use));
  } else if (tree && typeof tree === "object") {
    const one = tree as Element;
    if (typeof one.tag === "string") use(`${id} ${one.tag}`, one);
    else each(one.tag({ ...one.props, children: one.children }), id, use);
  } else if (typeof tree === "string" || typeof tree === "number") {
    use(id, String(tree));
  }
}

function make(parent: globalThis.Element, id: string, one: Element | string): Drawn {
  if (typeof one === "string") return { id, node: document.createTextNode(""), props: {}, inside: [] };
  const tag = one.tag as string;
  const node = document.createElementNS(tag === "svg" ? SVG : parent.namespaceURI, tag);
  const ref = one.props.ref as Ref;
  if (ref) born.push(() => ref(node));
  return { id, node, props: {}, inside: [] };
}

function update(drawn: Drawn, one: Element | string): void {
  const { node, props } = drawn;
  if (typeof one === "string") {
    if (node.nodeValue !== one) node.nodeValue = one;
    return;
  }
  for (const name in { ...props, ...one.props }) {
    if (props[name] !== one.props[name]) set(node as HTMLElement, name, one.props[name]);
  }
  drawn.props = one.props;
  drawn.inside = match(node as HTMLElement, drawn.inside, one.children);
}

function set(node: HTMLElement, name: string, value: unknown): void {
  const spoken = name.startsWith("aria");
  if (name === "style") Object.assign(node.style, value);
  else if (name.startsWith("on")) Object.assign(node, { [name.toLowerCase()]: value });
  else if (value === undefined || value === null || (value === false && !spoken)) node.removeAttribute(name);
  else if (name !== "ref") node.setAttribute(name, value === true && !spoken ? "" : (value as string));
}

function remove({ node, props, inside }: Drawn): void {
  (props.ref as Ref)?.(null);
  inside.forEach(remove);
  node.remove();
}
