/**
 * Calls of Kubernetes, by verb and resource as its rules of access write them. From
 * https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks and ATT&CK's matrix for
 * containers, https://attack.mitre.org/matrices/enterprise/containers/. Form of a line: see fact.ts.
 */
export const clusterOperations = `
i/7/T1087/0:create selfsubjectreviews,create selfsubjectrulesreviews
s/2/T1609/0:create pods/exec,get pods/exec,create pods/attach,get pods/attach,update pods/ephemeralcontainers,patch pods/ephemeralcontainers,create nodes/proxy,get nodes/proxy
s/6/T1552.007/0:get secrets,list secrets,watch secrets
s/6/T1528/0:create serviceaccounts/token
s/4/T1098.006/0:create clusterrolebindings,update clusterrolebindings,patch clusterrolebindings,create rolebindings,update rolebindings,patch rolebindings,create clusterroles,update clusterroles,patch clusterroles,create roles,update roles,patch roles
s/3/T1098.001/0:update certificatesigningrequests/approval,patch certificatesigningrequests/approval
s/3/T1546/0:create mutatingwebhookconfigurations,update mutatingwebhookconfigurations,patch mutatingwebhookconfigurations,create validatingwebhookconfigurations,update validatingwebhookconfigurations,patch validatingwebhookconfigurations
s/5/T1562.001/0:delete validatingwebhookconfigurations,delete mutatingwebhookconfigurations,delete validatingadmissionpolicies,delete validatingadmissionpolicybindings
s/5/T1562.007/0:delete networkpolicies,deletecollection networkpolicies
s/5/T1070/0:delete events,deletecollection events
s/40/T1485/0:delete namespaces,delete persistentvolumes,delete persistentvolumeclaims,deletecollection persistentvolumeclaims
w/3/T1053.007/0:create cronjobs,update cronjobs,patch cronjobs
w/2/T1610/0:create pods,create deployments,create daemonsets,create statefulsets,create replicasets,create replicationcontrollers,create jobs
w/3/T1136/0:create serviceaccounts
w/11/T1572/0:create pods/portforward,get pods/portforward
w/40/T1531/0:delete serviceaccounts,delete rolebindings,delete clusterrolebindings,delete roles,delete clusterroles
d/7/T1069/0:create selfsubjectaccessreviews,list roles,list clusterroles,list rolebindings,list clusterrolebindings
d/7/T1613/0:list pods,list nodes,list namespaces,list services,list serviceaccounts,list deployments,list configmaps,list daemonsets,list jobs,list cronjobs,list ingresses,list events
`
