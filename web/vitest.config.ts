import { defineConfig } from "vitest/config";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact", development: false } },
  test: { include: ["{wire,widget,desk}/**/*.test.{ts,tsx}"] },
});
