const TERMINAL = "@cdktf/node-pty-prebuilt-multiarch";

/** What a project on CDKTF needs of npm, besides this library. */
export const CDK_PACKAGES = {
  dependencies: { cdktf: "^0.21.0", constructs: "^10.4.2" },
  devDependencies: {
    [TERMINAL]: "npm:@lydell/node-pty@1.1.0",
    "@types/node": "^20.19.43",
    "cdktf-cli": "^0.21.0",
    typescript: "~5.9.3",
  },
  // CDKTF's own terminal has no binary for Node 24 and newer.
  overrides: { [TERMINAL]: `$${TERMINAL}` },
};

/** Of `cdktf.json`: without one `cdktf watch` writes it, and watches node_modules. */
export const WATCH_PATTERN = ["*.ts"];
