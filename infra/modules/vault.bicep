// The vault of the service itself, with the two secrets that callbacks need. They are made here once and never put out.

param token string
param location string
param tags object
@description('Object id of the identity that reads the secrets.')
param principalId string
param purgeProtection bool

@description('Where the encryption key comes from: fresh at each deployment, used at the first.')
@secure()
param encryptionKeySeed string = '${newGuid()}${newGuid()}'

@description('Where the signing secret comes from: fresh at each deployment, used at the first.')
@secure()
param signingSecretSeed string = '${newGuid()}${newGuid()}'

var vaultName = 'kv-airflow-${token}'

module keyVault 'br/public:avm/res/key-vault/vault:0.14.0' = {
  name: 'key-vault'
  params: {
    name: vaultName
    location: location
    tags: tags
    sku: 'standard'
    enableRbacAuthorization: true
    enablePurgeProtection: purgeProtection
    softDeleteRetentionInDays: 7
    enableVaultForDeployment: false
    enableVaultForTemplateDeployment: false
    enableVaultForDiskEncryption: false
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      defaultAction: 'Allow'
      bypass: 'AzureServices'
    }
    roleAssignments: [
      {
        roleDefinitionIdOrName: 'Key Vault Secrets User'
        principalId: principalId
        principalType: 'ServicePrincipal'
      }
    ]
    enableTelemetry: false
  }
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

// 42 hexadecimal digits and "A=" are 32 bytes in base64, of which two GUIDs make some 160 bits random.
@onlyIfNotExists()
resource encryptionKey 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: 'callback-encryption-key'
  properties: {
    value: '${take(replace(encryptionKeySeed, '-', ''), 42)}A='
    contentType: 'CALLBACK_ENCRYPTION_KEY'
  }
  dependsOn: [keyVault]
}

@onlyIfNotExists()
resource signingSecret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: 'callback-signing-secret'
  properties: {
    value: 'whsec_${take(replace(signingSecretSeed, '-', ''), 42)}A='
    contentType: 'CALLBACK_SIGNING_SECRET'
  }
  dependsOn: [keyVault]
}

output name string = vaultName
@description('Without a version: the newest is read, so that a rotated secret arrives by itself.')
output encryptionKeyUri string = '${keyVault.outputs.uri}secrets/${encryptionKey.name}'
output signingSecretUri string = '${keyVault.outputs.uri}secrets/${signingSecret.name}'
