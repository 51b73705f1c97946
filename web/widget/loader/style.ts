// Everything is fixed and isolated: the page's own styles neither reach in nor leak out.

export const PHONE = "(max-width:600px),(max-height:480px)";

export const style = (colour: string, onColour: string): string =>
  `:host{all:initial!important;position:fixed!important;z-index:2147483000!important}`
  + `div,button{position:fixed;inset-inline-end:24px;--t:env(safe-area-inset-top);--b:env(safe-area-inset-bottom)}`
  + `button{bottom:calc(24px + var(--b));width:56px;height:56px;padding:0;border:0;border-radius:50%;display:grid;place-items:center;cursor:pointer;background:${colour};color:${onColour};box-shadow:0 8px 24px #0004}`
  + `:focus-visible{outline:2px solid ${colour};outline-offset:2px;box-shadow:0 0 0 2px #fff}`
  + `svg{width:22px;fill:none;stroke:currentColor;stroke-width:1.65;stroke-linecap:round}`
  + `b{position:absolute;top:-3px;inset-inline-end:-3px;min-width:10px;padding:0 5px;border-radius:10px;background:#1b1d1a;color:#fff;font:12px/20px system-ui;box-shadow:0 0 0 2px #fff}`
  + `b:empty,[hidden]{display:none}`
  + `div{bottom:calc(96px + var(--b));width:384px;height:min(var(--h,660px),660px,100vh - 120px);border-radius:16px;overflow:hidden;background:#fff;box-shadow:0 24px 64px #0005}`
  + `iframe{width:100%;height:100%;border:0;color-scheme:light dark}`
  + `@keyframes a{from{opacity:0;translate:0 4px}}`
  + `@media(prefers-color-scheme:dark){div{background:#191b19}}`
  + `@media(prefers-reduced-motion:no-preference){div{animation:a .16s}}`
  + `@media ${PHONE}{div{inset:0;width:auto;height:100%;border-radius:0}}`
  + `@media print{:host{display:none!important}}`;
