# METADATA
# title: The default namespace is unused
# description: |
#   Asks workloads for `metadata.namespace`: default fails. A file that names no namespace leaves it to whoever applies it; it
#   is not asked, since default is only one of the places where it may go.
#   Kubernetes documentation: "Namespaces".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.3
#   family: change
#   rationale: >-
#     In the default namespace everything shares one set of rights, limits and network policies, and nobody can say whose it is.
#   fix:
#     text: >-
#       Make a namespace for the application and name it under metadata.namespace.
#   revision: 1
#   aliases: [checkov:CKV_K8S_21, kubescape:C-0061, kubescape:C-0212, kyverno:disallow-default-namespace]
package checks.kubernetes.k8s_default_namespace

applies if input.metadata.namespace != null

deny contains {"msg": msg, "place": "/metadata/namespace", "key": "namespace"} if {
	input.metadata.namespace == "default"
	msg := sprintf("the %s is in the default namespace, wanted one of its own", [input.kind])
}
