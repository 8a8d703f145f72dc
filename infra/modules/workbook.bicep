// The five questions that an operator asks, as a workbook on Application Insights. There is no Azure Verified Module of it.

param location string
param tags object
@description('Application Insights, where the queries run.')
param componentId string

var questions = [
  {
    title: 'What has failed, and why?'
    query: loadTextContent('../queries/failed.kql')
  }
  {
    title: 'What is stuck?'
    query: loadTextContent('../queries/stuck.kql')
  }
  {
    title: 'Where does Azure throttle?'
    query: loadTextContent('../queries/throttled.kql')
  }
  {
    title: 'Which steps take long?'
    query: loadTextContent('../queries/slow-steps.kql')
  }
  {
    title: 'What has one deployment done?'
    query: replace(loadTextContent('../queries/one-deployment.kql'), '"apache-airflow-rg"', '"{Deployment}"')
  }
]

var content = {
  version: 'Notebook/1.0'
  items: concat(
    [
      {
        // Parameters
        type: 9
        name: 'parameters'
        content: {
          version: 'KqlParameterItem/1.0'
          parameters: [
            {
              name: 'Deployment'
              label: 'Deployment, run, trace or correlation id'
              // Text
              type: 1
              version: 'KqlParameterItem/1.0'
              value: 'apache-airflow-rg'
            }
          ]
        }
      }
    ],
    map(questions, question => {
      // A query
      type: 3
      name: question.title
      content: {
        version: 'KqlItem/1.0'
        title: question.title
        query: question.query
        size: 0
        queryType: 0
        resourceType: 'microsoft.insights/components'
        crossComponentResources: [componentId]
        // The queries say themselves how far back they go.
        timeContext: {
          durationMs: 0
        }
        visualization: 'table'
      }
    })
  )
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(componentId, 'airflow-on-aks')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Airflow on AKS'
    category: 'workbook'
    sourceId: componentId
    serializedData: string(content)
  }
}
