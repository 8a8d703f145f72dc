// What wakes somebody at night: deployments that failed or are stuck, Azure that throttles, the service being down.

param token string
param location string
param tags object
@description('Application Insights, where the queries run.')
param componentId string
@description('Nobody when empty.')
param email string
@description('Nowhere when empty.')
param webhook string
@description('Action groups that exist.')
param actionGroupIds string[]
@description('What is called to see whether the service is up; nothing when empty.')
param availabilityUrl string

// A rule fires on any row of its query, or when the sum of the column "measured" is over the threshold. Only the window counts, whatever the query says.
var rules = [
  {
    name: 'deployment-failed'
    description: 'A deployment has failed. Its status names the step, the error and what to do.'
    severity: 2
    window: 'PT15M'
    query: loadTextContent('../queries/failed.kql')
    measured: ''
    threshold: 0
  }
  {
    name: 'deployment-stuck'
    description: 'A deployment has made no progress for longer than its step usually takes.'
    severity: 2
    window: 'PT15M'
    query: loadTextContent('../queries/stuck.kql')
    measured: ''
    threshold: 0
  }
  {
    name: 'azure-throttles'
    description: 'Azure Resource Manager throttles the service, far more than one deployment meets: deployments take longer.'
    severity: 3
    window: 'PT5M'
    query: loadTextContent('../queries/throttled.kql')
    measured: 'answers'
    threshold: 20
  }
]

// The test runs every five minutes from five places: two or more of them must have failed.
var downRule = {
  name: 'service-down'
  description: 'GET /api/health fails from several places.'
  severity: 1
  window: 'PT15M'
  query: 'availabilityResults | where success == 0 | summarize places = dcount(location) | where places >= 2'
  measured: ''
  threshold: 0
}

var hasActionGroup = !empty(email) || !empty(webhook)

module actionGroup 'br/public:avm/res/insights/action-group:0.8.0' = if (hasActionGroup) {
  name: 'action-group'
  params: {
    name: 'ag-airflow-on-aks-${token}'
    groupShortName: 'airflow-aks'
    tags: tags
    emailReceivers: empty(email)
      ? []
      : [
          {
            name: 'email'
            emailAddress: email
            useCommonAlertSchema: true
          }
        ]
    webhookReceivers: empty(webhook)
      ? []
      : [
          {
            name: 'webhook'
            serviceUri: webhook
            useCommonAlertSchema: true
          }
        ]
    enableTelemetry: false
  }
}

module rule 'br/public:avm/res/insights/scheduled-query-rule:0.6.0' = [
  for alert in concat(rules, empty(availabilityUrl) ? [] : [downRule]): {
    name: 'rule-${alert.name}'
    params: {
      name: 'alert-airflow-on-aks-${alert.name}-${token}'
      location: location
      tags: tags
      alertDisplayName: 'Airflow on AKS: ${alert.name}'
      alertDescription: alert.description
      severity: alert.severity
      scopes: [componentId]
      evaluationFrequency: 'PT5M'
      windowSize: alert.window
      // Nothing has been received yet when the rules are made for the first time.
      skipQueryValidation: true
      autoMitigate: true
      criterias: {
        allOf: [
          {
            query: alert.query
            timeAggregation: empty(alert.measured) ? 'Count' : 'Total'
            metricMeasureColumn: empty(alert.measured) ? null : alert.measured
            operator: 'GreaterThan'
            threshold: alert.threshold
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroupResourceIds: concat(actionGroupIds, hasActionGroup ? [actionGroup!.outputs.resourceId] : [])
      }
      enableTelemetry: false
    }
  }
]

// Source of what the test sends and how it is named: learn.microsoft.com/azure/azure-monitor/app/availability-standard-tests
module webtest 'br/public:avm/res/insights/webtest:0.3.2' = if (!empty(availabilityUrl)) {
  name: 'webtest'
  params: {
    name: 'webtest-airflow-on-aks-${token}'
    webTestName: 'Airflow on AKS: health'
    location: location
    tags: tags
    appInsightResourceId: componentId
    frequency: 300
    timeout: 30
    retryEnabled: true
    request: {
      RequestUrl: availabilityUrl
      HttpVerb: 'GET'
      ParseDependentRequests: false
    }
    validationRules: {
      ExpectedHttpStatusCode: 200
      SSLCheck: true
      SSLCertRemainingLifetimeCheck: 7
    }
    enableTelemetry: false
  }
}
