import { ProgressiveProfiling, type ProgressiveProfilingProps } from "../../lib";
import { Logins } from "./logins";
import { Workspace } from "./terraform";

/** Logins to a tenant that the real engine deploys to. */
export class DeployedLogins extends Logins {
  readonly workspace = new Workspace(this.tenant.env);

  override async stop(): Promise<void> {
    this.workspace.remove();
    await super.stop();
  }

  synth(props: ProgressiveProfilingProps): void {
    this.workspace.synth((stack) => {
      new ProgressiveProfiling(stack, "profiling", props);
    });
  }

  deploy(props: ProgressiveProfilingProps): void {
    this.synth(props);
    this.workspace.apply();
  }
}
