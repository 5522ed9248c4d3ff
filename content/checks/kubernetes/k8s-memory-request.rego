# METADATA
# title: Containers request memory
# description: |
#   Asks every container and init container for `resources.requests.memory`. A quantity above 0 passes, and so does a limit
#   where no request is written: it is then the request too. What the whole pod has (`spec.resources`) stands in for its
#   containers. Ephemeral containers are not asked: the API gives them no resources of their own.
#   Kubernetes documentation: "Resource Management for Pods and Containers".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.3
#   family: incident
#   rationale: >-
#     Where memory runs out, the kubelet first evicts pods that use more than they requested. Without a request that is every
#     byte.
#   fix:
#     text: >-
#       Set resources.requests.memory of the container to what it needs in ordinary operation, e.g. 128Mi.
#   revision: 1
#   aliases: [checkov:CKV_K8S_12, gatekeeper:k8scontainerrequests, kubescape:C-0269, kyverno:require-pod-requests-limits]
package checks.kubernetes.k8s_memory_request

import data.lib.kubernetes

applies if count(kubernetes.sized_containers) > 0

deny contains {"msg": msg, "place": place, "key": found.key} if {
	some found in kubernetes.sized_containers
	not kubernetes.reserved(found, "memory")
	msg := sprintf("%s requests no memory, neither itself nor through its pod", [found.name])
	place := kubernetes.amount_place(found, "requests", "memory")
}
