/** The subscription that the simulator knows from the start; more are added through the control API's settings. */
export const SIMULATED_SUBSCRIPTION_ID = '11111111-2222-4333-8444-555555555555';

/** The Entra tenant of every simulated subscription. */
export const SIMULATED_TENANT_ID = '66666666-7777-4888-9999-aaaaaaaaaaaa';

/** The managed identity that the simulator's token endpoint issues tokens for: its object id in the directory. */
export const SIMULATED_CALLER_OBJECT_ID = 'bbbbbbbb-cccc-4ddd-8eee-ffffffffffff';

/** The same identity's application (client) id. */
export const SIMULATED_CALLER_CLIENT_ID = 'cccccccc-dddd-4eee-8fff-000000000000';

/** The header that App Service would make up for its token endpoint. Fixed, and no secret: the endpoint is on loopback, its tokens open nothing else. */
export const SIMULATED_IDENTITY_HEADER = 'simulator';

/** A service principal with a secret, for who logs in as an administrator would: the Azure CLI through the proxy. */
export const SIMULATED_OPERATOR_OBJECT_ID = 'dddddddd-eeee-4fff-8000-111111111111';

/** The same service principal's application (client) id. */
export const SIMULATED_OPERATOR_CLIENT_ID = 'eeeeeeee-ffff-4000-8111-222222222222';

/** Fixed, and no secret: it opens nothing but the simulator. */
export const SIMULATED_OPERATOR_SECRET = 'simulator';

/** The client id of an API that is registered in the tenant, for which the control API gives tokens. */
export const SIMULATED_API_CLIENT_ID = 'ffffffff-0000-4111-8222-333333333333';

/** Who owns every simulated subscription from the start. */
export const SIMULATED_OWNERS: readonly string[] = [SIMULATED_CALLER_OBJECT_ID, SIMULATED_OPERATOR_OBJECT_ID];
