import { testClaims } from "../support/claims";

const CHECK = "verify/check.real.test.ts";
const ANSWERS = "verify/check-answers.test.ts";
const ADOPT = "journeys/adopt.test.ts";
const STACK = "adopt/stack-code.test.ts";
const IMPORT = "adopt/import-form.test.ts";
const IMPORT_RUN = "adopt/import-form.real.test.ts";
const IMPORT_STAGES = "adopt/import-form-stages.test.ts";
const IMPORT_SAVING = "adopt/import-form-saving.test.ts";
const IMPORT_SHARED = "adopt/import-form-shared.test.ts";
const DEPLOYED = "journeys/import-form.test.ts";
const FORM = "lib/form.test.ts";
const TENANT = "docs/from-tenant.real.test.ts";
const HCL = "docs/from-hcl.real.test.ts";
const TO_HCL = "docs/to-hcl.real.test.ts";
const MODULE = "adopt/hcl/module.test.ts";
const MODULES = "journeys/hcl.test.ts";
const INIT = "journeys/init.test.ts";
const ENGINES = "journeys/engines.test.ts";

testClaims({
  "docs/adopt.md": [
    ["`check` looks at the tenant, changes nothing", [CHECK, "it sends GET requests, and one for its token"]],
    ["It is of the stacks in `cdktf.out`", [CHECK, "where no stack is synthesised it is the article's set-up"]],
    [
      "| what is looked at | a problem is |",
      [CHECK, "%s is the only thing that is told"],
      [CHECK, "every missing scope is told at once"],
      [CHECK, "names that are taken are told"],
      [ANSWERS, "a tenant without Forms"],
      [ANSWERS, "a tenant full of flows"],
      [ANSWERS, "a trigger that is full"],
      [ANSWERS, "a stack that takes the trigger's whole list"],
      [ANSWERS, "a CUSTOM field without a custom domain"],
      [ANSWERS, "no connection that is enabled"],
      [ANSWERS, "a connection that is not there"],
    ],
    [
      "A line begins with `ok`, `problem` or `unknown`",
      [CHECK, "then nothing stands in the way"],
      [CHECK, "and what can not be seen without it is unknown"],
      [CHECK, "and no more when they are the stack's own"],
      [CHECK, "one that can not be read yet is told with the way"],
      [CHECK, "and a folder that holds none is an error"],
    ],
    ["`adopt` lists what a tenant has of forms", [ADOPT, "is listed"]],
    ["how to make its tarball", "advice"],
    [
      "With `--out` it writes a project, over no file",
      [ADOPT, "is adopted by a first plan that imports all"],
      [STACK, "names are those of the tenant"],
      [STACK, "of another it is said why it is not"],
      [STACK, "an Action whose form is in a secret is adopted by its name"],
    ],
    ["The first plan imports everything", [ADOPT, "and changes what was said; logins ask as before"]],
    [
      "| what | to have it in the stack |",
      [ADOPT, "to have them in the stack, give all of them in secrets"],
      [ADOPT, "to have it in the stack, give its setup"],
      [STACK, "a secret of a form is asked for by a variable"],
      [STACK, "its draft is not deployed, its secrets stay"],
    ],
    [
      "What serves more than one is told and kept so",
      [ADOPT, "keeps what is shared, and is adopted by a first plan that imports all"],
      [STACK, "and what is shared is told"],
      [ADOPT, "is read with the documented scopes and no others"],
    ],
  ],
  "docs/from-dashboard.md": [
    ["shall stay that very form", "advice"],
    ["becomes TypeScript in one command", ["docs/from-dashboard.real.test.ts", "makes of its small file the code"]],
    ["is what the dashboard exports", [IMPORT, "the export of the form %s comes out as it is"], "documented by others"],
    [
      "Taken as well are a form and its flows",
      [IMPORT, "as the Management API gives it"],
      [IMPORT, "as auth0-deploy-cli exports it"],
      [IMPORT, "as Terraform's state has it"],
      [IMPORT, "nothing is written, and all is told that is wrong"],
      [IMPORT, "a file is there already"],
    ],
    ["It prints what was written", [IMPORT_RUN, "of the type AUTH0"]],
    [
      "**Made of stages**",
      [IMPORT_STAGES, "forms that are in use come out as stages"],
      [IMPORT_STAGES, "the dashboard's template comes out as stages that keep its ids, places and order"],
      [IMPORT_SAVING, "each flow saves what its own stages ask"],
    ],
    ["**A flow that several of the forms run**", [IMPORT_SHARED, "a flow that two forms run"]],
    ["**To give**", [IMPORT, "is asked for, and stands in no file"]],
    [
      "**As it was**",
      [IMPORT, "what is left as it was is named with the reason"],
      [FORM, "what would be refused is a warning where Auth0 is to have the last word"],
    ],
    ["It becomes `src/forms/badge.ts`", ["docs/from-dashboard.real.test.ts", "makes of its small file the code"]],
    ["defines it, and the form is what the file has", [IMPORT, "the export of the form %s comes out as it is"]],
    ["What this deploys is equal to the file", [DEPLOYED, "the Management API gives back what the files have"]],
    ["A form that is no profiling is a `Form`", [FORM, "nodes come out as they are given"]],
    [
      "A `Form` saves nothing by itself",
      [FORM, "a form is refused where"],
      [FORM, "what nothing leads to is a warning"],
      [FORM, "places that are given are kept"],
      [FORM, "a flow may be one that is defined elsewhere"],
    ],
  ],
  "docs/from-deploy-cli.md": [
    ["keeps files and no state", [TENANT, "what stands in a tenant and in no state is imported"]],
    ["1. Write the stack", [ADOPT, "a tenant that auth0-deploy-cli filled with the article's form"]],
    ["2. Say which is which", "documented by others"],
    ["3. Look at the plan", "advice"],
    ["`Plan: 4 to import, 0 to add`", [TENANT, "Plan: 4 to import, 0 to add, 1 to change, 0 to destroy."]],
    ["4. Deploy it by `npx cdktf deploy`", [TENANT, "No changes."]],
    ["Let what the stack has be of one owner", "tried by hand"],
    ["What its files replace by environment", "advice"],
  ],
  "docs/from-hcl.md": [
    ["goes on in a stack with the state that it has", [HCL, "what a module has applied goes on in the stack"]],
    ["1. Write the stack", "advice"],
    ["2. Give it the backend of the module", [HCL, "Please rename it to match the stack name"]],
    ["Then say which resource is which", [HCL, "moved, and changed only where the stack says something else"]],
    ["3. Look at the plan", "advice"],
    ["Everything is moved", [HCL, "Plan: 0 to add, 1 to change, 0 to destroy."]],
    ["4. Deploy it by `npx cdktf deploy`", [HCL, "No changes."]],
    ["Other resources of the module can stay", "documented by others"],
  ],
  "docs/from-pulumi.md": [
    ["only the state is another one", [TENANT, "is imported by the stack of the guide"], "documented by others"],
    ["1. Write the stack", [TENANT, "the ids are read from what Pulumi exports"]],
    ["| Pulumi | here | imported by |", [TENANT, "is imported by the stack of the guide"]],
    ["2. Deploy it once", "advice"],
    ["3. Let Pulumi forget them", "documented by others"],
  ],
  "docs/to-cdk-terrain.md": [
    [
      "so install CDK Terrain under that name",
      [INIT, "with CDK Terrain, and back with CDKTF, it plans nothing either"],
    ],
    ["The plan says `No changes.`", [ENGINES, "CDK Terrain synthesises the JSON that CDKTF does: %s"]],
    ["0.21 goes on working with it", [INIT, "with CDK Terrain, and back with CDKTF"], "documented by others"],
    ["Do not install both packages", "documented by others"],
  ],
  "docs/to-hcl.md": [
    ["takes a Terraform module along", [TO_HCL, "what is deployed plans nothing as the module"]],
    ["The last line says `No changes.`", [MODULES, "is formatted, and plans nothing on the state of the stack"]],
    [
      "| file | what it holds |",
      [MODULE, "blocks stand in the files of the convention"],
      [MODULE, "names and the domain are variables, whose defaults are what they were"],
      [MODULES, "-var=form_name=Other"],
    ],
    ["A form stays a text where", ["adopt/hcl/expression.test.ts", "characters that jsonencode escapes"]],
    ["From then on change the module", "advice"],
    ["What the constructs check at synth stays behind", ["review/resources.real.test.ts", "a plan of HCL"]],
    ["The names of the resources are CDKTF's", "documented by others"],
    ["is no way out for these stacks", [TO_HCL, "what CDKTF writes itself is refused by Terraform"]],
  ],
});
