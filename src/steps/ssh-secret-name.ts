/** The name of the secret that holds the private half of the nodes' key. Secret names allow letters, digits and "-" only. */
export const sshSecretName = (clusterName: string): string =>
  `${clusterName.replaceAll(/[^A-Za-z0-9-]/g, '-')}-ssh-private-key`;
