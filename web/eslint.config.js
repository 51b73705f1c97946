import tseslint from "typescript-eslint";

// Rooms of the front end: the wire knows nothing of ours, and the two apps never meet.
const mayNotImport = (...rooms) => ({
  "no-restricted-imports": ["error", { patterns: [{ group: rooms, message: "Imports run one way: see eslint.config.js." }] }],
});

export default tseslint.config(
  { ignores: ["node_modules/", "dist/", "wire/schema.ts"] },
  { files: ["**/*.ts", "**/*.tsx"], extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked] },
  {
    files: ["**/*.ts", "**/*.tsx"],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "max-lines": ["error", { max: 400 }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/consistent-type-definitions": ["error", "type"],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // An empty text often means the same as none.
      "@typescript-eslint/prefer-nullish-coalescing": ["error", { ignorePrimitives: true }],
      "@typescript-eslint/no-deprecated": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // Text from people goes in as text, never as markup.
      "no-restricted-properties": ["error",
        { property: "innerHTML", message: "Put text in as text." },
        { property: "outerHTML", message: "Put text in as text." },
        { property: "insertAdjacentHTML", message: "Put text in as text." },
      ],
      "no-restricted-syntax": ["error", { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Put text in as text." }],
    },
  },
  { files: ["wire/**"], rules: mayNotImport("**/desk/**", "**/widget/**", "preact*", "preact/*", "@preact/*") },
  { files: ["widget/**"], rules: mayNotImport("**/desk/**") },
  { files: ["desk/**"], rules: mayNotImport("**/widget/**") },
  { files: ["widget/loader/**", "widget/loader.ts"], rules: mayNotImport("**/desk/**", "**/wire/**", "**/frame/*", "!**/frame/words.ts", "preact*", "preact/*", "@preact/*") },
  {
    files: ["**/*.test.ts", "**/*.test.tsx"],
    rules: {
      "max-lines-per-function": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
);
