import { type LocalTenant, startLocalTenant } from "./local-tenant";
import { describeWith, openTofu, openTofuBinary, type Requirement } from "./requirements";

export interface Engine {
  readonly name: string;
  readonly requirements: readonly Requirement[];
  readonly binary: () => string | undefined;
}

/** The engines that stacks are tried on: the set-up's own, and OpenTofu. */
export const ENGINES: readonly Engine[] = [
  { name: "Terraform", requirements: [], binary: () => process.env.TERRAFORM_BINARY_NAME },
  { name: "OpenTofu", requirements: [openTofu], binary: openTofuBinary },
];

/** `describe` for tests on an engine, with a tenant of their own. */
export function describeOn(
  { name, requirements, binary }: Engine,
  who: string,
  tests: (tenant: () => LocalTenant) => void,
): void {
  describeWith(requirements, `${who} on ${name}`, () => {
    const before = process.env.TERRAFORM_BINARY_NAME;
    let tenant: LocalTenant;

    beforeAll(async () => {
      process.env.TERRAFORM_BINARY_NAME = binary();
      tenant = await startLocalTenant();
    });

    afterAll(async () => {
      process.env.TERRAFORM_BINARY_NAME = before;
      await tenant.stop();
    });

    tests(() => tenant);
  });
}
