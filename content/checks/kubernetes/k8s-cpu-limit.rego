# METADATA
# title: Containers have a CPU limit
# description: |
#   Asks every container and init container for `resources.limits.cpu`. A quantity above 0 passes, as text or as a number. A
#   limit of the whole pod (`spec.resources.limits.cpu`) stands in for its containers. Ephemeral containers are not asked: the
#   API gives them no resources of their own.
#   Limits throttle, so there are good reasons to live without them where every container has a request; then take this check
#   out by its id.
#   Kubernetes documentation: "Resource Management for Pods and Containers".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.3
#   family: incident
#   rationale: >-
#     A container without a CPU limit may take every idle core of its node. What others get then depends on their requests
#     alone, and on who wrote them.
#   fix:
#     text: >-
#       Set resources.limits.cpu of the container to what it may take at its peak, e.g. 500m or 2.
#   revision: 1
#   aliases: [checkov:CKV_K8S_11, gatekeeper:k8scontainerlimits, kubescape:C-0050, kubescape:C-0270,
#     kyverno:require-pod-requests-limits]
package checks.kubernetes.k8s_cpu_limit

import data.lib.kubernetes

applies if count(kubernetes.sized_containers) > 0

deny contains {"msg": msg, "place": place, "key": found.key} if {
	some found in kubernetes.sized_containers
	not kubernetes.limited(found, "cpu")
	msg := sprintf("%s has no CPU limit above 0, neither of its own nor through its pod", [found.name])
	place := kubernetes.amount_place(found, "limits", "cpu")
}
