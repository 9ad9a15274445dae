/** The packages of this repository that a project installs, and what makes their tarballs in a clone of it. */
const PACKED_BY = {
  "auth0-progressive-profiling": "npm pack",
  "auth0-local-tenant": "npm pack --workspace tenant",
} as const;

export type OwnPackage = keyof typeof PACKED_BY;

export const OWN_PACKAGES = Object.keys(PACKED_BY) as readonly OwnPackage[];

/** Why `npm install` does not find packages, and where they come from until the first release. */
export function unpublished(packages: readonly OwnPackage[]): string {
  const commands = packages.map((name) => `\`${PACKED_BY[name]}\``);
  const [are, make, tarballs] =
    packages.length === 1 ? ["is", "makes", "its tarball"] : ["are", "make", "their tarballs"];
  return `${packages.join(" and ")} ${are} on no registry yet: ${commands.join(" and ")} in a clone of the repository ${make} ${tarballs}`;
}
