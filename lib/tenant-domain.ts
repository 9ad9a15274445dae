const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*(?::\d{1,5})?$/;

/** Identifier of the tenant's Management API, the audience of its grants. */
export function managementApiIdentifier(domain: string): string {
  return `https://${domain}/api/v2/`;
}

/**
 * One spelling for one domain: upper case is lower case, port 443 is none, and a local tenant is at localhost, which its tokens
 * are for.
 */
export function canonicalDomain(domain: string): string {
  return canonicalHost(domain).replace(/:443$/, "");
}

/** One spelling for one host: this machine has two. */
export function canonicalHost(host: string): string {
  return host.toLowerCase().replace(/^127\.0\.0\.1(?=:|$)/, "localhost");
}

/** Whether two domains lead to one tenant. */
export function isSameTenant(one: string, other: string): boolean {
  return canonicalDomain(one) === canonicalDomain(other);
}

/** Whether it is a host name, maybe with a port. */
export function isDomain(domain: unknown): domain is string {
  return typeof domain === "string" && HOST.test(domain);
}
