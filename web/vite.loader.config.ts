import { defineConfig } from "vite";

// One classic script without a name of its own on the page, so that a company needs one line.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "../src/frontdesk/built/loader",
    emptyOutDir: true,
    target: "es2021",
    modulePreload: false,
    lib: { entry: "widget/loader.ts", formats: ["iife"], name: "frontdesk", fileName: () => "loader.js" },
  },
});
