// Makes one file of the library's modules, which is what `import "auth0-progressive-profiling"` loads: a third of what a
// synth costs above the raw bindings was finding and reading eighty small files. The bindings stay modules of their own,
// which users import as well. Run by `npm run build`, after tsc, which checks the types and declares them.
import { build } from "esbuild";

const BINDINGS = "@cdktf/provider-auth0/";

await build({
  entryPoints: ["lib/index.ts"],
  // in `dist/lib`, from where the Actions are found, and which no place of a problem names
  outfile: "dist/lib/bundle.js",
  bundle: true,
  platform: "node",
  target: "node20",
  keepNames: true,
  logLevel: "warning",
  plugins: [
    {
      name: "what stays a module",
      setup({ onResolve }) {
        onResolve({ filter: /^[^./]/ }, ({ path }) => {
          if (path.startsWith(BINDINGS)) {
            return { path: path.replace(BINDINGS, "../provider-auth0/").concat("/index.js"), external: true };
          }
          return path === "auth0-forms" ? undefined : { path, external: true };
        });
      },
    },
  ],
});
