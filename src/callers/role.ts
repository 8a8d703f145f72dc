/** The app roles of the service, as they stand in a token's claim `roles`; infra/app-roles.json defines them for Entra. */
export const roles = [
  'Deployments.Read',
  'Deployments.Deploy',
  'Deployments.Approve',
  'Deployments.Destroy',
  'Deployments.All',
] as const;

export type Role = (typeof roles)[number];

export const isRole = (text: string): text is Role => roles.some((role) => role === text);
