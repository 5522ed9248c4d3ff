# METADATA
# title: Containers have a memory limit
# description: |
#   Asks every container and init container for `resources.limits.memory`. A quantity above 0 passes, as text or as a number;
#   "0" is no limit. A limit of the whole pod (`spec.resources.limits.memory`, on by default since Kubernetes 1.34) stands in
#   for its containers, since the kernel holds all of them together to it; clusters that do not know the field drop it.
#   Ephemeral containers are not asked: the API gives them no resources of their own.
#   Kubernetes documentation: "Resource Management for Pods and Containers".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.5
#   family: incident
#   rationale: >-
#     A container without a memory limit may take all memory of its node. The kernel then stops processes of other pods, and
#     one leak becomes an outage of many services.
#   fix:
#     text: >-
#       Set resources.limits.memory of the container to what it needs at its peak and some room, e.g. 256Mi.
#   revision: 1
#   aliases: [checkov:CKV_K8S_13, gatekeeper:k8scontainerlimits, kubescape:C-0004, kubescape:C-0271,
#     kyverno:require-pod-requests-limits, steampipe:core_memory_limits_set]
package checks.kubernetes.k8s_memory_limit

import data.lib.kubernetes

applies if count(kubernetes.sized_containers) > 0

deny contains {"msg": msg, "place": place, "key": found.key} if {
	some found in kubernetes.sized_containers
	not kubernetes.limited(found, "memory")
	msg := sprintf("%s has no memory limit above 0, neither of its own nor through its pod", [found.name])
	place := kubernetes.amount_place(found, "limits", "memory")
}
