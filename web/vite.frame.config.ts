import { defineConfig } from "vite";

export default defineConfig({
  root: "widget/frame",
  base: "/widget/",
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../../../src/frontdesk/built/frame",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The style sheet writes both themes out by itself, and needs nothing made older for it.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    target: ["chrome94", "firefox93", "safari15.4"],
  },
});
