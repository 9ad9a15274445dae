import { CommandError } from "../../command/command-error";

/** A form as the Management API returns it, as far as the preview looks into it. */
export interface Form {
  readonly id: string;
  readonly name: string;
  readonly languages?: { readonly primary?: string };
  readonly translations?: Readonly<Record<string, unknown>>;
  readonly nodes?: readonly { readonly id: string; readonly type: string; readonly alias?: string }[];
}

export type PageFiles = ReadonlyMap<string, { readonly contentType: string; readonly body: string }>;

/** The module of the local tenant that shows forms: it is installed where the tenant is, and nowhere else. */
interface TenantPages {
  readonly stepPage: (
    form: Form,
    stepId: string,
    view: {
      readonly locale: string | undefined;
      readonly metadata: object | undefined;
      readonly root: string;
    },
  ) => PageFiles;
  readonly formPictures: (form: Form, flowName: (id: string) => string | undefined) => string;
  readonly FORM_PICTURES_STYLES: string;
  readonly SECURITY_POLICIES: { readonly page: string; readonly frame: string };
}

/** @throws {@link CommandError} where the package is not installed */
export function tenantPages(): TenantPages {
  try {
    return require("auth0-local-tenant/step-page") as TenantPages;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") {
      throw error;
    }
    throw new CommandError([
      "[auth0-local-tenant] is not installed; npm install --save-dev ./auth0-local-tenant-0.1.0.tgz, which " +
        "`npm pack --workspace tenant` makes in the repository of this package",
    ]);
  }
}
