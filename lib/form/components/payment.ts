import { type FieldsOf, type Members, other } from "../../fields";
import {
  answered,
  type Component,
  changed,
  FIELD,
  type OptionalLabel,
  snakeCased,
  type UnsavedOptions,
} from "../component";

/** What stands above and in an input of a PAYMENT, 1 to 250 characters each. */
export interface PaymentTexts {
  readonly label?: string;
  readonly placeholder?: string;
}

export interface PaymentOptions extends UnsavedOptions, OptionalLabel {
  /**
   * Who takes the money.
   *
   * @default - Auth0's own
   */
  readonly provider?: "STRIPE";
  /**
   * What is charged: once, as a number of 0.01 or more or an expression, or as a subscription of Stripe's, which is sent
   * as it is given.
   */
  readonly charge:
    | {
        readonly oneOff: {
          readonly amount: number | string;
          readonly currency: "AUD" | "CAD" | "CHF" | "EUR" | "GBP" | "INR" | "MXN" | "SEK" | "USD";
        };
      }
    | { readonly subscription: Readonly<Record<string, unknown>> };
  /** Stripe's keys, 1 to 250 characters each. The private one lies in Terraform's state: give it as a sensitive variable. */
  readonly credentials: { readonly publicKey: string; readonly privateKey: string };
  /**
   * The customer of Stripe's, sent as it is given.
   *
   * @default - none
   */
  readonly customer?: Readonly<Record<string, unknown>>;
  /**
   * What the inputs say, and whether marks of trust stand below.
   *
   * @default - Auth0's own
   */
  readonly fields?: {
    readonly cardNumber?: PaymentTexts;
    readonly expirationDate?: PaymentTexts;
    readonly securityCode?: PaymentTexts;
    readonly trustmarks?: boolean;
  };
}

const PAYMENT: FieldsOf<PaymentOptions> = {
  ...FIELD,
  provider: other,
  charge: other,
  credentials: other,
  customer: other,
  fields: other,
};

/**
 * A payment, which Stripe takes before the form ends:
 * `payment("fee", { charge: { oneOff: { amount: 9.5, currency: "EUR" } }, credentials: { publicKey, privateKey } })`.
 *
 * The answer is the id of a payment method (`pm_…`); nothing is written unless `metadataKey` is given. In a flow after
 * submission it is an object of `payment_method_id`, `customer_id`, `payment_intent_id` and more.
 *
 * @param id id of the field: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 * @example
 * ```ts
 * payment("card", {
 *   provider: "STRIPE",
 *   charge: { oneOff: { amount: 10, currency: "EUR" } },
 *   credentials: { publicKey: "pk_…", privateKey: "sk_…" },
 * })
 * ```
 */
export function payment(id: string, options: PaymentOptions): Component {
  return answered("FIELD", "PAYMENT", id, options, PAYMENT, {
    configOf: ({ charge, credentials, fields, ...own }) => ({
      ...own,
      charge: changed(charge, sentCharge),
      credentials: changed(credentials, snakeCased),
      fields: changed(fields, snakeCased),
    }),
    isSaved: false,
  });
}

/** Auth0 names the kind beside what it holds. */
function sentCharge(charge: Members): Members {
  return { type: "subscription" in charge ? "SUBSCRIPTION" : "ONE_OFF", ...snakeCased(charge) };
}
