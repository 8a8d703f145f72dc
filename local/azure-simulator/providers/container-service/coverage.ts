import { SUBSCRIPTION } from '../../arm/route.ts';
import { declareService } from '../../http/service-declaration.ts';
import { CLUSTER_PATH } from './cluster-id.ts';

const LOCATION = `${SUBSCRIPTION}/providers/Microsoft.ContainerService/locations/{location}`;

/** AKS clusters and their node pools. */
export const CONTAINER_SERVICE_COVERAGE = declareService({
  title: 'AKS clusters',
  namespace: 'Microsoft.ContainerService',
  about:
    'Managed clusters with their node pools, identities, node resource group and kubeconfig. Quotas, zones and VM sizes are settings of the simulator. Unknown properties are refused from api-version 2024-01-01 on.',
  shape: 'flat',
  errors: {
    UnmarshalError: {
      status: 400,
      to: 'a value of the wrong type, or a property that there is not',
      seen: 'Azure/azure-rest-api-specs#40740',
    },
    InvalidParameter: {
      status: 400,
      to: 'a required property that is missing, a value that is not offered, breaks a rule or is out of range',
      seen: 'Azure/terraform-azurerm-avm-res-containerservice-managedcluster#184',
    },
    InvalidResourceName: { status: 400, to: 'a cluster’s name that breaks the rules' },
    BadRequest: {
      status: 400,
      to: 'a VM size that is not offered; local accounts off without Entra ID; an administrator’s kubeconfig of a cluster without local accounts',
      seen: 'hashicorp-education/learn-terraform-provision-aks-cluster#15',
    },
    K8sVersionNotSupported: {
      status: 400,
      to: 'a Kubernetes version that is not supported',
      seen: 'elastic/cloud-on-k8s#2760',
    },
    AvailabilityZoneNotSupported: {
      status: 400,
      to: 'a zone that the region does not offer',
      seen: 'rancher/rancher#33019',
    },
    ErrCode_InsufficientVCPUQuota: {
      status: 400,
      to: 'more vCPUs than the quota has left',
      seen: '1ChristianAlex/motordesk#14',
    },
    ServiceCidrOverlapExistingSubnetsCidr: {
      status: 400,
      to: 'a subnet whose addresses overlap with those of the cluster’s services',
      seen: 'Azure/azure-cli#20810',
    },
    OIDCIssuerFeatureCannotBeDisabled: { status: 400, to: 'switching the OIDC issuer off' },
    PropertyChangeNotAllowed: {
      status: 400,
      to: 'a change of what a cluster or pool keeps for its life',
      seen: 'Azure/azure-cli#24764',
    },
    NotFound: { status: 404, to: 'a node pool that is not there' },
    OperationNotAllowed: {
      status: 409,
      to: 'a change while another is under way, or a kubeconfig before the cluster is there',
      seen: 'Azure/azure-workload-identity#417',
    },
    PreconditionFailed: { status: 412, to: 'If-Match or If-None-Match that does not hold' },
  },
  operations: [
    {
      route: `PUT ${CLUSTER_PATH}`,
      does: 'creates or updates a cluster',
      longRunning: 'azure-asyncoperation',
      refuses: [
        'UnmarshalError',
        'InvalidParameter',
        'InvalidResourceName',
        'BadRequest',
        'K8sVersionNotSupported',
        'AvailabilityZoneNotSupported',
        'ErrCode_InsufficientVCPUQuota',
        'ServiceCidrOverlapExistingSubnetsCidr',
        'OIDCIssuerFeatureCannotBeDisabled',
        'PropertyChangeNotAllowed',
        'OperationNotAllowed',
        'PreconditionFailed',
      ],
    },
    {
      route: `PATCH ${CLUSTER_PATH}`,
      does: 'replaces its tags',
      longRunning: 'azure-asyncoperation',
      refuses: ['OperationNotAllowed', 'PreconditionFailed'],
    },
    { route: `GET ${CLUSTER_PATH}`, does: 'reads a cluster' },
    {
      route: `DELETE ${CLUSTER_PATH}`,
      does: 'deletes it with its nodes; pre-empts what is under way',
      longRunning: 'azure-asyncoperation',
      refuses: ['PreconditionFailed'],
    },
    { route: `GET ${LOCATION}/operations/{operation}`, does: 'follows an operation', refuses: ['NotFound'] },
    { route: `GET ${LOCATION}/operationresults/{operation}`, does: 'follows a deletion', refuses: ['NotFound'] },
    { route: `GET ${CLUSTER_PATH.replace('/{cluster}', '')}`, does: 'lists those of a resource group' },
    {
      route: `GET ${SUBSCRIPTION}/providers/Microsoft.ContainerService/managedClusters`,
      does: 'lists those of the subscription',
    },
    { route: `GET ${CLUSTER_PATH}/agentPools`, does: 'lists the node pools' },
    { route: `GET ${CLUSTER_PATH}/agentPools/{pool}`, does: 'reads a node pool', refuses: ['NotFound'] },
    {
      route: `PUT ${CLUSTER_PATH}/agentPools/{pool}`,
      does: 'adds or changes a node pool',
      longRunning: 'azure-asyncoperation',
      refuses: [
        'UnmarshalError',
        'InvalidParameter',
        'BadRequest',
        'K8sVersionNotSupported',
        'AvailabilityZoneNotSupported',
        'ErrCode_InsufficientVCPUQuota',
        'PropertyChangeNotAllowed',
        'OperationNotAllowed',
      ],
    },
    {
      route: `POST ${CLUSTER_PATH}/listClusterUserCredential`,
      does: 'gives the user’s kubeconfig; of a cluster with Entra ID one that has kubelogin ask for a token',
      refuses: ['OperationNotAllowed'],
    },
    {
      route: `POST ${CLUSTER_PATH}/listClusterAdminCredential`,
      does: 'gives the administrator’s kubeconfig',
      refuses: ['BadRequest', 'OperationNotAllowed'],
    },
  ],
  differences: [
    'Unknown properties are refused in the cluster and its pools, not in what lies deeper.',
    'Networks, add-ons, upgrades in steps, stop, start and runCommand do not exist. Of the CIDRs only the services’ and the subnet’s are compared; a pool that is added by itself is not checked for its subnet.',
    'Of the properties that cannot be changed, the usual ones are checked.',
    'The format that is asked for of a kubeconfig is ignored: with Entra ID it is exec.',
    'The order of the checks is not Azure’s: a body with two faults may be refused for the other one.',
  ],
});

