import { type FieldsOf, other } from "../../fields";
import {
  answered,
  type Component,
  FIELD,
  type OptionalLabel,
  type SavedOptions,
  type UnsavedOptions,
} from "../component";

export interface RecaptchaOptions extends UnsavedOptions, OptionalLabel {
  /** Google's site key, which browsers see; 1 character or more. */
  readonly siteKey: string;
  /** Google's secret key; 1 character or more. It lies in Terraform's state: give it as a sensitive variable. */
  readonly secretKey: string;
}

export interface GoogleMapsAddressOptions extends SavedOptions, OptionalLabel {
  /** Key of Google's Maps API, which browsers see; 1 character or more. */
  readonly apiKey: string;
  /**
   * Key of Google's Maps API that no browser is sent, 1 character or more. It lies in Terraform's state: give it as a
   * sensitive variable.
   *
   * @default - none
   */
  readonly serverKey?: string;
}

export interface VerifiableCredentialsOptions extends UnsavedOptions, OptionalLabel {
  /** What the QR code leads to: `engagement` of the verification request, at most 2000 characters. */
  readonly url: string;
  /** Text of the link for who can not scan it, 1 to 255 characters. */
  readonly alternateText: string;
  /**
   * Token that polls for the result, 1 to 5000 characters. Browsers see it: it should have the scope
   * `read:verification_request` and no other.
   */
  readonly accessToken: string;
  /** Id of the verification request, 1 to 255 characters. */
  readonly verificationId: string;
  /**
   * Width of the QR code in pixels, 1 to 500.
   *
   * @default - Auth0's own
   */
  readonly size?: number;
  /**
   * Seconds until it gives up, 60 to 600.
   *
   * @default - Auth0's own
   */
  readonly maxWait?: number;
}

const RECAPTCHA: FieldsOf<RecaptchaOptions> = { ...FIELD, siteKey: other, secretKey: other };
const GOOGLE_MAPS_ADDRESS: FieldsOf<GoogleMapsAddressOptions> = { ...FIELD, apiKey: other, serverKey: other };
const VERIFIABLE_CREDENTIALS: FieldsOf<VerifiableCredentialsOptions> = {
  ...FIELD,
  url: other,
  alternateText: other,
  accessToken: other,
  verificationId: other,
  size: other,
  maxWait: other,
};

/**
 * Google's reCAPTCHA, e.g. `recaptcha("human", { siteKey, secretKey, required: true })`.
 *
 * The answer is an object of `success`, `challenge_ts`, `hostname` and, with version 3, `score`, which a flow has to look
 * at; nothing is written unless `metadataKey` is given.
 *
 * @param id id of the widget: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 * @example recaptcha("robot", { siteKey: "6Lc…", secretKey: "6Lc…" })
 */
export function recaptcha(id: string, options: RecaptchaOptions): Component {
  return answered("WIDGET", "RECAPTCHA", id, options, RECAPTCHA, { isSaved: false });
}

/**
 * An address that Google Maps finds, e.g. `googleMapsAddress("address", { label: "Address", apiKey })`.
 *
 * An object is written, a feature of GeoJSON: `type`, `geometry` and `properties`, whose `geocoding` has `housenumber`,
 * `street`, `city`, `state`, `postcode`, `country`.
 *
 * @param id id of the widget: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 * @example googleMapsAddress("address", { label: "Address", apiKey: "AIza…" })
 */
export function googleMapsAddress(id: string, options: GoogleMapsAddressOptions): Component {
  return answered("WIDGET", "GMAPS_ADDRESS", id, options, GOOGLE_MAPS_ADDRESS);
}

/**
 * A credential out of a digital wallet:
 * `verifiableCredentials("licence", { url, alternateText: "Open your wallet", accessToken, verificationId })`, whose values
 * a flow before the step gets, e.g. `{{vars.engagement}}`.
 *
 * The answer is an object of `state`, `reason` and `presentation`; nothing is written unless `metadataKey` is given.
 *
 * @param id id of the widget: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 * @example
 * ```ts
 * verifiableCredentials("licence", {
 *   url: "https://example.com",
 *   alternateText: "Scan it",
 *   accessToken: "…",
 *   verificationId: "…",
 * })
 * ```
 */
export function verifiableCredentials(id: string, options: VerifiableCredentialsOptions): Component {
  return answered("WIDGET", "AUTH0_VERIFIABLE_CREDENTIALS", id, options, VERIFIABLE_CREDENTIALS, { isSaved: false });
}
