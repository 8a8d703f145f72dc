import '@servicenow/sdk/global'

declare global {
    namespace Now {
        namespace Internal {
            interface Keys extends KeysRegistry {
                explicit: {
                    'airflow-on-aks': {
                        table: 'sc_cat_item'
                        id: 'f465afb384e9421c9a38ac9e256d5724'
                    }
                    bom_json: {
                        table: 'sys_module'
                        id: '9312848479cb4fe8a7a0e308c9ccdce3'
                    }
                    'callback-api': {
                        table: 'sys_ws_definition'
                        id: '9a6c7bdf0dd64570a40bc6f42d78f5bc'
                    }
                    'callback-deployments': {
                        table: 'sys_ws_operation'
                        id: '6b0dcb69c89e403e99c5093111501e48'
                    }
                    'cancel-deployment': {
                        table: 'sys_script'
                        id: 'c8368d70e2d349d08e7cdbf0d306bc6f'
                    }
                    'check-order': {
                        table: 'catalog_script_client'
                        id: 'b54490123e604f9197d4d9b31b3dd299'
                    }
                    'deploy-airflow-on-aks': {
                        table: 'sys_hub_flow'
                        id: '7ef583f7598c4277b17b5412019e14fe'
                    }
                    'flow-approval-group': {
                        table: 'sys_hub_action_instance_v2'
                        id: '2dc0ee772bc041e3b1a703774490ec2a'
                    }
                    'flow-ask-group': {
                        table: 'sys_hub_action_instance_v2'
                        id: '1e58dde9a7984f83aac87966cf172ea5'
                    }
                    'flow-ask-manager': {
                        table: 'sys_hub_action_instance_v2'
                        id: '90a815b1da37414082b787ba37367306'
                    }
                    'flow-create-deployment': {
                        table: 'sys_hub_action_instance_v2'
                        id: 'a91efc8833a74f178c7689cd8ca065b6'
                    }
                    'flow-decline-group': {
                        table: 'sys_hub_action_instance_v2'
                        id: '0f2be243a1b94d95a34a897d58e2bbb9'
                    }
                    'flow-decline-manager': {
                        table: 'sys_hub_action_instance_v2'
                        id: 'f7259fb004b54f60a05d843a1ea6d2cd'
                    }
                    'flow-else-manager': {
                        table: 'sys_hub_flow_logic_instance_v2'
                        id: 'e6a19b7c98564d90975aa4a461b267ab'
                    }
                    'flow-end-group': {
                        table: 'sys_hub_flow_logic_instance_v2'
                        id: '613888cd999c42028d85619325cf0597'
                    }
                    'flow-end-manager': {
                        table: 'sys_hub_flow_logic_instance_v2'
                        id: '67c8ccec76e240fc9fb507e179163f79'
                    }
                    'flow-if-group': {
                        table: 'sys_hub_flow_logic_instance_v2'
                        id: 'a6a11b1db7404ba7adffd4e745bce721'
                    }
                    'flow-if-group-declined': {
                        table: 'sys_hub_flow_logic_instance_v2'
                        id: '21442be7538c456691ecf1f79b65991c'
                    }
                    'flow-if-manager-declined': {
                        table: 'sys_hub_flow_logic_instance_v2'
                        id: '359703a09e0c4bf2ae03a0f12f68dfb1'
                    }
                    'flow-if-timeout': {
                        table: 'sys_hub_flow_logic_instance_v2'
                        id: 'da0fc144614342789643f808a0142c04'
                    }
                    'flow-time-out': {
                        table: 'sys_hub_action_instance_v2'
                        id: '8f4062aa01c743c1abb014fb029a9261'
                    }
                    'flow-trigger': {
                        table: 'sys_hub_trigger_instance_v2'
                        id: '7218df003efb4416b09d301299511ee2'
                    }
                    'flow-wait': {
                        table: 'sys_hub_action_instance_v2'
                        id: 'fd12d535d7e245cbaad264a0eb251104'
                    }
                    package_json: {
                        table: 'sys_module'
                        id: '93821486c9cb4706b5867a60f060c1bd'
                    }
                    'poll-policy': {
                        table: 'sys_retry_policy'
                        id: 'f26455d10f6e4e49b794804b5b72a837'
                    }
                    'property-approval-group': {
                        table: 'sys_properties'
                        id: 'fb6b66c93f7549f687414d73e4f43119'
                    }
                    'property-connection-alias': {
                        table: 'sys_properties'
                        id: 'aaef36ab00f848369acb75595c2a5290'
                    }
                    'property-signing-alias': {
                        table: 'sys_properties'
                        id: 'b396cc8397bc4711ab42464f7dcdd366'
                    }
                    'read-deployments': {
                        table: 'sys_security_acl'
                        id: '95444422a9174249bb5ef113034256f3'
                    }
                    'read-request-items': {
                        table: 'sys_scope_privilege'
                        id: '87c5e8dee78b4f9e96e05c8273cf3d2f'
                    }
                    reconcile: {
                        table: 'sysauto_script'
                        id: '21d6a1473f7c47eeb9b86880e0c4e3b8'
                    }
                    'service-alias': {
                        table: 'sys_alias'
                        id: '9f1ab40dbf514261a191bbf0bf9a8283'
                    }
                    'settle-request': {
                        table: 'sys_script'
                        id: 'ffd34df755ef4851b39e46f919044ac7'
                    }
                    'signing-alias': {
                        table: 'sys_alias'
                        id: 'b4a94122ba8f43fcac7082afb66bdcef'
                    }
                    'src_server_call-service_ts': {
                        table: 'sys_module'
                        id: 'c58fbe70d98e4f28bb53fcc6d1bf08d8'
                    }
                    'src_server_callback-url_ts': {
                        table: 'sys_module'
                        id: '4cf48a8f201c4ffcaf712eb41cde8b2d'
                    }
                    'src_server_cancel-deployment_ts': {
                        table: 'sys_module'
                        id: '21e882f6f9a64ecc8cba0933e745e7d7'
                    }
                    'src_server_deployment-status_ts': {
                        table: 'sys_module'
                        id: '58660b2138334d37993d0ee7ab81419f'
                    }
                    'src_server_find-deployment_ts': {
                        table: 'sys_module'
                        id: 'bcaafa35ae90466b9d8ba1c41478993d'
                    }
                    src_server_json_ts: {
                        table: 'sys_module'
                        id: '1e152defc5dc4c63a861c642248e3dcc'
                    }
                    'src_server_ordered-values_ts': {
                        table: 'sys_module'
                        id: '35aec75872e64128a92ad39396c1eb88'
                    }
                    src_server_outcome_ts: {
                        table: 'sys_module'
                        id: '5511fe9d9c3849d8898728c20dc46c5a'
                    }
                    'src_server_problem-text_ts': {
                        table: 'sys_module'
                        id: '4e55e854df514b5e942e70c646027a66'
                    }
                    'src_server_read-property_ts': {
                        table: 'sys_module'
                        id: '4c4f79feb7a5437e85b88b32bf376338'
                    }
                    'src_server_receive-callback_ts': {
                        table: 'sys_module'
                        id: '63fe584c486443059c5c69fa83516242'
                    }
                    src_server_reconcile_ts: {
                        table: 'sys_module'
                        id: '963949c1ba184c2fb6e35b0094697528'
                    }
                    'src_server_request-body_ts': {
                        table: 'sys_module'
                        id: 'ac9b6ab804504e22a818e10df36db43d'
                    }
                    'src_server_service-connection_ts': {
                        table: 'sys_module'
                        id: '138faea3bcf6409d8b23968a0d53fa13'
                    }
                    'src_server_settle-request_ts': {
                        table: 'sys_module'
                        id: '39503452028847bb8862ef8530456f10'
                    }
                    'src_server_signing-secrets_ts': {
                        table: 'sys_module'
                        id: '902803172b6c413fa9ba799e1642c597'
                    }
                    'src_server_start-deployment_ts': {
                        table: 'sys_module'
                        id: 'ac187b1e93284c978bb1ffecedd6eefa'
                    }
                    src_server_tables_ts: {
                        table: 'sys_module'
                        id: '4694b235c7fc43458f614fb10f886f2b'
                    }
                    'src_server_verify-signature_ts': {
                        table: 'sys_module'
                        id: 'd95f557723df40e984a711847f4489a8'
                    }
                    'src_server_write-outcome_ts': {
                        table: 'sys_module'
                        id: '3b06d9b31d7d40e6b477dab4516efe1f'
                    }
                    'start-deployment': {
                        table: 'sys_script'
                        id: 'f36b235b07684ba099f93f2e135f9548'
                    }
                    'write-request-items': {
                        table: 'sys_scope_privilege'
                        id: 'add1187799454735bcee0e9542289be0'
                    }
                }
                composite: [
                    {
                        table: 'sys_documentation'
                        id: '008b4681bd5e421d94cbc47c2b6c3f0f'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'message_id'
                            language: 'en'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '0174722fd7e94ce9beaa31a0e14e1a6b'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'westus2'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '017a5435f0ba4f3698477aeb0b9efe34'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'deployment_id'
                        }
                    },
                    {
                        table: 'sys_choice'
                        id: '101eba6120654c3290ba2f4fddcc12b9'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                            value: 'cancelling'
                            language: 'en'
                            dependent_value: 'NULL'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '178ebcee3a7447a9a2ed8cc41fa22b37'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'correlation_id'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '23fb0b24116544f3b53eb27a8707b7b7'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'run'
                            language: 'en'
                        }
                    },
                    {
                        table: 'item_option_new'
                        id: '250424c3b88b4d68b9286354ebd23bc6'
                        key: {
                            cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                            variable_set: 'NULL'
                            name: 'location'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '26a06f8a06c34d23986ffaf9cc2a2c7a'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'run'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '290970534706482ca0494780f3160d35'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'deployment_id'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_choice'
                        id: '340dad48bf0b4723a863e5339e36e0f2'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                            value: 'failed'
                            language: 'en'
                            dependent_value: 'NULL'
                        }
                    },
                    {
                        table: 'item_option_new'
                        id: '3530ccc9ae864c8db59ec9778bbe3410'
                        key: {
                            cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                            variable_set: 'NULL'
                            name: 'resource_group'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '36fc150e899b4ae7ab81fedb072530cd'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'eastus2'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '396199579ea64441b9b8fdc5affb1329'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'southafricanorth'
                        }
                    },
                    {
                        table: 'sys_db_object'
                        id: '3b92882ade8741baa829efd6ef47e22b'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '3ca7143e699e49d8845ecd1ff4cbad72'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'koreacentral'
                        }
                    },
                    {
                        table: 'item_option_new'
                        id: '432b9e0ca86647f5a056666b2a6bcdeb'
                        key: {
                            cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                            variable_set: 'NULL'
                            name: 'node_count'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '4334d94dd2ed47f7a1b0635ce9c7272c'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                            language: 'en'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '434c6b2b960b4c07b694efaf8a4d50dd'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'canadacentral'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '4758f331a06d461c98fef5f706446fd2'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'southcentralus'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '4fe1d25f534f41dcbe9731f8738b28b9'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'switzerlandnorth'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '58a9135c46294f20b133623c370a6aea'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'NULL'
                            language: 'en'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '5b4e812e6b1045d9a1d84bf0bb6df6ad'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'francecentral'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '5c69e72efcc947f98ba70e56496535c9'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'westus3'
                        }
                    },
                    {
                        table: 'item_option_new'
                        id: '5e1133d987384a30b42027a0a9ff0189'
                        key: {
                            cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                            variable_set: 'NULL'
                            name: 'tags'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '601505955d9e492485f59cdcffc92fd6'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'norwayeast'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '60191fd4543942b38bf1fef0cc19a62f'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'japaneast'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '6092138844394a0eb9a19dde90cca43d'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'northeurope'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '66e4fc80779f45c6ae129175cd2ad264'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'uaenorth'
                        }
                    },
                    {
                        table: 'sys_index'
                        id: '6856fe2f32564975ac2cd1d51a59e12b'
                        key: {
                            logical_table_name: 'x_airaks_deploy_deployment'
                            col_name_string: 'correlation_id'
                        }
                    },
                    {
                        table: 'sc_cat_item_catalog'
                        id: '6e32b74d211a4e25acb28750b627714a'
                        key: {
                            sc_cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                            sc_catalog: 'e0d08b13c3330100c8b837659bba8fb4'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '6f234dc7d78f49cd818d210c95336d5b'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'error'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '7096ed7364ee43ce9b9e93b2018c1216'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'message_id'
                        }
                    },
                    {
                        table: 'item_option_new'
                        id: '7573dcd7d90f4352b2d0bdc558c03604'
                        key: {
                            cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                            variable_set: 'NULL'
                            name: 'vm_size'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '7697a27235a24cce8e8775ca3d34b3c6'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'request_item'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '777a6f22f70046b7a3923c6a5a203277'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'australiaeast'
                        }
                    },
                    {
                        table: 'sys_index'
                        id: '814f481c48d04a5bb5bc0d0d2646f9a1'
                        key: {
                            logical_table_name: 'x_airaks_deploy_deployment'
                            col_name_string: 'request_item'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '85e6833e6b7e4e069e34f570539d9a75'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'southeastasia'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '88d37bca9ed24179ad5b307a6a83a4fb'
                        key: {
                            question: {
                                id: '7573dcd7d90f4352b2d0bdc558c03604'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'vm_size'
                                }
                            }
                            value: 'Standard_E8s_v5'
                        }
                    },
                    {
                        table: 'sys_choice_set'
                        id: '94f61aa2f504468aabcf9dc511a6ccea'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                        }
                    },
                    {
                        table: 'ua_table_licensing_config'
                        id: '961841a2ac604f87a0b2c94f14dc3b0f'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '9a4206b13f224f3caabb4d767e45e338'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'outputs'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'a0a2df318e49450583c960ebb2f7f744'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'westeurope'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'a2fc5f9a08684e32afd645d68a92a045'
                        key: {
                            question: {
                                id: '7573dcd7d90f4352b2d0bdc558c03604'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'vm_size'
                                }
                            }
                            value: 'Standard_D16s_v5'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'a506e06d2b2c400885de05db862bc3cc'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'centralindia'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'a638ed3fb888498fa275b4a412d681a3'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'uksouth'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'ac2c8026b13c4728884352d42b05257d'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'eastus'
                        }
                    },
                    {
                        table: 'sys_choice'
                        id: 'ae7380e8b0a04419bb08737700a82a59'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                            value: 'cancelled'
                            language: 'en'
                            dependent_value: 'NULL'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'b5ef0bdcb26b4c9eb80a390a663b37f2'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'ba83c44148cb4679a9c0d96f3eca3993'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'remedy'
                        }
                    },
                    {
                        table: 'sys_choice'
                        id: 'be14e2fb010b44dab84496414b69bd5d'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                            value: 'requested'
                            language: 'en'
                            dependent_value: 'NULL'
                        }
                    },
                    {
                        table: 'sys_choice'
                        id: 'c7482f728c324881ab97f9d3bce0b085'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                            value: 'timed_out'
                            language: 'en'
                            dependent_value: 'NULL'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'c7900c39f9f04b1688f2cac8f17d9f51'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'germanywestcentral'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'c99ef1096d9645f790d12e2793046c18'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'error'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'd57da01d873a4ac8abf86cd28877629a'
                        key: {
                            question: {
                                id: '7573dcd7d90f4352b2d0bdc558c03604'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'vm_size'
                                }
                            }
                            value: 'Standard_D8s_v5'
                        }
                    },
                    {
                        table: 'sys_choice'
                        id: 'dc262b4b395d4b7a8846772c5737181e'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                            value: 'running'
                            language: 'en'
                            dependent_value: 'NULL'
                        }
                    },
                    {
                        table: 'item_option_new'
                        id: 'de75ee10074e4c97ba378f11290f93a2'
                        key: {
                            cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                            variable_set: 'NULL'
                            name: 'ssh_public_key'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'e124f0e9091d475eb3c8c63344e44eec'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'correlation_id'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'e81e861e1e214e67b0b3d4abe602c1c7'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'swedencentral'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'e93db0ef5611423ea7d67bd25fd31c81'
                        key: {
                            question: {
                                id: '7573dcd7d90f4352b2d0bdc558c03604'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'vm_size'
                                }
                            }
                            value: 'Standard_DS4_v2'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'e9a7dfb960534c4a84d360bc580cd776'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'NULL'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'eaae49ac4d6c4d52be0a4ca0f1d1f3ae'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'remedy'
                            language: 'en'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'eaea62ecec974bc68b01a9c722648682'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'brazilsouth'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'ed8c7855aed84c80a76246cd92beb344'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'outputs'
                            language: 'en'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'ef765d93934448b2b0605594c9070664'
                        key: {
                            question: {
                                id: '250424c3b88b4d68b9286354ebd23bc6'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'centralus'
                        }
                    },
                    {
                        table: 'sys_security_acl_role'
                        id: 'f2edc3aa77ea4675ac8ccee00c4ee53c'
                        key: {
                            sys_security_acl: '95444422a9174249bb5ef113034256f3'
                            sys_user_role: {
                                id: '47d226db314149f6ae3f9231df704b23'
                                key: {
                                    name: 'itil'
                                }
                            }
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'f4a84f7f798f40abb0dfe555c0940dc3'
                        key: {
                            question: {
                                id: '7573dcd7d90f4352b2d0bdc558c03604'
                                key: {
                                    cat_item: 'f465afb384e9421c9a38ac9e256d5724'
                                    variable_set: 'NULL'
                                    name: 'vm_size'
                                }
                            }
                            value: 'Standard_D4s_v5'
                        }
                    },
                    {
                        table: 'sys_choice'
                        id: 'f8c9cd26c3d4477cbf2c2a6ad3c25d97'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                            value: 'succeeded'
                            language: 'en'
                            dependent_value: 'NULL'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'fe6a773766a3458493fd4bf47df1987d'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'request_item'
                            language: 'en'
                        }
                    },
                ]
            }
        }
    }
}
