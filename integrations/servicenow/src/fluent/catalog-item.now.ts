import '@servicenow/sdk/global';
import {
  CatalogClientScript,
  CatalogItem,
  MultiLineTextVariable,
  SelectBoxVariable,
  SingleLineTextVariable,
  WideSingleLineTextVariable,
} from '@servicenow/sdk/core';

/** The catalogue "Service Catalog" that every instance comes with. */
const SERVICE_CATALOG = 'e0d08b13c3330100c8b837659bba8fb4';

export const airflowOnAks = CatalogItem({
  $id: Now.ID['airflow-on-aks'],
  name: 'Airflow on AKS',
  shortDescription: 'The Azure infrastructure for Apache Airflow on Azure Kubernetes Service',
  description:
    'A resource group with a Kubernetes cluster, container registry with the images of Airflow, key vault, storage account for logs and a managed identity, as in the tutorial of Microsoft. It takes some ten minutes after the approval. Ordered again for the same resource group it changes only what differs.',
  catalogs: [SERVICE_CATALOG],
  flow: Now.ref('sys_hub_flow', 'deploy-airflow-on-aks'),
  fulfillmentAutomationLevel: 'fullyAutomated',
  availability: 'both',
  hideAddToCart: true,
  hideQuantitySelector: true,
  showVariableHelpOnLoad: true,
  variables: {
    resource_group: SingleLineTextVariable({
      question: 'Resource group',
      order: 100,
      mandatory: true,
      defaultValue: 'apache-airflow-rg',
      helpText:
        '1 to 39 letters, digits or "-". It is created if there is none of this name; it is also the name of the deployment.',
    }),
    location: SelectBoxVariable({
      question: 'Azure region',
      order: 200,
      mandatory: true,
      defaultValue: 'canadacentral',
      helpText: 'Regions with three availability zones.',
      choices: {
        australiaeast: { label: 'Australia East', sequence: 1 },
        brazilsouth: { label: 'Brazil South', sequence: 2 },
        canadacentral: { label: 'Canada Central', sequence: 3 },
        centralindia: { label: 'Central India', sequence: 4 },
        centralus: { label: 'Central US', sequence: 5 },
        eastus: { label: 'East US', sequence: 6 },
        eastus2: { label: 'East US 2', sequence: 7 },
        francecentral: { label: 'France Central', sequence: 8 },
        germanywestcentral: { label: 'Germany West Central', sequence: 9 },
        japaneast: { label: 'Japan East', sequence: 10 },
        koreacentral: { label: 'Korea Central', sequence: 11 },
        northeurope: { label: 'North Europe', sequence: 12 },
        norwayeast: { label: 'Norway East', sequence: 13 },
        southafricanorth: { label: 'South Africa North', sequence: 14 },
        southcentralus: { label: 'South Central US', sequence: 15 },
        southeastasia: { label: 'Southeast Asia', sequence: 16 },
        swedencentral: { label: 'Sweden Central', sequence: 17 },
        switzerlandnorth: { label: 'Switzerland North', sequence: 18 },
        uaenorth: { label: 'UAE North', sequence: 19 },
        uksouth: { label: 'UK South', sequence: 20 },
        westeurope: { label: 'West Europe', sequence: 21 },
        westus2: { label: 'West US 2', sequence: 22 },
        westus3: { label: 'West US 3', sequence: 23 },
      },
    }),
    node_count: SingleLineTextVariable({
      question: 'Number of nodes',
      order: 300,
      mandatory: true,
      defaultValue: '3',
      helpText: '1 to 1000. They are spread over three availability zones.',
    }),
    vm_size: SelectBoxVariable({
      question: 'Size of each node',
      order: 400,
      mandatory: true,
      defaultValue: 'Standard_DS4_v2',
      helpText: "The subscription's quota in the region must allow it.",
      choices: {
        Standard_DS4_v2: { label: '8 vCPU, 28 GiB (Standard_DS4_v2)', sequence: 1 },
        Standard_D4s_v5: { label: '4 vCPU, 16 GiB (Standard_D4s_v5)', sequence: 2 },
        Standard_D8s_v5: { label: '8 vCPU, 32 GiB (Standard_D8s_v5)', sequence: 3 },
        Standard_D16s_v5: { label: '16 vCPU, 64 GiB (Standard_D16s_v5)', sequence: 4 },
        Standard_E8s_v5: { label: '8 vCPU, 64 GiB (Standard_E8s_v5)', sequence: 5 },
      },
    }),
    ssh_public_key: WideSingleLineTextVariable({
      question: 'SSH public key of the nodes',
      order: 500,
      helpText:
        'The public half of an RSA key in OpenSSH form, "ssh-rsa AAAA… comment". Empty: a pair is generated, its private half is put into the key vault.',
    }),
    tags: MultiLineTextVariable({
      question: 'Tags',
      order: 600,
      exampleText: 'cost-center=4711',
      helpText: 'Put on every resource. One name=value on each line, at most 45.',
    }),
  },
});

CatalogClientScript({
  $id: Now.ID['check-order'],
  name: 'Airflow on AKS: check the order',
  type: 'onSubmit',
  catalogItem: airflowOnAks,
  script: Now.include('../client/check-order.js'),
  uiType: 'all',
  active: true,
  appliesOnCatalogItemView: true,
});
