export type { DeploymentDocument, StepDocument } from '../../local/world/deployment-document.ts';
export { TestWorld as StandIns } from './world.ts';
