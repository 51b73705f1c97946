import type { ComponentChildren, ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { toast } from "../state/toasts.ts";
import { words } from "../words.ts";
import { Rail } from "./rail.tsx";
import { Void } from "./void.tsx";

/** A page whose code is fetched when it is first opened. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let there: ComponentType<P> | null = null;
  return function Later(props: P) {
    const [Page, setPage] = useState<ComponentType<P> | null>(() => there);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (!there) load().then((page) => { there = page; setPage(() => page); }, () => setFailed(true));
    }, []);
    if (Page) return <Page {...props} />;
    return <div class="desk paged"><Rail /><main class="page" aria-busy={!failed}>{failed && <Failed />}</main></div>;
  };
}

/** The same for what lies over a page: until it is there, nothing is. */
export function lateLayer(load: () => Promise<ComponentType>): ComponentType {
  let there: ComponentType | null = null;
  return function Late() {
    const [Layer, setLayer] = useState<ComponentType | null>(() => there);
    useEffect(() => {
      if (!there) load().then((layer) => { there = layer; setLayer(() => layer); }, () => toast({ text: words.later.failed }));
    }, []);
    return Layer && <Layer />;
  };
}

/** What stands beside a page, fetched when it is first needed. */
export function latePart<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  return lateWithin(load, (failed) => <aside class="panel" aria-busy={!failed}>{failed && <Failed />}</aside>);
}

/** What stands within a page. */
export function lateInside<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  return lateWithin(load, (failed) => (failed ? <Failed /> : null));
}

function lateWithin<P extends object>(load: () => Promise<ComponentType<P>>, meanwhile: (failed: boolean) => ComponentChildren): ComponentType<P> {
  let there: ComponentType<P> | null = null;
  return function Late(props: P) {
    const [Shown, setShown] = useState<ComponentType<P> | null>(() => there);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (!there) load().then((part) => { there = part; setShown(() => part); }, () => setFailed(true));
    }, []);
    return Shown ? <Shown {...props} /> : <>{meanwhile(failed)}</>;
  };
}

function Failed() {
  const again = <button type="button" class="button" onClick={() => location.reload()}>{words.later.reload}</button>;
  return <Void icon="away" title={words.later.failed} action={again}>{words.later.why}</Void>;
}
