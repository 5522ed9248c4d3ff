# METADATA
# title: Nobody is bound to cluster-admin
# description: |
#   Asks ClusterRoleBindings and RoleBindings for their `roleRef`. The ClusterRole cluster-admin fails; bound in a namespace it
#   gives every right there. The binding that Kubernetes itself makes for system:masters is not asked.
#   Kubernetes documentation: "Role Based Access Control Good Practices".
# custom:
#   resources: [k8s/rbac.authorization.k8s.io/ClusterRoleBinding, k8s/rbac.authorization.k8s.io/RoleBinding]
#   impact: 0.7
#   family: access
#   rationale: >-
#     cluster-admin may read every secret, change every workload and give itself out again. Whoever holds one account with it
#     holds the cluster.
#   fix:
#     text: >-
#       Bind a role with the rights that are needed: edit or admin in a namespace, or one of your own. Keep cluster-admin for an
#       account that is used in emergencies, with a waiver.
#   revision: 1
#   aliases: [kubescape:C-0035, kubescape:C-0185, kyverno:restrict-binding-clusteradmin]
package checks.kubernetes.k8s_cluster_admin

import data.lib.kubernetes

applies if not kubernetes.built_in

deny contains {"msg": msg, "place": "/roleRef/name", "key": "roleRef"} if {
	input.roleRef.kind == "ClusterRole"
	input.roleRef.name == "cluster-admin"
	msg := sprintf("the %s gives cluster-admin, wanted a role with the rights that are needed", [input.kind])
}
