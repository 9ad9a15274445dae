import { BOOLEAN, oneOf } from "auth0-forms/schema";
import type { ClientCredential } from "../documents/client";
import { clientCredentialsIn } from "../documents/collections";
import type { Json } from "../documents/json";
import type { Store } from "../documents/store";
import { existingClient } from "./clients";
import type { Family, OperationRequest, Reply, Services } from "./family";
import { existing, ManagementError } from "./management-error";
import { PAGE_QUERY, querySchema } from "./page";
import { certificateThumbprint, keyThumbprint, readCertificate } from "./pem";
import { object, string } from "./property";

const CREATE = object(
  {
    credential_type: oneOf(["public_key", "cert_subject_dn", "x509_cert"]),
    name: string(1, 128),
    subject_dn: string(1, 256),
    pem: string(1, 4096),
    alg: oneOf(["RS256", "RS384", "PS256"]),
    parse_expiry_from_cert: BOOLEAN,
    expires_at: { type: "string", format: "date-time" },
    kid: string(10, 64),
  },
  ["credential_type"],
);

const UPDATE = object({ expires_at: { type: ["string", "null"], format: "date-time" } });

// The provider's client asks for pages; Auth0 gives the bare list all the same.
const LIST_QUERY = querySchema({ per_page: PAGE_QUERY.per_page, include_totals: PAGE_QUERY.include_totals });

type Body = { readonly [setting: string]: Json };

/** The keys of clients. @see https://auth0.com/docs/api/management/v2/clients/get-credentials */
export const clientCredentials: Family = [
  {
    method: "GET",
    path: "/clients/:client_id/credentials",
    name: "get_credentials",
    scopes: ["read:client_credentials"],
    query: LIST_QUERY,
    handle: listCredentials,
  },
  {
    method: "POST",
    path: "/clients/:client_id/credentials",
    name: "post_credentials",
    scopes: ["create:client_credentials"],
    body: CREATE,
    handle: createCredential,
  },
  {
    method: "GET",
    path: "/clients/:client_id/credentials/:credential_id",
    name: "get_credentials_by_credential_id",
    scopes: ["read:client_credentials"],
    handle: readCredential,
  },
  {
    method: "PATCH",
    path: "/clients/:client_id/credentials/:credential_id",
    name: "patch_credentials_by_credential_id",
    scopes: ["update:client_credentials"],
    body: UPDATE,
    handle: updateCredential,
  },
  {
    method: "DELETE",
    path: "/clients/:client_id/credentials/:credential_id",
    name: "delete_credentials_by_credential_id",
    scopes: ["delete:client_credentials"],
    handle: deleteCredential,
  },
];

function listCredentials({ params }: OperationRequest, { store }: Services): Reply {
  const client = existingClient(store, params.client_id);
  const own = clientCredentialsIn(store)
    .list()
    .filter(({ client_id }) => client_id === client.client_id);
  return { status: 200, body: own.map(shown).reverse() };
}

function createCredential({ params, body }: OperationRequest, { store, ids, clock }: Services): Reply {
  const client = existingClient(store, params.client_id);
  const id = ids.clientCredential();
  const credential = newCredential(body as Body, id, client.client_id, clock().toISOString());
  return { status: 201, body: shown(clientCredentialsIn(store).put(id, credential)) };
}

function newCredential(given: Body, id: string, clientId: string, now: string): ClientCredential {
  const pem = given.pem as string | undefined;
  const type = String(given.credential_type);
  if (pem === undefined && !(type === "cert_subject_dn" && given.subject_dn !== undefined)) {
    throw new ManagementError(400, "Payload validation error: 'Missing required property: pem'.", "invalid_body");
  }
  const isCertificate = type !== "public_key" || given.parse_expiry_from_cert === true;
  const certificate = pem !== undefined && isCertificate ? readCertificate(pem, "pem") : undefined;
  const expiry =
    type === "x509_cert" || given.parse_expiry_from_cert === true ? certificate?.validTo : given.expires_at;
  return {
    id,
    client_id: clientId,
    credential_type: type,
    ...(type === "public_key" && {
      kid: given.kid ?? keyThumbprint(pem ?? "", "pem"),
      alg: given.alg ?? "RS256",
    }),
    ...(type === "cert_subject_dn" && { subject_dn: given.subject_dn ?? certificate?.subject }),
    ...(type === "x509_cert" && certificate && { thumbprint_sha256: certificateThumbprint(certificate) }),
    ...(given.name !== undefined && { name: given.name }),
    created_at: now,
    updated_at: now,
    ...(typeof expiry === "string" && { expires_at: new Date(expiry).toISOString() }),
  };
}

function readCredential({ params }: OperationRequest, { store }: Services): Reply {
  return { status: 200, body: shown(existingCredential(store, params)) };
}

function updateCredential({ params, body }: OperationRequest, { store, clock }: Services): Reply {
  const credential = existingCredential(store, params);
  const { expires_at } = body as { readonly expires_at?: string | null };
  const updated = {
    ...credential,
    updated_at: clock().toISOString(),
    expires_at: expires_at ? new Date(expires_at).toISOString() : undefined,
  };
  return { status: 200, body: shown(clientCredentialsIn(store).put(credential.id, updated)) };
}

function deleteCredential({ params }: OperationRequest, { store }: Services): Reply {
  clientCredentialsIn(store).delete(params.credential_id ?? "");
  return { status: 204 };
}

function existingCredential(store: Store, { client_id, credential_id }: OperationRequest["params"]): ClientCredential {
  const credential = clientCredentialsIn(store).get(credential_id ?? "");
  const isOwn = credential !== undefined && credential.client_id === existingClient(store, client_id).client_id;
  return existing(isOwn ? credential : undefined, "The credential does not exist", "inexistent_credential");
}

/** A credential as the API returns it. */
function shown({ client_id, ...credential }: ClientCredential): object {
  return credential;
}
