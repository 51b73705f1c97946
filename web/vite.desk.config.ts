import { defineConfig } from "vite";

export default defineConfig({
  root: "desk",
  base: "/",
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../../src/frontdesk/built/desk",
    emptyOutDir: true,
    // Pictures inlined as data: would be refused by nobody, but hashed files are cached once.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2023",
    // Browsers that know light-dark() by themselves.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
  },
});
