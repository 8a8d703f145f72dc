import type { RoleAction } from './role-action.ts';

/** The actions that no step takes: those of the preflight, of plans and of the undo. */
export const SERVICE_ACTIONS: readonly RoleAction[] = [
  {
    action: 'Microsoft.Authorization/locks/delete',
    usedBy: 'undo',
    why: 'with `lock` only: removes the lock that the deployment set. It removes any other as well',
  },
  {
    action: 'Microsoft.Authorization/locks/read',
    usedBy: 'undo',
    why: 'whether a lock keeps something, before anything is deleted; before a deployment into a resource group that exists, whether one forbids every change',
  },
  {
    action: 'Microsoft.Authorization/permissions/read',
    usedBy: 'preflight',
    why: 'which of these actions the service may perform in a resource group, or on what exists',
  },
  {
    action: 'Microsoft.Authorization/roleAssignments/delete',
    usedBy: 'undo',
    why: 'takes back the roles given on resources of somebody else, which outlive the undo, or in a resource group that stays',
  },
  {
    action: 'Microsoft.Authorization/roleDefinitions/read',
    usedBy: 'preflight',
    why: 'what the roles of the service allow, before there is a resource group',
  },
  { action: 'Microsoft.Compute/locations/usages/read', usedBy: 'preflight', why: 'whether the vCPU quota suffices' },
  { action: 'Microsoft.Compute/skus/read', usedBy: 'preflight', why: 'whether the VM size is offered, in which zones' },
  {
    action: 'Microsoft.ContainerRegistry/checkNameAvailability/read',
    usedBy: 'preflight',
    why: "whether the registry's name is free",
  },
  {
    action: 'Microsoft.ContainerRegistry/registries/pull/read',
    usedBy: 'plan',
    why: 'which images the registry holds, asked of the registry itself, also by the drift check',
  },
  {
    action: 'Microsoft.KeyVault/checkNameAvailability/read',
    usedBy: 'preflight',
    why: "whether the vault's name is free",
  },
  {
    action: 'Microsoft.KeyVault/locations/deletedVaults/purge/action',
    usedBy: 'undo',
    why: 'with `purge=true` only',
  },
  { action: 'Microsoft.KeyVault/locations/operationResults/read', usedBy: 'undo', why: 'follows the purge' },
  {
    action: 'Microsoft.Network/virtualNetworks/read',
    usedBy: 'preflight',
    why: 'with `existing.subnetId` only: where the subnet is, and its addresses',
  },
  {
    action: 'Microsoft.PolicyInsights/checkPolicyRestrictions/read',
    usedBy: 'preflight',
    why: "whether the organisation's policies allow the resources",
  },
  {
    action: 'Microsoft.Resources/subscriptions/operationresults/read',
    usedBy: 'undo',
    why: "why a resource group's deletion failed",
  },
  {
    action: 'Microsoft.Resources/subscriptions/providers/read',
    usedBy: 'preflight',
    why: 'whether the resource providers are registered',
  },
  {
    action: 'Microsoft.Resources/subscriptions/read',
    usedBy: 'preflight',
    why: "the subscription's tenant; without it that of the service's token is taken",
  },
  {
    action: 'Microsoft.Resources/subscriptions/resources/read',
    usedBy: 'undo',
    why: 'what in the resource group carries the tag of the deployment, and whether anything of somebody else is there',
  },
  {
    action: 'Microsoft.Storage/checknameavailability/read',
    usedBy: 'preflight',
    why: "whether the storage account's name is free",
  },
];
