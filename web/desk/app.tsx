import { useEffect, useLayoutEffect } from "preact/hooks";
import { Banner } from "./parts/banner.tsx";
import { later, lateLayer } from "./parts/later.tsx";
import { isTyping } from "./parts/events.ts";
import { Sprite } from "./parts/icon.tsx";
import { Toaster } from "./parts/toast.tsx";
import { Void } from "./parts/void.tsx";
import { erasing } from "./state/erasing.ts";
import { keepTitle } from "./state/alerts.ts";
import { openDrafts } from "./state/drafts.ts";
import { followKeys, keysShown, onKey } from "./state/keys.ts";
import { closeDesk, openDesk } from "./state/live.ts";
import { closeOutbox, openOutbox } from "./state/outgoing.ts";
import { keepNarrowing } from "./state/narrowing.ts";
import { route } from "./state/route.ts";
import { followCall, openSearch, sought } from "./state/searching.ts";
import { begin, stage } from "./state/session.ts";
import { state } from "./state/store.ts";
import { Desk } from "./screens/desk/desk.tsx";
import { KeysDialog } from "./screens/desk/keys-dialog.tsx";
import { Opening } from "./screens/desk/opening.tsx";
import { Invitation } from "./screens/doors/invitation.tsx";
import { SetUp } from "./screens/doors/setup.tsx";
import { SignIn, SignInByLink } from "./screens/doors/sign-in.tsx";
import { Settings } from "./screens/settings/settings.tsx";
import { words } from "./words.ts";

const Knowledge = later(() => import("./screens/knowledge/knowledge.tsx").then((all) => all.Knowledge));
const Evaluation = later(() => import("./screens/evaluation/evaluation.tsx").then((all) => all.Evaluation));
const Customers = later(() => import("./screens/customers/customers.tsx").then((all) => all.Customers));
const Customer = later(() => import("./screens/customers/customer.tsx").then((all) => all.Customer));
const Company = later(() => import("./screens/customers/company.tsx").then((all) => all.Company));
const Visitors = later(() => import("./screens/visitors/visitors.tsx").then((all) => all.Visitors));
const ErasedReport = lateLayer(() => import("./parts/customer/erase.tsx").then((all) => all.ErasedReport));
const Search = lateLayer(() => import("./screens/search/search.tsx").then((all) => all.Search));

export function App() {
  return <><Sprite /><Stage /></>;
}

function Stage() {
  const at = stage.value;
  switch (at.at) {
    case "starting": return null;
    case "unreachable": return <Unreachable />;
    case "setup": return <SetUp />;
    case "sign-in": return <SignIn why={at.why} />;
    case "link": return <SignInByLink token={at.token} />;
    case "invitation": return <Invitation token={at.token} />;
    case "desk": return <Inside />;
  }
}

function Unreachable() {
  const again = <button type="button" class="button" onClick={() => void begin()}>{words.tryAgain}</button>;
  return <Void icon="away" title={words.away.start} action={again} />;
}

/** Everything that lives from signing in to signing out. */
function Inside() {
  useLayoutEffect(() => {
    void openDesk();
    const letGo = [followKeys(isTyping), onKey("?", () => { keysShown.value = true; }), onKey("/", () => openSearch()), followCall(), keepTitle(), keepNarrowing()];
    return () => {
      letGo.forEach((release) => release());
      closeOutbox();
      closeDesk();
    };
  }, []);
  const id = state.value?.me.id;
  useEffect(() => {
    if (!id) return;
    openDrafts(id);
    openOutbox(id);
  }, [id]);
  if (!id) return <Opening />;
  return (
    <>
      <Banner />
      <Place />
      <Toaster />
      <KeysDialog />
      {sought.value !== null && <Search />}
      {erasing.value !== null && <ErasedReport />}
    </>
  );
}

function Place() {
  const at = route.value;
  switch (at.at) {
    case "settings": return <Settings section={at.section} />;
    case "knowledge": return <Knowledge source={at.source} />;
    case "evaluation": return <Evaluation />;
    case "customers": return <Customers {...(at.query !== undefined && { query: at.query })} />;
    case "customer": return <Customer key={at.id} id={at.id} {...(at.place !== undefined && { place: at.place })} />;
    case "company": return <Company key={at.id} id={at.id} />;
    case "visitors": return <Visitors />;
    case "list": case "conversation": case "nowhere": return <Desk />;
  }
}
