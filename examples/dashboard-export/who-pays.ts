import { Construct } from "constructs";
import {
  choice,
  Form,
  flowNode,
  isEqualTo,
  nextButton,
  ProfileFlow,
  previousButton,
  richText,
  routerNode,
  stepNode,
  text,
  updateUser,
} from "../../lib";

export interface WhoPaysProps {
  /** Id of the Vault connection "Profile writer" of the type AUTH0, `ac_…`. */
  readonly profileWriterConnectionId: string;
}

/**
 * The form "Who pays?".
 *
 * Made of nodes, and not of stages: from "step_k2Vd" on it goes by STEP, ROUTER, where a stage goes by one FLOW or
 * none, by STEPs, and by two FLOWs or less.
 */
export class WhoPays extends Construct {
  readonly form: Form;

  constructor(scope: Construct, id: string, props: WhoPaysProps) {
    super(scope, id);

    const saveWhoPays = new ProfileFlow(this, "SaveWhoPays", {
      name: "Save who pays",
      connectionId: props.profileWriterConnectionId,
      actions: [
        updateUser("update_user_q3Xv", {
          changes: {
            user_metadata: {
              payer: "{{fields.payer}}",
              billing_company: "{{fields.billing_company}}",
              vat_number: "{{fields.vat_number}}",
              billing_name: "{{fields.billing_name}}",
            },
          },
        }),
      ],
    });
    this.form = new Form(this, "Form", {
      name: "Who pays?",
      languages: { primary: "en" },
      coordinates: { start: { x: 0, y: 0 }, ending: { x: 2500, y: 0 } },
      nodes: [
        stepNode("step_k2Vd", {
          alias: "Company or person",
          components: [
            richText("<h2>Who pays for your plan?</h2>", { id: "rich_text_Yw3p" }),
            choice("payer", {
              label: "Who pays?",
              required: true,
              options: [
                { value: "company", label: "A company" },
                { value: "person", label: "I do" },
              ],
            }),
            nextButton("Continue", { id: "next_button_5hQe" }),
          ],
          next: "router_Zt8c",
          coordinates: { x: 500, y: 0 },
        }),
        routerNode("router_Zt8c", {
          alias: "Who pays",
          rules: [
            {
              id: "id_3841159020746",
              alias: "A company",
              condition: isEqualTo("fields.payer", "company"),
              next: "step_m7Rx",
            },
          ],
          fallback: "step_u9Bn",
          coordinates: { x: 1000, y: 0 },
        }),
        stepNode("step_m7Rx", {
          alias: "The company",
          components: [
            text("billing_company", { label: "Company on the invoice", required: true }),
            text("vat_number", { label: "VAT number", hint: "Where you have one." }),
            previousButton("Back", { id: "previous_button_c1Gs" }),
            nextButton("Save", { id: "next_button_r6Lk" }),
          ],
          next: "flow_d4Hj",
          coordinates: { x: 1500, y: -300 },
        }),
        stepNode("step_u9Bn", {
          alias: "The person",
          components: [
            text("billing_name", { label: "Name on the invoice", required: true }),
            previousButton("Back", { id: "previous_button_w0Fa" }),
            nextButton("Save", { id: "next_button_e8Ty" }),
          ],
          next: "flow_d4Hj",
          coordinates: { x: 1500, y: 300 },
        }),
        flowNode("flow_d4Hj", {
          alias: "Save it",
          flow: saveWhoPays.flowId,
          next: "$ending",
          coordinates: { x: 2000, y: 0 },
        }),
      ],
    });
  }
}
