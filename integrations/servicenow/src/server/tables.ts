/** The app's own table: one record for each deployment that was ordered. Its columns are in `fluent/deployment-table.now.ts`. */
export const DEPLOYMENTS = 'x_airaks_deploy_deployment';

/** Requested items ("RITM") of the service catalogue, the platform's own. */
export const REQUEST_ITEMS = 'sc_req_item';
