import '@servicenow/sdk/global';
import { CrossScopePrivilege } from '@servicenow/sdk/core';

// Requested items belong to the global scope: the variables are read, the result is written.
CrossScopePrivilege({
  $id: Now.ID['read-request-items'],
  status: 'allowed',
  operation: 'read',
  targetName: 'sc_req_item',
  targetScope: 'global',
  targetType: 'sys_db_object',
});

CrossScopePrivilege({
  $id: Now.ID['write-request-items'],
  status: 'allowed',
  operation: 'write',
  targetName: 'sc_req_item',
  targetScope: 'global',
  targetType: 'sys_db_object',
});
