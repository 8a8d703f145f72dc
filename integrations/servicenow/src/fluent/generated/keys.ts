import '@servicenow/sdk/global'

declare global {
    namespace Now {
        namespace Internal {
            interface Keys extends KeysRegistry {
                explicit: {
                    'airflow-on-aks': {
                        table: 'sc_cat_item'
                        id: '6fec3118708d4ad9a10b61b280783511'
                    }
                    bom_json: {
                        table: 'sys_module'
                        id: 'abc8d758ece943a6b67582df27db12f8'
                    }
                    'callback-api': {
                        table: 'sys_ws_definition'
                        id: '4a89d99f3f384f4ba6d822ab3a61e18d'
                    }
                    'callback-deployments': {
                        table: 'sys_ws_operation'
                        id: '75c44fa08f7f4a26931ea5f594cbfd8e'
                    }
                    'cancel-deployment': {
                        table: 'sys_script'
                        id: '849afcbf5ff14b1aa9b941fb85b8deaf'
                    }
                    'catch-up': {
                        table: 'sysauto_script'
                        id: '5fc65f932dd049328d5493cbd51901a9'
                    }
                    'check-order': {
                        table: 'catalog_script_client'
                        id: 'be741cbd6c884422a0c97c39e9031b80'
                    }
                    'deploy-airflow-on-aks': {
                        table: 'sys_hub_flow'
                        id: '598a668b11c945169e3a83c53f5206b9'
                    }
                    'flow-approval-group': {
                        table: 'sys_hub_action_instance_v2'
                        id: '8c3546c2dce047a2a561e0ad452b8d1a'
                    }
                    'flow-ask-group': {
                        table: 'sys_hub_action_instance_v2'
                        id: 'b633014f6dae4ac9ad6a437984fb0d3a'
                    }
                    'flow-ask-manager': {
                        table: 'sys_hub_action_instance_v2'
                        id: 'b8d22de940fc4aee87d42e69662e5902'
                    }
                    'flow-create-deployment': {
                        table: 'sys_hub_action_instance_v2'
                        id: 'bb2b3106099646d2a7a6744d0cf7c46f'
                    }
                    'flow-decline-group': {
                        table: 'sys_hub_action_instance_v2'
                        id: 'fde9abc82b694ea6a844dffd5f57a6b7'
                    }
                    'flow-decline-manager': {
                        table: 'sys_hub_action_instance_v2'
                        id: 'bbad64026da341ddad88e5d2fab5dd5e'
                    }
                    'flow-else-manager': {
                        table: 'sys_hub_flow_logic_instance_v2'
                        id: 'f546acc8524e412e8fbcd1fc7f4a1baf'
                    }
                    'flow-end-group': {
                        table: 'sys_hub_flow_logic_instance_v2'
                        id: '0034b63ff9b14eeaa55a23078e873d1a'
                    }
                    'flow-end-manager': {
                        table: 'sys_hub_flow_logic_instance_v2'
                        id: 'f8517fd798344f3d978193ed0b3fac65'
                    }
                    'flow-if-group': {
                        table: 'sys_hub_flow_logic_instance_v2'
                        id: '27d5c6af99d447ce9e567a40e1329140'
                    }
                    'flow-if-group-declined': {
                        table: 'sys_hub_flow_logic_instance_v2'
                        id: '0d355f5820264710b1553d1d9928cb1f'
                    }
                    'flow-if-manager-declined': {
                        table: 'sys_hub_flow_logic_instance_v2'
                        id: '73f01ea588864043bbad53b7031d0fac'
                    }
                    'flow-if-timeout': {
                        table: 'sys_hub_flow_logic_instance_v2'
                        id: '9f2c5b65f395448d968f4660eea74a75'
                    }
                    'flow-time-out': {
                        table: 'sys_hub_action_instance_v2'
                        id: 'b3474e334a8c40c9bdd53654121360be'
                    }
                    'flow-trigger': {
                        table: 'sys_hub_trigger_instance_v2'
                        id: '516fb4edf6c14893bec4087d1c308a4f'
                    }
                    'flow-wait': {
                        table: 'sys_hub_action_instance_v2'
                        id: '854db8889744405db2e09e625a223e4f'
                    }
                    package_json: {
                        table: 'sys_module'
                        id: 'fe856531736c4c87b3c0a04bd039aa4c'
                    }
                    'poll-policy': {
                        table: 'sys_retry_policy'
                        id: '06a3fa1c06e34752921588b2c4e6ff3d'
                    }
                    'property-approval-group': {
                        table: 'sys_properties'
                        id: '8c5e3613879745afb6a79ce7f2b58070'
                    }
                    'property-connection-alias': {
                        table: 'sys_properties'
                        id: '28ccc0b77a2b4a12a7694561a8ae0b49'
                    }
                    'property-signing-alias': {
                        table: 'sys_properties'
                        id: 'bd5d0de5f85f4e1fb0a6f5dc7ee92477'
                    }
                    'read-deployments': {
                        table: 'sys_security_acl'
                        id: 'a5fcd2eb41f94481ad76dba0b9eee4a4'
                    }
                    'read-request-items': {
                        table: 'sys_scope_privilege'
                        id: '76320ebe6a1b4db583d0ddaedc24db8a'
                    }
                    'service-alias': {
                        table: 'sys_alias'
                        id: '74a9c7da7fbd422e85c81c6a63c343e4'
                    }
                    'settle-request': {
                        table: 'sys_script'
                        id: '9dc33e52fd5b4316b9a639d1b9a69400'
                    }
                    'signing-alias': {
                        table: 'sys_alias'
                        id: 'fbfb7f68ac1249e0a510af78931b9f49'
                    }
                    'src_server_call-service_ts': {
                        table: 'sys_module'
                        id: 'a1a5e651e60e4aafb43b04b31a65c90d'
                    }
                    'src_server_callback-url_ts': {
                        table: 'sys_module'
                        id: '3146776ad9ce4800928271c76951e1fd'
                    }
                    'src_server_cancel-deployment_ts': {
                        table: 'sys_module'
                        id: 'b31bcd501b1844ca94a2100a49373000'
                    }
                    'src_server_deployment-status_ts': {
                        table: 'sys_module'
                        id: 'e1c590efd681469db886691166efae51'
                    }
                    'src_server_find-deployment_ts': {
                        table: 'sys_module'
                        id: 'aeeb125955684c54868c43ae3f23c463'
                    }
                    src_server_json_ts: {
                        table: 'sys_module'
                        id: '761d4827fbf5413d8cf89e3e1ef7f2d0'
                    }
                    'src_server_ordered-values_ts': {
                        table: 'sys_module'
                        id: '7d51b48d635c47eeb08650d3b270cf0a'
                    }
                    src_server_outcome_ts: {
                        table: 'sys_module'
                        id: '0f01b1a4481a4bb0bb6dc093d0d473c1'
                    }
                    'src_server_problem-text_ts': {
                        table: 'sys_module'
                        id: 'd1771ce0a5a2417bb77855bd4c9b58c9'
                    }
                    'src_server_read-property_ts': {
                        table: 'sys_module'
                        id: '64500d3d803f4f01a7edf43d9670683f'
                    }
                    'src_server_receive-callback_ts': {
                        table: 'sys_module'
                        id: '6f1804bbc7a347bea54c000ed826ddd2'
                    }
                    src_server_reconcile_ts: {
                        table: 'sys_module'
                        id: '6795a3e7a62344c3b3edf8f5eb391e29'
                    }
                    'src_server_request-body_ts': {
                        table: 'sys_module'
                        id: '59786dc783a9422e880a7586369126b8'
                    }
                    'src_server_service-connection_ts': {
                        table: 'sys_module'
                        id: 'd13d5164cd2e4472a4f518c4dbd52333'
                    }
                    'src_server_settle-request_ts': {
                        table: 'sys_module'
                        id: '631f6880ba7140a9af90819291b90b41'
                    }
                    'src_server_signing-secrets_ts': {
                        table: 'sys_module'
                        id: '5e6a23e801df491dbb10d2525a1c3124'
                    }
                    'src_server_start-deployment_ts': {
                        table: 'sys_module'
                        id: 'dab9069866974c5fa3cc6c4ea66ec5c7'
                    }
                    src_server_tables_ts: {
                        table: 'sys_module'
                        id: 'd5d24aa2b15a4bb980097f174b744d10'
                    }
                    'src_server_verify-signature_ts': {
                        table: 'sys_module'
                        id: 'baff61e87f2d49438feb7b6cec0a8663'
                    }
                    'src_server_write-outcome_ts': {
                        table: 'sys_module'
                        id: 'cf5b988494f549558b83a10122168c15'
                    }
                    'start-deployment': {
                        table: 'sys_script'
                        id: 'd374c1da776e4cf9927c541043a4a67e'
                    }
                    'write-request-items': {
                        table: 'sys_scope_privilege'
                        id: '946a92543e604471b06f49c1f37ea0e4'
                    }
                }
                composite: [
                    {
                        table: 'sys_choice'
                        id: '0270f212ec944f6787d7169615f96e69'
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
                        id: '04198ad58d2a45278598edbc881c93ea'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'error'
                            language: 'en'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '064cb790db964f4c9e3fc6b690cc4b61'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'northeurope'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '073390a360df47dbb8991281a2271f86'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'outputs'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '076b3227408348afa519685b4a356f8b'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'francecentral'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '1116bb67d5e34ad694fac08d4c60e84c'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'deployment_id'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '1281921c90d0423192fe543ed777a1a2'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'run'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '17902669326348dc829a51b8b8bacea5'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'error'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '1db8006a0bb441bab142bc47cb5b226d'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'outputs'
                            language: 'en'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '248237555e6c4fb9aea6e7b70ce66781'
                        key: {
                            question: {
                                id: 'aaa50bc66418450e81bd48bb09f67982'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'vm_size'
                                }
                            }
                            value: 'Standard_D4s_v5'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '2c44555788e54f34a36c4943004548d8'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'remedy'
                        }
                    },
                    {
                        table: 'item_option_new'
                        id: '2fd8aa6a7760483db2df6775e220cf03'
                        key: {
                            cat_item: '6fec3118708d4ad9a10b61b280783511'
                            variable_set: 'NULL'
                            name: 'tags'
                        }
                    },
                    {
                        table: 'sys_choice'
                        id: '30f153be0a494eacbc4207219af6b41c'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                            value: 'running'
                            language: 'en'
                            dependent_value: 'NULL'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '37989d8005f345d7887f432384d28002'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'southeastasia'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: '3895ba8699e24e27a33c56d236ca9275'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'request_item'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '39492b2299af483bb190d48afdbfbce0'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                            language: 'en'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '3d9bfe60fbe34593807ad30991fd9956'
                        key: {
                            question: {
                                id: 'aaa50bc66418450e81bd48bb09f67982'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'vm_size'
                                }
                            }
                            value: 'Standard_DS4_v2'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '44092cea9a444a6a9251716c6c660fdf'
                        key: {
                            question: {
                                id: 'aaa50bc66418450e81bd48bb09f67982'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'vm_size'
                                }
                            }
                            value: 'Standard_D16s_v5'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '4dc4e7bfe6d74bf3a3db77af8ccc0219'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'westus2'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '4ebb318467bc4cc7bbd671d9a1a0cc44'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'norwayeast'
                        }
                    },
                    {
                        table: 'ua_table_licensing_config'
                        id: '52ea23c7601e48d5abce0efbd457f8ba'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                        }
                    },
                    {
                        table: 'sys_choice_set'
                        id: '57a1ab578a6243eb830c72c274a7a092'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                        }
                    },
                    {
                        table: 'sys_choice'
                        id: '5b742467b0c94884bbc51bdae59d35d3'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                            value: 'requested'
                            language: 'en'
                            dependent_value: 'NULL'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '615cb8b83d844e6abc6ba8508aa06989'
                        key: {
                            question: {
                                id: 'aaa50bc66418450e81bd48bb09f67982'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'vm_size'
                                }
                            }
                            value: 'Standard_D8s_v5'
                        }
                    },
                    {
                        table: 'sys_choice'
                        id: '69dd90063b8648dea2c6fb7beff387f2'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                            value: 'timed_out'
                            language: 'en'
                            dependent_value: 'NULL'
                        }
                    },
                    {
                        table: 'item_option_new'
                        id: '6e36317d7cf3497d880d65c0fb78bc48'
                        key: {
                            cat_item: '6fec3118708d4ad9a10b61b280783511'
                            variable_set: 'NULL'
                            name: 'ssh_public_key'
                        }
                    },
                    {
                        table: 'item_option_new'
                        id: '7535cbccfee040aea59d44d8a06832d9'
                        key: {
                            cat_item: '6fec3118708d4ad9a10b61b280783511'
                            variable_set: 'NULL'
                            name: 'location'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '7661c4520d144673a7006f0e10a6e081'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'westus3'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '7c4d845ffab143e4ae150f26bf95887b'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'koreacentral'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '7cb673e634ba41c8a8f669d2f4ec3fff'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'westeurope'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '7e5c600b322a408f80380077f5172db3'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'centralus'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '808f841619b74090b359febffe83c0f4'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'message_id'
                            language: 'en'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '86528b279c8d4fc8b406f2f34a3e8c45'
                        key: {
                            question: {
                                id: 'aaa50bc66418450e81bd48bb09f67982'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'vm_size'
                                }
                            }
                            value: 'Standard_E8s_v5'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '8a338807c2e142bf81181eadcba4ac40'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'japaneast'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: '8bc81f6eba8a4118a8b1ed3fe36879e3'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'australiaeast'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: '96b2f21063854be19fff5aa883823fef'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'request_item'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_index'
                        id: '9897f178cced4e43a4d752d6cfd20a8a'
                        key: {
                            logical_table_name: 'x_airaks_deploy_deployment'
                            col_name_string: 'request_item'
                        }
                    },
                    {
                        table: 'item_option_new'
                        id: '9ba4ec4deb304226ba024256da1db447'
                        key: {
                            cat_item: '6fec3118708d4ad9a10b61b280783511'
                            variable_set: 'NULL'
                            name: 'node_count'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'a024219d7bd74ac989af437f6acacddf'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'NULL'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'a024dc55a5044937a21a545e1fa96bbd'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'correlation_id'
                            language: 'en'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'a0831f7142dd420faaa33dfc8afd05ac'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'switzerlandnorth'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'a2942559fa9349b0a13434ede50a6ed5'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'uksouth'
                        }
                    },
                    {
                        table: 'item_option_new'
                        id: 'aaa50bc66418450e81bd48bb09f67982'
                        key: {
                            cat_item: '6fec3118708d4ad9a10b61b280783511'
                            variable_set: 'NULL'
                            name: 'vm_size'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'ab52dc9cd4bd4371a8bb4c5ceac874d9'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'run'
                            language: 'en'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'ae3957ec626b428fa494f7cf914ce3a6'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'aed3b9504fae46af87b358312ff0fb07'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'canadacentral'
                        }
                    },
                    {
                        table: 'sc_cat_item_catalog'
                        id: 'b772617588134dd69c05d0be11d6925b'
                        key: {
                            sc_cat_item: '6fec3118708d4ad9a10b61b280783511'
                            sc_catalog: 'e0d08b13c3330100c8b837659bba8fb4'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'b9febe1fc2864531a118cb0374adf642'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'swedencentral'
                        }
                    },
                    {
                        table: 'item_option_new'
                        id: 'ba1880befd6a4cb8a9135c99e3887f1d'
                        key: {
                            cat_item: '6fec3118708d4ad9a10b61b280783511'
                            variable_set: 'NULL'
                            name: 'resource_group'
                        }
                    },
                    {
                        table: 'sys_index'
                        id: 'bac7dc49ac04411aab8643e36df376f1'
                        key: {
                            logical_table_name: 'x_airaks_deploy_deployment'
                            col_name_string: 'correlation_id'
                        }
                    },
                    {
                        table: 'sys_documentation'
                        id: 'bbc4dc8073b34640bec29bed5fb15375'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'remedy'
                            language: 'en'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'bc1e7fe44759436ba288387516fdf644'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'uaenorth'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'bd5c4393f3b54620b1bd28d34d93fc70'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'deployment_id'
                        }
                    },
                    {
                        table: 'sys_choice'
                        id: 'be1e921176fe4b05b8c12b06da3cbb6d'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                            value: 'cancelled'
                            language: 'en'
                            dependent_value: 'NULL'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'c48680cf30294446869cbef288f1f5d3'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'centralindia'
                        }
                    },
                    {
                        table: 'sys_choice'
                        id: 'c4ec957ebb754301b3df4368c6feb050'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                            value: 'failed'
                            language: 'en'
                            dependent_value: 'NULL'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'd0b7cc621bb744a5ac89420418c82b50'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'eastus'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'd1dc699975104481a359a1aa90fb044e'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'message_id'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'd58fe3f100f94996b72c5dc7ac65d1b5'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'southafricanorth'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'db2a41bf0ad04ae6a774086e26a315d8'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'NULL'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'dd136b22d2344dab992884e1a5b14c2e'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'germanywestcentral'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'e252ee0b446a46eb8b3340a4063b9076'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'eastus2'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'e8b6f8e7998a4243a14885701aabb20b'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'brazilsouth'
                        }
                    },
                    {
                        table: 'sys_db_object'
                        id: 'ec61d3be6ca04c0eac6a7658bc465017'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                        }
                    },
                    {
                        table: 'sys_choice'
                        id: 'ed49a8f669454d8fae3ede9233df4d17'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'status'
                            value: 'cancelling'
                            language: 'en'
                            dependent_value: 'NULL'
                        }
                    },
                    {
                        table: 'sys_dictionary'
                        id: 'edbb590efc7c4d67af5936b88a6d3764'
                        key: {
                            name: 'x_airaks_deploy_deployment'
                            element: 'correlation_id'
                        }
                    },
                    {
                        table: 'question_choice'
                        id: 'ee6a4abe13cc490c80f4de149ad8061f'
                        key: {
                            question: {
                                id: '7535cbccfee040aea59d44d8a06832d9'
                                key: {
                                    cat_item: '6fec3118708d4ad9a10b61b280783511'
                                    variable_set: 'NULL'
                                    name: 'location'
                                }
                            }
                            value: 'southcentralus'
                        }
                    },
                    {
                        table: 'sys_security_acl_role'
                        id: 'f2ca92706f214d6593b0e7269f2da651'
                        key: {
                            sys_security_acl: 'a5fcd2eb41f94481ad76dba0b9eee4a4'
                            sys_user_role: {
                                id: 'b4eaba5376b6411eb06daa6b1bb2b310'
                                key: {
                                    name: 'itil'
                                }
                            }
                        }
                    },
                ]
            }
        }
    }
}