const API = 'https://{cluster}.hcp.{location}.azmk8s.io';

/** A cluster's API server. */
export const KUBERNETES_COVERAGE = declareService({
  title: 'A cluster’s API server',
  apiVersions: ['v1'],
  about:
    'As much as it takes to see that the cluster is there. Takes the bearer token of its kubeconfig. From an address outside of the authorised ranges it cannot be connected to; the caller’s is a setting.',
  shape: 'kubernetes',
  errors: {
    Unauthorized: {
      status: 401,
      to: 'a request without a token of the cluster, or with one of a local account where these are off',
    },
    NotFound: {
      status: 404,
      to: 'any other path',
    },
    ServiceUnavailable: { status: 503, to: 'a cluster that is still being created' },
  },
  operations: [
    {
      route: `GET ${API}/version`,
      does: 'gives the version',
      refuses: ['Unauthorized', 'ServiceUnavailable'],
    },
    {
      route: `GET ${API}/api/v1/nodes`,
      does: 'lists the nodes',
      refuses: ['Unauthorized', 'ServiceUnavailable'],
    },
  ],
  elsewhere: ['NotFound'],
  differences: [
    'Workloads, namespaces, watches and everything else of Kubernetes do not exist; nor does TLS.',
    'Tokens of Entra ID are not taken.',
  ],
});
